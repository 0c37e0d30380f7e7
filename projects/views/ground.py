"""What is on file of one commitment: the evidence by who speaks, and what happened, with its ground."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from projects.choices import Speaker
from projects.models import Commitment, Evidence, OverdueEvent, StatusChange

_HEAVY = ("achievement__report__text", "achievement__report__outline")


@dataclass(frozen=True, slots=True)
class Voice:
    """The evidence of those who speak alike, the newest state first."""

    speaker: Speaker
    evidence: list[Evidence]

    @property
    def label(self) -> str:
        """Who speaks."""
        return str(self.speaker.label)


@dataclass(frozen=True, slots=True)
class Happening:
    """A change of status or of its ground, or of the overdue flag. ``ground`` is the public evidence it rests on."""

    on: date
    recorded_at: datetime
    change: StatusChange | None = None
    flag: OverdueEvent | None = None
    ground: Evidence | None = None

    @property
    def same_status(self) -> bool:
        """Whether only the ground, the day or the reason changed."""
        return self.change is not None and self.change.from_status == self.change.to_status

    @property
    def ground_is_gone(self) -> bool:
        """Whether the public no longer sees the evidence that a status rested on."""
        return self.change is not None and self.change.evidence_id is not None and self.ground is None


def evidence_on(commitment: Commitment) -> list[Evidence]:
    """Return the public evidence, that of the newest state first."""
    found = Evidence.objects.published().filter(commitment=commitment)
    return list(found.select_related("achievement__report", "source").defer(*_HEAVY))


def voices(evidence: Iterable[Evidence]) -> list[Voice]:
    """Group evidence by who speaks; who says nothing is left out."""
    rows = list(evidence)
    found = [Voice(speaker, [row for row in rows if row.speaker == speaker]) for speaker in Speaker]
    return [voice for voice in found if voice.evidence]


def history(commitment: Commitment, evidence: Iterable[Evidence]) -> list[Happening]:
    """Return what happened, the newest first."""
    public = {row.pk: row for row in evidence}
    changes = StatusChange.objects.published().filter(commitment=commitment)
    flags = OverdueEvent.objects.published().filter(commitment=commitment)
    found = [
        Happening(row.effective_on, row.recorded_at, change=row, ground=public.get(row.evidence_id or 0))
        for row in changes
    ]
    found += [Happening(row.on, row.recorded_at, flag=row) for row in flags]
    return sorted(found, key=lambda happening: (happening.on, happening.recorded_at), reverse=True)


def reason_of(commitment: Commitment, happened: Iterable[Happening]) -> StatusChange | None:
    """Return the transition that gives the commitment's reason for delay, if it has one."""
    changes = [happening.change for happening in happened if happening.change]
    return max(changes, key=lambda change: change.pk, default=None) if commitment.delay_reason else None
