"""The offices' own sheet: out as a workbook and on paper, in again without a change, back filled in with outcomes."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from django.db.models import F
from django.test import Client
from openpyxl.worksheet.worksheet import Worksheet
from pytest_django import Settings

from projects import acceptance
from projects.api.exports.table import OFFICE_HEADER, mark
from projects.choices import DelayReason, Milestone, ReportState, ResponsibilityRole, ReviewState, RunState, Status
from projects.models import Commitment, Evidence, RowLink
from seeds.official.alignment import Alignment, Promise, align
from seeds.official.document import OfficialDocument, read_official
from seeds.reading import read
from tests.factories import (
    CommitmentFactory,
    DepartmentFactory,
    EvidenceFactory,
    ReportFactory,
    ResponsibilityFactory,
    SourceFactory,
)
from tests.seeds import papers

LIST: Final = "/api/v1/commitments/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def commitments() -> list[Commitment]:
    """Of one report: one with a value and two departments, one without anything, two that say the same."""
    report = ReportFactory.create(year=2025, delivered_on=date(2025, 1, 8))
    school, hospital, road, again = (
        CommitmentFactory.create(report=report, title=title, due_on=date(2025, 12, 31), **more)
        for title, more in (
            ("新建学校11所", {"quantity": Decimal(11), "unit": "所", "comparator": "eq"}),
            ("建成区人民医院", {}), ("打通断头路4条", {}), ("打通断头路4条", {}),
        )
    )  # fmt: skip
    place = report.jurisdiction
    for name, role in (("区教委", ResponsibilityRole.LEAD), ("区住建委", ResponsibilityRole.COOPERATING)):
        department = DepartmentFactory.create(jurisdiction=place, name=name)
        ResponsibilityFactory.create(commitment=school, department=department, role=role)
    source = SourceFactory.create(published_on=date(2025, 7, 10))
    evidence = EvidenceFactory.create(
        commitment=school,
        source=source,
        as_of=date(2025, 6, 30),
        verdict=Status.IN_PROGRESS,
        reported_value=Decimal("5.0"),
    )
    school.record_status(
        Status.IN_PROGRESS,
        evidence=evidence,
        effective_on=date(2025, 6, 30),
        reason_code=DelayReason.LAND,
        note="待拆迁",
    )
    return [school, hospital, road, again]


def office(query: str = "") -> bytes:
    answer = Client().get(f"{LIST}?format=office&ordering=id{query}")
    assert answer.status_code == 200
    return b"".join(answer)


def sheet_of(content: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def cells(content: bytes) -> list[list[object]]:
    return [list(row) for row in sheet_of(content).iter_rows(values_only=True)]


def changed(content: bytes, **answers: str) -> bytes:
    """The workbook as a department sends it back: cells by their address."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, text in answers.items():
        book.worksheets[0][place] = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def again(content: bytes, known: list[Commitment]) -> tuple[OfficialDocument, list[Alignment]]:
    """What the reader makes of a sheet, and which commitments its rows are about."""
    document = read_official(read(content, filename="台账.xlsx").blocks, 2025)
    promises = [Promise(one.start, one.end, one.title, one.quote, (), one.due_on, one.pk) for one in known]
    return document, align([task.row for task in document.tasks], promises, 2025)


def test_the_sheet_bears_the_offices_own_header(commitments: list[Commitment]) -> None:
    title, header, school, hospital, *_rest = cells(office())
    assert str(title[0]).startswith("政府工作报告任务推进情况表（截至")
    assert tuple(header) == OFFICE_HEADER
    assert school[:5] == [1, "新建学校11所", "区教委", "区住建委", "2025年12月31日前"]
    assert school[5] == "截至2025年6月30日，5所；延误原因：用地（待拆迁）"
    assert school[6] == "推进中"
    assert [cell or "" for cell in hospital[2:8]] == ["", "", "2025年12月31日前", "", "", ""]
    assert f"/commitments/{commitments[0].pk}/#" in str(school[8])


def test_it_is_narrowed_like_the_list(commitments: list[Commitment]) -> None:
    assert [row[1] for row in cells(office("&q=断头路"))[2:]] == ["打通断头路4条"] * 2
    assert str(cells(office("&year=2025"))[0][0]).startswith("2025年政府工作报告任务推进情况表（")
    assert len(commitments) == 4


def test_what_names_no_end_has_no_deadline(commitments: list[Commitment]) -> None:
    Commitment.objects.filter(pk=commitments[1].pk).update(milestone=Milestone.PROGRESS)
    assert [row[4] for row in cells(office())[3:5]] == ["持续推进", "2025年12月31日前"]


def test_read_again_it_finds_each_commitment_and_tells_nothing_new(commitments: list[Commitment]) -> None:
    document, pairs = again(office(), commitments)
    assert [(pair.row, pair.promise.number, pair.score) for pair in pairs] == [
        (at, one.pk, 1.0) for at, one in enumerate(commitments)
    ]
    assert [task.outcome for task in document.tasks] == [None] * 4
    assert [(task.lead, task.cooperating, task.due_on) for task in document.tasks[:2]] == [
        (["区教委"], ["区住建委"], None), ([], [], None),
    ]  # fmt: skip


