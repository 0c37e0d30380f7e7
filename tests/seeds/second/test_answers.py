"""An answer of a language model: what has the form and stands in the text, and nothing else."""

import json

import pytest
from hypothesis import given, strategies as st

from seeds.second.answers import Answer, is_json, parsed
from seeds.second.prompts import Prompt, prompts

TEXT = (
    "2030年政府工作报告\n\n一、2029年工作回顾\n\n建成花渡小学。新增学位300个。\n\n二、2030年重点工作\n\n"
    "新建学校3所。建成柳湾医院。新建学校3所。\n"
)
ROW = {
    "quote": "新建学校3所", "kind": "commitment", "category": "education", "milestone": "complete", "quantity": 3,
    "unit": "所", "comparator": "eq", "due_on": "2030-12-31",
}  # fmt: skip


def plan() -> Prompt:
    (found,) = [one for one in prompts(TEXT, year=2030) if one.passages[0].kind == "commitment"]
    return found


def answered(*rows: object, prompt: Prompt | None = None) -> Answer:
    return parsed(json.dumps({"statements": rows}), prompt or plan(), TEXT)


def test_a_good_answer() -> None:
    answer = answered(ROW)
    assert (answer.malformed, answer.invented) == (0, 0)
    (found,) = answer.found
    assert TEXT[found.start : found.end] == "新建学校3所"
    assert (found.view.quantity, str(found.view.due_on)) == (3, "2030-12-31")


def test_the_same_words_twice_are_two_places_and_no_third() -> None:
    answer = answered(ROW, ROW, ROW)
    places = [one.start for one in answer.found]
    assert places == [TEXT.index("新建学校3所"), TEXT.rindex("新建学校3所")]
    assert answer.invented == 1


def test_a_quote_is_looked_for_in_the_stretch_alone() -> None:
    assert answered(ROW | {"quote": "建成花渡小学"}).invented == 1
    review = next(one for one in prompts(TEXT, year=2030) if one.passages[0].kind == "achievement")
    assert answered(ROW | {"quote": "建成花渡小学"}, prompt=review).invented == 0


@pytest.mark.parametrize("quote", ["新建学校4所", "新建学校 3所", "新建学校3所，建成柳湾医院", "建成柳湾 医院"])
def test_words_that_the_report_does_not_hold_are_dropped_and_counted(quote: str) -> None:
    answer = answered(ROW | {"quote": quote}, ROW)
    assert (len(answer.found), answer.invented, answer.malformed) == (1, 1, 0)


@pytest.mark.parametrize(
    "row",
    [
        {**ROW, "quantity": "3"},
        {**ROW, "quantity": True},
        {**ROW, "quantity": -3},
        {**ROW, "quantity": 1e15},
        {**ROW, "quantity": None},
        {**ROW, "category": "economy"},
        {**ROW, "category": "education\n"},
        {**ROW, "category": "学校"},
        {**ROW, "kind": "promise"},
        {**ROW, "milestone": ""},
        {**ROW, "comparator": ">="},
        {**ROW, "due_on": "2030年底"},
        {**ROW, "due_on": "2030-02-30"},
        {**ROW, "due_on": 2030},
        {**ROW, "unit": "所" * 21},
        {**ROW, "quote": "新"},
        {**ROW, "quote": "新" * 201},
        {**ROW, "review_state": "published"},
        {key: value for key, value in ROW.items() if key != "milestone"},
        [],
        "新建学校3所",
        None,
    ],
)
def test_a_row_in_no_form_is_dropped_and_counted(row: object) -> None:
    answer = answered(row, ROW)
    assert (len(answer.found), answer.malformed, answer.invented) == (1, 1, 0)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "好的，以下是结果：",
        "[]",
        '{"statements": {}}',
        '{"statements": [], "note": "已发布"}',
        '{"statements": [NaN]}',
        '{"statements": [',
        "[" * 100_000,
        json.dumps({"statements": [ROW] * 201}),
        "\x00\ufffd",
    ],
)
def test_an_answer_in_no_form_counts_once(answer: str) -> None:
    assert parsed(answer, plan(), TEXT) == Answer(malformed=1)
    assert not is_json(answer)


def test_a_fence_is_no_part_of_the_answer() -> None:
    answer = "```json\n" + json.dumps({"statements": [ROW]}) + "\n```\n"
    assert len(parsed(answer, plan(), TEXT).found) == 1
    assert parsed("说明\n" + answer, plan(), TEXT).malformed == 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_nothing_that_is_json_breaks_it(value: object) -> None:
    for answer in (json.dumps(value), json.dumps({"statements": [value]}), json.dumps({"statements": value})):
        assert parsed(answer, plan(), TEXT).found == ()


@given(st.text(max_size=300))
def test_nothing_else_breaks_it(answer: str) -> None:
    assert parsed(answer, plan(), TEXT).found == ()
