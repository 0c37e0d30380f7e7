"""read_pdf: paragraphs as written, and a clear word on files that cannot be read."""

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from seeds.reading import pdf
from seeds.reading.blocks import text_of
from seeds.reading.limits import Limits
from seeds.reading.messages import Message, UnreadableDocumentError
from tests.seeds.reading.files import FONT, PAGE_HEADER, blank_pdf, pdf_of

_CLAUSES = (
    "建成悦来中学等学校4所，",
    "新增学位1.2万个，",
    "完成老旧小区改造15个，",
    "提升城市道路30公里，",
    "新建口袋公园6个，",
    "新增托位800个，",
    "农村饮水保证率达到95%以上，",
)


def read_pdf(data: bytes, limits: Limits) -> tuple[str, list[Message]]:
    """The text of a PDF and the notes on its reading."""
    blocks, notes = pdf.read_pdf(data, limits)
    return text_of(blocks), notes


TEXT = "\n".join(
    f"（{number}）今年，" + "".join(_CLAUSES[number * step % 7] for step in range(3 + number % 11)) + "让群众满意。"
    for number in range(1, 61)
)


@pytest.mark.parametrize("size", [10, 12, 16])
def test_paragraphs_come_back_as_written(size: int) -> None:
    text, notes = read_pdf(pdf_of(TEXT, size=size), Limits())
    assert text.splitlines() == TEXT.splitlines()
    assert PAGE_HEADER not in text
    assert notes == []


def test_columns_are_read_one_after_the_other() -> None:
    text, _ = read_pdf(pdf_of(TEXT, size=10, columns=2), Limits())
    assert text.splitlines() == TEXT.splitlines()


@pytest.mark.parametrize("spacing", [0.0, 1.0, 3.0, 6.0])
def test_spaced_out_letters_make_no_words(spacing: float) -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas.setFont(FONT, 12)
    canvas.drawString(60, 700, "新增停车位11052个，增长1.8%，", charSpace=spacing)
    canvas.save()
    assert read_pdf(out.getvalue(), Limits())[0] == "新增停车位11052个，增长1.8%，\n"


def test_cells_of_a_row_stay_apart() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas.setFont(FONT, 12)
    for left, cell in ((60, "新增学位"), (200, "800"), (300, "1200")):
        canvas.drawString(left, 700, cell)
    canvas.save()
    assert read_pdf(out.getvalue(), Limits())[0] == "新增学位 800 1200\n"


def test_characters_are_bounded_while_reading() -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_pdf(pdf_of(TEXT), Limits(max_characters=500))
    assert caught.value.code == "too_long"


def test_a_password_is_named() -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_pdf(pdf_of("建成学校。", password="x"), Limits())
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj", pdf_of("建成学校。")[:400]],
    ids=["only the first line", "no table of objects", "cut short"],
)
def test_a_damaged_file_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_pdf(data, Limits())
    assert caught.value.code == "broken"


def test_a_scan_is_named_with_its_pages() -> None:
    with pytest.raises(UnreadableDocumentError, match="3 页都没有文字"):
        read_pdf(blank_pdf(3), Limits())


def test_pages_without_text_are_told() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(14):
        if number == 0:
            canvas.drawString(100, 700, "Five schools will be built.")
        canvas.rect(100, 100, 300, 500)
        canvas.showPage()
    canvas.save()
    text, notes = read_pdf(out.getvalue(), Limits())
    assert text == "Five schools will be built.\n"
    assert [note.text() for note in notes] == [
        "第 2、3、4、5、6、7、8、9、10、11… 页没有文字，可能是扫描图，其中的内容没有读到。"
    ]


def test_characters_of_the_far_planes() -> None:
    text, _ = read_pdf(pdf_of("建成𬭎路小学。"), Limits())
    assert "建成𬭎路小学。" in text.splitlines()
