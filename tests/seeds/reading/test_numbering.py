"""Numbers that Word makes: 一、 （一） 1. in their order, restarted and nested as Word does."""

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from seeds.reading.blocks import text_of
from seeds.reading.limits import Limits
from seeds.reading.numbering import written
from seeds.reading.word import read_word
from tests.seeds.reading.files import saved

LEVELS = (
    ("chineseCounting", "%1、", "Heading1"), ("chineseCountingThousand", "（%2）", None), ("decimal", "%3.", None),
    ("decimal", "%1-%2-%4", None), ("bullet", "•", None),
)  # fmt: skip


def numbered() -> Document:
    """A document with one list of five levels (number 91) and a second count of it that begins anew (92)."""
    document = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        + (f'<w:pStyle w:val="{style}"/>' if style else "")
        + f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (form, pattern, style) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    parts = (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="91">{levels}</w:abstractNum>',
        f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="91"/></w:num>',
        f'<w:num {nsdecls("w")} w:numId="92"><w:abstractNumId w:val="91"/>{restart}</w:num>',
    )
    for part in parts:
        root.append(parse_xml(part))
    return document


def add(document: Document, text: str, depth: int, number: int = 91) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    place = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    properties.append(parse_xml(place))


def read(document: Document) -> list[str]:
    return text_of(read_word(saved(document), Limits())).splitlines()


def test_levels_count_and_begin_anew_under_the_next_heading() -> None:
    document = numbered()
    for text, depth in (
        ("回顾", 0),
        ("经济", 1),
        ("民生", 1),
        ("学校", 2),
        ("任务", 0),
        ("产业", 1),
        ("条", 3),
        ("点", 4),
    ):
        add(document, text, depth)
    assert read(document) == [
        "一、回顾",
        "（一）经济",
        "（二）民生",
        "1.学校",
        "二、任务",
        "（一）产业",
        "二-一-1条",
        "点",
    ]


def test_plain_paragraphs_between_do_not_stop_the_count() -> None:
    document = numbered()
    add(document, "回顾", 0)
    document.add_paragraph("建成学校3所。")
    add(document, "任务", 0)
    assert read(document) == ["一、回顾", "建成学校3所。", "二、任务"]


def test_a_second_count_begins_where_it_says() -> None:
    document = numbered()
    add(document, "回顾", 0)
    add(document, "任务", 0, number=92)
    add(document, "保障", 0, number=92)
    assert read(document) == ["一、回顾", "五、任务", "六、保障"]


def test_a_style_that_counts() -> None:
    document = numbered()
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="91"/></w:numPr>'))
    document.add_heading("回顾", level=1)
    document.add_heading("经济", level=2)
    document.add_heading("任务", level=1)
    # Heading 2 does not build on Heading 1 in Word's own template.
    assert read(document) == ["一、回顾", "经济", "二、任务"]


def test_number_zero_takes_the_number_away() -> None:
    document = numbered()
    add(document, "回顾", 0, number=0)
    assert read(document) == ["回顾"]


def test_the_lists_of_word_itself() -> None:
    document = docx.Document()
    document.add_paragraph("甲", style="List Number")
    document.add_paragraph("乙", style="List Number")
    document.add_paragraph("丙", style="List Bullet")
    assert read(document) == ["1.甲", "2.乙", "丙"]


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "ideographTraditional", "二十"),
        (35, "japaneseCounting", "三十五"),
        (100, "chineseCounting", "100"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "upperLetter", "B"),
        (2, "lowerLetter", "b"),
        (4, "upperRoman", "4"),
        (0, "chineseCounting", "0"),
    ],
)
def test_written(count: int, form: str, text: str) -> None:
    assert written(count, form) == text
