"""Reports are taken in by real workers, also when one is killed over its work."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from celery.exceptions import Retry
from django.contrib.auth.models import User
from django.db.models.functions import Now
from pytest_django import Settings

from projects.choices import RunState
from projects.models import Commitment, ExtractionRun, Report, Source, SourceRow
from seeds import ingest, runs, tasks
from tests import factories
from tests.seeds import papers
from tests.seeds.workers import STALE, database_url, kill, running_worker, wait_until

REPORT = "2024年清源市政府工作报告\n\n二、2024年重点工作\n\n新建中小学6所。改造老旧小区15个。"


def submitted() -> ExtractionRun:
    factories.JurisdictionFactory.create(code="441800", name="清源市", level="prefecture")
    user = User.objects.create_user("li")
    run = ingest.submit("report.txt", REPORT.encode(), ingest.Hints(requested_by=user)).run
    assert run is not None
    return run


def state_of(run: ExtractionRun) -> str:
    return ExtractionRun.objects.values_list("state", flat=True).get(pk=run.pk)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_a_run_that_the_next_one_completes(
    broker_url: str, tmp_path: Path, settings: Settings
) -> None:
    settings.EXTRACTION_STALE_SECONDS = STALE
    log, run = tmp_path / "worker.log", submitted()
    with psycopg.connect(database_url()) as other:
        # As long as somebody else holds the table, the worker cannot end its writing.
        other.execute("LOCK TABLE projects_commitment IN SHARE ROW EXCLUSIVE MODE")
        with running_worker(broker_url, log) as worker:
            tasks.ingest_report.delay(run.pk)
            wait_until(lambda: state_of(run) == RunState.WRITING, log)
            kill(worker)
    assert state_of(run) == RunState.WRITING
    assert not Commitment.objects.exists()
    with running_worker(broker_url, log):
        wait_until(lambda: state_of(run) == RunState.DONE, log)
    run.refresh_from_db()
    assert (run.attempts, run.created) == (2, 2)
    assert Report.objects.count() == 1
    assert set(Commitment.objects.values_list("quote", flat=True)) == {"新建中小学6所", "改造老旧小区15个"}


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_over_a_document_leaves_nothing_half_written(
    broker_url: str, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EXTRACTION_STALE_SECONDS = STALE
    monkeypatch.setenv("MEDIA_ROOT", str(tmp_path / "media"))
    papers.report()
    log, run = tmp_path / "worker.log", papers.submitted(papers.outcome_table())
    with psycopg.connect(database_url()) as other:
        # As long as somebody else holds the table, the worker cannot end its writing.
        other.execute("LOCK TABLE projects_rowlink IN SHARE ROW EXCLUSIVE MODE")
        with running_worker(broker_url, log) as worker:
            tasks.ingest_report.delay(run.pk)
            wait_until(lambda: state_of(run) == RunState.WRITING, log)
            kill(worker)
    assert not Source.objects.exists()
    with running_worker(broker_url, log):
        wait_until(lambda: state_of(run) == RunState.DONE, log)
    run.refresh_from_db()
    assert (run.attempts, run.created, run.kind) == (2, 4, "outcome_table")
    assert Source.objects.get() == run.source
    assert SourceRow.objects.count() == 4
    assert len(list((tmp_path / "media").rglob("*.xlsx"))) == 1


@pytest.mark.django_db
class TestIngestReport:
    def test_carries_the_run_out(self) -> None:
        run = submitted()
        tasks.ingest_report.apply((run.pk,), throw=True)
        assert state_of(run) == RunState.DONE

    def test_does_nothing_the_second_time(self) -> None:
        run = submitted()
        tasks.ingest_report.apply((run.pk,), throw=True)
        tasks.ingest_report.apply((run.pk,), throw=True)
        assert Commitment.objects.count() == 2

    def test_looks_again_later_while_another_worker_is_at_work(self) -> None:
        run = submitted()
        assert runs.claim(run.pk, "other")
        with pytest.raises(Retry):
            tasks.ingest_report.apply((run.pk,), throw=True)


@pytest.mark.django_db
class TestResumeReports:
    def age(self, run: ExtractionRun, **seconds: int) -> None:
        ages = {column: Now() - timedelta(seconds=value) for column, value in seconds.items()}
        ExtractionRun.objects.filter(pk=run.pk).update(**ages)

    def test_leaves_new_finished_and_living_runs_alone(self) -> None:
        run = submitted()
        assert tasks.resume_reports() == 0
        assert runs.claim(run.pk, "alive")
        assert tasks.resume_reports() == 0

    def test_hands_over_a_run_that_the_broker_never_got(self) -> None:
        run = submitted()
        self.age(run, updated_at=120)
        assert tasks.resume_reports() == 1
        assert tasks.resume_reports() == 0

    def test_hands_over_a_run_whose_worker_is_dead_once(self) -> None:
        run = submitted()
        assert runs.claim(run.pk, "dead")
        self.age(run, heartbeat_at=120)
        assert tasks.resume_reports() == 1
        assert tasks.resume_reports() == 0

    def test_hands_over_a_run_that_the_broker_seems_to_have_lost(self) -> None:
        run = submitted()
        self.age(run, sent_at=60)
        assert tasks.resume_reports() == 0
        self.age(run, sent_at=7200)
        assert tasks.resume_reports() == 1


@pytest.mark.django_db
def test_a_run_that_kills_its_workers_is_given_up() -> None:
    run = submitted()
    for _time in range(runs.MAX_ATTEMPTS):
        assert runs.claim(run.pk, "dies")
        ExtractionRun.objects.update(state=RunState.QUEUED)
    assert runs.claim(run.pk, "lives") is None
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "中断" in run.reason


LIMITED = """
import django
django.setup()
from seeds.tasks import bound_memory
bound_memory()
assert bytearray(1 << 20)
try:
    bytearray(1 << 30)
except MemoryError:
    print("refused")
"""


@pytest.mark.parametrize(("megabytes", "said"), [("512", "refused"), ("0", "")])
def test_a_working_process_may_take_so_much_memory_and_no_more(megabytes: str, said: str) -> None:
    environment = {**os.environ, "WORKER_MEMORY_MB": megabytes}
    ran = subprocess.run([sys.executable, "-c", LIMITED], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == said
