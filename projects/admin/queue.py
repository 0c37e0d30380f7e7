"""Handing runs to the workers: by the task's name, for the desk knows nothing of the extractor."""

import logging
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models.functions import Now

from projects.models import ExtractionRun, Report

logger = logging.getLogger(__name__)

TASK = "seeds.ingest_report"


def start(run: ExtractionRun) -> None:
    """Send a run to the workers once it is committed. Without a broker it waits until one is there."""
    transaction.on_commit(partial(_send, run.pk), robust=True)


def _send(run_id: int) -> None:
    current_app.send_task(TASK, [run_id], retry=False)
    ExtractionRun.objects.filter(pk=run_id).update(sent_at=Now())


def run_again(report: Report, user: Any) -> ExtractionRun:
    """Queue a new run over a report; raises IntegrityError when one waits or is at work."""
    with transaction.atomic():
        run = ExtractionRun.objects.create(report=report, requested_by=user)
    start(run)
    return run
