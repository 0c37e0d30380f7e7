"""What later reports make of a promise: the expressions say what the rules say, for whatever was linked and decided."""

from datetime import date
from itertools import combinations
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Value
from django.utils import timezone

from projects import answers, rules
from projects.choices import Answer, Change, LinkRelation, Milestone, ReportState, ReviewState, Verification
from projects.models import Commitment, Evidence, Jurisdiction, LinkProposal, Report, ReportPair, Restatement
from tests import factories

pytestmark = pytest.mark.django_db

YEARS = range(2020, 2025)
NOW = timezone.now()
STATES = [ReviewState.PUBLISHED] * 4 + [ReviewState.WITHDRAWN]


def world(random: Random) -> None:
    """Make the reports of five years at random: promises, results, links in every state, pairs gone through or not."""
    place = factories.JurisdictionFactory.create(code="500112")
    reports = [
        factories.ReportFactory.create(
            jurisdiction=place,
            year=year,
            state=random.choices([ReportState.PUBLISHED, ReportState.DRAFT], [5, 1])[0],
            delivered_on=random.choice([None, date(year, 2, 1)]),
        )
        for year in YEARS
    ]
    promises = [
        factories.CommitmentFactory.create(
            report=report,
            due_on=date(report.year + random.choice([0, 0, 1, 4]), 12, 31),
            milestone=random.choice(Milestone.values),
            **random.choice([{}, {}, {"quantity": 3, "unit": "所", "comparator": "eq"}]),
            review_state=random.choice(STATES),
        )
        for report in reports
        for _ in range(3)
    ]
    for _ in range(14):
        _link(random, *sorted(random.sample(promises, 2), key=lambda row: row.year))
    _go_through(random, reports)


def _link(random: Random, earlier: Commitment, later: Commitment) -> None:
    decided = {"review_state": random.choices(Verification.values, [1, 4, 1])[0]}
    if earlier.year == later.year or Restatement.objects.filter(earlier=earlier, later=later).exists():
        return
    if random.random() < 0.6:
        change = random.choice(["", *Change.values])
        factories.RestatementFactory.create(earlier=earlier, later=later, change=change, **decided)
    else:
        result = factories.AchievementFactory.create(
            report=later.report, period_end=date(later.year - 1, 12, 31), review_state=random.choice(STATES)
        )
        factories.EvidenceFactory.create(
            commitment=earlier, achievement=result, source=None, as_of=date(later.year - 1, 12, 31), **decided
        )


def _go_through(random: Random, reports: list[Report]) -> None:
    for first, second in combinations(reports, 2):
        if random.random() < 0.5:
            marked = random.choice([None, NOW, NOW])
            pair = ReportPair.objects.create(earlier=first, later=second, gone_through_at=marked)
            values = {"relation": LinkRelation.RESTATEMENT, "review_state": random.choice(Verification.values)}
            clause = {"start": 24, "end": 35, "quote": second.text[24:35], "achievement": None, "mention": {}}
            factories.LinkProposalFactory.create(
                pair=pair, earlier=first.commitments.first(), verdict="", **values, **clause
            )


def is_known(report: Report, on: date) -> bool:
    return (report.delivered_on or date(report.year, 1, 1)) <= on


def again(promise: Commitment, on: date) -> list[Restatement]:
    """Return the links by which the promise was made again, the newest last."""
    links = Restatement.objects.published().filter(earlier=promise).order_by("later__year", "pk")
    return [link for link in links.select_related("later__report") if is_known(link.later.report, on)]


def links_of(promise: Commitment) -> list[Any]:
    return [
        promise.evidence.exclude(achievement=None),
        Restatement.objects.filter(earlier=promise),
        LinkProposal.objects.filter(earlier=promise),
    ]


def is_mentioned(promise: Commitment, on: date) -> bool:
    found = LinkProposal.objects.mentioned().filter(earlier=promise).select_related("pair__later")
    reports = [row.pair.later for row in found]
    return any(report.state == ReportState.PUBLISHED and is_known(report, on) for report in reports)


def answer(promise: Commitment, on: date) -> Answer | None:
    pairs = ReportPair.objects.published().filter(earlier=promise.report).select_related("later")
    results = Evidence.objects.published().filter(commitment=promise, achievement__isnull=False)
    told = [row.achievement for row in results.select_related("achievement__report")]
    return rules.answer(
        promise.due_on,
        gone_through=[pair.later.year for pair in pairs if is_known(pair.later, on)],
        reported=any(row is not None and is_known(row.report, on) for row in told),
        promised_again=bool(again(promise, on)) or is_mentioned(promise, on),
        undecided=any(rows.filter(review_state=Verification.PROPOSED).exists() for rows in links_of(promise)),
    )


def put_off_to(promise: Commitment, on: date) -> date:
    """Return the latest date to which a promise was put off."""
    put_off = [
        link.later for link in again(promise, on) if rules.puts_off(promise.milestone, link.change, promise.quantity)
    ]
    return max([promise.due_on, *(put_off_to(later, on) for later in put_off)])


