"""A department's page: its promises by due state, its part in them, and where a merged one leads."""

from datetime import date

import pytest
from django.test import Client

from projects.choices import ResponsibilityRole, ReviewState
from projects.models import Department
from projects.views import departments
from tests.factories import CommitmentFactory, DepartmentFactory, EvidenceFactory, ResponsibilityFactory
from tests.projects.views.conftest import Read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early_in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 2, 1))


@pytest.fixture
def department() -> Department:
    """A department with one promise kept, one that nobody has looked at and one that is not public."""
    found: Department = DepartmentFactory.create(name="区教委", name_en="Education Commission", aliases=["教育局"])
    kept = CommitmentFactory.create(title="建成甲学校", title_en="School A", report__jurisdiction=found.jurisdiction)
    evidence = EvidenceFactory.create(commitment=kept)
    kept.record_status("completed", evidence=evidence, effective_on=evidence.as_of)
    waiting = CommitmentFactory.create(title="建成乙学校", title_en="School B", report=kept.report)
    hidden = CommitmentFactory.create(title="丙学校", report=kept.report, review_state=ReviewState.CANDIDATE)
    ResponsibilityFactory.create(department=found, commitment=kept)
    ResponsibilityFactory.create(department=found, commitment=waiting, role=ResponsibilityRole.COOPERATING)
    ResponsibilityFactory.create(department=found, commitment=hidden)
    for commitment in (kept, waiting):
        ResponsibilityFactory.create(department__jurisdiction=found.jurisdiction, commitment=commitment)
    return found


def test_promises_stand_by_what_became_of_them(read: Read, department: Department) -> None:
    html = read(f"/departments/{department.pk}/")
    unverified, kept = html.index('id="unverified"'), html.index('id="kept"')
    assert unverified < html.index("建成乙学校") < kept < html.index("建成甲学校")
    assert "丙学校" not in html
    assert (
        f"?due_state=kept&amp;department={department.pk}" in html
        or f"?due_state=kept&department={department.pk}" in html
    )
    assert "牵头 1 条" in html
    assert "配合 1 条" in html
    assert "教育局" in html
    assert f'href="/places/{department.jurisdiction_id}/"' in html


def test_english(read: Read, department: Department) -> None:
    html = read(f"/en/departments/{department.pk}/")
    assert "Education Commission" in html
    assert "leads 1" in html
    assert "School A" in html


def test_the_list_has_what_the_page_leaves_out(
    read: Read, department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(departments, "SHOWN", 1)
    first = department.responsibilities.earliest("pk").commitment
    for number in (1, 2):
        more = CommitmentFactory.create(report=first.report, title=f"更多{number}")
        ResponsibilityFactory.create(department=department, commitment=more)
    assert "全部 3 条" in read(f"/departments/{department.pk}/")


def test_one_without_public_promises_says_so(read: Read) -> None:
    assert "还没有登记" in read(f"/departments/{DepartmentFactory.create().pk}/")


def test_a_merged_one_leads_to_what_it_became(client: Client, department: Department) -> None:
    old = DepartmentFactory.create(jurisdiction=department.jurisdiction, merged_into=department)
    response = client.get(f"/departments/{old.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"/departments/{department.pk}/")
    assert client.get(f"/api/v1/departments/{old.pk}/").status_code == 404
    assert client.get("/departments/999999/").status_code == 404


def test_place_and_commitment_lead_to_it(read: Read, department: Department) -> None:
    empty = DepartmentFactory.create(jurisdiction=department.jurisdiction)
    html = read(f"/places/{department.jurisdiction_id}/")
    assert f'href="/departments/{department.pk}/"' in html
    assert "2 条承诺" in html
    assert f'href="/departments/{empty.pk}/"' not in html
    commitment = department.responsibilities.earliest("pk").commitment
    assert f'href="/departments/{department.pk}/"' in read(f"/commitments/{commitment.pk}/")
