"""What evidence, and a status that rests on it, must agree with. Each problem names its field.

A written note overrides figures where a person has good ground, never place or publication.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects import rules
from projects.choices import Speaker, Status, Verification
from projects.models.history import StatusChange
from projects.models.place import Succession
from projects.querysets import code_prefix

if TYPE_CHECKING:
    from projects.models.achievement import Achievement
    from projects.models.commitment import Commitment
    from projects.models.evidence import Evidence
    from projects.models.source import Source


class Disagreement(NamedTuple):
    """A field and what is wrong with it; ``by_note`` when a written note overrides it."""

    field: str
    code: str
    message: str | Promise
    by_note: bool = False


class Transition(NamedTuple):
    """A status that a person wants to record, and how."""

    status: str
    evidence: "Evidence | None"
    effective_on: date
    reason_code: str
    note: str


def refuse(problems: "list[Disagreement]") -> None:
    """Raise a ValidationError that names every field with its problems, if there are any."""
    if not problems:
        return
    errors: dict[str, list[ValidationError]] = {}
    for problem in problems:
        message: Any = problem.message
        errors.setdefault(problem.field, []).append(ValidationError(message, code=problem.code))
    raise ValidationError(errors)


def promised_on(commitment: "Commitment") -> date:
    """Return the day on which the promise was made: its report's delivery, else the first day of the report's year."""
    return commitment.report.delivered_on or date(commitment.year, 1, 1)


def relatives(code: str) -> frozenset[str]:
    """Return the governments that this one took over from or that took over from it."""
    links = Succession.objects.filter(Q(predecessor=code) | Q(successor=code), successor__isnull=False)
    return frozenset(place for link in links.values_list("predecessor", "successor") for place in link) - {code}


def speaker_of(evidence: "Evidence") -> Speaker:
    """Return who speaks in evidence that has its ground, as the database will write it."""
    achievement, source, promiser = evidence.achievement, evidence.source, evidence.commitment.jurisdiction_id
    return rules.speaker(
        promiser,
        relatives(promiser),
        kind=source.kind if source else None,
        place=source.jurisdiction_id if source else None,
        claimant=achievement.jurisdiction_id if achievement else None,
    )


def disagreements(evidence: "Evidence") -> list[Disagreement]:
    """Say what evidence disagrees with: its commitment's place and day, its source, its own figure."""
    commitment = evidence.commitment
    found = list(_origin(evidence, commitment))
    # A form whose day could not be read speaks of that alone.
    if evidence.as_of is not None:
        found += _days(evidence, commitment)
        found += _figure(evidence, commitment) if evidence.reported_value is not None else ()
    return [problem for problem in found if not (problem.by_note and evidence.note.strip())]


def _origin(evidence: "Evidence", commitment: "Commitment") -> Iterator[Disagreement]:
    if evidence.achievement is not None:
        yield from _of_achievement(evidence.achievement, commitment)
    elif evidence.source is not None:
        yield from _of_source(evidence.source, commitment)


def _of_achievement(achievement: "Achievement", commitment: "Commitment") -> Iterator[Disagreement]:
    place = achievement.jurisdiction_id
    if place != commitment.jurisdiction_id and place not in relatives(commitment.jurisdiction_id):
        yield Disagreement(
            "achievement", "other_place", _("这条成绩是另一个政府的。请选本政府，或它的前身、后继政府的成绩。")
        )
    if achievement.year <= commitment.year:
        yield Disagreement("achievement", "not_later", _("这条成绩所在的报告不晚于承诺的报告。请选后来报告的成绩。"))
    if not achievement.is_public:
        yield Disagreement("achievement", "not_public", _("这条成绩还没有公开。请先审核发布它和它的报告。"))


def _of_source(source: "Source", commitment: "Commitment") -> Iterator[Disagreement]:
    place, own = source.jurisdiction_id, commitment.jurisdiction_id
    above_or_below = place is not None and (own.startswith(code_prefix(place)) or place.startswith(code_prefix(own)))
    if place is not None and not above_or_below and place not in relatives(own):
        yield Disagreement(
            "source", "other_place", _("这个来源属于另一个政府。请选本政府、上下级或前身、后继政府的来源。")
        )


def _days(evidence: "Evidence", commitment: "Commitment") -> Iterator[Disagreement]:
    promised, as_of, happened = promised_on(commitment), evidence.as_of, evidence.happened_on
    if as_of < promised:
        yield Disagreement("as_of", "before_promise", _("截至日期早于作出承诺的日子。请改正日期，或另选证据。"))
    told = _told_on(evidence)
    if told is not None and as_of > told and not evidence.is_forecast:
        yield Disagreement(
            "as_of", "after_source", _("截至日期晚于来源发布的日子：它说不到那时。请改正日期，或注明是预计。")
        )
    if happened is None:
        return
    first = rules.earliest(happened, evidence.happened_precision)
    if first is not None and first > as_of and not evidence.is_forecast:
        yield Disagreement("happened_on", "after_as_of", _("发生日期晚于截至日期。请改正其中一个。"))
    if happened < promised:
        yield Disagreement("happened_on", "before_promise", _("发生日期早于作出承诺的日子。请改正日期，或另选证据。"))