def test_filled_in_it_tells_outcomes_of_the_rows_that_were_filled_in(commitments: list[Commitment]) -> None:
    filled = changed(
        office(),
        F3="全年任务11所，已建成12所",
        G3="已完成",
        H3="是",
        F5="因征地拆迁未完成，已打通2条",
        H5="否",
        F4="",
        E4="2025年9月底前",
    )
    document, pairs = again(filled, commitments)
    assert [pair.promise.number for pair in pairs] == [one.pk for one in commitments]
    school, hospital, road, same = (task.outcome for task in document.tasks)
    assert school is not None
    assert (school.verdict, school.official_word, school.value, school.unit) == ("completed", "已完成", 12, "所")
    assert road is not None
    assert (road.verdict, road.reason, road.value) == ("in_progress", "land", 2)
    assert (hospital, same) == (None, None)
    assert [task.due_on for task in document.tasks] == [None, date(2025, 9, 30), None, None]


def test_taken_in_and_accepted_again_it_changes_nothing(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    report = papers.report(state=ReportState.PUBLISHED)
    report.commitments.update(review_state=ReviewState.PUBLISHED)
    assert report.commitments.filter(is_public=True).count() > 50
    run = papers.processed(office(), "督查用表.xlsx", year=2025, jurisdiction=report.jurisdiction)
    assert run.state == RunState.DONE, run.reason
    links = RowLink.objects.filter(source_row__source=run.source)
    assert links.count() == report.commitments.filter(is_public=True).count()
    assert set(links.values_list("score", flat=True)) == {1}
    assert not links.exclude(source_row__text=F("commitment__title")).exists()
    before = list(report.commitments.order_by("pk").values("pk", "due_on", "due_basis", "status"))
    effects = acceptance.accept(links.values_list("pk", flat=True), None)
    assert {effect.state for effect in effects} == {"same"}
    assert list(report.commitments.order_by("pk").values("pk", "due_on", "due_basis", "status")) == before
    assert not Evidence.objects.exists()


def test_a_sheet_of_other_commitments_is_not_aligned_by_its_words(commitments: list[Commitment]) -> None:
    _document, pairs = again(office(), commitments[:3])
    assert [pair.promise.number for pair in pairs] == [one.pk for one in commitments[:3]]


def test_sorted_and_with_a_column_of_their_own_the_rows_stay_whose_they_are(commitments: list[Commitment]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(office()))
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    for at, row in enumerate(reversed(rows), 3):
        for column, value in enumerate([*row[:8], "电话通知", row[8]], 1):
            sheet.cell(at, column).value = value
    sheet.cell(2, 9, "备注")
    sheet.cell(2, 10, "承诺网址")
    out = io.BytesIO()
    book.save(out)
    document, pairs = again(out.getvalue(), commitments)
    assert [pair.promise.number for pair in pairs] == [one.pk for one in reversed(commitments)]
    assert [task.outcome for task in document.tasks] == [None] * 4


@pytest.mark.parametrize("query", ["lang=en", "header=codes", "cells=labels", "bom=true", "fields=id"])
@pytest.mark.parametrize("kind", ["office", "print"])
def test_what_would_change_the_sheet_is_refused(kind: str, query: str) -> None:
    answer = Client().get(f"{LIST}?format={kind}&{query}")
    assert answer.status_code == 400
    assert query.split("=", maxsplit=1)[0].encode() in answer.content


@pytest.mark.parametrize("kind", ["office", "print"])
def test_only_commitments_have_the_sheet(kind: str) -> None:
    assert Client().get(f"/api/v1/achievements/?format={kind}").status_code == 400


def test_the_page_to_print_says_the_same_and_no_addresses(commitments: list[Commitment], settings: Settings) -> None:
    answer = Client().get(f"{LIST}?format=print&ordering=id")
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert "Content-Disposition" not in answer
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; style-src 'self'"
    text = answer.content.decode()
    assert all(word in text for word in (*OFFICE_HEADER[:8], "新建学校11所", "延误原因：用地（待拆迁）", "共 4 项"))
    assert f"/commitments/{commitments[0].pk}" not in text
    settings.EXPORT_XLSX_ROWS = 3
    assert Client().get(f"{LIST}?format=print").status_code == 400


def test_an_empty_sheet_is_a_sheet() -> None:
    assert cells(office("&year=1999"))[1][0] == "序号"
    assert "没有符合条件的承诺" in Client().get(f"{LIST}?format=print&year=1999").content.decode()


def test_the_mark_passes_over_blanks() -> None:
    assert mark(["已建成 5所", "", "是"]) == mark(["已建成5所", "是", ""])
    assert mark(["已建成5所"]) != mark(["已建成6所"])
