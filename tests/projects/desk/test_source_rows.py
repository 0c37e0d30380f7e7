"""A document's rows beside the promises: shown, filtered, confirmed, written, rejected, chosen by hand."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from projects.admin.access_admin import CURATORS
from projects.choices import RunState, Verification
from projects.models import Commitment, Department, Evidence, ExtractionRun, Responsibility, RowLink, Source
from tests import factories
from tests.seeds import papers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    """Copies of documents go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def curator_client() -> Client:
    """A browser in which a curator is logged in."""
    user = User.objects.create_user("li", is_staff=True)
    user.groups.add(Group.objects.get(name=CURATORS))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def source() -> Source:
    """The table of outcomes as the worker leaves it."""
    papers.report()
    found = papers.processed(papers.outcome_table()).source
    assert found is not None
    return found


def page(source: Source) -> str:
    return reverse("admin:projects_source_rows", args=[source.pk])


def texts(response: Any) -> list[str]:
    return [shown.row.item_number for shown in response.context["rows"]]


def told(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def link_of(source: Source, number: str) -> RowLink:
    return RowLink.objects.filter(source_row__source=source, source_row__item_number=number).latest("score")


def test_rows_stand_beside_promises_with_what_will_follow(curator_client: Client, source: Source) -> None:
    response = curator_client.get(page(source))
    text = response.content.decode()
    assert texts(response) == ["1", "2", "3", "4"]
    assert "待核的证据：未完成，截至 2025-12-31" in text
    assert "原因：用地" in text
    assert "新期限：2026-06-30" in text
    assert "牵头：区教育委员会（新登记的部门）" in text
    assert "没有找到对应的承诺" in text


def test_english_has_no_chinese_words_of_ours(curator_client: Client, source: Source) -> None:
    text = curator_client.get(f"/en{page(source)}").content.decode()
    assert "Lead: 区教育委员会 (new department)" in text
    assert "待核" not in text


@pytest.mark.parametrize(("shown", "numbers"), [("unmatched", ["4"]), ("waiting", ["1", "2", "3"]), ("accepted", [])])
def test_rows_are_narrowed(curator_client: Client, source: Source, shown: str, numbers: list[str]) -> None:
    assert texts(curator_client.get(page(source), {"show": shown})) == numbers


def confirmed(client: Client, source: Source, **data: Any) -> Any:
    """Ask, and confirm what the page shows."""
    asked = client.post(page(source), data)
    links = [shown.effect.link.pk for shown in asked.context["effects"]]
    answer = {"link": links, "version": asked.context["version"], "confirmed": "1"}
    return client.post(page(source), answer, follow=True)


def test_one_row_is_accepted_after_it_was_confirmed(curator_client: Client, source: Source) -> None:
    link = link_of(source, "2")
    asked = curator_client.post(page(source), {"accept": "1", "link": [link.pk]})
    assert "待核的证据：未完成" in asked.content.decode()
    assert not Evidence.objects.exists()
    response = confirmed(curator_client, source, accept="1", link=[link.pk])
    assert "已采纳 1 条对应" in told(response)
    assert Evidence.objects.get().review_state == Verification.PROPOSED
    assert Responsibility.objects.get().department.name == "区经济信息委"


def test_all_above_a_score_are_accepted(curator_client: Client, source: Source) -> None:
    low = link_of(source, "3")
    RowLink.objects.filter(pk=low.pk).update(score=0.7)
    confirmed(curator_client, source, accept_above="1", least="0.80")
    states = dict(RowLink.objects.values_list("source_row__item_number", "review_state"))
    assert (states["1"], states["2"], states["3"]) == (
        Verification.ACCEPTED,
        Verification.ACCEPTED,
        Verification.PROPOSED,
    )


def test_what_changed_meanwhile_is_not_written(curator_client: Client, source: Source) -> None:
    link = link_of(source, "2")
    asked = curator_client.post(page(source), {"accept": "1", "link": [link.pk]})
    factories.DepartmentFactory.create(jurisdiction=source.jurisdiction, name="区经济信息委")
    data = {"link": [link.pk], "version": asked.context["version"], "confirmed": "1"}
    assert "没有写入" in told(curator_client.post(page(source), data, follow=True))
    assert not Evidence.objects.exists()


def test_a_row_that_cannot_be_written_is_named_and_left_out(curator_client: Client, source: Source) -> None:
    Source.objects.filter(pk=source.pk).update(published_on="2025-06-01")
    link = link_of(source, "2")
    asked = curator_client.post(page(source), {"accept": "1", "link": [link.pk]})
    assert asked.context["effects"] == []
    assert "截至日期晚于来源发布的日子" in asked.content.decode()


def test_links_are_rejected(curator_client: Client, source: Source) -> None:
    link = link_of(source, "2")
    response = curator_client.post(page(source), {"reject": "1", "link": [link.pk]}, follow=True)
    assert "已否决 1 条" in told(response)
    assert texts(curator_client.get(page(source), {"show": "unmatched"})) == ["2", "4"]


@pytest.mark.parametrize(
    "data", [{"accept": "1"}, {"accept_above": "1", "least": "much"}, {"accept": "1", "link": "x"}]
)
def test_nothing_chosen_is_said(curator_client: Client, source: Source, data: dict[str, str]) -> None:
    assert "没有选中" in told(curator_client.post(page(source), data, follow=True))


def test_another_commitment_is_found_and_chosen(curator_client: Client, source: Source) -> None:
    row = source.rows.get(item_number="4")
    address = reverse("admin:projects_sourcerow_choose", args=[row.pk])
    found = curator_client.get(address, {"q": "双凤养老"}).context["found"]
    assert [commitment.quote for commitment in found] == ["扩建双凤养老服务中心"]
    response = curator_client.post(address, {"commitment": found[0].pk}, follow=True)
    assert "人工选定" in response.content.decode()
    assert row.links.get().score is None


def test_a_commitment_of_another_report_is_not_offered(curator_client: Client, source: Source) -> None:
    row, foreign = source.rows.first(), factories.CommitmentFactory.create()
    assert row is not None
    address = reverse("admin:projects_sourcerow_choose", args=[row.pk])
    assert curator_client.post(address, {"commitment": foreign.pk}).status_code == 404
    assert not RowLink.objects.filter(commitment=foreign).exists()


def test_who_may_only_look_decides_nothing(source: Source) -> None:
    viewer = User.objects.create_user("wang", is_staff=True)
    client = Client()
    client.force_login(viewer)
    assert client.get(page(source)).status_code == 403
    link = link_of(source, "2")
    assert client.post(page(source), {"reject": "1", "link": [link.pk]}).status_code == 403
    link.refresh_from_db()
    assert link.review_state == Verification.PROPOSED


def test_the_run_leads_to_the_rows(curator_client: Client, source: Source) -> None:
    run = ExtractionRun.objects.get(source=source)
    text = curator_client.get(reverse("admin:projects_extractionrun_change", args=[run.pk])).content.decode()
    assert run.state == RunState.DONE
    assert page(source) in text
    assert "表格 4 行中有 4 行写了进展" in text


def test_the_source_and_the_first_page_lead_to_the_rows(curator_client: Client, source: Source) -> None:
    address = reverse("admin:projects_source_change", args=[source.pk])
    assert page(source) in curator_client.get(address).content.decode()
    other = factories.SourceFactory.create()
    address = reverse("admin:projects_source_change", args=[other.pk])
    assert page(other) not in curator_client.get(address).content.decode()
    waiting = f"<strong>{RowLink.objects.count()}</strong> 待定的文件行"
    assert waiting in curator_client.get("/admin/").content.decode()
    listed = curator_client.get(reverse("admin:projects_rowlink_changelist")).content.decode()
    assert f"{page(source)}#r" in listed


@pytest.mark.usefixtures("source")
def test_lists_of_rows_and_links_open(curator_client: Client) -> None:
    for model in ("sourcerow", "rowlink"):
        response = curator_client.get(reverse(f"admin:projects_{model}_changelist"))
        assert response.status_code == 200
    assert Commitment.objects.exists()
    assert not Department.objects.exists()


@pytest.mark.parametrize("number", ["9" * 30, "٣", "²", "-1", "1e3", "", "\0"])
def test_what_is_no_number_of_a_row_chooses_nothing(curator_client: Client, source: Source, number: str) -> None:
    links = RowLink.objects.order_by("pk").values_list("pk", "review_state")
    before = list(links)
    assert curator_client.post(page(source), {"reject": "1", "link": number}).status_code == 302
    choose = reverse("admin:projects_sourcerow_choose", args=[source.rows.latest("pk").pk])
    assert curator_client.post(choose, {"commitment": number}).status_code == 404
    assert list(links.all()) == before