@pytest.mark.parametrize("seed", range(12))
def test_the_expressions_say_what_the_rules_say(seed: int) -> None:
    random = Random(seed)
    world(random)
    on = random.choice([date(2022, 1, 15), date(2023, 3, 1), date(2032, 1, 1)])
    rows: Any = Commitment.objects.published().annotate(
        by_answer=answers.answer(Value(on)),
        by_change=answers.change(Value(on)),
        slipped=answers.years_slipped(Value(on)),
    )
    for row in rows.select_related("report"):
        told = [link.change for link in again(row, on) if link.change]
        assert row.by_answer == answer(row, on), row.pk
        assert row.by_change == (told[-1] if told else None), row.pk
        assert row.slipped == max(0, put_off_to(row, on).year - row.due_on.year), row.pk


def test_the_worlds_have_every_answer() -> None:
    found = set()
    for seed in range(12):
        found |= answers_of(seed)
    assert found == {*Answer, None}


def answers_of(seed: int) -> set[Any]:
    """Return the answers of a world that is taken back again."""
    with transaction.atomic():
        world(Random(seed))
        rows: Any = Commitment.objects.annotate(told=answers.answer(Value(date(2032, 1, 1))))
        found = set(rows.values_list("told", flat=True))
        transaction.set_rollback(True)
    return found


@pytest.fixture
def pair() -> ReportPair:
    """The reports of 2021 and 2024 of one government, gone through."""
    row: ReportPair = factories.ReportPairFactory.create(gone_through_at=NOW)
    return row


def answer_of(promise: Commitment, on: date = date(2032, 1, 1)) -> str | None:
    told: str | None = Commitment.objects.values_list(answers.answer(Value(on)), flat=True).get(pk=promise.pk)
    return told


class TestAnswer:
    def test_silence_counts_once_somebody_went_through(self, pair: ReportPair) -> None:
        promise = factories.CommitmentFactory.create(report=pair.earlier)
        assert answer_of(promise) == Answer.SILENT
        ReportPair.objects.update(gone_through_at=None)
        assert answer_of(promise) is None

    def test_what_ends_later_than_the_report_reviews_is_not_silent(self, pair: ReportPair) -> None:
        goal = factories.CommitmentFactory.create(report=pair.earlier, due_on=date(2025, 12, 31))
        this_year = factories.CommitmentFactory.create(report=pair.earlier, due_on=date(2024, 12, 31))
        last_year = factories.CommitmentFactory.create(report=pair.earlier, due_on=date(2023, 12, 31))
        assert [answer_of(row) for row in (goal, this_year, last_year)] == [None, None, Answer.SILENT]

    def test_a_report_that_is_not_public_says_nothing(self, pair: ReportPair) -> None:
        promise = factories.CommitmentFactory.create(report=pair.earlier)
        Report.objects.filter(pk=pair.later_id).update(state=ReportState.WITHDRAWN)
        assert answer_of(promise) is None

    def test_nothing_is_silent_before_the_report_was_given(self, pair: ReportPair) -> None:
        promise = factories.CommitmentFactory.create(report=pair.earlier)
        assert answer_of(promise, date(2023, 12, 31)) is None
        assert answer_of(promise, date(2024, 1, 1)) == Answer.SILENT

    def test_a_source_is_no_answer_of_a_report(self, pair: ReportPair) -> None:
        promise = factories.CommitmentFactory.create(report=pair.earlier)
        factories.EvidenceFactory.create(commitment=promise)
        assert answer_of(promise) == Answer.SILENT

    def test_what_a_person_has_not_decided_on_is_not_silent(self, pair: ReportPair) -> None:
        proposal = factories.LinkProposalFactory.create(pair=pair, is_sure=False)
        assert answer_of(proposal.earlier) is None
        LinkProposal.objects.update(review_state=Verification.REJECTED)
        assert answer_of(proposal.earlier) == Answer.SILENT


class TestChained:
    def test_holds_all_that_is_linked_in_both_directions_and_nothing_else(self) -> None:
        place: Jurisdiction = factories.JurisdictionFactory.create()
        first, second, third, other = (
            factories.CommitmentFactory.create(report__jurisdiction=place, report__year=year, due_on=date(year, 12, 31))
            for year in (2020, 2021, 2022, 2023)
        )
        factories.RestatementFactory.create(earlier=first, later=second)
        factories.RestatementFactory.create(earlier=second, later=third)
        factories.RestatementFactory.create(earlier=third, later=other, review_state=Verification.REJECTED)
        for row in (first, second, third):
            assert set(answers.chained(Value(row.pk), Value(date(2032, 1, 1)))) == {first, second, third}
        assert list(answers.chained(Value(other.pk), Value(date(2032, 1, 1)))) == [other]
        assert list(answers.chained(Value(third.pk), Value(date(2021, 6, 1)))) == [third]
