"""What tests of pages share: rows of every kind, and a page's words outside its markup."""

import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Final

from projects.choices import SourceKind, Status
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
    independent: Evidence


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
        commitment=commitment, achievement=claim, url="", publisher="", published_on=None, as_of=date(2024, 12, 31),
        source_kind=SourceKind.OFFICIAL_CLAIM, verdict=Status.PARTIAL, reported_value=48_677_000,
        note="已完成一部分。", note_en="A part is done.",
    )  # fmt: skip
    independent = EvidenceFactory.create(commitment=commitment, verdict=Status.IN_PROGRESS, note="在建。", note_en="")
    commitment.refresh_from_db()
    commitment.record_status(
        Status.PARTIAL, evidence=official, effective_on=date(2024, 12, 31), note="状态说明", note_en="Why so"
    )
    RestatementFactory.create(earlier=commitment, later=again, note="再次提出。", note_en="Promised again.")
    department = DepartmentFactory.create(jurisdiction=place, name="教育局", name_en="Education Bureau")
    ResponsibilityFactory.create(commitment=commitment, department=department)
    return World(place, earlier, later, project, commitment, again, claim, official, independent)


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
