"""Two readings as one: agreement is surer, disagreement is marked with both views, nothing else changes."""

import json
from collections.abc import Callable

import pytest

from projects.choices import SecondReader
from seeds.extract import Statement, extract
from seeds.reading.messages import Message
from seeds.second import Merged, Prompt, second_read

TEXT = (
    "2030年政府工作报告\n\n一、2029年工作回顾\n\n建成花渡小学。新增学位300个。\n\n二、2030年重点工作\n\n"
    "新建学校3所。9月底前建成柳湾医院。引进企业20家。加强教师队伍管理。\n"
)
SCHOOLS = {
    "quote": "新建学校3所", "kind": "commitment", "category": "education", "milestone": "complete", "quantity": 3,
    "unit": "所", "comparator": "eq", "due_on": "2030-12-31",
}  # fmt: skip
HOSPITAL = SCHOOLS | {
    "quote": "9月底前建成柳湾医院", "category": "health", "quantity": None, "unit": None, "comparator": None,
    "due_on": "2030-09-30",
}  # fmt: skip
TEACHERS = HOSPITAL | {"quote": "加强教师队伍管理", "category": "education", "milestone": "progress"}


def about_the_plan(*rows: object) -> Callable[[Prompt], str | None]:
    """Answers the question about the plan alone."""
    answer = json.dumps({"statements": rows})
    return lambda prompt: answer if prompt.passages[0].kind == "commitment" else None


def read(*rows: object) -> Merged:
    return second_read(TEXT, about_the_plan(*rows), year=2030)


def one(found: Merged, quote: str) -> Statement:
    (statement,) = [row for row in found.statements if quote in row.quote]
    return statement


def before(quote: str) -> Statement:
    (statement,) = [row for row in extract(TEXT, year=2030) if quote in row.quote]
    return statement


def test_without_an_answer_the_rules_stand_alone() -> None:
    found = second_read(TEXT, lambda _: None, year=2030)
    assert found.statements == extract(TEXT, year=2030)
    assert (found.read, found.asked, found.messages) == (0, 2, [])


def test_what_both_found_is_surer() -> None:
    found = read(SCHOOLS, HOSPITAL)
    for quote in ("新建学校3所", "柳湾医院"):
        statement, alone = one(found, quote), before(quote)
        assert statement.rules == (*alone.rules, SecondReader.AGREES)
        assert alone.confidence <= statement.confidence < 1
        assert statement._replace(rules=alone.rules, confidence=alone.confidence) == alone
    assert before("柳湾医院").confidence < one(found, "柳湾医院").confidence
    assert (found.agreed, found.differing, found.rules_alone, found.second_alone) == (2, 0, 0, 0)
    assert found.messages[0] == Message(
        "second_reader", {"read": 1, "asked": 2, "agreed": 2, "differing": 0, "rules": 0, "second": 0}
    )
    assert len(found.messages) == 1


@pytest.mark.parametrize(
    ("change", "marks"),
    [
        ({"category": "health"}, ["second:category=health"]),
        ({"quantity": 30}, ["second:quantity=30"]),
        ({"quantity": 3.5}, ["second:quantity=3.5"]),
        ({"quantity": None, "unit": None, "comparator": None}, ["second:quantity=", "second:unit="]),
        ({"milestone": "start"}, ["second:milestone=start"]),
        ({"due_on": "2030-06-30"}, ["second:due_on=2030-06-30"]),
        ({"kind": "achievement"}, ["second:kind=achievement"]),
    ],
)
def test_what_both_see_differently_keeps_the_rules_view_and_tells_the_other(
    change: dict[str, object], marks: list[str]
) -> None:
    found = read(SCHOOLS | change, HOSPITAL)
    statement, alone = one(found, "新建学校3所"), before("新建学校3所")
    assert statement.rules == (*alone.rules, SecondReader.DIFFERS, *marks)
    assert statement._replace(rules=(), confidence=0) == alone._replace(rules=(), confidence=0)
    assert (found.agreed, found.differing) == (1, 1)


def test_a_day_that_no_promise_has_is_not_taken() -> None:
    assert SecondReader.AGREES in one(read(SCHOOLS | {"due_on": "9999-12-31"}), "新建学校3所").rules


def test_what_only_the_rules_found_is_less_sure() -> None:
    found = read(SCHOOLS)
    statement, alone = one(found, "柳湾医院"), before("柳湾医院")
    assert statement.rules == (*alone.rules, SecondReader.DIFFERS, SecondReader.RULES_ALONE)
    assert statement.confidence < alone.confidence
    assert found.rules_alone == 1


def test_trade_and_stretches_without_an_answer_are_left_alone() -> None:
    found = read(SCHOOLS, HOSPITAL)
    for quote in ("引进企业20家", "花渡小学", "新增学位300个"):
        assert one(found, quote) == before(quote)


def test_what_only_the_second_reader_found_is_a_candidate_of_its_own() -> None:
    found = read(SCHOOLS, HOSPITAL, TEACHERS)
    statement = one(found, "加强教师队伍管理")
    assert statement.rules == (SecondReader.DIFFERS, SecondReader.SECOND_ALONE)
    assert (statement.category, statement.milestone, statement.section) == (
        "education",
        "progress",
        "二、2030年重点工作",
    )
    assert (statement.title, statement.due_basis) == ("加强教师队伍管理", "stated")
    assert TEXT[statement.start : statement.end] == statement.quote
    assert found.second_alone == 1
    assert [row.start for row in found.statements] == sorted(row.start for row in found.statements)


def test_other_spans_of_the_same_words_are_told_and_make_no_second_row() -> None:
    whole = SCHOOLS | {"quote": "新建学校3所。9月底前建成柳湾医院。引进企业20家"}
    found = read(whole)
    start = TEXT.index(str(whole["quote"]))
    mark = f"second:span={start}-{start + len(str(whole['quote']))}"
    for quote in ("新建学校3所", "柳湾医院", "引进企业20家"):
        rules = one(found, quote).rules
        assert mark in rules
        assert rules.count(SecondReader.DIFFERS) == 1
        assert SecondReader.RULES_ALONE not in rules
    assert len(found.statements) == len(extract(TEXT, year=2030))


def test_what_was_dropped_is_told() -> None:
    found = read(SCHOOLS, SCHOOLS | {"quote": "新建医院9所"}, {"quote": "新建学校3所"})
    assert found.messages[1] == Message("second_dropped", {"malformed": 1, "invented": 1})
    assert all(message.text("zh") and message.text("en") for message in found.messages)


def test_marks_fit_their_column() -> None:
    longest = SCHOOLS | {"unit": "所" * 20, "quantity": 123456789012345.6789}
    assert max(len(rule) for rule in one(read(longest), "新建学校3所").rules) <= 60
