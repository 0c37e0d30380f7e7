"""Links between years: accepted in bulk with what will follow, singly with both quotes, rejected with a reason."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from projects.choices import LinkRelation, Status, Verification
from projects.models import Commitment, Evidence, LinkProposal, Restatement
from tests import factories
from tests.projects.admin.posting import confirm, post_form

pytestmark = pytest.mark.django_db

GRID = "/admin/projects/linkproposal/"


@pytest.fixture
def proposal() -> LinkProposal:
    row: LinkProposal = factories.LinkProposalFactory.create()
    return row


def change_page(row: LinkProposal) -> str:
    return reverse("admin:projects_linkproposal_change", args=[row.pk])


def in_bulk(client: Client, rows: list[LinkProposal], action: str, **words: str) -> str:
    chosen = {"action": action, "_selected_action": [row.pk for row in rows], **words}
    page: str = confirm(client, GRID, chosen, follow=True).content.decode()
    return page


class TestGrid:
    def test_shows_what_waits_and_why(self, curator_client: Client, proposal: LinkProposal) -> None:
        page = curator_client.get(f"{GRID}?review_state__exact=proposed&is_sure__exact=1").content.decode()
        assert proposal.quote in page
        assert proposal.earlier.title in page
        assert "2021 → 2024" in page

    def test_says_what_will_follow_and_changes_nothing_before(
        self, curator_client: Client, proposal: LinkProposal
    ) -> None:
        chosen = {"action": "follow", "_selected_action": [proposal.pk]}
        page = curator_client.post(GRID, chosen).content.decode()
        assert "记为证据（已完成）" in page
        assert "状态“未核实”→“已完成”" in page
        assert not Evidence.objects.exists()

    def test_accepts_several_and_names_what_is_refused(self, curator_client: Client, proposal: LinkProposal) -> None:
        unclear = factories.LinkProposalFactory.create(verdict="")
        Commitment.objects.filter(pk=unclear.earlier.pk).update(title="云岭隧道")
        page = in_bulk(curator_client, [proposal, unclear], "follow")
        assert "已采纳 1 条对应" in page
        assert "“云岭隧道”" in page
        assert "请选择它说明承诺到了哪一步" in page
        states = dict(LinkProposal.objects.values_list("pk", "review_state"))
        assert states == {proposal.pk: Verification.ACCEPTED, unclear.pk: Verification.PROPOSED}
        proposal.earlier.refresh_from_db()
        assert proposal.earlier.status == Status.COMPLETED

    def test_refuses_what_changed_since_the_confirmation(self, curator_client: Client, proposal: LinkProposal) -> None:
        chosen: dict[str, Any] = {"action": "accept", "_selected_action": [proposal.pk]}
        version = curator_client.post(GRID, chosen).context["version"]
        LinkProposal.objects.update(verdict=Status.PARTIAL)
        page = curator_client.post(GRID, {**chosen, "version": version, "confirmed": "1"}, follow=True)
        assert "没有执行" in page.content.decode()
        assert not Evidence.objects.exists()


class TestSingle:
    def test_shows_both_quotes_and_the_reasons(self, curator_client: Client, proposal: LinkProposal) -> None:
        page = curator_client.get(change_page(proposal)).content.decode()
        assert proposal.earlier.quote in page
        assert proposal.quote in page
        assert "同一名称" in page
        assert "+2.20" in page
        english = curator_client.get(f"/en{change_page(proposal)}").content.decode()
        assert "the same name" in english

    def test_a_corrected_verdict_is_what_is_accepted(self, curator_client: Client, proposal: LinkProposal) -> None:
        post_form(curator_client, change_page(proposal), verdict=Status.PARTIAL)
        confirm(curator_client, reverse("admin:projects_linkproposal_accept", args=[proposal.pk]))
        assert Evidence.objects.get().verdict == Status.PARTIAL

    def test_a_promise_made_again_takes_a_change_not_a_verdict(self, curator_client: Client) -> None:
        pair = factories.ReportPairFactory.create()
        later = factories.CommitmentFactory.create(report=pair.later, due_on="2024-12-31")
        row = factories.LinkProposalFactory.create(
            pair=pair, achievement=None, later=later, relation=LinkRelation.RESTATEMENT, verdict="", change="same"
        )
        post_form(curator_client, change_page(row), change="softened", verdict=Status.PARTIAL)
        page = confirm(curator_client, reverse("admin:projects_linkproposal_accept", args=[row.pk]), {}, follow=True)
        assert "已采纳" in page.content.decode()
        assert Restatement.objects.get().change == "softened"
        row.refresh_from_db()
        assert row.verdict == ""

    def test_is_rejected_with_a_reason(self, curator_client: Client, curator: User, proposal: LinkProposal) -> None:
        address = reverse("admin:projects_linkproposal_reject", args=[proposal.pk])
        assert 'name="note"' in curator_client.get(address).content.decode()
        refused = confirm(curator_client, address, {}, follow=True).content.decode()
        assert "请写明为什么" in refused
        confirm(curator_client, address, {"note": "另一所学校"})
        proposal.refresh_from_db()
        assert (proposal.review_state, proposal.note) == (Verification.REJECTED, "另一所学校")
        assert proposal.reviewed_by == curator

    def test_a_vague_clause_of_a_plan_can_be_only_a_mention(
        self, curator_client: Client, proposal: LinkProposal
    ) -> None:
        values = {"relation": LinkRelation.RESTATEMENT, "achievement": None, "mention": {"title": "学校"}}
        LinkProposal.objects.update(verdict="", **values)
        confirm(curator_client, reverse("admin:projects_linkproposal_mention", args=[proposal.pk]))
        assert LinkProposal.objects.mentioned().get() == proposal
        assert not Restatement.objects.exists()

    def test_what_was_decided_is_offered_no_more(self, curator_client: Client, proposal: LinkProposal) -> None:
        LinkProposal.objects.update(review_state=Verification.REJECTED)
        response = curator_client.get(change_page(proposal))
        assert response.context["review_actions"] == []
        assert "verdict" not in response.context["adminform"].form.fields
