"""A report's words stay as they are under what was read in them, and a government has one report a year."""

import hashlib

import pytest

from projects.choices import ReportState
from projects.models import Report
from tests.factories import CommitmentFactory, ReportFactory
from tests.projects.models.refusals import execute, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    row: Report = ReportFactory.create()
    return row


def test_the_checksum_is_that_of_the_text(report: Report) -> None:
    assert report.sha256 == hashlib.sha256(report.text.encode()).hexdigest()
    with refused("sha256 does not belong"):
        execute("UPDATE projects_report SET sha256 = repeat('0', 64)")
    with refused("sha256 does not belong"):
        execute("UPDATE projects_report SET text = '改过'")


def test_the_text_under_statements_stays(report: Report) -> None:
    CommitmentFactory.create(report=report)
    report.text += "。"
    with refused("has statements and stays"):
        report.save()


def test_a_text_without_statements_may_be_mended(report: Report) -> None:
    report.text += "。"
    report.save()
    report.refresh_from_db()
    assert report.text.endswith("。")


def test_the_same_text_is_kept_once(report: Report) -> None:
    with refused("sha256"):
        ReportFactory.create(text=report.text, year=2022)


def test_a_government_has_one_report_a_year_unless_withdrawn(report: Report) -> None:
    with refused("only_one"):
        ReportFactory.create(jurisdiction=report.jurisdiction, text="另一份")
    Report.objects.update(state=ReportState.WITHDRAWN)
    ReportFactory.create(jurisdiction=report.jurisdiction, text="另一份")


@pytest.mark.parametrize("year", [1953, 2101])
def test_an_implausible_year_is_refused(report: Report, year: int) -> None:
    with refused("year_is_plausible"):
        Report.objects.update(year=year)


def test_an_unknown_state_is_refused(report: Report) -> None:
    with refused("state_is_known"):
        execute("UPDATE projects_report SET state = 'public'")


def test_a_report_is_not_deleted(report: Report) -> None:
    with refused("Cannot delete"):
        execute("DELETE FROM projects_report")


def test_a_change_of_place_or_year_carries_the_statements_along(report: Report) -> None:
    row = CommitmentFactory.create(report=report)
    Report.objects.filter(pk=report.pk).update(year=2019)
    row.refresh_from_db()
    assert row.year == 2019


@pytest.mark.parametrize(
    ("title", "called"),
    [("某市政府工作报告", "2021 某市政府工作报告"), ("2021年某市政府工作报告", "2021年某市政府工作报告")],
)
def test_a_report_is_called_by_title_and_year(title: str, called: str) -> None:
    assert str(ReportFactory.build(year=2021, title=title)) == called
