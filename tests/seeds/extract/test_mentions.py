"""The clauses that are no statement."""

import pytest

from seeds.extract import extract
from seeds.extract.mentions import Mention, mentions

REPORT = """某某区人民政府工作报告
一、2029年工作回顾
城乡面貌持续改善，新建幼儿园3所，花渡河治理成效
显现。
二、2030年重点工作
深化医联体一体化运行，建成公办幼儿园3所，提质。
三、政府自身建设
深入推进政务公开和作风建设。
"""


@pytest.fixture(scope="module")
def found() -> list[Mention]:
    return mentions(REPORT, extract(REPORT, year=2030), year=2030)


def test_what_no_statement_covers_in_its_part(found: list[Mention]) -> None:
    told = {(mention.part, mention.statement.title) for mention in found}
    assert ("review", "城乡面貌持续改善") in told
    assert ("plan", "深化医联体一体化运行") in told
    assert not any("幼儿园" in title for _, title in told)


def test_nothing_of_conduct_and_nothing_short(found: list[Mention]) -> None:
    assert not any("政务公开" in mention.statement.title or "提质" in mention.statement.title for mention in found)


def test_every_quote_stands_where_it_says(found: list[Mention]) -> None:
    rows = [mention.statement for mention in found]
    assert all(REPORT[row.start : row.end] == row.quote for row in rows)
    assert [row.start for row in rows] == sorted(row.start for row in rows)


def test_it_says_what_a_statement_would(found: list[Mention]) -> None:
    (mention,) = [one for one in found if "医联体" in one.statement.title]
    values = mention.as_dict()
    assert (values["kind"], values["part"], values["category"], values["due_on"]) == (
        "mention", "plan", "health", "2030-12-31",
    )  # fmt: skip
    assert mention.statement.kind == "commitment"


def test_a_text_that_says_nothing_has_none() -> None:
    assert mentions("各位代表：", [], year=2030) == []
    assert mentions("", [], year=2030) == []
