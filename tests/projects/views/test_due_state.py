from datetime import date

import pytest

from projects.choices import Comparator, DueBasis, DueState, Milestone, Outcome, Precision, Status
from projects.models import Commitment
from projects.rules import outcome
from projects.views.due_state import Standing, older, standing

DUE = date(2021, 12, 31)
LONG_AFTER = date(2026, 11, 30)


def commitment(
    status: str = Status.NOT_ASSESSED,
    *,
    milestone: str = Milestone.COMPLETE,
    basis: str = DueBasis.IMPLIED,
    as_of: date | None = None,
    happened: tuple[date, str] | None = None,
    comparator: str | None = None,
) -> Commitment:
    """Return a commitment due at the end of 2021, with the outcome that the database would compute."""
    day, precision = happened or (None, "")
    found: Outcome = outcome(milestone, status, as_of=as_of, happened_on=day, precision=precision, due_on=DUE)
    row = Commitment(
        status=status, milestone=milestone, due_on=DUE, due_basis=basis, status_as_of=as_of, happened_on=day,
        happened_precision=precision, comparator=comparator,
    )  # fmt: skip
    row.outcome = found
    return row


@pytest.mark.parametrize(
    ("milestone", "comparator", "due"),
    [
        (Milestone.PLAN, None, "应于 2021-12-31 前完成前期"),
        (Milestone.START, None, "应于 2021-12-31 前开工或启动"),
        (Milestone.PROGRESS, None, "承诺推进，没有说推进到哪一步"),
        (Milestone.COMPLETE, Comparator.LTE, "应于 2021-12-31 前建成或完成"),
        (Milestone.LEVEL, Comparator.GTE, "应于 2021-12-31 前达到"),
        (Milestone.LEVEL, Comparator.LTE, "到 2021-12-31 应控制在限度以内"),
    ],
)
def test_the_verb_is_that_of_the_milestone(milestone: str, comparator: str | None, due: str) -> None:
    assert standing(commitment(milestone=milestone, comparator=comparator), LONG_AFTER).due == due


def test_every_milestone_and_state_has_its_sentence() -> None:
    for milestone in Milestone:
        for state in DueState:
            row = commitment(Status.PARTIAL, milestone=milestone, as_of=DUE)
            assert Standing(row, state, 10).sentence.startswith(Standing(row, state, 10).due)
            assert isinstance(Standing(row, state, 10).brief, str)


def told(row: Commitment, on: date = LONG_AFTER) -> tuple[DueState, str]:
    found = standing(row, on)
    return found.state, found.sentence.partition("；")[2]


def test_a_past_date_of_which_nobody_knows_is_told_in_words_and_days() -> None:
    assert told(commitment()) == (DueState.UNVERIFIED, "到期已近 5 年（1795 天）；到期时的情况还没有核实")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2021, 12, 30), "距期限还有 1 天"),
        (date(2021, 12, 31), "距期限还有 0 天"),
        (date(2022, 1, 1), "到期已 1 天；推定的期限，宽限到 2022-03-31，其间不算逾期"),
        (date(2022, 3, 31), "到期已约 3 个月（90 天）；推定的期限，宽限到 2022-03-31，其间不算逾期"),
    ],
)
def test_grace_is_told_only_where_it_decides(on: date, expected: str) -> None:
    assert told(commitment(), on) == (DueState.RUNNING, expected)


def test_the_day_after_grace_and_after_a_stated_date_tell_of_none() -> None:
    for basis, day in ((DueBasis.IMPLIED, date(2022, 4, 1)), (DueBasis.STATED, date(2022, 1, 1))):
        state, words = told(commitment(basis=basis), day)
        assert state == DueState.UNVERIFIED
        assert "宽限" not in words


def test_what_was_kept_late_on_a_known_day_has_its_days() -> None:
    row = commitment(Status.COMPLETED, as_of=date(2022, 2, 1), happened=(date(2022, 1, 25), Precision.DAY))
    assert told(row) == (DueState.KEPT_LATE, "实际 2022-01-25 已建成或完成；晚 25 天")
    assert standing(row, LONG_AFTER).brief == "2022-01-25，晚 25 天"


def test_what_was_kept_late_in_a_known_year_has_a_range() -> None:
    row = commitment(Status.COMPLETED, as_of=date(2024, 12, 31), happened=(date(2024, 12, 31), Precision.YEAR))
    assert told(row) == (DueState.KEPT_LATE, "实际 2024 年内已建成或完成；晚 2 至 3 年")
    assert standing(row, LONG_AFTER).brief == "2024 年内，晚 2 至 3 年"


@pytest.mark.parametrize("happened", [None, (date(2024, 12, 31), Precision.BY)])
def test_nothing_is_late_on_a_day_that_nobody_knows(happened: tuple[date, str] | None) -> None:
    row = commitment(Status.COMPLETED, as_of=date(2024, 12, 31), happened=happened)
    state, words = told(row)
    assert state == DueState.KEPT
    assert "证据没有说是哪一天，不能断定是否按期" in words
    assert "晚" not in words.replace("不晚于", "")


def test_what_was_kept_in_time_needs_no_reservation() -> None:
    row = commitment(Status.COMPLETED, as_of=date(2022, 2, 1), happened=(date(2021, 12, 1), Precision.DAY))
    assert told(row) == (DueState.KEPT, "2021-12-01，证据显示已建成或完成")


def test_a_start_is_kept_by_what_is_under_way() -> None:
    row = commitment(Status.IN_PROGRESS, milestone=Milestone.START, as_of=date(2021, 6, 1))
    assert told(row) == (DueState.KEPT, "截至 2021-06-01，证据显示已开工或启动")


def test_evidence_of_the_day_or_later_is_told_with_its_day() -> None:
    row = commitment(Status.PARTIAL, as_of=date(2022, 2, 10))
    assert told(row)[1] == "截至 2022-02-10，证据显示只做到一部分；到期已近 5 年（1795 天）"
    assert standing(row, LONG_AFTER).brief == "到期已近 5 年（1795 天）；证据截至 2022-02-10"
    failed = commitment(Status.NOT_MET, as_of=date(2022, 2, 10))
    assert told(failed) == (DueState.NOT_KEPT, "截至 2022-02-10，证据显示没有做到；到期已近 5 年（1795 天）")


def test_older_evidence_is_said_to_be_older() -> None:
    row = commitment(Status.PARTIAL, as_of=date(2019, 1, 1))
    found = standing(row, LONG_AFTER)
    assert found.ground_is_older
    assert found.brief == "到期已近 5 年（1795 天）；最近的证据截至 2019-01-01，早于期限 3 年"
    assert older(date(2021, 12, 1), DUE) == "最近的证据截至 2021-12-01，早于期限 30 天"
    assert not standing(row, date(2021, 1, 1)).ground_is_older, "the due date has not passed"


def test_a_promise_to_progress_is_never_past_anything() -> None:
    row = commitment(Status.IN_PROGRESS, milestone=Milestone.PROGRESS, as_of=date(2024, 12, 31))
    found = standing(row, LONG_AFTER)
    assert found.sentence == "承诺推进，没有说推进到哪一步；所以没有期限可过，也不算逾期；推进中（截至 2024-12-31）"
    assert found.brief == "推进中（截至 2024-12-31）"
    assert standing(commitment(milestone=Milestone.PROGRESS), LONG_AFTER).brief == ""


def test_a_closed_commitment_tells_its_status() -> None:
    row = commitment(Status.CANCELLED, as_of=date(2022, 2, 10))
    assert told(row) == (DueState.CLOSED, "已取消（截至 2022-02-10）")
