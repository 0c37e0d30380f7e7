"""The workers' part in taking reports in: each task makes one call and may run any number of times."""

import logging
import resource
from typing import Any

from celery import Task, shared_task
from celery.signals import worker_process_init, worker_ready
from django.conf import settings

from projects.models import ExtractionRun, Report
from seeds import ingest, linking, runs
from seeds.second import readings

logger = logging.getLogger(__name__)

# Seconds until an address that failed, or a budget that was spent, is tried again; below the broker's time for a task.
_LATER = 1_800


@shared_task(name="seeds.ingest_report", bind=True, max_retries=None, ignore_result=True)
def ingest_report(self: "Task[[int, bool], None]", run_id: int, ask: bool = True) -> None:
    """Carry an extraction run out. A run whose worker seems alive is looked at again when that could have changed."""
    if not ingest.process(run_id, self.request.hostname or "") and runs.is_at_work(run_id):
        raise self.retry(countdown=_patience())
    place = ExtractionRun.objects.filter(pk=run_id).values_list("report__jurisdiction", flat=True).first()
    if place is not None:
        link_reports.delay(place)
    if ask and readings.is_on() and (report_id := runs.report_read(run_id)):
        ask_second_reader.delay(report_id)


@shared_task(name="seeds.link_reports", ignore_result=True)
def link_reports(place: str) -> int:
    """Compare the reports of a government that wait for it, some pairs at a time; returns how many were compared."""
    compared = linking.link_waiting(place, linking.BATCH)
    if compared:
        logger.info("%s: %d pairs of reports compared", place, compared)
    if compared == linking.BATCH:
        link_reports.delay(place)
    return compared


@shared_task(name="seeds.resume_linking", ignore_result=True)
def resume_linking() -> int:
    """Hand pairs that were left waiting to the workers again; returns of how many governments."""
    places = linking.places_waiting()
    for place in places:
        link_reports.delay(place)
    return len(places)


@shared_task(name="seeds.ask_second_reader", bind=True, max_retries=10, ignore_result=True)
def ask_second_reader(self: "Task[[int], None]", report_id: int) -> None:
    """Ask what the second reader has not answered about a report, then read the report again with its answers."""
    report = Report.objects.get(pk=report_id)
    asked = readings.ask_on(report) if readings.is_on() else readings.Asked(0, 0)
    if asked.answered:
        ingest_report.delay(ingest.again(report).pk, ask=False)
    if asked.left:
        raise self.retry(countdown=1 if asked.at_once else _LATER)


@shared_task(name="seeds.resume_reports", ignore_result=True)
def resume_reports() -> int:
    """Hand abandoned runs to the workers again; returns how many."""
    found = runs.take_abandoned()
    for run_id in found:
        ingest_report.delay(run_id)
    if found:
        logger.info("resumed %s abandoned runs", len(found))
    return len(found)


@worker_ready.connect
def resume_on_start(**_signal: Any) -> None:
    """Look for the runs of a dead worker at once, and again when the last one's heartbeat must have gone stale."""
    resume_reports.delay()
    resume_reports.apply_async(countdown=_patience())


@worker_process_init.connect
def bound_memory(**_signal: Any) -> None:
    """Let a process that works take so much memory and no more: a file that asks for it fails alone."""
    if settings.WORKER_MEMORY_MB:
        most = settings.WORKER_MEMORY_MB * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _patience() -> float:
    return runs.stale_after().total_seconds() + 1
