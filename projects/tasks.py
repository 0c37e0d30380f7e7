"""What the workers do: read the clock, call one function, log."""

import logging

from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from projects import backup, search, sweep
from projects.models import IdempotencyKey
from projects.snapshots import store, writing

logger = logging.getLogger(__name__)


@shared_task(name="projects.sweep_overdue", autoretry_for=(DatabaseError,), retry_backoff=30, max_retries=5)
def sweep_overdue() -> dict[str, int | str]:
    """Record what is overdue today; safe to repeat, so a killed worker's task simply runs again."""
    today = sweep.day_of_all_clocks()
    result = sweep.record_overdue(on=today)
    logger.info("overdue on %s: %d flagged, %d cleared", today, result.flagged, result.cleared)
    return {"on": today.isoformat(), "flagged": result.flagged, "cleared": result.cleared}


@worker_ready.connect
def sweep_at_start(**_signal: object) -> None:
    """Catch up when a worker starts: midnight may have passed without one. Several that start at once do no harm."""
    sweep_overdue.apply_async(link=take_snapshot.si())


@shared_task(name="projects.take_snapshot", autoretry_for=(DatabaseError,), retry_backoff=30, max_retries=5)
def take_snapshot() -> str | None:
    """Keep today's snapshot; safe to repeat, so a killed worker's task simply runs again."""
    newest = next(iter(store.kept()), None)
    if newest is None or newest.day != timezone.localdate():
        newest = writing.take()
        logger.info("snapshot: %s", newest.name if newest else "another process is taking it")
    return newest.name if newest else None


@shared_task(name="projects.read_words")
def read_words() -> int:
    """Let search find what a large load left unread; most runs find nothing to do."""
    read = search.catch_up()
    if read:
        logger.info("words of %d statements read", read)
    return read


@shared_task(name="projects.purge_idempotency_keys")
def purge_idempotency_keys() -> int:
    """Forget the answers to requests that nobody repeats any more."""
    deleted = IdempotencyKey.objects.purge(timezone.now())
    if deleted:
        logger.info("%d kept answers forgotten", deleted)
    return deleted


@shared_task(
    name="projects.back_up",
    autoretry_for=(backup.BackupError, OSError, DatabaseError),
    retry_backoff=300,
    max_retries=3,
    soft_time_limit=4 * 3_600,
    time_limit=4 * 3_600 + 60,
)
def back_up() -> str:
    """Make the nightly backup and remove the oldest; a killed one leaves the former as they are."""
    if not settings.BACKUP_KEEP:
        return ""
    path, manifest = backup.make(settings.BACKUP_DIR)
    removed = backup.prune(settings.BACKUP_DIR, settings.BACKUP_KEEP)
    logger.info("backup %s: %d bytes, %d older ones removed", path, manifest.bytes, len(removed))
    return str(path)
