"""Which rows to read. One ``published()`` a table decides what the public sees, everywhere.

Days are arguments: nothing here reads the clock.
"""

from datetime import date, timedelta
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import DateField, Expression, Func, OuterRef, Q

from projects import rules
from projects.choices import (
    OPEN_OUTCOMES,
    DueBasis,
    DueState,
    LinkRelation,
    Outcome,
    OverdueBasis,
    ReportState,
    ReviewState,
    Verification,
)

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


def grace() -> rules.Grace:
    """Return the grace periods of the settings."""
    return rules.Grace(
        stated=settings.OVERDUE_GRACE_DAYS_STATED,
        implied=settings.OVERDUE_GRACE_DAYS_IMPLIED,
    )


def _before(on: "date | Expression", days: int) -> "date | Expression":
    """Return the day so many days before another one."""
    if isinstance(on, date):
        return on - timedelta(days=days)
    return Func(on, template=f"(%(expressions)s - {days})", output_field=DateField()) if days else on


def unverified_q(on: "date | Expression") -> Q:
    """Return the condition that due date and grace have passed on a day, and nothing is known of that day."""
    days = grace()
    stated = Q(due_basis=DueBasis.STATED, due_on__lt=_before(on, days.stated))
    implied = Q(due_basis=DueBasis.IMPLIED, due_on__lt=_before(on, days.implied))
    return Q(outcome=Outcome.OPEN) & (stated | implied)


def overdue_q(on: "date | Expression", *, basis: str | None = None) -> Q:
    """Return the condition that a commitment is overdue on a day, by either basis or the given one."""
    by_evidence = Q(outcome__in=sorted(OPEN_OUTCOMES - {Outcome.OPEN}), due_on__lt=on)
    if basis == OverdueBasis.EVIDENCE:
        return by_evidence
    if basis == OverdueBasis.NONE:
        return unverified_q(on)
    # What follows from the rest, said for the index that holds open commitments by their date.
    return Q(outcome__in=sorted(OPEN_OUTCOMES), due_on__lt=on) & (by_evidence | unverified_q(on))


def due_state_q(state: str, on: "date | Expression") -> Q:
    """Return the condition that a commitment has this due state on a day."""
    if state == DueState.UNVERIFIED:
        return unverified_q(on)
    if state == DueState.RUNNING:
        return Q(outcome__in=sorted(OPEN_OUTCOMES)) & ~overdue_q(on)
    outcome = Outcome(state)
    return Q(outcome=outcome, due_on__lt=on) if outcome in OPEN_OUTCOMES else Q(outcome=outcome)


class SuccessionQuerySet(models.QuerySet[_Row_co]):
    """Governments that took over from others."""

    def published(self) -> Self:
        """They are public facts."""
        return self.all()


class SourceQuerySet(models.QuerySet[_Row_co]):
    """Documents and pages outside the reports."""

    def published(self) -> Self:
        """Keep those that public evidence or a succession rests on, and those that tell of a whole public report."""
        evidence, successions = (self._resting(name) for name in ("evidence", "successions"))
        accepted = evidence.filter(review_state=Verification.ACCEPTED, commitment__is_public=True)
        whole = Q(report__state=ReportState.PUBLISHED, is_public=True)
        return self.filter(Q(pk__in=accepted.values("source")) | Q(pk__in=successions.values("source")) | whole)

    def _resting(self, name: str) -> "models.QuerySet[Any]":
        """Return the rows that point at a source, to be asked source by source: a page needs no more of them."""
        field: Any = self.model._meta.get_field(name)
        rows: models.QuerySet[Any] = field.related_model._default_manager.filter(source=OuterRef("pk"))
        return rows


class JurisdictionQuerySet(models.QuerySet[_Row_co]):
    """Governments."""

    def published(self) -> Self:
        """Governments are public facts."""
        return self.all()

    def with_descendants(self, code: str) -> Self:
        """Keep the government and all below it, by the prefix of the GB/T 2260 code: 50, 5001, 500112."""
        return self.filter(code__startswith=code_prefix(code))


