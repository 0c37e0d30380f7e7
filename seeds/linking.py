"""The reports of one government compared with each other: what waits for a person, pair of years by pair of years.

A pair is compared in one transaction that also ends its waiting, so that a worker killed at any point leaves a pair
that the next one compares. What a person has decided on stays decided, however often statements are found anew: two
stretches of one report are of one thing where they share half of the shorter one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, cast

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from projects.choices import Change, LinkRelation, ReportState, ReviewState, Status, Verification
from projects.models import Achievement, Commitment, Evidence, LinkProposal, Project, Report, ReportPair, Restatement
from seeds.extract.mentions import Mention, Stretch, mentions
from seeds.match import ACCEPT, Aliases, Proposal, Subject, proposals
from seeds.match.records import reasons

# Pairs that one task compares before it hands the rest on.
BATCH = 40
# A pair that waits so long has been lost by the broker, or its worker is dead.
PATIENCE = timedelta(minutes=2)
_STANDING = (ReviewState.CANDIDATE, ReviewState.PUBLISHED)
_RELATIONS = {"evidence": LinkRelation.ANSWER, "restated": LinkRelation.RESTATEMENT}
_WHAT = ("relation", "achievement", "later")
_FOLLOWING = ("verdict", "change", "basis", "is_sure")
# Half of the shorter stretch.
_SAME = 2


class Span(NamedTuple):
    """A stretch of a report."""

    start: int
    end: int

    def touches(self, other: "Span") -> bool:
        """Whether both are of one thing."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return shared > 0 and shared * _SAME >= min(self.end - self.start, other.end - other.start)


@dataclass(frozen=True)
class Side:
    """A report with what stands in it."""

    report: Report

    @cached_property
    def commitments(self) -> list[Commitment]:
        """The promises that nobody has rejected or withdrawn."""
        return _shown(Commitment, self.report)

    @cached_property
    def achievements(self) -> list[Achievement]:
        """The results that nobody has rejected or withdrawn."""
        return _shown(Achievement, self.report)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The clauses that are no statement; one that a person has rejected is none either."""
        taken = [
            Span(*span)
            for model in (Commitment, Achievement)
            for span in model._default_manager.filter(report=self.report)
            .exclude(review_state=ReviewState.WITHDRAWN)
            .values_list("start", "end")
        ]
        return _mentions(self.report.text, tuple(sorted(taken)), self.report.year)

    @cached_property
    def promises(self) -> list[Subject]:
        """The promises, as the matcher knows them, in their order; the key of each is its row."""
        return [_subject(row, "commitment", row.due_on, self.report) for row in self.commitments]

    @cached_property
    def all(self) -> list[Subject]:
        """All that can answer, in its order; the key of each is its row or its mention."""
        results = [_subject(row, "achievement", row.period_end, self.report) for row in self.achievements]
        clauses = [_mentioned(one, self.report) for one in self.mentions]
        return sorted((*self.promises, *results, *clauses), key=lambda subject: _span(subject.key))


@lru_cache(maxsize=32)
def _mentions(text: str, taken: tuple[Span, ...], year: int) -> list[Mention]:
    return mentions(text, taken, year=year)


def _shown(model: type[Any], report: Report) -> list[Any]:
    rows = model._default_manager.filter(report=report, review_state__in=_STANDING)
    return list(rows.order_by("start", "end"))


def _subject(row: Commitment | Achievement, kind: str, until: date, report: Report) -> Subject:
    return Subject(
        key=row,
        kind=kind,
        year=report.year,
        until=until,
        title=row.title,
        quote=row.quote,
        category=row.category,
        milestone=row.milestone,
        quantity=None if row.quantity is None else float(row.quantity),
        unit=row.unit,
        comparator=row.comparator,
        names=tuple(row.names),
        section=row.section,
    )


def _mentioned(mention: Mention, report: Report) -> Subject:
    values = mention.as_dict()
    return Subject.of(values, report.year).keyed(mention)


def _span(key: object) -> Span:
    placed = key.statement if isinstance(key, Mention) else cast(Stretch, key)
    return Span(placed.start, placed.end)


# -- One pair ----------------------------------------------------------------------------------------------------------


def link_pair(earlier: Side, later: Side, pair: ReportPair, aliases: Aliases) -> int:
    """Bring the proposals of a pair, which the caller has locked, in line with what is found; return how many wait."""
    standing = {_key(row): row for row in pair.proposals.select_related("earlier")}
    decided = [*_decided(standing.values()), *_told(pair)]
    kept: set[int] = set()
    for proposal in proposals(earlier.promises, later.all, aliases):
        values = _values(proposal)
        spans = _span(values["earlier"]), Span(values["start"], values["end"])
        if any(one.touches(spans[0]) and other.touches(spans[1]) for one, other in decided):
            continue
        row = standing.get((values["earlier"].pk, *spans[1]))
        kept.add(_write(row or LinkProposal(pair=pair), values))
    pair.proposals.waiting().exclude(pk__in=kept).delete()
    return len(kept)


def _key(row: LinkProposal) -> tuple[int, int, int]:
    return row.earlier_id, row.start, row.end


def _decided(rows: Iterable[LinkProposal]) -> Iterator[tuple[Span, Span]]:
    for row in rows:
        if row.review_state != Verification.PROPOSED:
            yield _span(row.earlier), Span(row.start, row.end)


def _told(pair: ReportPair) -> Iterator[tuple[Span, Span]]:
    """What people have linked, or refused to link, without a proposal."""
    answers = Evidence.objects.filter(commitment__report=pair.earlier_id, achievement__report=pair.later_id)
    again = Restatement.objects.filter(earlier__report=pair.earlier_id, later__report=pair.later_id)
    for rows, one, other in ((answers, "commitment", "achievement"), (again, "earlier", "later")):
        names = [f"{side}__{at}" for side in (one, other) for at in ("start", "end")]
        for start, end, later_start, later_end in rows.values_list(*names):
            yield Span(start, end), Span(later_start, later_end)


def _values(proposal: Proposal) -> dict[str, Any]:
    """What a proposal says, by the columns of its row."""
    found, follows = proposal.candidate, proposal.change or proposal.verdict
    row: Any = found.statement.key
    mention = row if isinstance(row, Mention) else None
    span = _span(row)
    verdict = proposal.verdict.code if proposal.verdict and proposal.verdict.code in Status else ""
    change = proposal.change.code if proposal.change and proposal.change.code in Change else ""
    return {
        "earlier": found.commitment.key,
        **span._asdict(),
        "quote": found.statement.quote,
        "relation": _RELATIONS[proposal.relation],
        "achievement": row if isinstance(row, Achievement) else None,
        "later": row if isinstance(row, Commitment) else None,
        "mention": _plain(mention.as_dict()) if mention else None,
        "score": found.score,
        "reasons": reasons(found),
        "verdict": verdict,
        "change": change,
        "basis": follows.basis if follows else "",
        "is_sure": found.score >= ACCEPT and bool(verdict or change),
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """The values as JSON has them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _write(row: LinkProposal, values: dict[str, Any]) -> int:
    """Write what differs. Verdict and change, which a person may have corrected, follow only another statement."""
    if not row._state.adding and all(getattr(row, name) == values[name] for name in _WHAT):
        values = {name: value for name, value in values.items() if name not in _FOLLOWING}
    changed = [name for name, value in values.items() if row._state.adding or getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, values[name])
        row.save()
    return row.pk


