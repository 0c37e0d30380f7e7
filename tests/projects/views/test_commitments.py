import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from projects.choices import DueBasis, ReviewState, Status, Verification
from projects.models import Commitment, Evidence, OverdueEvent, Project
from tests.factories import CommitmentFactory, EvidenceFactory, ReportFactory, RestatementFactory
from tests.projects.pages import world
from tests.projects.views.conftest import Read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early_in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 2, 1))


def section(html: str, heading: str) -> str:
    """Return what stands under a heading of the second level."""
    return re.split(rf'<h2 id="{heading}">', html)[1].split("<h2 ")[0]


def test_the_due_date_is_told_with_its_basis_and_no_verdict(read: Read) -> None:
    rows = world()
    html = read(f"/commitments/{rows.commitment.pk}/")
    assert "应于 2021-12-31 前完成，暂无完成证据在案；期限已过 1493 天" in html
    assert "推定" in html
    english = read(f"/en/commitments/{rows.commitment.pk}/")
    assert "Due 2021-12-31, no evidence of completion on file; 1,493 days past the due date" in english
    for verdict in ("违约", "失信", "broken", "Broken"):
        assert verdict not in html + english


def test_a_stated_date_is_not_marked_as_implied(read: Read) -> None:
    stated = CommitmentFactory.create(due_basis=DueBasis.STATED)
    html = read(f"/commitments/{stated.pk}/")
    assert "推定" not in html
    assert "原文写明。" in html


def test_a_date_within_its_grace_period_and_one_to_come(read: Read) -> None:
    report = ReportFactory.create(year=2025)
    recent = CommitmentFactory.create(report=report, due_on=date(2025, 12, 31))
    assert "宽限期至 2026-03-31" in read(f"/commitments/{recent.pk}/")
    coming = CommitmentFactory.create(report=report, due_on=date(2026, 2, 2))
    html = read(f"/en/commitments/{coming.pk}/")
    assert "Due 2026-02-02; 1 day to go" in html


def test_what_was_completed_late_shows_its_days(read: Read) -> None:
    item = CommitmentFactory.create()
    item.record_status(
        Status.COMPLETED, evidence=EvidenceFactory.create(commitment=item), effective_on=date(2022, 1, 10)
    )
    html = read(f"/commitments/{item.pk}/")
    assert "晚于期限 10 天" in html
    assert "暂无完成证据" not in html


def test_the_quote_is_marked_inside_its_paragraph(read: Read) -> None:
    report = ReportFactory.create(text="第一段。\n\n今年，建成学校4所，改造医院。\n\n第三段。")
    item = CommitmentFactory.create(report=report, start=9, end=15, quote="建成学校4所")
    words = section(read(f"/en/commitments/{item.pk}/"), "words")
    assert '<blockquote class="source" lang="zh-Hans">' in words
    assert f'今年，<mark class="said commitment" id="c{item.pk}">建成学校4所</mark>，改造医院。' in words
    assert "第一段" not in words
    assert f"/en/reports/{report.jurisdiction_id}/2021/#c{item.pk}" in words


def test_official_claims_and_independent_findings_are_kept_apart(read: Read) -> None:
    rows = world()
    html = read(f"/commitments/{rows.commitment.pk}/")
    official, independent = section(html, "evidence").split("<h3>独立核实</h3>")
    assert "已完成一部分。" in official
    assert rows.claim.quote in official
    assert f"/reports/500112/2025/#a{rows.claim.pk}" in official
    assert "在建。" not in official
    assert "在建。" in independent
    assert rows.independent.url in independent
    assert 'rel="external nofollow noopener"' in independent


def test_the_status_names_the_evidence_that_it_rests_on(read: Read) -> None:
    rows = world()
    html = read(f"/commitments/{rows.commitment.pk}/")
    assert f'依据：<a href="#e{rows.official.pk}">官方说法，2025 年报告</a>' in html
    assert f'<li id="e{rows.official.pk}">' in html
    assert "截至 2024-12-31 的情况" in html


def test_a_commitment_without_evidence_says_so_twice(read: Read) -> None:
    html = read(f"/commitments/{CommitmentFactory.create().pk}/")
    assert "没有官方说法在案。" in html
    assert "没有独立核实在案。" in html


def test_the_traffic_light_is_told_in_words_and_figures(read: Read) -> None:
    rows = world()
    progress = section(read(f"/commitments/{rows.commitment.pk}/"), "progress")
    assert '<span class="light l-yellow">黄灯</span>' in progress
    assert "截至 2024-12-31，已达目标的 77%，时间已过 100%。" in progress
    english = read(f"/en/commitments/{rows.commitment.pk}/")
    assert "at least 63 million person-times" in english
    assert "48.677 million person-times" in english
    assert '<h2 id="progress">' not in read(f"/commitments/{rows.again.pk}/")