def _told_on(evidence: "Evidence") -> date | None:
    if evidence.achievement is not None:
        return evidence.achievement.report.delivered_on
    return evidence.source.published_on if evidence.source is not None else None


def _figure(evidence: "Evidence", commitment: "Commitment") -> Iterator[Disagreement]:
    if commitment.quantity is None or commitment.comparator is None:
        yield Disagreement("reported_value", "no_figure", _("这条承诺没有数字，报告值没有可比的。请写进说明。"))
        return
    if evidence.value_from is not None and evidence.value_from > evidence.as_of:
        yield Disagreement("value_from", "after_as_of", _("报告值起算日晚于截至日期。请改正其中一个。"))
    if _contradicts(evidence, commitment):
        yield Disagreement(
            "reported_value",
            "contradicts",
            _("这个数与所示状态不符。请改正数字或状态；确有理由时在说明里写明。"),
            by_note=True,
        )


def _contradicts(evidence: "Evidence", commitment: "Commitment") -> bool:
    value = evidence.reported_value
    if value is None or commitment.quantity is None or commitment.comparator is None:
        return False
    measures = rules.comparable(
        commitment.milestone,
        commitment.year,
        commitment.due_on,
        evidence.coverage,
        evidence.as_of,
        forecast=evidence.is_forecast,
    )
    met = rules.meets(commitment.quantity, commitment.comparator, value, evidence.bound)
    return measures and rules.contradicts(evidence.verdict, met)


def transition_problems(commitment: "Commitment", wanted: Transition) -> list[Disagreement]:
    """Say why a commitment cannot take a status; empty when it can."""
    found = status_problems(commitment, wanted.status, wanted.evidence)
    if wanted.status == Status.NOT_ASSESSED:
        return found
    if wanted.evidence is not None and _is_ground(wanted.evidence, commitment):
        said = [problem for problem in disagreements(wanted.evidence) if not (problem.by_note and wanted.note.strip())]
        found += [problem._replace(field="evidence") for problem in said]
    found += _effective(commitment, wanted.effective_on)
    if wanted.status in rules.NEED_A_REASON and not wanted.reason_code:
        found.append(Disagreement("reason_code", "required", _("“未完成”须选一个原因；来源没有说明时选“未说明”。")))
    return found


def status_problems(commitment: "Commitment", status: str, evidence: "Evidence | None") -> list[Disagreement]:
    """Say why a status cannot follow the present one, or not on this evidence, whatever the day and the reason."""
    found = list(_step(commitment, status))
    if status == Status.NOT_ASSESSED:
        if evidence is not None:
            found.append(Disagreement("evidence", "unwanted", _("“未核实”不附证据。")))
    elif evidence is None or not _is_ground(evidence, commitment):
        found.append(Disagreement("evidence", "required", _("状态须以本承诺的一条已采纳证据为依据。")))
    elif not rules.carries(evidence.verdict, status):
        labels = Status(evidence.verdict).label, Status(status).label
        message = _("这条证据所示的是“%s”，不能作“%s”的依据。请另选证据或状态。")
        found.append(Disagreement("evidence", "verdict", str(message) % labels))
    return found


def _is_ground(evidence: "Evidence", commitment: "Commitment") -> bool:
    return evidence.commitment_id == commitment.pk and evidence.review_state == Verification.ACCEPTED


def _step(commitment: "Commitment", status: str) -> Iterator[Disagreement]:
    if commitment.status != status and not rules.may_become(commitment.status, status):
        labels = Status(commitment.status).label, Status(status).label
        yield Disagreement("status", "transition", str(_("状态不能从“%s”直接变为“%s”。")) % labels)


def _effective(commitment: "Commitment", effective_on: date) -> Iterator[Disagreement]:
    if effective_on < promised_on(commitment):
        yield Disagreement("effective_on", "before_promise", _("生效日期早于作出承诺的日子。"))
    last = StatusChange.objects.filter(commitment=commitment.pk).order_by("-pk").first()
    # Who takes a status back to "not assessed" begins anew.
    if last is not None and last.to_status != Status.NOT_ASSESSED and effective_on < last.effective_on:
        message = _("生效日期早于上一次变更（%s）。要更正过去的记录，请先改回“未核实”。")
        yield Disagreement("effective_on", "before_previous", str(message) % last.effective_on)
