"""What people decide about links between the years: what a proposal becomes, and which pairs they have gone through.

Every function is one transaction and takes the row's lock, so that two people who decide at once follow each other.
"""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects import evidence as decisions, publication
from projects.choices import (
    Change,
    Confidence,
    Coverage,
    DueBasis,
    LinkBasis,
    LinkRelation,
    Milestone,
    Origin,
    ReportState,
    RestatementPhase,
    ReviewState,
    Verification,
)
from projects.models import (
    Achievement,
    Commitment,
    Evidence,
    LinkProposal,
    Project,
    ReportPair,
    Restatement,
    StatusChange,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

# What a mention says that a statement says in the same words.
_COPIED = ("section", "title", "category", "milestone", "quantity", "unit", "comparator", "names")


@transaction.atomic
def accept(
    proposal: LinkProposal, actor: "User | None", *, follow_verdict: bool = False, note: str = ""
) -> StatusChange | None:
    """Accept a proposal with its present verdict or change: it becomes evidence, or a promise made again.

    A mention becomes a published statement first. With ``follow_verdict`` the promise takes the status of the verdict.
    Raises ValidationError, and changes nothing, where the two are not reviewed yet or something disagrees.
    """
    _lock(proposal)
    if proposal.review_state == Verification.ACCEPTED:
        raise ValidationError({"review_state": _("这条对应已经采纳了。")})
    if proposal.earlier.review_state != ReviewState.PUBLISHED:
        raise ValidationError({"earlier": _("较早的承诺还没有审核发布。请先发布它。")})
    statement = _statement(proposal)
    change = None
    if isinstance(statement, Achievement):
        change = _become_evidence(proposal, statement, actor, note, follow_verdict=follow_verdict)
    else:
        _become_restatement(proposal, statement, note)
    _share_project(proposal.earlier, statement)
    _decide(proposal, Verification.ACCEPTED, actor, note)
    return change


def _share_project(earlier: Commitment, statement: Achievement | Commitment) -> None:
    """Let both statements belong to the project of either, which learns the name that the other one uses."""
    project = earlier.project or statement.project
    if project is None:
        return
    for row in (earlier, statement):
        if row.project is None:
            row.project = project
            row.save(update_fields=["project", "updated_at"])
    both = [row.names[0] for row in (earlier, statement) if len(row.names) == 1]
    learned = [name for name in both if len(both) > 1 and name not in (project.name, *project.aliases)]
    if learned and project in (earlier.project, statement.project):
        project.aliases = [*project.aliases, *dict.fromkeys(learned)]
        project.save(update_fields=["aliases", "pinyin", "updated_at"])


@transaction.atomic
def merge_projects(projects: "QuerySet[Project]") -> Project:
    """Make one project of several: the oldest keeps all statements and learns the others' names.

    The others are withdrawn, with their history. Raises ValidationError for fewer than two, or of two governments.
    """
    first, *others = rows = list(projects.select_for_update().order_by("pk")) or [Project()]
    if not others or len({row.jurisdiction_id for row in rows}) > 1:
        raise ValidationError(_("请选择同一政府的至少两个项目。"))
    for model in (Commitment, Achievement):
        model._default_manager.filter(project__in=others).update(project=first)
    names = [name for row in others for name in (row.name, *row.aliases) if name != first.name]
    first.aliases = list(dict.fromkeys([*first.aliases, *names]))
    first.save(update_fields=["aliases", "pinyin", "updated_at"])
    publication.review(projects.filter(pk__in=[row.pk for row in others]), ReviewState.WITHDRAWN)
    candidates = projects.filter(pk__in=[row.pk for row in others], review_state=ReviewState.CANDIDATE)
    publication.review(candidates, ReviewState.REJECTED)
    return first


@transaction.atomic
def mention(proposal: LinkProposal, actor: "User | None", note: str = "") -> None:
    """Accept a clause that speaks of a promise again, but is too vague to be a promise of its own.

    The promise then counts as promised again, and no statement is made. Raises ValidationError for anything else.
    """
    _lock(proposal)
    if proposal.review_state != Verification.PROPOSED:
        raise ValidationError({"review_state": _("这条对应已经决定过了。")})
    if proposal.relation != LinkRelation.RESTATEMENT or proposal.statement is not None:
        raise ValidationError({"relation": _("这不是工作安排里的一句话，而是条目或结果。请采纳或否决。")})
    _decide(proposal, Verification.ACCEPTED, actor, note)


@transaction.atomic
def reject(proposal: LinkProposal, actor: "User | None", note: str) -> None:
    """Reject a proposal with the reason why; the pair is not proposed again. Raises ValidationError."""
    _lock(proposal)
    if proposal.review_state == Verification.ACCEPTED:
        raise ValidationError({"review_state": _("这条对应已经采纳。请在它成为的证据或再次承诺那里否决。")})
    if not note.strip():
        raise ValidationError({"note": _("请写明为什么不是同一件事。")})
    _decide(proposal, Verification.REJECTED, actor, note)


@transaction.atomic
def set_gone_through(pair: ReportPair, actor: "User | None", *, gone_through: bool = True) -> None:
    """Write down that a person has gone through a pair of reports, or take it back.

    Raises ValidationError while a report is not public, or sure proposals wait.
    """
    current = ReportPair.objects.select_for_update(of=("self",)).select_related("earlier", "later").get(pk=pair.pk)
    if gone_through:
        if {current.earlier.state, current.later.state} != {ReportState.PUBLISHED}:
            raise ValidationError(_("两份报告都公开以后，才能记为看完。"))
        waiting = current.proposals.waiting().filter(is_sure=True).count()
        if waiting:
            raise ValidationError(_("还有 %d 条把握大的对应没有决定。请先决定它们。") % waiting)
    current.gone_through_at = timezone.now() if gone_through else None
    current.gone_through_by = actor if gone_through else None
    current.save(update_fields=["gone_through_at", "gone_through_by", "updated_at"])
    pair.refresh_from_db()


def _lock(proposal: LinkProposal) -> None:
    """Take the row's lock, and read what was decided of it and what it points at; what a form has set stays."""
    locked = LinkProposal.objects.select_for_update(of=("self",)).select_related("achievement", "later")
    current = locked.get(pk=proposal.pk)
    proposal.review_state = current.review_state
    # An attempt that was refused before may have left a statement that is not there.
    proposal.achievement, proposal.later = current.achievement, current.later


def _decide(proposal: LinkProposal, decision: Verification, actor: "User | None", note: str) -> None:
    proposal.review_state, proposal.reviewed_by, proposal.reviewed_at = decision, actor, timezone.now()
    proposal.note = note.strip()
    proposal.save()


def _statement(proposal: LinkProposal) -> Achievement | Commitment:
    """Return the later statement, made of the mention where there is none; raises ValidationError."""
    found = proposal.statement
    if found is None:
        found = _of_mention(proposal)
    if found.review_state != ReviewState.PUBLISHED:
        raise ValidationError({"quote": _("较晚报告里的这一条还没有审核发布。请先发布它。")})
    return found


def _of_mention(proposal: LinkProposal) -> Achievement | Commitment:
    """Make the mention a statement by hand: no later reading takes it back."""
    said: dict[str, Any] = proposal.mention or {}
    report, answers = proposal.pair.later, proposal.relation == LinkRelation.ANSWER
    model: type[Achievement | Commitment] = Achievement if answers else Commitment
    row = model(report=report, start=proposal.start, end=proposal.end, quote=proposal.quote)
    for name in _COPIED:
        setattr(row, name, said.get(name))
    row.title = str(row.title or row.quote)[:200]
    row.section, row.names = str(row.section or "")[:400], list(row.names or [])
    row.quantity = None if row.quantity is None else Decimal(str(row.quantity)).quantize(Decimal("0.0001"))
    row.unit = None if row.quantity is None else (row.unit or "")
    row.origin, row.review_state = Origin.HAND, ReviewState.PUBLISHED
    day = date.fromisoformat(said["due_on"]) if said.get("due_on") else None
    if isinstance(row, Achievement):
        row.period_end = day or date(report.year - 1, 12, 31)
        proposal.achievement = row
    else:
        row.due_on, row.due_basis = day or date(report.year, 12, 31), DueBasis.IMPLIED
        proposal.later = row
    row.full_clean(exclude=["jurisdiction", "year", "report_state"])
    row.save()
    return row


def _become_evidence(
    proposal: LinkProposal, achievement: Achievement, actor: "User | None", note: str, *, follow_verdict: bool
) -> StatusChange | None:
    if not proposal.verdict:
        raise ValidationError({"verdict": _("请选择它说明承诺到了哪一步。")})
    known = Evidence.objects.filter(commitment=proposal.earlier, achievement=achievement).first()
    row = known or Evidence(commitment=proposal.earlier, achievement=achievement)
    if known is None:
        row.verdict, row.note = proposal.verdict, note.strip()
        # A report that was given before its period ended tells of no later day.
        row.as_of = min(achievement.period_end, achievement.report.delivered_on or achievement.period_end)
        row.confidence = Confidence.HIGH if proposal.is_sure else Confidence.MEDIUM
        _tell_figure(row, proposal)
        decisions.propose(row)
    elif known.review_state == Verification.REJECTED:
        raise ValidationError({"achievement": _("这条成绩作为证据已被否决。请先到证据那里看看。")})
    proposal.evidence = row
    return decisions.accept(row, actor, follow_verdict=follow_verdict)


def _tell_figure(evidence: Evidence, proposal: LinkProposal) -> None:
    """Give evidence the figure of its achievement where it counts what was promised."""
    promised, reported = proposal.earlier, evidence.achievement
    if proposal.basis != LinkBasis.FIGURE or reported is None or reported.quantity is None:
        return
    both_levels = (promised.milestone == Milestone.LEVEL) == (reported.milestone == Milestone.LEVEL)
    if promised.quantity is None or promised.unit != reported.unit or not both_levels:
        return
    evidence.reported_value, evidence.bound = reported.quantity, reported.comparator or ""
    evidence.coverage = Coverage.LEVEL if promised.milestone == Milestone.LEVEL else _coverage_of_count(reported)


def _coverage_of_count(reported: Achievement) -> Coverage:
    return Coverage.CUMULATIVE if "累计" in reported.quote else Coverage.PERIOD


def _become_restatement(proposal: LinkProposal, later: Commitment, note: str) -> None:
    known = Restatement.objects.filter(earlier=proposal.earlier, later=later).first()
    if known is not None and known.review_state == Verification.REJECTED:
        raise ValidationError({"later": _("这两条的关系已被否决。请先到再次承诺那里看看。")})
    row = known or Restatement(earlier=proposal.earlier, later=later)
    if known is None:
        row.change, row.note = proposal.change, note.strip()
        row.phase = RestatementPhase.NEXT if proposal.change == Change.NEXT_STAGE else RestatementPhase.SAME
        row.confidence = Confidence.HIGH if proposal.is_sure else Confidence.MEDIUM
    row.review_state = Verification.ACCEPTED
    row.full_clean()
    row.save()
    proposal.restatement = row
