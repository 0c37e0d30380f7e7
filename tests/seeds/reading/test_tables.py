"""Tables of every format: cells with their place and extent, whole over page ends, within bounds."""

import io
import zipfile
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.styles import numbers
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table as PrintedTable, TableStyle

from seeds.reading import Limits, UnreadableDocumentError, read
from seeds.reading.blocks import MOST_COLUMNS, MOST_ROWS, Cell, Table, table_of
from tests.seeds.reading.files import FONT, pdf_of, saved, workbook, zip_of

HEADER = ["序号", "目标任务", "责任单位"]


def tables(data: bytes, name: str = "") -> list[Table]:
    return [block for block in read(data, filename=name).blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


def test_a_merged_cell_stands_in_all_its_rows_and_is_said_once() -> None:
    data = workbook(HEADER, [1, "新建学校", "区教委"], [2, "新建医院", None], merged=("C2:C3",))
    (table,) = tables(data)
    assert texts(table)[1:] == [["1", "新建学校", "区教委"], ["2", "新建医院", "区教委"]]
    assert read(data).text == "序号\t目标任务\t责任单位\n1\t新建学校\t区教委\n2\t新建医院\n"


def test_cells_are_read_as_the_sheet_shows_them() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    values: list[tuple[float | date, str]] = [
        (0.543, "0.0%"), (1, numbers.FORMAT_PERCENTAGE), (8264.0, "General"), (date(2025, 6, 30), "yyyy-mm-dd"),
    ]  # fmt: skip
    for at, (value, form) in enumerate(values, 1):
        sheet.cell(1, at, value).number_format = form
    sheet.cell(1, 5, "区教委\n区财政局")
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "不公开"
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    (table,) = tables(out.getvalue())
    assert texts(table) == [["54.3%", "100%", "8264", "2025年6月30日", "区教委\n区财政局"]]


def test_a_sheet_cannot_claim_more_room_than_a_table_has() -> None:
    small = zipfile.ZipFile(io.BytesIO(workbook(HEADER, merged=("A1:B2",))))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in small.namelist():
            archive.writestr(name, small.read(name).replace(b'"A1:B2"', b'"A1:XFD1048576"'))
    (table,) = tables(out.getvalue())
    assert (table.width, table.height) == (MOST_COLUMNS, 1)
    wide = Table((Cell("x", MOST_ROWS * 3, 0),))
    assert wide.height == MOST_ROWS


def test_a_damaged_workbook_says_so() -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read(zip_of(xl__workbook_xml=b"<x/>"))
    assert caught.value.code == "broken"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_comma_separated_values(encoding: str) -> None:
    text = '序号,目标任务,责任单位\n1,"新建学校,新增学位","区教委\n区财政局"\n2,改造老旧小区12个，惠及3600户,区住建委\n'
    (table,) = tables(text.encode(encoding), "tasks.csv")
    assert texts(table)[1] == ["1", "新建学校,新增学位", "区教委\n区财政局"]
    assert texts(table)[2][1] == "改造老旧小区12个，惠及3600户"


def test_a_table_pasted_into_a_text_keeps_the_text() -> None:
    text = "附件\n序号\t目标任务\n1\t新建学校\n"
    document = read(text.encode())
    assert document.text == text
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Table"]


def test_a_web_table_with_spans() -> None:
    page = (
        "<html><body><p>重点任务分解表</p><table><tr><th rowspan=2>任务</th><th colspan=2>责任单位</th></tr>"
        "<tr><th>牵头</th><th>配合</th></tr><tr><td>新建<b>学校</b></td><td>区教委</td><td>区财政局<br>各镇</td></tr>"
        "<tr><td colspan=3>一、民生</td></tr></table></body></html>"
    )
    (table,) = tables(page.encode())
    assert texts(table) == [
        ["任务", "责任单位", "责任单位"],
        ["任务", "牵头", "配合"],
        ["新建学校", "区教委", "区财政局\n各镇"],
        ["一、民生"] * 3,
    ]
    assert table.header == 2


def test_a_table_that_lays_the_page_out_is_no_table() -> None:
    page = "<html><body><table><tr><td><table><tr><td>左</td><td>右</td></tr></table></td></tr></table></body></html>"
    assert all(table.height < 3 for table in tables(page.encode()))


def test_a_word_table_with_merged_cells() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "责任单位"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "任务"
    for row, column, text in ((1, 1, "牵头"), (1, 2, "配合"), (2, 0, "新建学校"), (2, 1, "区教委"), (2, 2, "各镇")):
        table.cell(row, column).text = text
    (found,) = tables(saved(document))
    assert texts(found) == [["任务", "责任单位", "责任单位"], ["任务", "牵头", "配合"], ["新建学校", "区教委", "各镇"]]


def printed(rows: list[list[str]], repeat: int = 1, *styles: Any, ruled: bool = True) -> bytes:
    """A PDF with a table over several pages, its cells wrapped and its header repeated."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("cell", fontName=FONT, fontSize=10, leading=14, wordWrap="CJK")
    cells = [[Paragraph(text, style) for text in row] for row in rows]
    widths = [40, 180, 120, 120][: len(rows[0])]
    table = PrintedTable(cells, colWidths=widths, repeatRows=repeat)
    table.setStyle(TableStyle([*([("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []), *styles]))
    out = io.BytesIO()
    SimpleDocTemplate(out).build(
        [Paragraph("重点任务分解表", style), table, Paragraph("注：以上任务须按期完成。", style)]
    )
    return out.getvalue()


LONG = [
    [
        str(number),
        f"新建第{number}小学并配套建设运动场地和停车场，完善周边道路、管网和绿化",
        "区教委",
        f"{number % 12 + 1}月底前",
    ]
    for number in range(1, 61)
]
FOUR = [*HEADER, "完成时限"]


@pytest.mark.parametrize("align", ["TOP", "MIDDLE"])
@pytest.mark.parametrize("repeat", [0, 1])
def test_a_printed_table_without_lines_is_told_by_its_columns(align: str, repeat: int) -> None:
    document = read(printed([FOUR, *LONG], repeat, ("VALIGN", (0, 0), (-1, -1), align), ruled=False))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert texts(table)[: len(LONG) + 1] == [FOUR, *LONG]


def test_rows_without_numbers_are_told_by_the_gaps_between_them() -> None:
    rows = [[unit, task, day] for _, task, unit, day in LONG[:6]]
    widths = ("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 9)
    document = read(printed([["单位", "目标任务", "完成时限"], *rows], 1, *widths, ruled=False))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert texts(table)[1:7] == rows


def test_units_below_each_other_stay_apart_in_a_table_without_lines() -> None:
    rows = [[str(number), "新建学校", "区教委<br/>区财政局", "年底前"] for number in range(1, 5)]
    (table,) = tables(printed([FOUR, *rows], ruled=False))
    assert texts(table)[1][2] == "区教委\n区财政局"


def test_prose_and_lists_are_no_tables() -> None:
    lines = [
        "各位代表：",
        *(f"新建学校{number}所，改造老旧小区{number}个，新增停车位{number}个。" * 3 for number in range(9)),
    ]
    assert tables(pdf_of("\n".join(lines))) == []
    assert tables(pdf_of("\n".join(lines), columns=2)) == []


def test_a_printed_table_is_one_over_all_its_pages() -> None:
    rows = [
        [str(number), f"新建第{number}小学并配套建设运动场地和停车场，完善周边道路、管网和绿化", "区教委"]
        for number in range(1, 61)
    ]
    document = read(printed([HEADER, *rows]))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert texts(table) == [HEADER, *rows]
    assert document.text.splitlines()[0] == "重点任务分解表"
    assert document.text.splitlines()[-1] == "注：以上任务须按期完成。"


def ofd(content: str) -> bytes:
    """An OFD document of one page."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    page = f"<ofd:Page {space}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
    root = (
        f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        '</ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/P.xml"/></ofd:Pages></ofd:Document>'
    )
    head = f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    return zip_of(OFD_xml=head.encode(), D__Document_xml=root.encode(), D__Pages__P_xml=page.encode())


def words(text: str, left: float, top: float) -> str:
    return (
        f'<ofd:TextObject Boundary="{left} {top} 80 6" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g {len(text)} 5">'
        f"{text}</ofd:TextCode></ofd:TextObject>"
    )


def test_an_ofd_page_with_a_ruled_table() -> None:
    lines = "".join(
        f'<ofd:PathObject Boundary="{left} {top} {width} {height}"/>'
        for left, top, width, height in [
            *((20, top, 120, 0.2) for top in (50, 60, 70)), *((left, 50, 0.2, 20) for left in (20, 60, 140)),
        ]
    )  # fmt: skip
    content = words("任务分解表", 60, 30) + words("任务", 22, 52) + words("单位", 62, 52)
    document = read(ofd(content + words("新建学校", 22, 62) + words("区教委", 62, 62) + lines))
    assert document.format == "ofd"
    assert document.text == "任务分解表\n任务\t单位\n新建学校\t区教委\n"


def test_an_ofd_page_with_a_table_without_lines() -> None:
    rows = [
        ("序号", "目标任务", "责任单位"),
        ("1", "新建学校", "区教委"),
        ("2", "新建医院", "区卫健委"),
        ("3", "修路", "区交通局"),
    ]
    content = "".join(
        words(text, left, 50 + 10 * at)
        for at, row in enumerate(rows)
        for text, left in zip(row, (20, 50, 120), strict=True)
    )
    document = read(ofd(words("任务分解表", 60, 30) + content))
    assert document.text == "任务分解表\n" + "".join("\t".join(row) + "\n" for row in rows)


def test_an_ofd_of_pictures_is_a_scan() -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read(ofd("<ofd:ImageObject/>"))
    assert caught.value.code == "scanned"


def test_a_workbook_leaves_its_pictures_packed() -> None:
    out = io.BytesIO(workbook(HEADER))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"0" * 5_000_000)
    assert texts(tables(out.getvalue())[0]) == [HEADER]
    assert read(out.getvalue(), limits=Limits(max_unpacked_bytes=1_000_000)).format == "xlsx"


def test_rows_of_texts_make_a_table() -> None:
    assert texts(table_of([["a", ""], ["", "b"]])) == [["a", ""], ["", "b"]]
