"""A small public world with a hidden twin for everything in it: what must never be answered says HIDDEN."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from drf_spectacular.generators import SchemaGenerator

from projects.choices import (
    Category,
    DelayReason,
    DueBasis,
    Level,
    ReportState,
    RestatementPhase,
    ReviewState,
    SourceKind,
    Status,
    Verification,
)
from projects.models import Achievement, Commitment, Evidence, Project, Report
from tests.factories import (
    AchievementFactory,
    CommitmentFactory,
    DepartmentFactory,
    EvidenceFactory,
    JurisdictionFactory,
    ProjectFactory,
    ReportFactory,
    ResponsibilityFactory,
    RestatementFactory,
)

GENERATOR: Any = SchemaGenerator
HIDDEN: Final = "HIDDEN"
SECRET: Final[dict[str, Any]] = {"title": HIDDEN, "title_en": HIDDEN, "section": HIDDEN}


@dataclass(frozen=True, slots=True)
class World:
    """The rows that tests name."""

    report: Report
    later_report: Report
    project: Project
    school: Commitment
    hospital: Commitment
    road: Commitment
    restated: Commitment
    achievement: Achievement
    evidence: Evidence
    hidden: tuple[Any, ...]


def world() -> World:
    """Make it."""
    city = JurisdictionFactory.create(code="500000", name="重庆市", level=Level.PROVINCE)
    place = JurisdictionFactory.create(code="500112", name="渝北区", parent=city)
    report = ReportFactory.create(jurisdiction=place, year=2021, delivered_on=date(2021, 3, 10))
    later = ReportFactory.create(jurisdiction=place, year=2025, delivered_on=date(2025, 1, 8))
    project = ProjectFactory.create(jurisdiction=place, slug="yuelai-school", name="悦来中学", aliases=["悦中"])
    school = CommitmentFactory.create(
        report=report,
        position=1,
        title="建成悦来中学等4所学校",
        title_en="Build 4 schools",
        names=["悦来中学"],
        project=project,
        quantity=Decimal("4.0000"),
        unit="所",
        comparator="gte",
    )
    hospital = CommitmentFactory.create(
        report=report, position=2, title="新建5.5公里“管网”\\", category=Category.HEALTH, quantity=Decimal("5.5"),
        unit="公里", comparator="approx", due_on=date(2021, 6, 30), due_basis=DueBasis.STATED,
        delay_reason=DelayReason.LAND, delay_note="用地未批\n待定",
    )  # fmt: skip
    road = CommitmentFactory.create(report=report, position=3, category=Category.TRANSPORT)
    restated = CommitmentFactory.create(report=later, position=1, due_on=date(2099, 12, 31))
    achievement = AchievementFactory.create(report=later, position=9, project=project)
    evidence = EvidenceFactory.create(
        commitment=school, achievement=achievement, url="", publisher="", published_on=None, as_of=date(2024, 12, 31),
        source_kind=SourceKind.OFFICIAL_CLAIM, verdict=Status.IN_PROGRESS, reported_value=Decimal("3.0"),
        file="evidence/2024/渝北 (1)~é%.pdf",
    )  # fmt: skip
    school.record_status(Status.IN_PROGRESS, evidence=evidence, effective_on=date(2024, 12, 31), note="在建")
    opened = EvidenceFactory.create(commitment=road, as_of=date(2022, 5, 1))
    road.record_status(Status.COMPLETED, evidence=opened, effective_on=date(2022, 5, 1))
    RestatementFactory.create(earlier=school, later=restated, phase=RestatementPhase.NEXT, note="下一阶段")
    ResponsibilityFactory.create(commitment=school, department=DepartmentFactory.create(jurisdiction=place))
    hidden = _hidden(report, later, school)
    return World(report, later, project, school, hospital, road, restated, achievement, evidence, hidden)


def generated() -> dict[str, Any]:
    """Return the schema, in Chinese."""
    schema: dict[str, Any] = GENERATOR().get_schema(request=None, public=True)
    return schema


def _hidden(report: Report, later: Report, school: Commitment) -> tuple[Any, ...]:
    place = report.jurisdiction
    draft = ReportFactory.create(jurisdiction=place, year=2023, title="HIDDEN 2023", state=ReportState.DRAFT)
    withdrawn = ReportFactory.create(jurisdiction=place, year=2022, title="HIDDEN 2022", state=ReportState.WITHDRAWN)
    project = ProjectFactory.create(
        jurisdiction=place, name=HIDDEN, name_en=HIDDEN, slug="hidden-project", review_state=ReviewState.CANDIDATE
    )
    gone = ProjectFactory.create(
        jurisdiction=place, name=HIDDEN, name_en=HIDDEN, slug="hidden-gone", review_state=ReviewState.WITHDRAWN
    )
    unseen = [
        CommitmentFactory.create(report=report, position=20 + n, review_state=state, **SECRET)
        for n, state in enumerate([ReviewState.CANDIDATE, ReviewState.REJECTED, ReviewState.WITHDRAWN])
    ]
    unseen += [CommitmentFactory.create(report=one, position=4, **SECRET) for one in (draft, withdrawn)]
    # A public promise on a hidden project, and a public project with hidden promises.
    public = CommitmentFactory.create(report=report, position=30, project=project)
    Commitment.objects.filter(pk=unseen[0].pk).update(project=school.project)
    claims = [
        AchievementFactory.create(report=later, position=40, review_state=ReviewState.CANDIDATE, **SECRET),
        AchievementFactory.create(report=draft, position=41, **SECRET),
    ]
    said = {"note": HIDDEN, "note_en": HIDDEN, "publisher": HIDDEN, "file": "evidence/2024/HIDDEN.pdf"}
    proofs = [
        EvidenceFactory.create(commitment=school, review_state=Verification.PROPOSED, **said),
        EvidenceFactory.create(commitment=school, review_state=Verification.REJECTED, **said),
        EvidenceFactory.create(commitment=school, achievement=claims[0], **said),
        EvidenceFactory.create(commitment=unseen[0], **said),
    ]
    unseen[0].record_status(Status.COMPLETED, evidence=proofs[3], effective_on=date(2022, 1, 1), note=HIDDEN)
    # The status of a public promise may rest on evidence whose own source is not public.
    rests = EvidenceFactory.create(commitment=public, achievement=claims[1], **said)
    public.record_status(Status.PARTIAL, evidence=rests, effective_on=date(2022, 2, 2))
    RestatementFactory.create(earlier=school, later=public, review_state=Verification.PROPOSED, note=HIDDEN)
    RestatementFactory.create(earlier=school, later=unseen[1], note=HIDDEN)
    ResponsibilityFactory.create(commitment=unseen[0], department=DepartmentFactory.create(jurisdiction=place))
    return (draft, withdrawn, project, gone, *unseen, *claims, *proofs, rests)
