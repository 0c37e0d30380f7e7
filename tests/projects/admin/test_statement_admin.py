"""The form and the review queue of commitments and achievements."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from projects.admin.display import second_view
from projects.choices import Origin, ReviewState
from projects.models import Achievement, Commitment, Report
from tests import factories
from tests.projects.admin.posting import confirm, errors_of, post_form

pytestmark = pytest.mark.django_db


def change(row: Any) -> str:
    return reverse(f"admin:projects_{row._meta.model_name}_change", args=[row.pk])


def candidates(report: Report, *positions: int, **values: Any) -> list[Commitment]:
    state = ReviewState.CANDIDATE
    return [
        factories.CommitmentFactory.create(report=report, position=n, review_state=state, **values) for n in positions
    ]


class TestForm:
    def written(self, curator_client: Client, report: Report, **changes: Any) -> Any:
        values = {"report": report.pk, "title": "学校", "category": "education", "milestone": "complete"}
        dates = {"due_on": "2021-12-31", "due_basis": "implied"}
        return post_form(curator_client, reverse("admin:projects_commitment_add"), **values, **dates, **changes)

    def test_finds_the_place_of_a_quote(self, curator_client: Client) -> None:
        report = factories.ReportFactory.create()
        assert self.written(curator_client, report, quote="第00007所学校").status_code == 302
        row = Commitment.objects.get()
        assert report.text[row.start : row.end] == row.quote == "第00007所学校"
        assert (row.origin, row.review_state) == (Origin.HAND, ReviewState.CANDIDATE)

    def test_asks_which_of_several_places(self, curator_client: Client) -> None:
        report = factories.ReportFactory.create(text="新建学校。再新建学校。")
        errors = errors_of(self.written(curator_client, report, quote="新建学校"))
        assert list(errors) == ["start"]
        assert "0、6" in errors["start"][0]
        assert self.written(curator_client, report, quote="新建学校", start=6).status_code == 302

    def test_says_that_the_words_are_not_there(self, curator_client: Client) -> None:
        assert list(errors_of(self.written(curator_client, factories.ReportFactory.create(), quote="没有的话"))) == [
            "quote"
        ]

    def test_takes_a_quote_over_several_lines_as_browsers_send_it(self, curator_client: Client) -> None:
        report = factories.ReportFactory.create(text="新建\n学校。")
        assert self.written(curator_client, report, quote="新建\r\n学校").status_code == 302
        assert Commitment.objects.get().quote == "新建\n学校"

    def test_shows_figures_as_people_write_them(self, curator_client: Client) -> None:
        row = factories.CommitmentFactory.create(quantity="6", unit="所", comparator="eq")
        assert 'value="6"' in curator_client.get(change(row)).content.decode()


class TestQueue:
    @pytest.fixture
    def waiting(self) -> list[Commitment]:
        return candidates(factories.ReportFactory.create(), 3, 5, 9, confidence=0.8)

    def test_shows_each_quote_in_its_paragraph(self, curator_client: Client, waiting: list[Commitment]) -> None:
        page = curator_client.get("/admin/projects/commitment/?review_state__exact=candidate").content.decode()
        assert all(f"<mark>{row.quote}</mark>。建成第" in page for row in waiting)
        assert "0.80" in page

    def test_publishes_and_goes_on(self, curator_client: Client, curator: User, waiting: list[Commitment]) -> None:
        first, second, _third = waiting
        response = post_form(curator_client, change(first), title="改过的标题", _publish_next="1")
        assert response.url.startswith(change(second))
        first.refresh_from_db()
        assert (first.review_state, first.title, first.is_public) == (ReviewState.PUBLISHED, "改过的标题", True)
        events = apps.get_model("projects", "CommitmentEvent").objects.filter(pgh_obj=first)
        assert events.latest("pgh_id").pgh_context.metadata["user"] == curator.pk

    def test_rejects_and_comes_round_to_what_was_skipped(
        self, curator_client: Client, waiting: list[Commitment]
    ) -> None:
        response = post_form(curator_client, change(waiting[-1]), _reject_next="1")
        assert response.url.startswith(change(waiting[0]))
        waiting[-1].refresh_from_db()
        assert waiting[-1].review_state == ReviewState.REJECTED

    def test_skips(self, curator_client: Client, waiting: list[Commitment]) -> None:
        skipped = curator_client.get(reverse("admin:projects_commitment_next", args=[waiting[0].pk]))
        assert skipped.headers["Location"].startswith(change(waiting[1]))

    def test_stays_within_the_list_that_the_curator_came_from(
        self, curator_client: Client, waiting: list[Commitment]
    ) -> None:
        candidates(waiting[0].report, 4, category="health")
        query = "?_changelist_filters=category__exact%3Deducation"
        response = post_form(curator_client, change(waiting[0]) + query, _publish_next="1")
        assert response.url == f"{change(waiting[1])}{query}"

    def test_ends_at_the_list(self, curator_client: Client) -> None:
        (row,) = candidates(factories.ReportFactory.create(), 1)
        response = post_form(curator_client, change(row), _publish_next="1")
        assert response.url.startswith(reverse("admin:projects_commitment_changelist"))

    def test_a_mistake_keeps_the_curator_on_the_page(self, curator_client: Client, waiting: list[Commitment]) -> None:
        errors = errors_of(post_form(curator_client, change(waiting[0]), title="", _publish_next="1"))
        assert list(errors) == ["title"]
        waiting[0].refresh_from_db()
        assert waiting[0].review_state == ReviewState.CANDIDATE


class TestDecisions:
    def test_a_list_is_published_after_a_page_that_says_what_becomes_public(self, curator_client: Client) -> None:
        draft = factories.ReportFactory.create(state="draft")
        rows = [*candidates(factories.ReportFactory.create(), 1, 2), *candidates(draft, 1)]
        chosen = {"action": "publish", "_selected_action": [row.pk for row in rows]}
        asked = curator_client.post("/admin/projects/commitment/", chosen)
        page = asked.content.decode()
        assert "2 条立即公开" in page
        assert "1 条等报告发布时一并公开" in page
        assert not Commitment.objects.published().exists()
        done = confirm(curator_client, "/admin/projects/commitment/", chosen, follow=True)
        assert "已发布 3 条" in done.content.decode()
        assert Commitment.objects.published().count() == 2

    def test_one_row_is_withdrawn_from_its_page(self, curator_client: Client) -> None:
        row = factories.AchievementFactory.create()
        address = reverse("admin:projects_achievement_withdraw", args=[row.pk])
        assert "1 条立即从公开页面和接口上撤下" in curator_client.get(address).content.decode()
        assert Achievement.objects.published().exists()
        assert confirm(curator_client, address).status_code == 302
        assert not Achievement.objects.published().exists()

    def test_only_open_decisions_are_offered(self, curator_client: Client) -> None:
        row = factories.CommitmentFactory.create()
        assert [str(label) for label, _url in curator_client.get(change(row)).context["review_actions"]] == ["撤回"]


class TestTwoReaders:
    """What a second reader sees differently comes first, with both views."""

    QUEUE = "?review_state__exact=candidate"

    @pytest.fixture(autouse=True)
    def asked(self, settings: Any) -> None:
        settings.SECOND_READER_URL = "http://127.0.0.1:1/v1"

    def rows(self) -> list[Commitment]:
        marks = [
            ["second:agrees"],
            [],
            ["second:differs", "second:category=health"],
            ["second:differs", "second:rules_alone"],
        ]
        report = factories.ReportFactory.create()
        return [candidates(report, at, rules=["fig.count", *own])[0] for at, own in enumerate(marks, 1)]

    def listed(self, curator_client: Client, query: str) -> list[int]:
        page = curator_client.get(reverse("admin:projects_commitment_changelist") + query)
        return [row.pk for row in page.context["cl"].result_list]

    def test_the_queue_begins_with_disputes(self, curator_client: Client, settings: Any) -> None:
        one, two, three, four = (row.pk for row in self.rows())
        assert self.listed(curator_client, self.QUEUE) == [three, four, one, two]
        settings.SECOND_READER_URL = ""
        assert self.listed(curator_client, self.QUEUE) == [one, two, three, four]

    def test_the_review_goes_on_in_that_order(self, curator_client: Client) -> None:
        one, two, three, four = self.rows()
        for row, following in ((three, four), (four, one), (one, two), (two, three)):
            url = reverse("admin:projects_commitment_next", args=[row.pk])
            assert curator_client.get(url)["Location"].startswith(change(following))

    def test_the_list_can_be_narrowed_to_disputes(self, curator_client: Client, settings: Any) -> None:
        rows = self.rows()
        for value, wanted in (("agrees", rows[:1]), ("rules_alone", rows[3:]), ("differs", rows[2:])):
            assert self.listed(curator_client, f"?readers={value}") == [row.pk for row in wanted]
        settings.SECOND_READER_URL = ""
        page = curator_client.get(reverse("admin:projects_commitment_changelist"))
        assert "readers=" not in page.content.decode()

    def test_the_form_tells_both_views(self, curator_client: Client) -> None:
        rows = self.rows()
        assert (
            "两个读者：两个读者看法不同 · 第二读者：类别 医疗卫生"
            in curator_client.get(change(rows[2])).content.decode()
        )
        assert "两个读者：" not in curator_client.get(change(rows[1])).content.decode()


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("second:kind=achievement", "第二读者：类型 成果"),
        ("second:milestone=start", "第二读者：节点 开工启动"),
        ("second:quantity=", "第二读者：数量 —"),
        ("second:quantity=30.0", "第二读者：数量 30.0"),
        ("second:unit=所", "第二读者：单位 所"),
        ("second:due_on=2030-06-30", "第二读者：期限 2030-06-30"),
        ("second:span=12-30", "第二读者：起点和终点 12-30"),
        ("second:agrees", "两个读者看法一致"),
        ("second:second_alone", "只有第二读者找到"),
    ],
)
@pytest.mark.parametrize("model", [Commitment, Achievement])
def test_each_view_of_the_second_reader_has_words(model: Any, mark: str, told: str) -> None:
    assert second_view(model(rules=["fig.count", mark])) == [told]
    assert second_view(model(rules=["fig.count"])) == []
