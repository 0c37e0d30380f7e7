"""Small files of every kind as people hand them in, and the statements that they hold; places are made up."""

from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from seeds.extract import extract
from seeds.reading import UnreadableDocumentError, read
from tests.seeds.reading.files import blank_pdf, page_of, pdf_of, saved, workbook, zip_of

HEAD = "2026年柳河县政府工作报告\n——2026年1月20日在柳河县第十八届人民代表大会第五次会议上\n各位代表：\n"
REVIEW = "一、2025年工作回顾\n过去一年，建成口袋公园6个，新增停车位1200个。\n"
PLAN = "二、2026年工作安排\n新建幼儿园5所，新增学位1500个。改造老旧小区12个，加装电梯40部。\n"
ACHIEVED = {"建成口袋公园6个": ("achievement", "2025-12-31"), "新增停车位1200个": ("achievement", "2025-12-31")}
NEW = "新建幼儿园5所", "新增学位1500个", "改造老旧小区12个", "加装电梯40部"
PROMISED = dict.fromkeys(NEW, ("commitment", "2026-12-31"))
TABLE = [
    ["序号", "项目名称", "目标任务", "责任单位", "完成时限"],
    ["1", "公办幼儿园", "新建公办幼儿园7所", "县教育局", "2026年8月底前"],
    ["2", "县第三人民医院", "主体工程完工", "县卫健局", "2026年10月"],
    ["3", "老旧小区", "改造老旧小区9个", "县住建局", "2027年6月底"],
]
ROWS = {
    "新建公办幼儿园7所": ("commitment", "2026-08-31"), "主体工程完工": ("commitment", "2026-10-31"),
    "改造老旧小区9个": ("commitment", "2027-06-30"),
}  # fmt: skip


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def word(*paragraphs: str, table: bool = False) -> bytes:
    """The report as a Word document with some more paragraphs, each of runs, or with the table at its end."""
    document = docx.Document()
    for line in (HEAD + REVIEW + PLAN).splitlines():
        document.add_paragraph(line)
    for paragraph in paragraphs:
        document.element.body.append(parse_xml(f"<w:p {nsdecls('w')}>{paragraph}</w:p>"))
    if table:
        document.add_paragraph("附件：柳河县2026年民生实事项目清单")
        made = document.add_table(0, len(TABLE[0]))
        for row in TABLE:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = text
    return saved(document)


def web(more: str = "") -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in (HEAD + REVIEW + PLAN).splitlines())
    site = "<p>发布时间：2026-01-25　来源：县政府办　浏览次数：<b>1024</b>次　【字体：大 中 小】</p>"
    return f"<html><head><meta charset='utf-8'></head><body><div>{site}{lines}{more}</div></body></html>".encode()


def web_table() -> str:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    return f"<p>附件：民生实事项目清单</p><table>{rows}</table>"


def saved_page() -> bytes:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n"
    return head + b"Content-Transfer-Encoding: 8bit\n\n" + web() + b"\n--x--\n"


def relations(target: str) -> bytes:
    relation = f'<Relationship Id="r" Type="x/image" Target="{target}"/>'
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in (HEAD + REVIEW + PLAN).splitlines())
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zip_of(
        word__document_xml=f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode(),
        **{"word___rels__document_xml.rels": f"<Relationships>{relation}</Relationships>".encode()},
    )


RAISED = '<w:vertAlign w:val="superscript"/>'
MARKED = run("新建口袋公园") + run("2", RAISED) + run("10个，新增床位3000") + run("3", RAISED) + run("张。")
RUBY = f"<w:r><w:ruby><w:rt>{run('xiù')}</w:rt><w:rubyBase>{run('岫')}</w:rubyBase></w:ruby></w:r>"
DELETED = "<w:pPr><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr>"
PARK, BEDS = {"新建口袋公园10个": ("commitment", "2026-12-31")}, {"新增床位3000张": ("commitment", "2026-12-31")}
SCHOOL = {"岫云小学建成投用": ("commitment", "2026-12-31")}
ROAD = {"新改建农村公路80公里": ("commitment", "2026-12-31")}


