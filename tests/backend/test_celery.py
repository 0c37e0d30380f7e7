"""The workers' settings: nothing is lost with a worker, and the timetable is that of Shanghai."""

from django.conf import settings

from backend.celery import app


def test_a_task_of_a_killed_worker_runs_again() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1


def test_no_task_is_handed_out_twice_while_it_runs() -> None:
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit
    assert app.conf.task_time_limit < settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]


def test_the_timetable_is_that_of_shanghai() -> None:
    assert str(app.timezone) == settings.TIME_ZONE == "Asia/Shanghai"


def test_every_task_of_the_timetable_exists() -> None:
    app.loader.import_default_modules()
    planned = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "projects.sweep_overdue" in planned
    assert planned <= set(app.tasks)
