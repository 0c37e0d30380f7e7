"""The Celery application and its timetable.

Tasks are named by string: this module imports nothing of the apps, they register themselves.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

app = Celery("duixian")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "sweep-overdue": {
        "task": "projects.sweep_overdue",
        # Ten past midnight in Asia/Shanghai: the day has turned and late midnight commits are in.
        "schedule": crontab(hour="0", minute="10"),
    },
    "take-snapshot": {
        "task": "projects.take_snapshot",
        # After the sweep, which makes a new version of the data.
        "schedule": crontab(hour="0", minute="40"),
    },
    "read-words": {"task": "projects.read_words", "schedule": crontab(minute="*")},
    "purge-idempotency-keys": {"task": "projects.purge_idempotency_keys", "schedule": crontab(minute="17")},
    "back-up": {"task": "projects.back_up", "schedule": crontab(hour="2", minute="40")},
    "resume-reports": {"task": "seeds.resume_reports", "schedule": crontab()},
    "resume-linking": {"task": "seeds.resume_linking", "schedule": crontab(minute="*/3")},
}
