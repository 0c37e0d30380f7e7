"""The sweep in real workers: at their start, once a day, and whole also when one is killed."""

from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from celery.schedules import crontab
from django.utils import timezone

from backend.celery import app
from projects import sweep, tasks
from projects.models import Commitment, OverdueEvent
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


@pytest.mark.django_db
def test_the_task_takes_the_day_in_shanghai(monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[date] = []

    def record(*, on: date) -> sweep.SweepResult:
        days.append(on)
        return sweep.SweepResult(3, 1)

    monkeypatch.setattr(sweep, "record_overdue", record)
    # Ten past midnight on New Year's Day there is still the old year in Greenwich.
    monkeypatch.setattr(timezone, "now", lambda: datetime(2021, 12, 31, 16, 10, tzinfo=UTC))
    assert tasks.sweep_overdue() == {"on": "2022-01-01", "flagged": 3, "cleared": 1}
    assert days == [date(2022, 1, 1)]


def test_the_sweep_runs_at_ten_past_midnight_in_shanghai() -> None:
    schedule = app.conf.beat_schedule["sweep-overdue"]["schedule"]
    assert schedule == crontab(hour="0", minute="10")
    assert tasks.sweep_overdue.name == app.conf.beat_schedule["sweep-overdue"]["task"]
