"""What the program takes for today is Beijing's day, in Python and in SQL, whatever day it is elsewhere.

Beyond the moment at which they happen to run, these tell right from wrong under ``tests.clock.plugin``.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects import sweep, tasks
from projects.admin.versions import row_version
from projects.api import dataset
from projects.models import Commitment, DatasetVersion, OverdueEvent, StatusChange
from seeds.load import seed
from tests.clock.moments import BEIJING
from tests.factories import ApiTokenFactory, CommitmentFactory, EvidenceFactory
from tests.seeds.data import Directory

DAY: Final = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    """The day in Beijing when the test begins."""
    return datetime.now(BEIJING).date()


def test_the_sweep_is_of_today(today: date) -> None:
    CommitmentFactory.create(due_on=today, due_basis="stated")
    late = CommitmentFactory.create(due_on=today - DAY, due_basis="stated")
    # The rows of a new database are of the day on which its files were made.
    DatasetVersion.objects.update(changed_at=timezone.now())
    assert tasks.sweep_overdue() == {"on": str(today), "flagged": 1, "cleared": 0}
    assert OverdueEvent.objects.get().commitment == late


def test_a_flag_is_cleared_today(today: date) -> None:
    row = CommitmentFactory.create()
    sweep.record_overdue(on=today)
    type(row).objects.filter(pk=row.pk).update(due_on=date(2199, 12, 31))
    assert [(event.kind, event.on) for event in OverdueEvent.objects.order_by("id")] == [
        ("flagged", today),
        ("cleared", today),
    ]


def test_a_loaded_status_that_left_is_taken_back_today(today: date, tmp_path: Path) -> None:
    directory = Directory(tmp_path)
    seed(directory.write())
    directory.curated["statuses"].clear()
    seed(directory.write())
    assert [change.effective_on for change in StatusChange.objects.order_by("id")] == [date(2021, 12, 31), today]


def test_what_is_overdue_today_was_due_yesterday(today: date, client: Client) -> None:
    for number in (-1, 0, 1):
        CommitmentFactory.create(due_on=today + number * DAY, due_basis="stated", title=f"第{number}天")
    found = client.get("/api/v1/commitments/?overdue=true").json()["results"]
    assert [row["title"] for row in found] == ["第-1天"]
    assert dataset.today() == today


def test_the_pages_say_the_day(today: date, client: Client) -> None:
    CommitmentFactory.create(due_on=today - DAY, due_basis="stated")
    assert f"截至 {today}" in client.get("/").content.decode()
    page = client.get("/commitments/?overdue=true").content.decode()
    assert "到期已 1 天" in page


def test_a_download_is_named_after_the_day(today: date, client: Client) -> None:
    answer = client.get("/api/v1/commitments/?format=csv")
    assert f"_{today}.csv" in answer["Content-Disposition"]


def test_an_answer_of_yesterday_does_not_hold_today(today: date, client: Client) -> None:
    CommitmentFactory.create()
    assert f"-{today:%Y%m%d}-" in client.get("/api/v1/commitments/")["ETag"]


@pytest.mark.parametrize(("days", "status"), [(0, 201), (1, 422)])
def test_a_program_proposes_nothing_of_tomorrow(today: date, client: Client, days: int, status: int) -> None:
    ApiTokenFactory.create(secret="dxp_secret")
    body = {
        "commitment": CommitmentFactory.create().pk,
        "url": "https://news.example/1",
        "title": "第一中学开工",
        "publisher": "某报",
        "source_kind": "media",
        "verdict": "in_progress",
        "published_on": str(today),
        "as_of": str(today + days * DAY),
    }
    answer = client.post(
        "/api/v1/evidence/", body, content_type="application/json", headers={"Authorization": "Bearer dxp_secret"}
    )
    assert answer.status_code == status, answer.content


@pytest.mark.parametrize(("days", "recorded"), [(0, 1), (1, 0)])
def test_a_curator_records_no_status_of_tomorrow(today: date, client: Client, days: int, recorded: int) -> None:
    client.force_login(User.objects.create_superuser("li"))
    evidence = EvidenceFactory.create()
    values = {"status": "completed", "evidence": evidence.pk, "effective_on": str(today + days * DAY)}
    values["row_version"] = row_version(Commitment, [evidence.commitment_id])
    client.post(reverse("admin:projects_commitment_status", args=[evidence.commitment_id]), values)
    assert StatusChange.objects.count() == recorded
