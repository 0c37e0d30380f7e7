"""Who works on an extraction run: claiming it, keeping it alive, taking it over from a dead worker.

Every change of a run at work names the claim, so a worker that was thought dead cannot write after its successor.
Times are the database's, whose clock all hosts share.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from projects.choices import WORKING, RunState
from projects.models import ExtractionRun
from seeds.refusals import RefusalError

# After so many workers have died over a run, the run is at fault.
MAX_ATTEMPTS = 3
# A run that was handed to the broker and still waits is handed over again after this time: the broker may have lost it.
RESEND_AFTER = timedelta(hours=1)


class LostClaimError(Exception):
    """Another worker has taken the run over."""


def stale_after() -> timedelta:
    """Return how long a run may go without a heartbeat before another worker takes it over."""
    return timedelta(seconds=settings.EXTRACTION_STALE_SECONDS)


def _free() -> Q:
    stale = Q(state__in=sorted(WORKING), heartbeat_at__lt=Now() - stale_after())
    return Q(state=RunState.QUEUED) | stale


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one run."""

    run_id: int
    token: str

    def held(self) -> QuerySet[ExtractionRun]:
        """Return the run while the claim holds, else nothing."""
        return ExtractionRun.objects.filter(pk=self.run_id, claim=self.token, state__in=sorted(WORKING))

    def renew(self, **changes: Any) -> None:
        """Change the run and renew its heartbeat; raises LostClaimError when the claim is gone."""
        if not self.held().update(heartbeat_at=Now(), updated_at=Now(), **changes):
            raise LostClaimError(self.run_id)

    def end(self, **changes: Any) -> None:
        self.renew(state=RunState.DONE, progress=100, finished_at=Now(), **changes)

    def fail(self, why: RefusalError) -> None:
        self.renew(
            state=RunState.FAILED,
            finished_at=Now(),
            reason=why.reason,
            reason_en=why.reason_en,
            reason_field=why.field,
            duplicate_of=why.known,
            source=why.source,
        )

    def lock(self) -> None:
        """Keep everybody else off the run until the transaction ends."""
        if not self.held().select_for_update().exists():
            raise LostClaimError(self.run_id)

    @contextmanager
    def heartbeat(self) -> Iterator[None]:
        """Renew the heartbeat from a thread of its own while the block runs."""
        stop = Event()
        thread = Thread(target=self._renew_until, args=(stop,), daemon=True, name=f"heartbeat-{self.run_id}")
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _renew_until(self, stop: Event) -> None:
        while not stop.wait(stale_after().total_seconds() / 4):
            try:
                self.held().update(heartbeat_at=Now())
            finally:
                connection.close()


def claim(run_id: int, worker: str) -> Claim | None:
    """Take a run that waits or whose worker is dead; None when there is nothing to take."""
    taken = Claim(run_id, f"{worker[:80]} {uuid.uuid4().hex}")
    count = (
        ExtractionRun.objects.filter(_free(), pk=run_id)
        .order_by()
        .update(state=RunState.READING, claim=taken.token, heartbeat_at=Now(), progress=5, attempts=F("attempts") + 1)
    )
    if not count:
        return None
    attempts = ExtractionRun.objects.values_list("attempts", flat=True).get(pk=run_id)
    if attempts > MAX_ATTEMPTS:
        taken.fail(RefusalError.of("worker_died", attempts=MAX_ATTEMPTS))
        return None
    return taken


def is_at_work(run_id: int) -> bool:
    return ExtractionRun.objects.filter(pk=run_id, state__in=sorted(WORKING)).exists()


def report_read(run_id: int) -> int | None:
    return ExtractionRun.objects.filter(pk=run_id, state=RunState.DONE).values_list("report", flat=True).first()


def mark_sent(run_ids: list[int]) -> None:
    """Note that the runs were handed to the broker."""
    ExtractionRun.objects.filter(pk__in=run_ids).update(sent_at=Now())


@transaction.atomic
def take_abandoned() -> list[int]:
    """Return the runs that no worker knows of, and note that they are handed to the broker again.

    These are runs whose worker is dead, and runs that wait although the broker never got them or lost them.
    """
    patience = stale_after()
    dead = Q(state__in=sorted(WORKING), heartbeat_at__lt=Now() - patience)
    dead &= Q(sent_at__isnull=True) | Q(sent_at__lt=Now() - patience)
    unsent = Q(state=RunState.QUEUED, sent_at__isnull=True, updated_at__lt=Now() - patience)
    lost = Q(state=RunState.QUEUED, sent_at__lt=Now() - RESEND_AFTER)
    runs = ExtractionRun.objects.filter(dead | unsent | lost).order_by("pk").select_for_update(skip_locked=True)
    found = list(runs.values_list("pk", flat=True))
    mark_sent(found)
    return found
