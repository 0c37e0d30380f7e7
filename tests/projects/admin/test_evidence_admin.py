"""Evidence is entered with its source, accepted and rejected by name and time; a refused row stays as it was."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.admin.evidence_admin import eligible_achievements
from projects.choices import Status, Verification
from projects.models import Achievement, Commitment, Evidence, StatusChange
from projects.models.agreement import disagreements
from tests import factories
from tests.projects.admin.posting import confirm, errors_of, filled, post_form

pytestmark = pytest.mark.django_db

PROPOSED = Verification.PROPOSED


@pytest.fixture
def proposed() -> Evidence:
    row: Evidence = factories.EvidenceFactory.create(review_state=PROPOSED)
    return row


def adding(row: Commitment) -> str:
    return f"{reverse('admin:projects_evidence_add')}?commitment={row.pk}"


def decided(curator_client: Client, row: Evidence, action: str) -> Any:
    return confirm(curator_client, reverse(f"admin:projects_evidence_{action}", args=[row.pk]), {}, follow=True)


def decided_in_bulk(curator_client: Client, rows: list[Evidence], action: str) -> str:
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    page: str = confirm(curator_client, "/admin/projects/evidence/", chosen, follow=True).content.decode()
    return page


class TestDecisions:
    def test_accepting_names_who_and_leaves_the_status(
        self, curator_client: Client, curator: User, proposed: Evidence
    ) -> None:
        decided(curator_client, proposed, "accept")
        proposed.refresh_from_db()
        assert (proposed.review_state, proposed.reviewed_by) == (Verification.ACCEPTED, curator)
        assert proposed.reviewed_at is not None
        assert proposed.commitment.status == Status.NOT_ASSESSED

    def test_what_will_follow_is_said_before_and_done_after(self, curator_client: Client, proposed: Evidence) -> None:
        page = curator_client.get(reverse("admin:projects_evidence_follow", args=[proposed.pk])).content.decode()
        assert "状态“未核实”→“已完成”，自 2021-12-20 起；兑现状态“到期待核实”→“已兑现”" in page
        proposed.refresh_from_db()
        assert (proposed.review_state, StatusChange.objects.count()) == (PROPOSED, 0)
        decided(curator_client, proposed, "follow")
        proposed.commitment.refresh_from_db()
        assert proposed.commitment.status == Status.COMPLETED
        assert proposed.commitment.status_evidence == proposed

    def test_several_are_rejected_from_the_list(self, curator_client: Client, proposed: Evidence) -> None:
        other = factories.EvidenceFactory.create(review_state=PROPOSED)
        assert "已否决 2 条" in decided_in_bulk(curator_client, [proposed, other], "reject")
        assert set(Evidence.objects.values_list("review_state", flat=True)) == {Verification.REJECTED}

    def test_a_refused_row_is_named_and_stays_while_the_others_go_on(
        self, curator_client: Client, proposed: Evidence
    ) -> None:
        failed = factories.EvidenceFactory.create(
            review_state=PROPOSED, verdict="not_met", commitment__title="洛碛码头开工"
        )
        page = decided_in_bulk(curator_client, [proposed, failed], "follow")
        assert "已采纳 1 条证据并记录状态" in page
        assert "“洛碛码头开工”" in page
        assert "没有改动：“未完成”须选一个原因" in page
        failed.refresh_from_db()
        assert (failed.review_state, failed.commitment.status) == (PROPOSED, Status.NOT_ASSESSED)
        assert [entry.object_id for entry in LogEntry.objects.all()] == [str(proposed.pk)]

    def test_several_of_one_commitment_follow_each_other_by_their_days(self, curator_client: Client) -> None:
        row = factories.CommitmentFactory.create()
        said = {"commitment": row, "review_state": PROPOSED}
        done = factories.EvidenceFactory.create(**said)
        begun = factories.EvidenceFactory.create(**said, verdict="in_progress", as_of=date(2021, 6, 1))
        decided_in_bulk(curator_client, [done, begun], "follow")
        changes = StatusChange.objects.order_by("pk").values_list("to_status", flat=True)
        assert list(changes) == ["in_progress", "completed"]

    def test_what_a_status_rests_on_cannot_be_rejected(self, curator_client: Client) -> None:
        row = factories.EvidenceFactory.create()
        row.commitment.record_status(Status.COMPLETED, evidence=row, effective_on=row.as_of)
        assert "为依据" in curator_client.get(reverse("admin:projects_evidence_reject", args=[row.pk])).content.decode()
        assert "为依据" in decided(curator_client, row, "reject").content.decode()
        row.refresh_from_db()
        assert row.review_state == Verification.ACCEPTED

    def test_what_is_only_expected_gives_no_status(self, curator_client: Client) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        row = factories.EvidenceFactory.create(review_state=PROPOSED, as_of=tomorrow, is_forecast=True)
        assert "还没有到" in decided(curator_client, row, "follow").content.decode()
        row.refresh_from_db()
        assert row.review_state == PROPOSED

    @pytest.mark.parametrize(
        ("report", "said"),
        [
            ({"year": 2025}, "另一个政府"),
            ({"year": 2020, "jurisdiction": "own"}, "不晚于承诺的报告"),
            ({"year": 2022, "jurisdiction": "own", "state": "withdrawn"}, "还没有公开"),
        ],
    )
    def test_a_claim_that_cannot_speak_is_not_accepted(
        self, curator_client: Client, report: dict[str, Any], said: str
    ) -> None:
        row = factories.CommitmentFactory.create()
        where = {"jurisdiction": row.report.jurisdiction} if "jurisdiction" in report else {}
        claim = factories.AchievementFactory.create(report=factories.ReportFactory.create(**{**report, **where}))
        evidence = factories.EvidenceFactory.create(commitment=row, achievement=claim, review_state=PROPOSED, note="x")
        assert (
            said in curator_client.get(reverse("admin:projects_evidence_follow", args=[evidence.pk])).content.decode()
        )
        for action in ("accept", "follow"):
            assert said in decided(curator_client, evidence, action).content.decode()
        evidence.refresh_from_db()
        assert (evidence.review_state, evidence.commitment.status) == (PROPOSED, Status.NOT_ASSESSED)


class TestForm:
    def test_new_evidence_waits_for_review_and_knows_who_speaks(self, curator_client: Client) -> None:
        row = factories.CommitmentFactory.create(quantity=10, unit="所", comparator="gte")
        source = factories.SourceFactory.create()
        told = {
            "source": source.pk, "quote": "全市新建10所学校", "place": "第3页", "item_number": "第10项",
            "official_word": "达序时", "verdict": "completed", "as_of": "2022-01-01", "happened_on": "2021-12-31",
            "happened_precision": "year", "reported_value": "10", "coverage": "cumulative", "bound": "gte",
            "value_from": "2021-01-01", "delay_reason": "land", "announced_on": "2022-06-30", "note": "说明",
        }  # fmt: skip
        assert post_form(curator_client, adding(row), **told).status_code == 302
        made = Evidence.objects.get()
        assert (made.commitment, made.source, made.review_state, made.speaker) == (row, source, PROPOSED, "media")
        kept = {name: getattr(made, name) for name in told if name not in ("source", "reported_value")}
        assert {name: str(value) for name, value in kept.items()} == {name: str(told[name]) for name in kept}
        page = curator_client.get(reverse("admin:projects_evidence_change", args=[made.pk])).content.decode()
        assert "媒体等报道" in page
        assert "≥ 10（累计）" in curator_client.get("/admin/projects/evidence/").content.decode()

    @pytest.mark.parametrize(
        ("sent", "field", "chinese", "english"),
        [
            ({"as_of": "2020-12-31"}, "as_of", "早于作出承诺", "before the promise"),
            ({"as_of": "2022-01-06"}, "as_of", "晚于来源发布", "after the source"),
            ({"happened_on": "2021-12-21", "happened_precision": "day"}, "happened_on", "晚于截至日期", "after"),
            ({"reported_value": "2"}, "reported_value", "与所示状态不符", "does not fit the status shown"),
            ({"reported_value": "12", "value_from": "2022-01-01"}, "value_from", "晚于截至日期", "after"),
        ],
    )
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_what_disagrees_is_refused_at_its_field_with_the_typing_kept(
        self, curator_client: Client, sent: dict[str, str], field: str, chinese: str, english: str, prefix: str
    ) -> None:
        row = factories.CommitmentFactory.create(quantity=10, unit="所", comparator="gte")
        whole = {"coverage": "cumulative", "bound": "eq"} if "reported_value" in sent else {}
        good = {"source": factories.SourceFactory.create().pk, "verdict": "completed", "as_of": "2021-12-20"}
        response = post_form(curator_client, prefix + adding(row), **{**good, **whole, **sent, "quote": "原话"})
        errors = errors_of(response)
        assert list(errors) == [field]
        assert (english if prefix else chinese) in errors[field][0]
        assert filled(response)["quote"] == "原话"
        assert not Evidence.objects.exists()

    def test_a_note_overrides_figures(self, curator_client: Client) -> None:
        row = factories.CommitmentFactory.create(quantity=10, unit="所", comparator="gte")
        figure = {"reported_value": "2", "coverage": "cumulative", "bound": "eq", "note": "口径不同，见第2页"}
        source = factories.SourceFactory.create()
        sent = {"source": source.pk, "verdict": "completed", "as_of": "2021-12-20", **figure}
        assert post_form(curator_client, adding(row), **sent).status_code == 302

    def test_what_is_expected_may_lie_ahead(self, curator_client: Client) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        sent = {"source": factories.SourceFactory.create().pk, "verdict": "in_progress", "as_of": tomorrow}
        address = adding(factories.CommitmentFactory.create())
        assert "不能晚于今天" in errors_of(post_form(curator_client, address, **sent))["as_of"][0]
        assert post_form(curator_client, address, **sent, is_forecast="on").status_code == 302

    @pytest.mark.parametrize(
        ("claim", "said"),
        [
            ({"report__year": 2025}, "另一个政府"),
            ({"report__year": 2020, "own": True}, "不晚于承诺的报告"),
            ({"report__year": 2022, "own": True, "report__state": "withdrawn"}, "还没有公开"),
            ({"report__year": 2022, "own": True, "review_state": "candidate"}, "还没有公开"),
        ],
    )
    def test_a_claim_that_cannot_speak_is_refused(
        self, curator_client: Client, claim: dict[str, Any], said: str
    ) -> None:
        row = factories.CommitmentFactory.create()
        where = {"report__jurisdiction": row.report.jurisdiction} if claim.pop("own", False) else {}
        achievement = factories.AchievementFactory.create(**claim, **where)
        sent = {"achievement": achievement.pk, "verdict": "completed", "as_of": "2021-12-31", "note": "x"}
        errors = errors_of(post_form(curator_client, adding(row), **sent))
        assert list(errors) == ["achievement"]
        assert said in errors["achievement"][0]

    def test_two_origins_are_refused(self, curator_client: Client) -> None:
        row = factories.CommitmentFactory.create()
        place = {"report__jurisdiction": row.report.jurisdiction, "report__year": 2022}
        sent = {"achievement": factories.AchievementFactory.create(**place).pk, "verdict": "completed"}
        both = {**sent, "source": factories.SourceFactory.create().pk, "as_of": "2021-12-31"}
        assert list(errors_of(post_form(curator_client, adding(row), **both))) == ["source"]
        assert post_form(curator_client, adding(row), **{**both, "source": ""}).status_code == 302


class TestPicker:
    def found(self, curator_client: Client, row: Commitment, term: str = "") -> list[dict[str, str]]:
        query: dict[str, Any] = {"commitment": row.pk, "term": term, "app_label": "projects", "model_name": "evidence"}
        answer = curator_client.get("/admin/projects/evidence/achievements/", {**query, "field_name": "achievement"})
        results: list[dict[str, str]] = answer.json()["results"]
        return results

    def test_it_offers_what_can_speak_with_place_and_year(self, curator_client: Client) -> None:
        row = factories.CommitmentFactory.create()
        own = row.report.jurisdiction
        heir = factories.SuccessionFactory.create(predecessor=own).successor
        later = factories.ReportFactory.create(jurisdiction=own, year=2022)
        good = factories.AchievementFactory.create(report=later, title="新建学校")
        inherited = factories.AchievementFactory.create(report__jurisdiction=heir, report__year=2026, title="新建医院")
        factories.AchievementFactory.create(report__year=2025)
        factories.AchievementFactory.create(report=row.report)
        factories.AchievementFactory.create(report=later, review_state="candidate")
        used = factories.AchievementFactory.create(report=later)
        factories.EvidenceFactory.create(commitment=row, achievement=used)
        labels = {found["id"]: found["text"] for found in self.found(curator_client, row)}
        assert labels == {
            str(good.pk): f"2022 {own}：新建学校",
            str(inherited.pk): f"2026 {heir}：新建医院",
        }
        assert [found["id"] for found in self.found(curator_client, row, "医院")] == [str(inherited.pk)]
        for claim in Achievement.objects.all():
            evidence = Evidence(commitment=row, achievement=claim, verdict="completed")
            assert (claim in eligible_achievements(row)) == (not disagreements(evidence)), claim

    def test_without_a_commitment_it_offers_nothing(self, curator_client: Client) -> None:
        factories.AchievementFactory.create()
        for number in ("", "x", "9" * 30):
            query = {"commitment": number, "app_label": "projects", "model_name": "evidence"}
            answer = curator_client.get(
                "/admin/projects/evidence/achievements/", {**query, "field_name": "achievement"}
            )
            assert answer.json()["results"] == []

    def test_the_form_looks_up_those_of_its_commitment(self, curator_client: Client) -> None:
        row = factories.CommitmentFactory.create()
        page = curator_client.get(adding(row)).content.decode()
        assert f"/admin/projects/evidence/achievements/?commitment={row.pk}" in page
        assert row.quote in page
        evidence = factories.EvidenceFactory.create(commitment=row)
        page = curator_client.get(reverse("admin:projects_evidence_change", args=[evidence.pk])).content.decode()
        assert f"/admin/projects/evidence/achievements/?commitment={row.pk}" in page


class TestSameSource:
    def test_the_next_form_keeps_source_and_day(self, curator_client: Client) -> None:
        first, second = factories.CommitmentFactory.create_batch(2)
        source = factories.SourceFactory.create(title="重庆日报一版")
        sent = {"source": source.pk, "verdict": "completed", "as_of": "2022-01-01"}
        response = post_form(curator_client, adding(first), **sent, _same_source="1")
        assert response.status_code == 302
        following = curator_client.get(response.url)
        initial = following.context["adminform"].form.initial
        assert (initial["source"], initial["as_of"]) == (source.pk, "2022-01-01")
        assert "重庆日报一版" in following.content.decode()
        made = post_form(curator_client, response.url, commitment=second.pk, verdict="in_progress")
        assert made.status_code == 302
        speakers = Evidence.objects.order_by("pk").values_list("commitment", "source", "as_of", "speaker")
        day = date(2022, 1, 1)
        assert list(speakers) == [(row.pk, source.pk, day, "media") for row in (first, second)]

    def test_it_goes_on_from_evidence_that_is_changed_too(self, curator_client: Client, proposed: Evidence) -> None:
        address = reverse("admin:projects_evidence_change", args=[proposed.pk])
        response = post_form(curator_client, address, _same_source="1")
        assert f"source={proposed.source_id}" in response.url

    def test_the_same_commitment_again_is_refused(self, curator_client: Client, proposed: Evidence) -> None:
        address = f"{reverse('admin:projects_evidence_add')}?source={proposed.source_id}&as_of=2021-12-20"
        response = post_form(curator_client, address, commitment=proposed.commitment_id, verdict="completed")
        assert "已是这条承诺的证据" in errors_of(response)["source"][0]

    @pytest.mark.parametrize("number", ["x", "9" * 30, "-1", "²"])
    def test_an_address_that_names_no_row_opens_an_empty_form(self, curator_client: Client, number: str) -> None:
        for name in ("source", "commitment", "achievement"):
            assert curator_client.get(f"/admin/projects/evidence/add/?{name}={number}").status_code == 200
