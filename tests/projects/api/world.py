"""A small public world with a hidden twin for everything in it: what must never be answered says HIDDEN."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from drf_spectacular.generators import SchemaGenerator

from projects.choices import (
    Category,
    Coverage,
    DelayReason,
    DueBasis,
    Level,
    Precision,
    ReportState,
    RestatementPhase,
    ReviewState,
    SourceKind,
    Status,
    Verification,
)
from projects.models import Achievement, Commitment, Evidence, Project, Report, Source
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
    SourceFactory,
    SuccessionFactory,
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
    notice: Source
    hidden: tuple[Any, ...]


def world() -> World:
    """Make it."""
    city = JurisdictionFactory.create(code="500000", name="重庆市", level=Level.PROVINCE)
    place = JurisdictionFactory.create(code="500112", name="渝北区", parent=city, valid_until=date(2025, 11, 6))
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
    )  # fmt: skip
    road = CommitmentFactory.create(report=report, position=3, category=Category.TRANSPORT)
    restated = CommitmentFactory.create(report=later, position=1, due_on=date(2099, 12, 31))
    achievement = AchievementFactory.create(report=later, position=9, project=project)
    evidence = EvidenceFactory.create(
        commitment=school, achievement=achievement, as_of=date(2024, 12, 31), verdict=Status.IN_PROGRESS,
        reported_value=Decimal("3.0"), coverage=Coverage.CUMULATIVE, bound="gte",
    )  # fmt: skip
    school.record_status(Status.IN_PROGRESS, evidence=evidence, effective_on=date(2024, 12, 31), note="在建")
    notice = SourceFactory.create(
        kind=SourceKind.OUTCOME_NOTICE, jurisdiction=place, report=report, is_public=True, title="完成情况“通报”",
        url="https://mirror.example/1", original_url="https://yubei.example/1", address_doubt="原页未能打开",
        address_doubt_en="The original did not open", file="evidence/2024/渝北 (1)~é%.pdf", file_sha256="0" * 64,
        published_on=None, retrieved_on=date(2022, 5, 2), indicators_total=7, indicators_met=7, tasks_total=106,
        tasks_done=94, tasks_partly=12,
    )  # fmt: skip
    waiting = EvidenceFactory.create(
        commitment=hospital, source=notice, as_of=date(2022, 1, 31), verdict=Status.NOT_MET, quote="未启动\n待定",
        place="第2页", item_number="第10项", official_word="部分完成", delay_reason=DelayReason.LAND,
        announced_on=date(2022, 6, 30),
    )  # fmt: skip
    hospital.record_status(
        Status.NOT_MET, evidence=waiting, effective_on=date(2022, 1, 31), reason_code=DelayReason.LAND,
        note="用地未批\n待定",
    )  # fmt: skip
    opened = EvidenceFactory.create(
        commitment=road, source=SourceFactory.create(published_on=date(2022, 5, 3)), as_of=date(2022, 5, 1),
        happened_on=date(2022, 4, 20), happened_precision=Precision.DAY,
    )  # fmt: skip
    road.record_status(Status.COMPLETED, evidence=opened, effective_on=date(2022, 5, 1))
    SuccessionFactory.create(
        predecessor=place, successor=None, successor_name="两江新区", scope="五镇“除外”", source=SourceFactory.create()
    )
    SuccessionFactory.create(predecessor=place, successor=city, on=date(2025, 11, 7))
    RestatementFactory.create(earlier=school, later=restated, phase=RestatementPhase.NEXT, note="下一阶段")
    ResponsibilityFactory.create(commitment=school, department=DepartmentFactory.create(jurisdiction=place))
    hidden = _hidden(report, later, school)
    return World(report, later, project, school, hospital, road, restated, achievement, evidence, notice, hidden)


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
    said = {"note": HIDDEN, "note_en": HIDDEN, "quote": HIDDEN, "place": HIDDEN}
    unread = [_hidden_source() for _number in range(4)]
    proofs = [
        EvidenceFactory.create(commitment=school, source=unread[0], review_state=Verification.PROPOSED, **said),
        EvidenceFactory.create(commitment=school, source=unread[1], review_state=Verification.REJECTED, **said),
        EvidenceFactory.create(commitment=school, achievement=claims[0], **said),
        EvidenceFactory.create(commitment=unseen[0], source=unread[2], **said),
    ]
    unseen[0].record_status(Status.COMPLETED, evidence=proofs[3], effective_on=date(2022, 1, 1), note=HIDDEN)
    # About a public report, but nobody made it public; and made public, but about a report that is not.
    unread += [_hidden_source(report=report, tasks_total=999), _hidden_source(report=draft, is_public=True)]
    # The status of a public promise may rest on evidence whose achievement was public once.
    claim = AchievementFactory.create(report=later, position=42, **SECRET)
    rests = EvidenceFactory.create(commitment=public, achievement=claim, verdict=Status.PARTIAL, **said)
    public.record_status(Status.PARTIAL, evidence=rests, effective_on=date(2022, 2, 2))
    Achievement.objects.filter(pk=claim.pk).update(review_state=ReviewState.WITHDRAWN)
    claims.append(claim)
    RestatementFactory.create(earlier=school, later=public, review_state=Verification.PROPOSED, note=HIDDEN)
    RestatementFactory.create(earlier=school, later=unseen[1], note=HIDDEN)
    ResponsibilityFactory.create(commitment=unseen[0], department=DepartmentFactory.create(jurisdiction=place))
    return (draft, withdrawn, project, gone, *unseen, *claims, *proofs, rests, *unread)


def _hidden_source(**fields: Any) -> Source:
    words = dict.fromkeys(("title", "title_en", "publisher", "address_doubt", "note", "file_sha256"), HIDDEN)
    source: Source = SourceFactory.create(**words, file="evidence/2024/HIDDEN.pdf", **fields)
    return source
