"""Runs go to the workers once they are committed, and wait where there is no broker."""

import pytest
from celery import Celery
from django.contrib.auth.models import User
from django.db import IntegrityError
from pytest_django import DjangoCaptureOnCommitCallbacks

from backend.celery import app as celery_app
from projects.admin import queue
from projects.choices import RunState
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_run_is_sent_after_the_commit(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    run = factories.ExtractionRunFactory.create()
    with django_capture_on_commit_callbacks(execute=True):
        queue.start(run)
        run.refresh_from_db()
        assert run.sent_at is None
    run.refresh_from_db()
    assert run.sent_at is not None


def test_without_a_broker_the_run_waits_and_the_page_goes_on(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, caplog: pytest.LogCaptureFixture
) -> None:
    run = factories.ExtractionRunFactory.create()
    Celery(broker="redis://127.0.0.1:9/0", set_as_current=True)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            queue.start(run)
    finally:
        celery_app.set_current()
    run.refresh_from_db()
    assert (run.state, run.sent_at) == (RunState.QUEUED, None)
    assert "Error calling" in caplog.text


def test_a_report_has_one_run_at_a_time(curator: User) -> None:
    report = factories.ReportFactory.create()
    assert queue.run_again(report, curator).requested_by == curator
    with pytest.raises(IntegrityError):
        queue.run_again(report, curator)
