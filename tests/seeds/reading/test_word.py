"""read_word: paragraphs and tables in their order, changes as accepted, archives within bounds."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from seeds.reading.blocks import text_of
from seeds.reading.limits import Limits
from seeds.reading.messages import UnreadableDocumentError
from seeds.reading.word import read_word
from tests.seeds.reading.files import docx_of, saved, zip_of


def with_body(xml: str) -> bytes:
    """A document whose body holds this WordprocessingML in front of its section settings."""
    document = docx.Document()
    wrapper = parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")
    for position, element in enumerate(list(wrapper)):
        document.element.body.insert(position, element)
    return saved(document)


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def read(data: bytes) -> list[str]:
    return text_of(read_word(data, Limits())).splitlines()


def test_paragraphs_headings_and_tables_in_order() -> None:
    document = docx.Document()
    document.add_heading("一、重点工作", level=1)
    document.add_paragraph("　　建成学校3所。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["指标", "目标", "城镇新增就业", "4万人"], strict=True):
        cell.text = text
    document.add_paragraph("谢谢大家！")
    assert read(saved(document)) == ["一、重点工作", "建成学校3所。", "指标\t目标", "城镇新增就业\t4万人", "谢谢大家！"]


def test_merged_cells_are_said_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "民生实事"
    table.cell(1, 0).text = "学校"
    assert read(saved(document)) == ["民生实事", "学校"]


def test_a_table_inside_a_cell_stays_with_its_cell() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "外"
    cell.add_table(1, 1).cell(0, 0).text = "内"
    assert read(saved(document)) == ["外 内"]


def test_tracked_changes_read_as_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>医院</w:delText></w:r></w:del>"
    xml = f"<w:p>{run('建成')}<w:ins>{run('学校')}</w:ins>{deleted}{run('3所')}</w:p>"
    assert read(with_body(xml)) == ["建成学校3所"]


def test_links_controls_and_smart_tags_are_read() -> None:
    xml = (
        f"<w:p><w:hyperlink>{run('建成')}</w:hyperlink><w:smartTag>{run('学校')}</w:smartTag></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('新增学位')}</w:p></w:sdtContent></w:sdt>"
    )
    assert read(with_body(xml)) == ["建成学校", "新增学位"]


def test_breaks_tabs_and_hyphens() -> None:
    marks = [f"<w:r><w:{name}/></w:r>" for name in ("br", "tab", "noBreakHyphen")]
    xml = f"<w:p>{run('一')}{marks[0]}{run('二')}{marks[1]}{run('三')}{marks[2]}</w:p>"
    assert read(with_body(xml)) == ["一", "二\t三-"]


def test_tab_stops_and_field_codes_are_no_text() -> None:
    stops = "<w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr>"
    xml = f"<w:p>{stops}<w:r><w:instrText>PAGE</w:instrText></w:r>{run('建成')}</w:p>"
    assert read(with_body(xml)) == ["建成"]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent>"
    compatibility = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    xml = (
        f"<w:p><w:r><mc:AlternateContent {compatibility}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>{run('框外')}</w:p>"
    )
    assert read(with_body(xml)) == ["框内", "框外"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zip_of(word__document_xml=b"0" * 3_000_000)
    assert len(bomb) < 10_000
    with pytest.raises(UnreadableDocumentError) as caught:
        read_word(bomb, Limits(max_unpacked_bytes=2_000_000))
    assert caught.value.code == "bomb"


@pytest.mark.parametrize(
    "data",
    [
        zip_of(word__document_xml=b"<x/>"),
        zip_of(**{"[Content_Types]_xml": b"<not xml", "word__document_xml": b"<x/>"}),
    ],
    # An archive holds the second in which it was made: as a name it would differ from worker to worker.
    ids=["no list of types", "broken list of types"],
)
def test_a_damaged_document_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_word(data, Limits())
    assert caught.value.code == "broken"


def test_a_flipped_byte_says_so() -> None:
    data = bytearray(docx_of("建成学校3所。" * 50))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("word/document.xml").header_offset
    for position in range(start + 60, start + 90):
        data[position] ^= 0xFF
    with pytest.raises(UnreadableDocumentError) as caught:
        read_word(bytes(data), Limits())
    assert caught.value.code == "broken"
