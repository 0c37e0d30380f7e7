"""compare, scores and split, by hand-computed cases."""

import pytest
from hypothesis import given, strategies as st

from seeds.evaluation.gold import Row
from seeds.evaluation.measures import ATTRIBUTES, compare, is_right, overlap, pooled, same, scores, split
from tests.seeds.evaluation.rows import row

spans = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda span: row(span[0], span[0] + span[1]))


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [((0, 10), (0, 10), 1.0), ((0, 10), (5, 15), 1 / 3), ((0, 10), (2, 8), 0.6), ((0, 10), (10, 20), 0.0)],
)
def test_overlap(left: tuple[int, int], right: tuple[int, int], share: float) -> None:
    assert overlap(row(*left), row(*right)) == pytest.approx(share)


def test_half_an_overlap_is_a_pair_and_less_is_none() -> None:
    assert len(compare([row(0, 10)], [row(0, 5)]).pairs) == 1
    assert len(compare([row(0, 10)], [row(0, 4)]).pairs) == 0


def test_the_better_overlap_wins() -> None:
    gold, near, exact = row(0, 10), row(0, 9), row(0, 10, unit="座")
    outcome = compare([gold], [near, exact])
    assert outcome.pairs == ((gold, exact),)
    assert outcome.spurious == (near,)


def test_each_statement_is_used_once() -> None:
    outcome = compare([row(0, 10), row(0, 9)], [row(0, 10)])
    assert (len(outcome.pairs), len(outcome.missed)) == (1, 1)


def test_statements_outside_livelihood_count_only_on_a_gold_span() -> None:
    outcome = compare([row(0, 10)], [row(0, 10, category="economy"), row(20, 30, category="governance"), row(40, 50)])
    figures = scores(outcome)
    assert (figures.gold, figures.predicted, figures.matched) == (1, 2, 1)
    assert figures.accuracy["category"] == 0.0


def test_figures_by_hand() -> None:
    gold = [row(0, 10), row(20, 30, quantity=2.0), row(40, 50), row(60, 70)]
    found = [row(0, 10), row(20, 30, quantity=3.0), row(41, 50, milestone="plan"), row(80, 90), row(100, 110)]
    figures = scores(compare(gold, found))
    assert (figures.gold, figures.predicted, figures.matched, figures.records) == (4, 5, 3, 2)
    assert figures.precision == pytest.approx(3 / 5)
    assert figures.recall == pytest.approx(3 / 4)
    assert figures.span_f1 == pytest.approx(2 * 3 / 9)
    # A wrong milestone costs its accuracy, not the record.
    assert figures.record_f1 == pytest.approx(2 * 2 / 9)
    wrong = {"milestone": 2 / 3, "quantity": 2 / 3}
    assert figures.accuracy == pytest.approx(dict.fromkeys(ATTRIBUTES, 1.0) | wrong)


def test_nothing_against_nothing() -> None:
    figures = scores(compare([], []))
    assert (figures.precision, figures.recall, figures.span_f1, figures.record_f1) == (0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("gold", "found", "agree"),
    [(None, None, True), (None, 1.0, False), (0.0, None, False), (1e9, 1e9 + 1, True), (4.0, 4.1, False)],
)
def test_same_quantity(gold: float | None, found: float | None, agree: bool) -> None:
    assert same(row(0, 1, quantity=gold), row(0, 1, quantity=found), "quantity") is agree


@pytest.mark.parametrize("attribute", ["kind", "category", "unit", "due_on"])
def test_a_record_needs_each_of_its_attributes(attribute: str) -> None:
    assert is_right(row(0, 1), row(0, 1))
    assert not is_right(row(0, 1), row(0, 1, **{attribute: "other"}))


def test_split_puts_a_pair_with_its_gold_value() -> None:
    gold = [row(0, 10, category="health"), row(20, 30, category="education")]
    found = [row(0, 10, category="education"), row(40, 50, category="rural")]
    parts = {name: scores(part) for name, part in split(compare(gold, found), "category").items()}
    assert {name: (part.gold, part.predicted, part.matched) for name, part in parts.items()} == {
        "education": (1, 0, 0), "health": (1, 1, 1), "rural": (0, 1, 0),
    }  # fmt: skip


@given(st.lists(spans, max_size=12), st.lists(spans, max_size=12))
def test_every_statement_is_accounted_for(gold: list[Row], found: list[Row]) -> None:
    outcome = compare(gold, found)
    assert len(outcome.pairs) + len(outcome.missed) == len(gold)
    assert len(outcome.pairs) + len(outcome.spurious) == len(found)
    assert all(overlap(*pair) >= 0.5 for pair in outcome.pairs)
    figures = scores(pooled([outcome, outcome]))
    assert (figures.gold, figures.span_f1) == (2 * len(gold), scores(outcome).span_f1)
    assert sum(scores(part).gold for part in split(outcome, "unit").values()) == len(gold)


@given(st.lists(spans, max_size=12))
def test_gold_against_itself_is_perfect(gold: list[Row]) -> None:
    figures = scores(compare(gold, gold))
    assert figures.records == len(gold)