def code_prefix(code: str) -> str:
    """Return the digits that all governments below this one share: 500000 → "50", 510100 → "5101"."""
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


class DepartmentQuerySet(models.QuerySet[_Row_co]):
    """Departments."""

    def published(self) -> Self:
        """Departments are public facts, one that was merged into another as that one."""
        return self.filter(merged_into=None)

    def named(self, name: str) -> Self:
        """Keep those that bear a name, as their own or by alias, a merged one as what it was merged into."""
        return self.published().filter(Q(name=name) | Q(aliases__contains=[name]))


class ReportQuerySet(models.QuerySet[_Row_co]):
    """Reports."""

    def published(self) -> Self:
        """Keep what the public sees."""
        return self.filter(state=ReportState.PUBLISHED)


class ProjectQuerySet(models.QuerySet[_Row_co]):
    """Projects."""

    def published(self) -> Self:
        """Keep what the public sees."""
        return self.filter(review_state=ReviewState.PUBLISHED)


class StatementQuerySet(models.QuerySet[_Row_co]):
    """Commitments or achievements."""

    def published(self) -> Self:
        """Keep what the public sees: the statement and its report are both published."""
        return self.filter(is_public=True)


class AchievementQuerySet(StatementQuerySet[_Row_co]):
    """Achievements."""


class CommitmentQuerySet(StatementQuerySet[_Row_co]):
    """Commitments."""

    def overdue(self, on: date) -> Self:
        """Keep what is overdue on a day."""
        return self.filter(overdue_q(on))


class EvidenceQuerySet(models.QuerySet[_Row_co]):
    """Evidence."""

    def published(self) -> Self:
        """Keep accepted evidence on public commitments; an achievement it rests on must be public too."""
        source = Q(achievement__isnull=True) | Q(achievement__is_public=True)
        return self.filter(source, review_state=Verification.ACCEPTED, commitment__is_public=True)


class RestatementQuerySet(models.QuerySet[_Row_co]):
    """Promises made again."""

    def published(self) -> Self:
        """Keep accepted links between public commitments."""
        return self.filter(
            review_state=Verification.ACCEPTED,
            earlier__is_public=True,
            later__is_public=True,
        )


class ReportPairQuerySet(models.QuerySet[_Row_co]):
    """Pairs of reports of one government."""

    def published(self) -> Self:
        """Keep those that a person has gone through and whose reports the public sees."""
        public = {"earlier__state": ReportState.PUBLISHED, "later__state": ReportState.PUBLISHED}
        return self.filter(gone_through_at__isnull=False, **public)


class LinkProposalQuerySet(models.QuerySet[_Row_co]):
    """What may link an earlier promise to a later report."""

    def waiting(self) -> Self:
        """Keep what nobody has decided on."""
        return self.filter(review_state=Verification.PROPOSED)

    def mentioned(self) -> Self:
        """Keep the clauses that a person found to speak of a promise again without being a promise of their own."""
        plain = {"achievement__isnull": True, "later__isnull": True}
        return self.filter(review_state=Verification.ACCEPTED, relation=LinkRelation.RESTATEMENT, **plain)


class HistoryQuerySet(models.QuerySet[_Row_co]):
    """Status changes or overdue events."""

    def published(self) -> Self:
        """Keep the history of public commitments."""
        return self.filter(commitment__is_public=True)


class PublicChangeQuerySet(models.QuerySet[_Row_co]):
    """The ledger of public changes."""

    def since(self, version: int, *, resource: str = "", key: str = "") -> Self:
        """Keep what changed after a version, oldest first; ``resource`` and ``key`` are those of the last row read.

        Without them everything of later versions; with them what follows that row, of its own version as well.
        """
        later = Q(version__gt=version)
        if resource:
            rest = Q(resource__gt=resource) | Q(resource=resource, key__gt=key)
            later = Q(version__gte=version) & (later | rest)
        return self.filter(later).order_by("version", "resource", "key")
