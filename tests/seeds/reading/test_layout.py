"""paragraphs: headers, footers and wraps undone, everything else left as printed."""

from collections.abc import Sequence

import pytest

from seeds.reading.blocks import Paragraph
from seeds.reading.layout import Line, Page, blocks, cleaned

SIZE = 10.0
LEFT, RIGHT = 50.0, 550.0
FULL = "今年将建成悦来中学等学校四所新增学位一万二千个完成老旧小区改造十五个提升城市道路三十公里新建公园四个口袋"


def line(text: str, row: int, *, indent: int = 0, size: float = SIZE, top: float = 700.0) -> Line:
    """A line of full-width characters, ``row`` lines of 1.6 em below ``top``."""
    left = LEFT + indent * size
    bottom = top - row * SIZE * 1.6
    return Line(text, left, left + len(text) * size, bottom, bottom + size)


def page(*lines: Line) -> Page:
    return Page(lines, 600.0, 800.0)


def read(*pages: Page) -> list[str]:
    return [block.text for block in blocks(pages) if isinstance(block, Paragraph)]


def test_wrapped_lines_are_joined() -> None:
    body = [
        line(FULL[:48], 0, indent=2),
        line(FULL[:50], 1),
        line("尾。", 2),
        line(FULL[:48], 3, indent=2),
        line("完。", 4),
    ]
    assert read(page(*body)) == [FULL[:48] + FULL[:50] + "尾。", FULL[:48] + "完。"]


def test_a_short_line_ends_its_paragraph() -> None:
    assert read(page(line("一、重点工作", 0), line(FULL[:50], 1), line("（一）教育", 2), line(FULL[:50], 3))) == [
        "一、重点工作", FULL[:50] + "（一）教育", FULL[:50],
    ]  # fmt: skip


def test_an_indented_line_begins_one() -> None:
    assert read(page(line(FULL[:50], 0), line("下一段", 1, indent=2))) == [FULL[:50], "下一段"]


def test_a_wider_gap_begins_one() -> None:
    assert read(page(line(FULL[:50], 0), line(FULL[:50], 1), line("尾", 2), line(FULL[:50], 3), line("别处", 6))) == [
        FULL[:50] * 2 + "尾", FULL[:50], "别处",
    ]  # fmt: skip


def test_another_size_begins_one() -> None:
    assert read(page(line(FULL[:50], 0), line("标题", 1, size=16.0))) == [FULL[:50], "标题"]


@pytest.mark.parametrize("start", ["一、", "（二）", "3.", "第一章", "——", "## "])
def test_a_numbered_line_after_a_full_sentence_begins_one(start: str) -> None:
    sentence = FULL[:49] + "。"
    assert read(page(line(sentence, 0), line(start + "教育", 1))) == [sentence, start + "教育"]


def test_a_decimal_figure_goes_on() -> None:
    assert read(page(line(FULL[:49] + "。", 0), line("1.2万个学位", 1))) == [FULL[:49] + "。1.2万个学位"]


def test_paragraphs_go_on_over_the_page_end() -> None:
    first = page(line(FULL[:50], 0), line(FULL[:50], 1), line("— 1 —", 0, indent=20, top=40.0))
    second = page(line("尾。", 0), line(FULL[:48], 1, indent=2), line("— 2 —", 0, indent=20, top=40.0))
    assert read(first, second) == [FULL[:50] * 2 + "尾。", FULL[:48]]


@pytest.mark.parametrize("number", ["1", "-12-", "— 3 —", "第4页", "第 5 页 共 20 页", "6/20", "· 7 ·"])
def test_page_numbers_go(number: str) -> None:
    assert read(page(line("正文", 0), line(number, 0, indent=20, top=40.0))) == ["正文"]


def test_a_number_in_the_text_stays() -> None:
    assert read(page(line("正文", 0), line("2025", 1), line("正文", 2))) == ["正文", "2025", "正文"]


def pages_with(headers: Sequence[str]) -> list[Page]:
    return [page(line(header, 0, top=760.0), line(f"正文{number}", 0)) for number, header in enumerate(headers)]


def test_a_header_on_every_page_goes() -> None:
    assert read(*pages_with(["政府公报 第1期"] * 4)) == ["正文0", "正文1", "正文2", "正文3"]


def test_a_title_on_one_page_stays() -> None:
    assert "工作报告" in read(*pages_with(["工作报告", "某某", "其他", "再来"]))


def test_a_line_ends_early_only_where_the_next_word_did_not_fit() -> None:
    full = [line(FULL[:50], row) for row in range(5)]
    long_word = [line(FULL[:46], 5), line("2769.1亿元。", 6)]
    assert len(read(page(*full, *long_word))) == 1
    assert len(read(page(*full, line(FULL[:46], 5), line("亿元。", 6)))) == 2


def test_words_of_latin_letters_keep_their_space() -> None:
    assert read(page(line(FULL[:49] + "OPPO"[:1], 0), line("Park", 1))) == [FULL[:49] + "O Park"]


def test_no_pages_no_paragraphs() -> None:
    assert read() == []
    assert read(page()) == []


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("⼈⺠政府", "人民政府"),
        ("建\x02成\ufffe", "建成"),
        (" 建\u00a0成 ", "建 成"),
        ("９％", "９％"),
        ("㎡", "㎡"),
        ("\ud840\udc00建\udc00", "𠀀建"),
    ],
)
def test_cleaned(raw: str, clean: str) -> None:
    assert cleaned(raw) == clean


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [Line(f"左{number}，" + FULL[:22], 50, 290, 600 - 16 * number, 610 - 16 * number) for number in range(8)]
    right = [Line(f"右{number}，" + FULL[:22], 310, 550, 600 - 16 * number, 610 - 16 * number) for number in range(8)]
    title = Line("某某区2025年政府工作报告全文如下请阅", 150, 450, 640, 656)
    rows = [line for pair in zip(left, right, strict=True) for line in pair]
    text = "".join(read(page(title, *rows)))
    assert [text.index(f"{side}{number}") for side in "左右" for number in range(8)] == sorted(
        text.index(f"{side}{number}") for side in "左右" for number in range(8)
    )
    assert text.startswith("某某区")


def test_short_lines_are_no_column() -> None:
    lines = [line("短行", number) for number in range(8)] + [line(FULL[:50], 9)]
    assert read(page(*lines))[-1].endswith(FULL[:50])
