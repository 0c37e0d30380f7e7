"""What tests of pages share: rows of every kind, and a page's words outside its markup."""

import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Final

from projects.choices import Comparator, Coverage, DelayReason, Precision, SourceKind, Status
from projects.models import Achievement, Commitment, Evidence, Jurisdiction, Project, Report
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

CHINESE: Final = re.compile(r"[㐀-鿿＀-￯　-〿]+")


@dataclass(frozen=True)
class World:
    """One place with two reports, a project, and a commitment that has everything a page can show."""

    place: Jurisdiction
    earlier: Report
    later: Report
    project: Project
    commitment: Commitment
    again: Commitment
    claim: Achievement
    official: Evidence
    media: Evidence


def world() -> World:
    """Make the rows: two reports of one district, and links of every kind between them."""
    city = JurisdictionFactory.create(code="500000", name="重庆市", name_en="Chongqing", level="province")
    place = JurisdictionFactory.create(code="500112", name="渝北区", name_en="Yubei District", parent=city)
    texts = {"title_en": "Work report", "session_en": "Session", "publisher_en": "District government"}
    earlier = ReportFactory.create(jurisdiction=place, year=2021, delivered_on=date(2021, 3, 10), **texts)
    later = ReportFactory.create(
        jurisdiction=place, year=2025, delivered_on=date(2025, 1, 8), document_number="渝北府发〔2025〕1号", **texts
    )
    project = ProjectFactory.create(jurisdiction=place, name="悦来中学", name_en="Yuelai School", aliases=["悦来校区"])
    commitment = CommitmentFactory.create(
        report=earlier, position=1, project=project, quantity=63_000_000, unit="人次", comparator="gte"
    )
    again = CommitmentFactory.create(report=later, position=2, project=project, due_on=date(2025, 12, 31))
    claim = AchievementFactory.create(report=later, position=3, project=project)
    official = EvidenceFactory.create(
        commitment=commitment, achievement=claim, as_of=date(2024, 12, 31), verdict=Status.PARTIAL,
        reported_value=48_677_000, coverage=Coverage.CUMULATIVE, bound=Comparator.EQ,
        note="已完成一部分。", note_en="A part is done.",
    )  # fmt: skip
    media = _report_of_the_press(commitment)
    commitment.refresh_from_db()
    commitment.record_status(
        Status.PARTIAL, evidence=official, effective_on=date(2024, 12, 31), note="状态说明", note_en="Why so"
    )
    _score_and_succession(earlier)
    RestatementFactory.create(earlier=commitment, later=again, note="再次提出。", note_en="Promised again.")
    department = DepartmentFactory.create(jurisdiction=place, name="教育局", name_en="Education Bureau")
    ResponsibilityFactory.create(commitment=commitment, department=department)
    return World(place, earlier, later, project, commitment, again, claim, official, media)


def _report_of_the_press(commitment: Commitment) -> Evidence:
    """Make evidence that has everything which a page can show, from a copy whose original is known."""
    paper = SourceFactory.create(
        title="一号楼动工", title_en="Work begins on No. 1", publisher="重庆日报", publisher_en="Chongqing Daily",
        url="https://copy.example/1", original_url="https://paper.example/1", file="evidence/2022/a.pdf",
        address_doubt="读的是转载。", address_doubt_en="Read as a copy.", document_number="第1号",
    )  # fmt: skip
    media: Evidence = EvidenceFactory.create(
        commitment=commitment, source=paper, verdict=Status.IN_PROGRESS, as_of=date(2022, 1, 4), quote="一号楼已动工",
        place="第3版", item_number="第10项", official_word="达序时", delay_reason=DelayReason.APPROVAL,
        happened_on=date(2022, 1, 31), happened_precision=Precision.MONTH, announced_on=date(2022, 6, 30),
        reported_value=1, coverage=Coverage.PERIOD, bound=Comparator.GTE, value_from=date(2021, 1, 1), is_forecast=True,
        note="在建。", note_en="",
    )  # fmt: skip
    return media


def _score_and_succession(report: Report) -> None:
    """Make the government's own score of a report, and a government that takes over from it on its word."""
    notice = SourceFactory.create(
        kind=SourceKind.OUTCOME_NOTICE, jurisdiction=report.jurisdiction, report=report, is_public=True,
        title="完成情况", title_en="Outcome", publisher="区政府", publisher_en="District government", published_on=None,
        indicators_total=7, indicators_met=7, tasks_total=106, tasks_done=94, tasks_partly=12,
    )  # fmt: skip
    SuccessionFactory.create(
        predecessor=report.jurisdiction, successor=None, successor_name="新区", successor_name_en="New Area",
        on=date(2026, 1, 1), scope="全部", scope_en="All of it", source=notice,
    )  # fmt: skip


class _Words(HTMLParser):
    """Collects texts and the attributes that are read out, outside elements marked as Chinese."""

    READ: Final = ("content", "title", "aria-label", "placeholder")
    VOID: Final = frozenset({"meta", "link", "input", "br", "rect", "img", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.languages: list[str] = ["en"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.languages[-1]
        if not language.startswith("zh"):
            self.found += [given[name] or "" for name in self.READ if name in given]
        if tag not in self.VOID:
            self.languages.append(language)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        if not self.languages[-1].startswith("zh"):
            self.found.append(data)


def unmarked_chinese(html: str) -> list[str]:
    """Return the runs of Chinese characters that stand outside elements marked as Chinese."""
    words = _Words()
    words.feed(html)
    assert len(words.languages) == 1, "the page's elements are not closed in order"
    return [run for text in words.found for run in CHINESE.findall(text)]
