"""What stands in a file and says nothing: note marks, notes, hidden words, reading aids, the site around an article."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from seeds.reading import UnreadableDocumentError, read
from seeds.reading.notemarks import is_note_mark
from tests.seeds.reading.files import FONT, docx_of, saved, zip_of


@pytest.mark.parametrize(
    ("before", "raised", "is_mark"),
    [
        ("新增学位3000", "3", True),
        ("口袋公园", "[2]", True),
        ("口袋公园", "②", True),
        ("建成绿地500m", "2", False),
        ("500 km", "2", False),
        ("PM", "2.5", False),
        ("第1", "st", False),
    ],
)
def test_note_marks(before: str, raised: str, is_mark: bool) -> None:
    assert is_note_mark(before, raised) is is_mark


def word(xml: str) -> str:
    document = docx.Document()
    wrapper = parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")
    for position, element in enumerate(list(wrapper)):
        document.element.body.insert(position, element)
    return read(saved(document)).text


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_raised_digits_of_a_word_document() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    assert word(f"<w:p>{run('学位3000')}{run('3', raised)}{run('个')}</w:p>") == "学位3000个\n"
    assert word(f"<w:p>{run('绿地500m')}{run('2', raised)}</w:p>") == "绿地500m2\n"


def test_hidden_words_and_reading_aids() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('xiù')}</w:rt><w:rubyBase>{run('岫')}</w:rubyBase></w:ruby></w:r>"
    assert word(f"<w:p>{ruby}{run('云小学')}{run('内部', '<w:vanish/>')}</w:p>") == "岫云小学\n"
    assert word(f"<w:p>{run('公开', '<w:vanish w:val=' + chr(34) + '0' + chr(34) + '/>')}</w:p>") == "公开\n"


def test_a_deleted_paragraph_mark_joins_paragraphs() -> None:
    mark = "<w:pPr><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr>"
    assert word(f"<w:p>{mark}{run('新改建农村公路80')}</w:p><w:p>{run('公里')}</w:p>") == "新改建农村公路80公里\n"


@pytest.mark.parametrize("target", ["NULL", "#_top", "../media/gone.png"])
def test_a_broken_relation_does_no_harm(target: str) -> None:
    body = b"<w:body><w:p><w:r><w:t>\xe5\xad\xa6\xe6\xa0\xa1</w:t></w:r></w:p></w:body>"
    main = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    relations = f'<Relationships><Relationship Type="x/image" Target="{target}"/></Relationships>'
    data = zip_of(
        word__document_xml=b'<w:document xmlns:w="' + main + b'">' + body + b"</w:document>",
        **{"word___rels__document_xml.rels": relations.encode()},
    )
    assert read(data).text == "学校\n"


def test_strict_open_xml() -> None:
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = b"<w:body><w:p><w:r><w:t>\xe5\xad\xa6\xe6\xa0\xa1</w:t></w:r></w:p></w:body>"
    assert (
        read(zip_of(word__document_xml=b'<w:document xmlns:w="' + strict + b'">' + body + b"</w:document>")).text
        == "学校\n"
    )


def test_a_word_document_is_still_one_by_its_parts_alone() -> None:
    assert read(docx_of("一、重点工作\n建成学校3所。")).text == "一、重点工作\n建成学校3所。\n"


def page(canvas: Canvas, out: io.BytesIO) -> str:
    canvas.save()
    return read(out.getvalue()).text


def canvas() -> tuple[Canvas, io.BytesIO]:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    return Canvas(out), out


def test_raised_digits_of_a_printed_line() -> None:
    paper, out = canvas()
    text = paper.beginText(60, 700)
    for words, size, rise in (("新建口袋公园", 12, 0), ("2", 7, 5), ("10个，新增学位1500个。", 12, 0)):
        text.setFont(FONT, size)
        text.setRise(rise)
        text.textOut(words)
    paper.drawText(text)
    assert page(paper, out) == "新建口袋公园10个，新增学位1500个。\n"


def test_notes_at_the_foot_of_a_page_are_left_out() -> None:
    paper, out = canvas()
    for row in range(12):
        paper.setFont(FONT, 12)
        paper.drawString(60, 760 - row * 20, "新建幼儿园5所，新增学位1500个，改造老旧小区12个。")
    paper.setFont(FONT, 8)
    paper.drawString(60, 90, "1 口袋公园：全国已建成4万个。")
    paper.drawString(60, 78, "2 老年食堂：为老年人供餐的场所。")
    text = page(paper, out)
    assert "改造老旧小区12个" in text
    assert "口袋公园" not in text
    assert "老年食堂" not in text


def test_small_print_without_a_mark_is_kept() -> None:
    paper, out = canvas()
    for row in range(12):
        paper.setFont(FONT, 12)
        paper.drawString(60, 760 - row * 20, "新建幼儿园5所，新增学位1500个，改造老旧小区12个。")
    paper.setFont(FONT, 8)
    paper.drawString(60, 90, "联系单位：区政府督查室")
    assert "区政府督查室" in page(paper, out)


def test_a_picture_with_the_mark_of_its_program_is_a_scan() -> None:
    paper, out = canvas()
    picture = io.BytesIO()
    Image.new("L", (20, 20), 200).save(picture, "PNG")
    paper.drawImage(ImageReader(picture), 20, 20, 550, 800)
    paper.setFont(FONT, 8)
    paper.drawString(60, 20, "扫描全能王创建")
    with pytest.raises(UnreadableDocumentError) as caught:
        page(paper, out)
    assert caught.value.code == "scanned"


def web(body: str) -> str:
    return read(f"<html><body>{body}</body></html>".encode()).text


def test_marks_and_furniture_of_a_web_page() -> None:
    long = "今年将建成悦来中学等学校4所，新增学位1.2万个，完成老旧小区改造15个。"
    text = web(
        "<h1>2026年某区政府工作报告</h1>"
        "<p>发布时间：2026-01-25　来源：区政府办　浏览次数：<b>1024</b>次　【字体：大 中 小】</p>"
        f"<p>{long}</p>"
        f"<p>{long}</p>"
        f"<p>新建口袋公园<sup>2</sup>10个，绿地500m<sup>2</sup>，<ruby>岫<rt>xiù</rt></ruby>云小学投用。</p><p>{long}</p>"
    )
    assert "浏览次数" not in text
    assert "新建口袋公园10个，绿地500m2，岫云小学投用。" in text


@pytest.mark.parametrize("line", ["来源于群众的意见已全部办结。", "编辑部大楼建成投用", "作者文艺奖设立"])
def test_sentences_are_no_furniture(line: str) -> None:
    long = "今年将建成悦来中学等学校4所，新增学位1.2万个，完成老旧小区改造15个。"
    assert line in web(f"<p>{long}</p><p>{line}</p><p>{long}</p>")


def test_a_web_archive_is_the_page_that_it_holds() -> None:
    data = (
        b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
        b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>=E5=AD=A6=E6=A0=A13</p>\n--x--\n"
    )
    document = read(data)
    assert (document.format, document.text) == ("mhtml", "学校3\n")


def test_traditional_characters_and_foreign_texts_are_told() -> None:
    assert [note.code for note in read("新建學校4所，發展產業，實現農業現代化。".encode()).warnings] == ["traditional"]
    assert [note.code for note in read(("A report on schools. " * 30).encode()).warnings] == ["little_chinese"]
    assert read("新建学校4所，发展产业。".encode()).warnings == ()
