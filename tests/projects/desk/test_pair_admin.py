"""A pair of reports: every promise with what was found, and the mark that somebody went through."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from projects.desk.pair_admin import lines_of
from projects.models import LinkProposal, ReportPair
from tests import factories
from tests.projects.admin.posting import confirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> ReportPair:
    row: ReportPair = factories.ReportPairFactory.create()
    return row


def act(client: Client, row: ReportPair, action: str) -> str:
    address = reverse(f"admin:projects_reportpair_{action}", args=[row.pk])
    page: str = confirm(client, address, {}, follow=True).content.decode()
    return page


class TestPage:
    def test_lists_each_promise_with_its_links_and_what_waits(self, curator_client: Client, pair: ReportPair) -> None:
        weak, strong = (
            factories.LinkProposalFactory.create(pair=pair, is_sure=False, score=score) for score in (0.6, 0.7)
        )
        LinkProposal.objects.filter(pk=weak.pk).update(earlier=strong.earlier)
        answered = factories.CommitmentFactory.create(report=pair.earlier, title="云岭隧道")
        factories.EvidenceFactory.create(
            commitment=answered, achievement=strong.achievement, source=None, verdict="partial", as_of="2023-12-31"
        )
        lines = {line.promise.pk: line for line in lines_of(pair)}
        assert lines[strong.earlier.pk].waiting == strong
        assert lines[answered.pk].links == [f"部分完成：{strong.achievement}"]
        page = curator_client.get(reverse("admin:projects_reportpair_change", args=[pair.pk])).content.decode()
        assert "云岭隧道" in page
        assert strong.quote in page

    def test_the_list_counts_what_waits(self, curator_client: Client, pair: ReportPair) -> None:
        factories.LinkProposalFactory.create(pair=pair)
        factories.LinkProposalFactory.create(pair=pair, is_sure=False)
        page = curator_client.get("/admin/projects/reportpair/?gone_through_at__isempty=1").content.decode()
        assert f"pair__id__exact={pair.pk}" in page
        assert ">2</a>" in page
        assert ">1</a>" in page


class TestMark:
    def test_says_who_and_is_taken_back(self, curator_client: Client, curator: User, pair: ReportPair) -> None:
        assert "已记为看完 1 对" in act(curator_client, pair, "gone-through")
        pair.refresh_from_db()
        assert pair.gone_through_by == curator
        assert "已改回 1 对" in act(curator_client, pair, "not-gone-through")
        pair.refresh_from_db()
        assert pair.gone_through_by is None

    def test_is_refused_while_sure_links_wait(self, curator_client: Client, pair: ReportPair) -> None:
        factories.LinkProposalFactory.create(pair=pair)
        assert "还有 1 条把握大的对应没有决定" in act(curator_client, pair, "gone-through")
        pair.refresh_from_db()
        assert pair.gone_through_at is None
