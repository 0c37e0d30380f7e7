"""What a reading of a report found is loaded beside what people have decided, and never over it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from projects.choices import Origin, ReviewState
from projects.models import Achievement, Commitment, Report
from seeds.extract.statement import Statement
from seeds.load import LoadError, load_statements
from tests.factories import STEP, CommitmentFactory, ReportFactory
from tests.seeds.workers import database_url, wait_until

pytestmark = pytest.mark.django_db

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def found(report: Report, position: int, kind: str = "commitment") -> Statement:
    start, end = position * STEP, position * STEP + STEP - 1
    return Statement(
        kind=kind,
        start=start,
        end=end,
        quote=report.text[start:end],
        section="三、重点工作",
        category="education",
        milestone="complete",
        quantity=1,
        unit="所",
        comparator="eq",
        due_on=date(2021, 12, 31),
        names=("某学校",),
        title=report.text[start:end],
        due_basis="implied",
        rules=("cat.school", "due.section"),
        confidence=0.9,
    )


@pytest.fixture
def report() -> Report:
    return ReportFactory.create()


def states(report: Report) -> dict[int, str]:
    return {row.start // STEP: row.review_state for row in Commitment.objects.filter(report=report)}


def test_new_statements_become_candidates(report: Report) -> None:
    statements = [found(report, 0), found(report, 1), found(report, 2, "achievement")]
    result = load_statements(report, statements, extractor_version="1.0.0")
    assert (result["commitments"].counts, result["achievements"].counts) == ((2, 0, 0, 0, 0), (1, 0, 0, 0, 0))
    row = Commitment.objects.get(start=0)
    assert (row.origin, row.review_state, row.is_public) == (Origin.EXTRACTED, ReviewState.CANDIDATE, False)
    assert (row.rules, row.confidence, row.extractor_version) == (["cat.school", "due.section"], 0.9, "1.0.0")
    assert set(result["commitments"].created) == set(Commitment.objects.values_list("pk", flat=True))


def test_the_same_reading_again_changes_nothing(report: Report) -> None:
    statements = [found(report, 0), found(report, 1)]
    load_statements(report, statements)
    assert load_statements(report, statements)["commitments"].counts == (0, 0, 2, 0, 0)


def test_a_newer_reading_updates_adds_and_withdraws(report: Report) -> None:
    load_statements(report, [found(report, 0), found(report, 1)])
    newer = [found(report, 0)._replace(category="health"), found(report, 2)]
    result = load_statements(report, newer)["commitments"]
    assert result.counts == (1, 1, 0, 1, 0)
    assert list(result.updated.values()) == [("category",)]
    assert states(report) == {0: "candidate", 1: "withdrawn", 2: "candidate"}


def test_a_statement_found_again_is_a_candidate_again(report: Report) -> None:
    load_statements(report, [found(report, 0)])
    load_statements(report, [])
    load_statements(report, [found(report, 0)])
    assert states(report) == {0: "candidate"}


@pytest.mark.parametrize("decision", [ReviewState.PUBLISHED, ReviewState.REJECTED, ReviewState.WITHDRAWN])
def test_reviewed_rows_stay_as_they_are(report: Report, decision: ReviewState) -> None:
    load_statements(report, [found(report, 0), found(report, 1)])
    Commitment.objects.update(review_state=decision)
    result = load_statements(report, [found(report, 0)._replace(category="health")])["commitments"]
    assert result.counts == (0, 0, 1, 0, 0)
    assert set(Commitment.objects.values_list("review_state", "category")) == {(decision, "education")}


def test_a_field_corrected_on_a_candidate_stays_and_the_rest_follows(report: Report) -> None:
    load_statements(report, [found(report, 0)])
    Commitment.objects.update(title="更好的标题")
    newer = found(report, 0)._replace(title="新标题", category="health")
    result = load_statements(report, [newer])["commitments"]
    assert (list(result.updated.values()), list(result.kept.values())) == ([("category",)], [("title",)])
    row = Commitment.objects.get()
    assert (row.title, row.category) == ("更好的标题", "health")


def test_a_candidate_that_a_person_has_worked_on_is_not_withdrawn(report: Report) -> None:
    load_statements(report, [found(report, 0), found(report, 1)])
    Commitment.objects.filter(start=0).update(title="更好的标题")
    assert load_statements(report, [])["commitments"].counts == (0, 0, 0, 1, 0)
    assert states(report) == {0: "candidate", 1: "withdrawn"}


def test_curated_rows_and_rows_made_by_hand_are_not_touched(report: Report) -> None:
    load_statements(report, [found(report, 0)], origin=Origin.CURATED)
    by_hand = CommitmentFactory.create(report=report, position=1, title="人工录入")
    load_statements(report, [found(report, 0)._replace(category="health"), found(report, 1)])
    assert Commitment.objects.get(start=0).category == "education"
    by_hand.refresh_from_db()
    assert (by_hand.title, by_hand.origin) == ("人工录入", Origin.HAND)
    load_statements(report, [])
    assert states(report) == {0: "published", 1: "published"}


def test_another_report_is_not_touched(report: Report) -> None:
    other = ReportFactory.create(year=2022)
    load_statements(other, [found(other, 0)])
    load_statements(report, [found(report, 0)])
    load_statements(report, [])
    assert states(other) == {0: "candidate"}


def test_a_figure_is_kept_to_four_decimals_and_long_texts_are_cut(report: Report) -> None:
    statement = found(report, 0)._replace(quantity=0.123456, unit=None, section="长" * 500, title="长" * 300)
    load_statements(report, [statement])
    row = Commitment.objects.get()
    assert (str(row.quantity), row.unit, len(row.section), len(row.title)) == ("0.1235", "", 400, 200)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: row._replace(due_on=None), "statement 0-11: due_on: is not known: give the report its year"),
        (lambda row: row._replace(quote="别的话"), "statement 0-11: quote: is '别的话', but report "),
        (lambda row: row._replace(end=10**6), "statement 0-1000000: end: 0-1000000 is not in report "),
    ],
)
def test_a_statement_that_does_not_fit_is_refused_and_nothing_written(
    report: Report, change: Callable[[Statement], Statement], message: str
) -> None:
    with pytest.raises(LoadError) as refused:
        load_statements(report, [found(report, 1), change(found(report, 0))])
    assert str(refused.value).startswith(message)
    assert not Commitment.objects.exists()


def test_a_statement_found_twice_is_refused(report: Report) -> None:
    with pytest.raises(LoadError, match="is already the commitment of statement 0-11"):
        load_statements(report, [found(report, 0), found(report, 0)])


def test_a_promise_and_a_claim_may_share_their_words(report: Report) -> None:
    load_statements(report, [found(report, 0), found(report, 0, "achievement")])
    assert Commitment.objects.get().quote == Achievement.objects.get().quote


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_follow_each_other() -> None:
    report = ReportFactory.create()
    statements = [found(report, position) for position in range(50)]

    def load(_: int) -> tuple[int, ...]:
        try:
            return load_statements(report, statements)["commitments"].counts
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        results = list(threads.map(load, range(3)))
    assert sorted(results) == [(0, 0, 50, 0, 0), (0, 0, 50, 0, 0), (50, 0, 0, 0, 0)]


@pytest.mark.django_db(transaction=True)
def test_a_row_made_by_hand_in_the_same_moment_is_left_alone(tmp_path: Path) -> None:
    report, log = ReportFactory.create(), tmp_path / "log"
    log.touch()
    statements = [found(report, position) for position in range(3)]

    def load() -> tuple[int, ...]:
        try:
            return load_statements(report, statements)["commitments"].counts
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread, psycopg.connect(database_url(), autocommit=True) as observer:
        with transaction.atomic():
            by_hand = CommitmentFactory.create(report=report, position=1, title="人工录入")
            counts = thread.submit(load)
            wait_until(lambda: observer.execute(WAITING).fetchone() == (1,), log)
        assert counts.result() == (2, 0, 1, 0, 0)
    by_hand.refresh_from_db()
    assert (by_hand.title, by_hand.origin) == ("人工录入", Origin.HAND)
    assert states(report) == {0: "candidate", 1: "published", 2: "candidate"}


def test_the_history_of_many_changes_is_not_written_by_a_plan_for_none(report: Report) -> None:
    load_statements(report, [found(report, 0)], origin=Origin.EXTRACTED, extractor_version="1.0.0")
    with CaptureQueriesContext(connection) as sent:
        load_statements(report, [found(report, 0)], origin=Origin.EXTRACTED, extractor_version="1.1.0")
    steps = [
        query["sql"].split()[0] for query in sent if "projects_commitment" in query["sql"] or "PLANS" in query["sql"]
    ]
    # What withdraws and what updates both fire the triggers of an update.
    updates = [place for place, step in enumerate(steps) if step == "UPDATE"]
    assert len(updates) == 2
    assert "DISCARD" in steps[updates[0] : updates[1]]
