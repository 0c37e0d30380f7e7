"""One report as plain text, GBK web page, Word and PDF: the same statements, whatever it came in."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from seeds.extract import Statement, extract
from seeds.reading import read
from tests.seeds.reading.files import docx_of, page_of, pdf_of

pytestmark = pytest.mark.slow

REPORTS = Path(__file__).resolve().parents[3] / "seeds" / "reports"


def gbk_page(text: str) -> bytes:
    return page_of(text, charset="gb2312").encode("gb18030")


def crlf_in_utf16(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-16")


@cache
def text_of(year: int) -> str:
    return (REPORTS / f"500112-{year}.txt").read_bytes().decode("utf-8")


def essence(statement: Statement) -> tuple[object, ...]:
    """What must not depend on the file's format; white space inside quotes and titles may."""
    return (
        statement.kind,
        "".join(statement.quote.split()),
        statement.category,
        statement.milestone,
        statement.quantity,
        statement.unit,
        statement.comparator,
        statement.due_on,
        tuple("".join(name.split()) for name in statement.names),
        "".join(statement.title.split()),
    )


@cache
def expected(year: int) -> list[tuple[object, ...]]:
    return [essence(statement) for statement in extract(text_of(year), year=year)]


@pytest.mark.parametrize("year", [2021, 2025])
@pytest.mark.parametrize("make", [gbk_page, docx_of, pdf_of, crlf_in_utf16])
def test_same_statements(make: Callable[[str], bytes], year: int) -> None:
    text = read(make(text_of(year))).text
    found = extract(text, year=year)
    assert [essence(statement) for statement in found] == expected(year)
    assert len(found) > 100
    assert all(text[statement.start : statement.end] == statement.quote for statement in found)
