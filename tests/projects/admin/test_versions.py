"""Two people at one row: nothing that one has written is lost by what the other writes."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from projects.admin.access_admin import CURATORS
from projects.choices import Category, ReviewState, Status
from projects.models import Commitment, OverdueEvent, Responsibility
from tests import factories
from tests.projects.admin.posting import confirm, errors_of, filled, post_form

pytestmark = pytest.mark.django_db
LOST = "没有保存：这一页打开以后，别人改过这条记录"


@pytest.fixture
def colleague() -> Client:
    """The browser of another curator."""
    user = User.objects.create_user("zhao", is_staff=True)
    user.groups.add(Group.objects.get(name=CURATORS))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def row() -> Commitment:
    found: Commitment = factories.CommitmentFactory.create(title="原题", category=Category.EDUCATION)
    return found


def address(row: Any) -> str:
    return reverse(f"admin:projects_{row._meta.model_name}_change", args=[row.pk])


def test_a_colleagues_title_survives_a_page_that_was_open(
    curator_client: Client, colleague: Client, row: Commitment
) -> None:
    open_page = curator_client.get(address(row))
    assert post_form(colleague, address(row), title="赵改的题").status_code == 302
    refused = curator_client.post(address(row), filled(open_page, category=Category.HEALTH, title_en="Mine"))
    assert LOST in errors_of(refused)["__all__"][0]
    row.refresh_from_db()
    assert (row.title, row.category, row.title_en) == (
        "赵改的题",
        Category.EDUCATION,
        open_page.context["original"].title_en,
    )
    form = refused.context["adminform"].form
    assert (form["title"].value(), form["category"].value(), form["title_en"].value()) == ("赵改的题", "health", "Mine")
    page = refused.content.decode()
    assert "zhao 于" in page
    assert "<td>原题</td><td><ins>赵改的题</ins></td>" in page
    assert curator_client.post(address(row), filled(refused)).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.category, row.title_en) == ("赵改的题", Category.HEALTH, "Mine")


def test_what_both_have_typed_stands_side_by_side(curator_client: Client, colleague: Client, row: Commitment) -> None:
    open_page = curator_client.get(address(row))
    post_form(colleague, address(row), title="赵改的题")
    refused = curator_client.post(address(row), filled(open_page, title="李改的题"))
    assert refused.context["adminform"].form["title"].value() == "李改的题"
    assert "<td>原题</td><td><ins>赵改的题</ins></td><td><mark>李改的题</mark></td>" in refused.content.decode()
    row.refresh_from_db()
    assert row.title == "赵改的题"


def test_the_key_that_publishes_writes_over_nothing(curator_client: Client, colleague: Client) -> None:
    row = factories.CommitmentFactory.create(review_state=ReviewState.CANDIDATE, title="原题")
    open_page = curator_client.get(address(row))
    post_form(colleague, address(row), title="赵改的题")
    refused = curator_client.post(address(row), filled(open_page, _publish_next="1"))
    assert LOST in errors_of(refused)["__all__"][0]
    row.refresh_from_db()
    assert (row.title, row.review_state) == ("赵改的题", ReviewState.CANDIDATE)


def test_what_a_colleague_has_rejected_is_not_published_unseen(curator_client: Client, colleague: Client) -> None:
    row = factories.CommitmentFactory.create(review_state=ReviewState.CANDIDATE)
    open_page = curator_client.get(address(row))
    post_form(colleague, address(row), _reject_next="1")
    refused = curator_client.post(address(row), filled(open_page, _publish_next="1"))
    assert "待审核</td><td><ins>不采用</ins>" in refused.content.decode()
    row.refresh_from_db()
    assert row.review_state == ReviewState.REJECTED


def test_a_row_that_is_written_beside_is_not_lost(curator_client: Client, colleague: Client, row: Commitment) -> None:
    open_page = curator_client.get(address(row))
    department = factories.DepartmentFactory.create(jurisdiction=row.jurisdiction)
    Responsibility.objects.create(commitment=row, department=department, role="lead")
    errors = errors_of(curator_client.post(address(row), filled(open_page, title="李改的题")))["__all__"]
    assert LOST in errors[0]
    assert department.name in errors[1]
    row.refresh_from_db()
    assert row.title == "原题"


def test_what_the_form_does_not_hold_is_no_conflict(curator_client: Client, row: Commitment) -> None:
    open_page = curator_client.get(address(row))
    Commitment.objects.filter(pk=row.pk).update(delay_note="来源的说明")
    assert curator_client.post(address(row), filled(open_page, title="李改的题")).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.delay_note) == ("李改的题", "来源的说明")


def test_a_form_without_its_version_is_refused(curator_client: Client, row: Commitment) -> None:
    data = filled(curator_client.get(address(row)), title="李改的题")
    del data["row_version"]
    assert LOST in errors_of(curator_client.post(address(row), data))["__all__"][0]
    row.refresh_from_db()
    assert row.title == "原题"


@pytest.mark.parametrize("factory", [factories.ProjectFactory, factories.SourceFactory, factories.DepartmentFactory])
def test_every_page_carries_its_version(curator_client: Client, colleague: Client, factory: Any) -> None:
    row = factory.create()
    name = "title" if hasattr(row, "title") else "name"
    open_page = curator_client.get(address(row))
    post_form(colleague, address(row), **{name: "赵改的名"})
    assert LOST in errors_of(curator_client.post(address(row), filled(open_page)))["__all__"][0]
    row.refresh_from_db()
    assert getattr(row, name) == "赵改的名"


def test_a_list_is_published_as_it_was_confirmed_or_not_at_all(curator_client: Client, colleague: Client) -> None:
    report = factories.ReportFactory.create()
    rows = [
        factories.CommitmentFactory.create(report=report, position=place, review_state=ReviewState.CANDIDATE)
        for place in (1, 2)
    ]
    chosen = {"action": "publish", "_selected_action": [row.pk for row in rows]}
    asked = curator_client.post("/admin/projects/commitment/", chosen)
    post_form(colleague, address(rows[1]), title="赵改的题")
    confirmed = {**chosen, "version": asked.context["version"], "confirmed": "1"}
    page = curator_client.post("/admin/projects/commitment/", confirmed, follow=True).content.decode()
    assert "没有执行：确认页打开以后，所选的记录有了改动" in page
    assert not Commitment.objects.published().exists()
    confirm(curator_client, "/admin/projects/commitment/", chosen)
    assert Commitment.objects.published().count() == 2


def test_a_status_is_not_decided_on_a_page_that_is_past(curator_client: Client, colleague: Client) -> None:
    evidence = factories.EvidenceFactory.create(verdict=Status.IN_PROGRESS)
    status_page = reverse("admin:projects_commitment_status", args=[evidence.commitment_id])
    open_page = curator_client.get(status_page)
    post_form(colleague, address(evidence.commitment), title="赵改的题")
    errors = errors_of(curator_client.post(status_page, filled(open_page, note="我的说明")))
    assert "没有记录：这一页打开以后" in errors["__all__"][0]
    evidence.commitment.refresh_from_db()
    assert evidence.commitment.status == Status.NOT_ASSESSED
    assert not OverdueEvent.objects.filter(commitment=evidence.commitment).exists()