def test_promises_made_again_lead_to_each_other(read: Read) -> None:
    rows = world()
    earlier = section(read(f"/commitments/{rows.commitment.pk}/"), "again")
    assert f'href="/commitments/{rows.again.pk}/"' in earlier
    assert "2025 年又承诺" in earlier
    later = section(read(f"/en/commitments/{rows.again.pk}/"), "again")
    assert f'href="/en/commitments/{rows.commitment.pk}/"' in later
    assert "first promised in 2021" in later
    assert "Promised again." in later


def test_the_history_holds_statuses_and_overdue_events_newest_first(read: Read) -> None:
    rows = world()
    OverdueEvent.objects.create(
        commitment=rows.commitment, kind="flagged", on=date(2022, 4, 1), overdue_since=date(2022, 4, 1)
    )
    history = section(read(f"/commitments/{rows.commitment.pk}/"), "history")
    assert history.index("2024-12-31") < history.index("2022-04-01")
    assert "状态说明" in history
    assert "标记逾期" in history
    assert "自 2022-04-01 起算" in history


def test_departments_project_and_citation_are_shown(read: Read) -> None:
    rows = world()
    html = read(f"/commitments/{rows.commitment.pk}/")
    assert "教育局（牵头）" in html
    assert f'<a href="/projects/{rows.project.slug}/">悦来中学</a>' in html
    cite = section(html, "cite")
    assert f"承诺 {rows.commitment.pk} 号" in cite
    assert "查阅于 2026-02-01" in cite
    assert f"http://testserver/commitments/{rows.commitment.pk}/" in cite
    assert f'href="/api/v1/commitments/{rows.commitment.pk}/"' in cite
    assert "Education Bureau (Lead)" in read(f"/en/commitments/{rows.commitment.pk}/")


def test_nothing_unpublished_is_shown(read: Read, client: Client) -> None:
    rows = world()
    EvidenceFactory.create(commitment=rows.commitment, note="未采纳", review_state=Verification.PROPOSED)
    hidden = CommitmentFactory.create(report=rows.later, title="候选承诺", review_state=ReviewState.CANDIDATE)
    RestatementFactory.create(earlier=rows.commitment, later=hidden)
    Project.objects.filter(pk=rows.project.pk).update(review_state=ReviewState.CANDIDATE)
    html = read(f"/commitments/{rows.commitment.pk}/")
    for words in ("未采纳", "候选承诺", "悦来中学"):
        assert words not in html
    assert client.get(f"/commitments/{hidden.pk}/").status_code == 404
    assert client.get("/commitments/999999999999999999999999/").status_code == 404


def test_evidence_from_a_withdrawn_claim_is_not_shown(read: Read) -> None:
    rows = world()
    type(rows.claim).objects.filter(pk=rows.claim.pk).update(review_state=ReviewState.WITHDRAWN)
    html = read(f"/commitments/{rows.commitment.pk}/")
    assert "已完成一部分。" not in html
    assert f"#e{rows.official.pk}" not in html


def test_one_commitment_takes_seven_queries_however_much_hangs_on_it(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = world()
    for _ in range(2):
        with django_assert_num_queries(7):
            client.get(f"/commitments/{rows.commitment.pk}/")
        EvidenceFactory.create_batch(5, commitment=rows.commitment)


def test_a_chinese_text_without_translation_is_marked_on_the_english_page(read: Read) -> None:
    rows = world()
    Commitment.objects.filter(pk=rows.commitment.pk).update(title_en="")
    html = read(f"/en/commitments/{rows.commitment.pk}/")
    assert f'<h1><span lang="zh-Hans">{rows.commitment.title}</span></h1>' in html
    assert '<p><span lang="zh-Hans">在建。</span></p>' in html


def test_what_people_wrote_is_escaped(read: Read) -> None:
    item = CommitmentFactory.create(title="<script>alert(1)</script>", title_en="<b>x</b>")
    Evidence.objects.filter(pk=EvidenceFactory.create(commitment=item).pk).update(
        note="<img src=x>", url="https://a.example/?a=1&b=2"
    )
    html = read(f"/commitments/{item.pk}/") + read(f"/en/commitments/{item.pk}/")
    for tag in ("<script", "<b>x", "<img"):
        assert tag not in html
