import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from projects.choices import Category, ReviewState
from projects.models import Report
from seeds.evaluation.gold import folder
from tests import factories

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> list[str]:
    out = io.StringIO()
    call_command("labels", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def report() -> Report:
    """A report with a published promise, a rejected outcome and a published one of trade."""
    report = factories.ReportFactory.create()
    factories.CommitmentFactory.create(report=report, position=3, quantity=12, unit="所", comparator="eq")
    factories.AchievementFactory.create(report=report, position=1, review_state=ReviewState.REJECTED)
    factories.AchievementFactory.create(report=report, position=2, category=Category.ECONOMY)
    return report


def name(report: Report) -> str:
    return f"{report.jurisdiction_id}-{report.year}"


def test_every_decision_is_a_label(report: Report) -> None:
    factories.CommitmentFactory.create(report=report, position=4, review_state=ReviewState.CANDIDATE)
    rows: list[dict[str, Any]] = [json.loads(line) for line in run()]
    assert [(row["kind"], row["category"], row["taken"]) for row in rows] == [
        ("achievement", "education", False),
        ("achievement", "economy", True),
        ("commitment", "education", True),
    ]
    assert {row["report"] for row in rows} == {name(report)}
    assert (rows[2]["quantity"], rows[2]["unit"], rows[2]["due_on"]) == (12, "所", "2021-12-31")


def test_a_report_that_was_gone_through_can_be_measured(report: Report, tmp_path: Path) -> None:
    assert run("--out", tmp_path) == [f"{name(report)}: 1 statements"]
    (gold,) = folder(tmp_path)
    assert gold.name == name(report)
    assert gold.text == report.text
    assert [(row.kind, row.category, row.quantity) for row in gold.rows] == [("commitment", "education", 12)]


def test_a_report_with_open_cases_is_left_out(report: Report, tmp_path: Path) -> None:
    factories.CommitmentFactory.create(report=report, position=4, review_state=ReviewState.CANDIDATE)
    assert run("--out", tmp_path) == [f"{name(report)}: left out, 1 wait for a decision, 1 are published"]
    assert list(tmp_path.iterdir()) == []