# -- All pairs of a government -----------------------------------------------------------------------------------------


def link_waiting(place: str, most: int | None = None) -> int:
    """Compare the pairs of a government that wait, at most so many; return how many were compared.

    A pair that another worker compares is left to it.
    """
    aliases, done = _aliases(place), 0
    while most is None or done < most:
        with transaction.atomic():
            waiting = ReportPair.objects.select_for_update(skip_locked=True, of=("self",)).filter(
                earlier__jurisdiction=place, linked_at__isnull=True
            )
            waiting = waiting.select_related("earlier", "later").defer("earlier__text", "earlier__outline")
            pair = waiting.order_by("later__year", "earlier__year").first()
            if pair is None:
                break
            if ReportState.WITHDRAWN not in (pair.earlier.state, pair.later.state):
                # What is read here is as new as the lock: whoever changes it later has the pair wait again.
                link_pair(Side(pair.earlier), Side(pair.later), pair, aliases)
            ReportPair.objects.filter(pk=pair.pk).update(linked_at=Now())
            done += 1
    return done


def _aliases(place: str) -> Aliases:
    known = Project.objects.filter(jurisdiction=place).exclude(review_state=ReviewState.REJECTED)
    return Aliases([name, *aliases] for name, aliases in known.values_list("name", "aliases"))


def wait_for_all(place: str) -> int:
    """Have every pair of a government's reports compared again; return how many wait."""
    for report in Report.objects.filter(jurisdiction=place).exclude(state=ReportState.WITHDRAWN).defer("text"):
        ReportPair.wait_for(report)
    return ReportPair.objects.filter(earlier__jurisdiction=place, linked_at__isnull=True).count()


def places_waiting() -> list[str]:
    """Return the governments whose pairs wait for longer than a worker needs."""
    lost = ReportPair.objects.filter(linked_at__isnull=True, updated_at__lt=Now() - PATIENCE).order_by()
    return list(lost.values_list("earlier__jurisdiction", flat=True).distinct())


def summary(place: str) -> Iterator[str]:
    """Say of each pair of a government's reports how many proposals wait, and how many of them are sure."""
    pairs = ReportPair.objects.filter(earlier__jurisdiction=place).select_related("earlier", "later")
    for pair in pairs.defer("earlier__text", "later__text").order_by("earlier__year", "later__year"):
        waiting = pair.proposals.waiting()
        counts = {"all": waiting.count(), "sure": waiting.filter(is_sure=True).count()}
        counts |= {"earlier": pair.earlier.year, "later": pair.later.year}
        yield _("%(earlier)d → %(later)d：%(all)d 条待核，其中 %(sure)d 条把握大") % counts
