"""A bridge promised in three reports, a school that the next report tells of, a tunnel that nobody mentions again."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from projects.choices import Change, Milestone
from projects.models import Commitment, Report, ReportPair
from tests import factories

PLACE = "500112"


@dataclass(frozen=True, slots=True)
class Years:
    """The promises by what became of them; ``bridge`` has those of 2021, 2022 and 2023."""

    reports: dict[int, Report]
    bridge: tuple[Commitment, ...]
    school: Commitment
    tunnel: Commitment
    goal: Commitment


def years() -> Years:
    """Make three public reports of which somebody has gone through 2021 → 2022 alone."""
    place = factories.JurisdictionFactory.create(code=PLACE, name="渝北区", name_en="Yubei District")
    reports = {
        year: factories.ReportFactory.create(jurisdiction=place, year=year, delivered_on=date(year, 1, 20))
        for year in (2021, 2022, 2023)
    }
    titles = {"title": "清河大桥建成", "title_en": "Qinghe Bridge completed", "milestone": Milestone.COMPLETE}
    bridge = tuple(
        factories.CommitmentFactory.create(report=report, due_on=date(year, 12, 31), **titles)
        for year, report in reports.items()
    )
    for (earlier, later), change in zip(
        ((bridge[0], bridge[1]), (bridge[1], bridge[2])), (Change.REDATED, Change.SOFTENED), strict=True
    ):
        factories.RestatementFactory.create(earlier=earlier, later=later, change=change)
    school, tunnel = (
        factories.CommitmentFactory.create(report=reports[2021], due_on=date(2021, 12, 31), title=title)
        for title in ("柳溪小学", "云岭隧道")
    )
    goal = factories.CommitmentFactory.create(report=reports[2021], due_on=date(2025, 12, 31), title="五年目标")
    opened = factories.AchievementFactory.create(
        report=reports[2022], period_end=date(2021, 12, 31), title="柳溪小学开学", title_en="Liuxi School opened"
    )
    factories.EvidenceFactory.create(commitment=school, achievement=opened, source=None, as_of=date(2021, 12, 31))
    ReportPair.objects.create(earlier=reports[2021], later=reports[2022], gone_through_at=timezone.now())
    return Years(reports, bridge, school, tunnel, goal)
