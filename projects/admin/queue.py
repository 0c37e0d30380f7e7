"""Handing runs to the workers: by the task's name, for the desk knows nothing of the extractor."""

from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models.functions import Now

from projects.models import ExtractionRun, Report

TASK = "seeds.ingest_report"


def start(run: ExtractionRun) -> None:
    """Send a run to the workers once it is committed. Without a broker it waits until one is there."""

    def send() -> None:
        current_app.send_task(TASK, [run.pk], ignore_result=True)
        ExtractionRun.objects.filter(pk=run.pk).update(sent_at=Now())

    transaction.on_commit(send, robust=True)


def run_again(report: Report, user: Any) -> ExtractionRun:
    """Queue a new run over a report; raises IntegrityError when one waits or is at work."""
    with transaction.atomic():
        run = ExtractionRun.objects.create(report=report, requested_by=user)
    start(run)
    return run
