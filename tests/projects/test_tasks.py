"""The sweep in real workers: at their start, once a day, and whole also when one is killed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from celery.schedules import crontab
from django.utils import timezone

from backend.celery import app
from projects import sweep, tasks
from projects.models import Commitment, OverdueEvent
from projects.snapshots import store, writing
from tests.factories import CommitmentFactory
from tests.seeds.workers import database_url, kill, running_worker, wait_until

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def flagged() -> int:
    return Commitment.objects.filter(overdue_since__isnull=False).count()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_over_its_sweep_leaves_nothing_and_the_next_one_does_it(
    broker_url: str, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    for position in range(5):
        CommitmentFactory.create(position=position, report__year=2000 + position)
    with psycopg.connect(database_url()) as other, psycopg.connect(database_url(), autocommit=True) as observer:
        # The events wait for this lock, after the flags are set and before anything is committed.
        other.execute("LOCK TABLE projects_overdueevent IN SHARE MODE")
        with running_worker(broker_url, log) as worker:
            wait_until(lambda: observer.execute(WAITING).fetchone() == (1,), log)
            kill(worker)
    assert (flagged(), OverdueEvent.objects.count()) == (0, 0)
    with running_worker(broker_url, log):
        wait_until(lambda: flagged() == 5, log)
    assert OverdueEvent.objects.filter(kind="flagged").count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_over_a_snapshot_leaves_the_former_one_and_the_next_one_takes_it(
    broker_url: str, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    CommitmentFactory.create(due_on=date(2099, 12, 31))
    former = writing.take()
    assert former is not None
    # Another day: on the same one, a worker that starts takes none.
    (former.folder / store.MANIFEST).write_bytes(replace(former, day=date(2020, 1, 1)).manifest())
    CommitmentFactory.create(due_on=date(2099, 12, 31), report__year=1999)
    with psycopg.connect(database_url()) as other, psycopg.connect(database_url(), autocommit=True) as observer:
        # The list of departments, the last one, waits for this lock.
        other.execute("LOCK TABLE projects_department IN ACCESS EXCLUSIVE MODE")
        with running_worker(broker_url, log) as worker:
            wait_until(lambda: observer.execute(WAITING).fetchone() == (1,), log)
            assert list(store.root().glob(f"{store.PARTIAL}*/*/commitments.csv"))
            kill(worker)
    assert [one.version for one in store.kept()] == [former.version]
    with running_worker(broker_url, log):
        wait_until(lambda: len(store.kept()) == 2, log)
    assert store.kept()[0].version > former.version
    assert len(list(store.root().iterdir())) == 2


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_is_taken_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [date(2031, 5, 1)]
    for place, name in ((timezone, "localdate"), (sweep, "day_of_all_clocks")):
        monkeypatch.setattr(place, name, lambda: days[-1])
    CommitmentFactory.create()
    first = tasks.take_snapshot()
    CommitmentFactory.create()
    assert tasks.take_snapshot() == first == store.kept()[0].name
    days.append(date(2031, 5, 2))
    assert tasks.take_snapshot() == store.kept()[0].name != first


def test_the_snapshot_is_taken_after_the_sweep() -> None:
    planned = app.conf.beat_schedule["take-snapshot"]
    assert planned["schedule"] == crontab(hour="0", minute="40")
    assert tasks.take_snapshot.name == planned["task"]


@pytest.mark.django_db
def test_the_task_takes_the_day_in_shanghai(monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[date] = []

    def record(*, on: date) -> sweep.SweepResult:
        days.append(on)
        return sweep.SweepResult(3, 1)

    monkeypatch.setattr(sweep, "record_overdue", record)
    # Ten past midnight on New Year's Day there is still the old year in Greenwich, also for the database.
    monkeypatch.setattr(timezone, "now", lambda: datetime(2021, 12, 31, 16, 10, tzinfo=UTC))
    days_of_others = (
        "SELECT (timestamptz '2021-12-31 16:10Z' AT TIME ZONE %s)::date, NULL::date, NULL::date WHERE %s <> ''"
    )
    monkeypatch.setattr(sweep, "_DAYS", days_of_others)
    assert tasks.sweep_overdue() == {"on": "2022-01-01", "flagged": 3, "cleared": 1}
    assert days == [date(2022, 1, 1)]


def test_the_sweep_runs_at_ten_past_midnight_in_shanghai() -> None:
    schedule = app.conf.beat_schedule["sweep-overdue"]["schedule"]
    assert schedule == crontab(hour="0", minute="10")
    assert tasks.sweep_overdue.name == app.conf.beat_schedule["sweep-overdue"]["task"]