@pytest.mark.parametrize(
    ("make", "name", "more"),
    [
        ((HEAD + REVIEW + PLAN).encode, "报告.txt", {}),
        (lambda: (HEAD + REVIEW + PLAN).encode("gb18030"), "报告.txt", {}),
        (word, "报告.docx", {}),
        (word, "报告.docm", {}),
        (lambda: word(table=True), "报告.docx", ROWS),
        (lambda: word(MARKED), "报告.docx", PARK | BEDS),
        (lambda: word(RUBY + run("云小学建成投用。") + run("新建公厕99座。", "<w:vanish/>")), "报告.docx", SCHOOL),
        (lambda: word(DELETED + run("新改建农村公路80"), run("公里。")), "报告.docx", ROAD),
        (lambda: relations("NULL"), "报告.docx", {}),
        (lambda: relations("#_top"), "报告.docx", {}),
        (web, "报告.html", {}),
        (lambda: web("<p>新建口袋公园<sup>2</sup>10个，新增床位3000<sup>[1]</sup>张。</p>"), "a.html", PARK | BEDS),
        (lambda: web(web_table()), "报告.html", ROWS),
        (saved_page, "报告.mhtml", {}),
        (lambda: page_of(HEAD + REVIEW + PLAN).encode(), "报告.html", {}),
        (lambda: pdf_of(HEAD + REVIEW + PLAN), "报告.pdf", {}),
    ],
    ids=[
        *("text", "gb18030", "docx", "docm", "docx table", "docx note marks", "docx hidden and ruby", "docx deletion"),
        *("docx null", "docx top", "html", "html note marks", "html table", "mhtml", "html site", "pdf"),
    ],
)
def test_every_kind_of_file_gives_its_statements(
    make: Callable[[], bytes], name: str, more: dict[str, tuple[str, str]]
) -> None:
    document = read(make(), filename=name)
    found = extract(document.text)
    assert {one.quote: (one.kind, str(one.due_on)) for one in found} == ACHIEVED | PROMISED | more
    assert all(document.text[one.start : one.end] == one.quote for one in found)


def test_what_another_cell_names_is_part_of_a_task_but_not_of_its_quote() -> None:
    found = next(one for one in extract(read(word(table=True)).text) if one.quote == "主体工程完工")
    assert (found.category, found.milestone, found.names) == ("health", "complete", ("县第三人民医院",))
    assert (found.title, found.section) == ("县第三人民医院主体工程完工", "附件：柳河县2026年民生实事项目清单")


def test_look_alikes_count_as_the_characters_they_stand_for() -> None:
    text = HEAD + REVIEW + "二、2026年工作安排\n新建⼩学5所。改造⽼旧⼩区12个。新建⽔⼚2座。\n"
    found = {one.quote: one.category for one in extract(text) if one.kind == "commitment"}
    assert found == {"新建⼩学5所": "education", "改造⽼旧⼩区12个": "housing", "新建⽔⼚2座": "water_sanitation"}


def unexplained(lost: int, known: int) -> bytes:
    """A PDF with characters of a font that says nothing of them, and with some of one that does."""
    words = b"".join((at + 3).to_bytes(2, "big") for at in range(lost)).hex().encode()
    drawing = b"BT /F 12 Tf 50 700 Td <" + words + b"> Tj /G 12 Tf 0 -20 Td (" + b"a" * known + b") Tj ET"
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/Hei/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
        b"/BaseFont/Hei/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type"
        b"/FontDescriptor/FontName/Hei/Flags 4/FontBBox[0 0 1000 1000]/Ascent 900/Descent -100/StemV 80>>>>]>>"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 6 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing), font,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, text) for number, text in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>"


def test_a_few_characters_that_no_font_explains_are_told_with_their_page() -> None:
    notes = {note.code: note.details for note in read(unexplained(3, 100)).warnings}
    assert notes["without_meaning"] == {"count": 3, "total": 103, "pages": "1"}
    assert "without_meaning" not in {note.code for note in read(unexplained(0, 100)).warnings}


@pytest.mark.parametrize(
    ("data", "name", "code", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "报告.doc", "old_word", "另存为 .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "报告.wps", "old_word", "另存为 .docx"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "报告.xml", "unsupported", "Word"),
        (zip_of(content_xml=b"<x/>"), "报告.odt", "unsupported", "OpenDocument"),
        (b"{\\rtf1 text}", "报告.rtf", "unsupported", "RTF"),
        (blank_pdf(2), "报告.pdf", "scanned", "OCR"),
        (unexplained(20, 100), "报告.pdf", "garbled_fonts", "20"),
        (workbook([" "]), "表.xlsx", "empty", "没有文字"),
    ],
    ids=["doc", "wps", "word-xml", "odt", "rtf", "scanned", "fonts", "xlsx"],
)
def test_what_cannot_be_read_is_refused_with_the_remedy(data: bytes, name: str, code: str, words: str) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read(data, filename=name)
    assert caught.value.code == code
    assert words in str(caught.value)
    assert name in str(caught.value)
