"""What accepting the links of an official document's rows writes: told before it is done, and done as it was told.

A link that is accepted ties departments to its commitment, dates a commitment whose date was only implied, and
proposes evidence. ``plan`` reads and writes nothing; ``accept`` writes what the plan says, or nothing at all.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from projects import evidence
from projects.choices import Comparator, Confidence, Coverage, DueBasis, Milestone, ResponsibilityRole, Verification
from projects.corrections import REASON
from projects.models import Commitment, Department, Evidence, Responsibility, RowLink, Source, SourceRow
from projects.models.agreement import disagreements, promised_on

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# From this score on a link may be accepted with others; below it a person looks at it.
SURE = 0.8
_VERY_SURE = 0.95
# 各县（市、区） or 有关部门 is nobody who could be asked.
_NOBODY = re.compile(r"^(?:各|有关|相关)|(?:有关|相关|各|成员)(?:部门|单位)")
_FALLS = re.compile(r"下降|降低|降至|减少|压减|削减|缩短")

Text = str | Promise
State = Literal["error", "changed", "new", "same"]


@dataclass(frozen=True, slots=True)
class Part:
    """A department's part in a commitment: new, or cooperating until now and in the lead from now on."""

    name: str
    department: Department | None
    role: ResponsibilityRole
    is_raised: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What accepting one link writes, what is in doubt about it, and why it cannot be done."""

    link: RowLink
    parts: tuple[Part, ...] = ()
    due_on: date | None = None
    evidence: Evidence | None = None
    doubts: tuple[Text, ...] = ()
    errors: tuple[Text, ...] = ()

    @property
    def state(self) -> State:
        """Whether it is refused, changes what is on file, adds to it, or does neither."""
        if self.errors:
            return "error"
        if self.due_on or any(part.is_raised for part in self.parts):
            return "changed"
        return "new" if self.parts or self.evidence else "same"


@dataclass(slots=True)
class _Known:
    """What is on file, and what the links before this one will have added."""

    departments: dict[tuple[str, str], Department]
    roles: dict[tuple[int, str], str]
    told: dict[tuple[int, int], Text]
    dated: set[int] = field(default_factory=set)


def links_of(source: Source) -> QuerySet[RowLink]:
    """Return the links of a document in its order, with all that a plan reads."""
    found = RowLink.objects.filter(source_row__source=source).select_related("source_row__source", "commitment__report")
    return found.defer("commitment__report__text", "commitment__report__outline").order_by(
        "source_row__position", "-score", "pk"
    )


def plan(links: Iterable[RowLink]) -> list[Effect]:
    """Return what accepting these links, one after the other, would write."""
    every = list(links)
    known = _known(every)
    return [_effect(link, known) for link in every]


def fingerprint(effects: Iterable[Effect]) -> str:
    """Return what is another text as soon as anything that would be written is another."""
    told = [
        (
            effect.link.pk,
            effect.link.review_state,
            [(part.name, part.department and part.department.pk, part.role, part.is_raised) for part in effect.parts],
            (effect.link.commitment.due_on, effect.link.commitment.due_basis, effect.due_on),
            effect.evidence and model_to_dict(effect.evidence),
            effect.errors,
        )
        for effect in effects
    ]
    return sha256(repr(told).encode()).hexdigest()


@transaction.atomic
def accept(links: Collection[int], actor: "User | None", *, expected: str | None = None) -> list[Effect]:
    """Accept links by their numbers, all or none; those that are accepted already stay as they are.

    ``expected`` is the fingerprint of the plan that was confirmed. Raises ValidationError when the plan has changed
    since, or when one of its rows cannot be written.
    """
    waiting = RowLink.objects.filter(pk__in=links).exclude(review_state=Verification.ACCEPTED)
    ids = waiting.order_by("commitment_id").values_list("commitment_id", flat=True)
    list(Commitment.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))
    locked = waiting.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
    source = Source.objects.filter(rows__links__in=links).distinct()
    effects = [effect for one in source for effect in plan(links_of(one).filter(pk__in=list(locked)))]
    if expected is not None and fingerprint(effects) != expected:
        raise ValidationError(_("没有写入：确认页打开以后，会写入的内容有了变化。请重新看过再确认。"))
    refused = [f"{effect.link.source_row}：{' '.join(map(str, effect.errors))}" for effect in effects if effect.errors]
    if refused:
        raise ValidationError([_("没有写入任何内容：有的行不能写入。"), *refused])
    created: dict[str, Department] = {}
    for effect in effects:
        _write(effect, actor, created)
    return effects


@transaction.atomic
def reject(links: Collection[int], actor: "User | None") -> int:
    """Reject those of the links that still wait; return how many."""
    waiting = RowLink.objects.select_for_update().filter(pk__in=links, review_state=Verification.PROPOSED)
    for link in (found := list(waiting.order_by("pk"))):
        _decide(link, Verification.REJECTED, actor)
    return len(found)


@transaction.atomic
def choose(row: SourceRow, commitment: Commitment) -> RowLink:
    """Propose by hand that a row is about a commitment of the report, also where it was rejected before."""
    link, is_new = RowLink.objects.get_or_create(source_row=row, commitment=commitment)
    if not is_new and link.review_state == Verification.REJECTED:
        link.review_state, link.score, link.reviewed_by, link.reviewed_at = Verification.PROPOSED, None, None, None
        link.save()
    return link


def named_twice(place: str, names: Iterable[str], *, besides: int | None = None) -> Department | None:
    """Return another department of a government that bears one of the names, as its own or by alias."""
    others = Department.objects.filter(jurisdiction=place)
    others = others if besides is None else others.exclude(pk=besides)
    for name in names:
        if found := others.named(name).first():
            return found
    return None


@transaction.atomic
def merge(department: Department, into: Department) -> int:
    """Give what a department has to deliver, and its names, to another one of its government; return how many parts.

    The lead wins where both had a part. Raises ValidationError. The row stays with its history, and is public no more.
    """
    pair = Department.objects.select_for_update().filter(pk__in=(department.pk, into.pk)).order_by("pk")
    found = {one.pk: one for one in pair}
    old, new = found[department.pk], found[into.pk]
    if old.pk == new.pk or old.jurisdiction_id != new.jurisdiction_id or old.merged_into or new.merged_into:
        raise ValidationError(_("只能并入同一个政府的另一个部门，两个都还没有并入别处。"))
    parts = list(old.responsibilities.select_for_update().order_by("pk"))
    for part in parts:
        _give(part.commitment_id, new, ResponsibilityRole(part.role))
        part.delete()
    new.aliases = list(dict.fromkeys([*new.aliases, old.name, *old.aliases]))
    new.save()
    old.merged_into, old.aliases = new, []
    old.save()
    return len(parts)


# -- What a plan looks at ---------------------------------------------------------------------------------------------


def _known(links: list[RowLink]) -> _Known:
    sources = {link.source_row.source_id for link in links}
    places = {link.source_row.source.jurisdiction_id for link in links}
    commitments = {link.commitment_id for link in links}
    departments: dict[tuple[str, str], Department] = {}
    for one in Department.objects.published().filter(jurisdiction__in=places):
        for name in (*one.aliases, one.name):
            departments[one.jurisdiction_id, name] = one
    parts = Responsibility.objects.filter(commitment__in=commitments).select_related("department")
    told = Evidence.objects.filter(source__in=sources, commitment__in=commitments)
    return _Known(
        departments,
        {(part.commitment_id, part.department.name): part.role for part in parts},
        {
            (source, commitment): _("这份文件已经是这条承诺的证据。")
            for source, commitment in told.values_list("source", "commitment")
        },
    )


def _effect(link: RowLink, known: _Known) -> Effect:
    doubts: list[Text] = []
    if link.review_state == Verification.ACCEPTED:
        return Effect(link)
    if link.score is not None and link.score < SURE:
        doubts.append(_("把握不大，请对照原文。"))
    parts = tuple(_parts(link, known, doubts))
    due_on = _due_on(link, known, doubts)
    proposed, errors = _evidence(link, known, doubts)
    return Effect(link, parts, due_on, proposed, tuple(doubts), tuple(errors))


def _parts(link: RowLink, known: _Known, doubts: list[Text]) -> Iterator[Part]:
    place = link.source_row.source.jurisdiction_id
    units = [(name, ResponsibilityRole.LEAD) for name in link.source_row.lead]
    units += [(name, ResponsibilityRole.COOPERATING) for name in link.source_row.cooperating]
    for name, role in units:
        if _NOBODY.search(name) or place is None:
            doubts.append(_("“%(name)s”不是某一个部门，不登记。") % {"name": name})
            continue
        department = known.departments.get((place, name))
        key = link.commitment_id, department.name if department else name
        before = known.roles.get(key)
        if before is None or (before == ResponsibilityRole.COOPERATING and role == ResponsibilityRole.LEAD):
            known.roles[key] = role
            yield Part(key[1], department, role, is_raised=before is not None)


def _due_on(link: RowLink, known: _Known, doubts: list[Text]) -> date | None:
    """Return the day that the row gives a commitment whose date is only implied."""
    commitment, day = link.commitment, link.source_row.due_on
    if day is None or day == commitment.due_on:
        return None
    names = {"row": day, "report": commitment.due_on}
    if commitment.due_basis == DueBasis.STATED or commitment.pk in known.dated:
        doubts.append(_("文件的时限是 %(row)s，已写明的到期日是 %(report)s：到期日不改。") % names)
        return None
    if day.year < commitment.year or day < promised_on(commitment):
        doubts.append(_("文件的时限 %(row)s 早于作出承诺的日子：到期日不改。") % names)
        return None
    known.dated.add(commitment.pk)
    return day


def _evidence(link: RowLink, known: _Known, doubts: list[Text]) -> tuple[Evidence | None, list[Text]]:
    row, commitment = link.source_row, link.commitment
    if not row.verdict or row.as_of is None:
        return None, []
    if said := known.told.get((row.source_id, commitment.pk)):
        doubts.append(said)
        return None, []
    found = _proposal(link)
    _add_value(found, link, doubts)
    problems = disagreements(found)
    if any(problem.field == "reported_value" for problem in problems):
        doubts.append(_("文件的数与所示状态不符，或没有可比的数：报告值不写入。"))
        found.reported_value, found.coverage, found.bound = None, "", ""
        problems = disagreements(found)
    known.told[row.source_id, commitment.pk] = _("这份文件的另一行（%(row)s）已给出证据。") % {"row": row}
    return found, [problem.message for problem in problems]


def _proposal(link: RowLink) -> Evidence:
    row = link.source_row
    by_score = Confidence.HIGH if link.score is None or link.score >= _VERY_SURE else Confidence.MEDIUM
    return Evidence(
        commitment=link.commitment,
        source=row.source,
        quote="" if row.is_inferred else row.progress or row.text,
        place=row.place,
        item_number=row.item_number,
        official_word=row.official_word,
        verdict=row.verdict,
        as_of=row.as_of or date.max,
        delay_reason=row.delay_reason,
        announced_on=row.forecast,
        note=_inferred(row, "zh-hans"),
        note_en=_inferred(row, "en"),
        happened_precision="",
        confidence=Confidence.LOW if row.is_inferred or (link.score or 1) < SURE else by_score,
    )


def _inferred(row: SourceRow, language: str) -> str:
    """Return the note of what a document says by silence, in one of the languages that a note has."""
    if not row.is_inferred:
        return ""
    with translation.override(language):
        return _("推断：文件只列出没有完成的事项，这一项不在其中。原任务：%(text)s") % {"text": row.text}


def _add_value(found: Evidence, link: RowLink, doubts: list[Text]) -> None:
    """Give evidence the row's figure where that answers the commitment's: the same unit, and no other has it too."""
    row, commitment = link.source_row, link.commitment
    if row.value is None or commitment.quantity is None:
        return
    if row.unit != commitment.unit:
        doubts.append(
            _("文件的数（%(value)s）与承诺的单位不同：报告值不写入。")
            % {"value": f"{row.value.normalize():f}{row.unit}"}
        )
        return
    others = row.links.exclude(review_state=Verification.REJECTED).exclude(pk=link.pk)
    if others.filter(commitment__unit=row.unit).exists():
        doubts.append(_("这一行对应几条同单位的承诺，数归哪一条请人工判断：报告值不写入。"))
        return
    found.reported_value = abs(row.value) if _FALLS.search(commitment.quote) else row.value
    found.bound = Comparator.EQ
    found.coverage = Coverage.LEVEL if commitment.milestone == Milestone.LEVEL else Coverage.CUMULATIVE


# -- What accepting writes --------------------------------------------------------------------------------------------


def _write(effect: Effect, actor: "User | None", created: dict[str, Department]) -> None:
    link, commitment = effect.link, effect.link.commitment
    for part in effect.parts:
        department = part.department or created.get(part.name)
        if department is None:
            place = link.source_row.source.jurisdiction_id
            department = Department.objects.create(jurisdiction_id=place or "", name=part.name)
            created[part.name] = department
        _give(commitment.pk, department, part.role)
    if effect.due_on is not None:
        link.due_on_before = commitment.due_on
        # Of what is public already this is a correction, which tells why: to everybody, not in the curator's language.
        with pghistory.context(**{REASON: f"“{link.source_row.source.title}”写明了期限。"}):
            Commitment.objects.filter(pk=commitment.pk).update(due_on=effect.due_on, due_basis=DueBasis.STATED)
        commitment.refresh_from_db(fields=["due_on", "due_basis"])
    if effect.evidence is not None:
        evidence.propose(effect.evidence)
        link.evidence = effect.evidence
    _decide(link, Verification.ACCEPTED, actor)


def _give(commitment: int, department: Department, role: ResponsibilityRole) -> None:
    """Give a department a part in a commitment; one that cooperates already may come to lead, never the reverse."""
    part, is_new = Responsibility.objects.get_or_create(
        commitment_id=commitment, department=department, defaults={"role": role}
    )
    if not is_new and role == ResponsibilityRole.LEAD and part.role != role:
        part.role = role
        part.save()


def _decide(link: RowLink, decision: Verification, actor: "User | None") -> None:
    link.review_state, link.reviewed_by, link.reviewed_at = decision, actor, timezone.now()
    link.save()
