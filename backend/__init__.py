"""The Django project: settings, URLs, the web and worker entry points."""

from backend.celery import app as celery_app

__all__ = ["celery_app"]
