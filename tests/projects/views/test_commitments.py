import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from projects.choices import (
    Coverage,
    DelayReason,
    DueBasis,
    Milestone,
    Precision,
    ReviewState,
    SourceKind,
    Status,
    Verification,
)
from projects.models import Commitment, Jurisdiction, OverdueEvent, Project, RowLink, Source
from tests.factories import (
    CommitmentFactory,
    EvidenceFactory,
    ReportFactory,
    RestatementFactory,
    RowLinkFactory,
    SourceRowFactory,
)
from tests.projects.pages import world
from tests.projects.views.conftest import Read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early_in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 2, 1))


def section(html: str, heading: str) -> str:
    """Return what stands under a heading of the second level."""
    return re.split(rf'<h2 id="{heading}">', html)[1].split("<h2 ")[0]


def verdict(html: str) -> str:
    """Return the box that says what became of the commitment."""
    return html.split('<div class="verdict')[1].split("</div>", maxsplit=1)[0]


def test_the_due_state_is_told_with_its_basis_and_no_verdict(read: Read) -> None:
    rows = world()
    html = read(f"/commitments/{rows.commitment.pk}/")
    assert '<span class="status d-partly_kept">部分兑现</span>' in verdict(html)
    assert "应于 2021-12-31 前建成或完成；截至 2024-12-31，证据显示只做到一部分；到期已 4 年多（1493 天）" in html
    assert "推定" in html
    english = read(f"/en/commitments/{rows.commitment.pk}/")
    assert "Due to be completed by 2021-12-31; as of 2024-12-31, evidence shows only a part of it" in english
    for word in ("违约", "失信", "broken", "Broken"):
        assert word not in html + english


def test_a_stated_date_is_not_marked_as_implied(read: Read) -> None:
    stated = CommitmentFactory.create(due_basis=DueBasis.STATED)
    html = read(f"/commitments/{stated.pk}/")
    assert "推定" not in html
    assert "原文写明。" in html


def test_a_date_within_its_grace_period_and_one_to_come(read: Read) -> None:
    report = ReportFactory.create(year=2025)
    recent = CommitmentFactory.create(report=report, due_on=date(2025, 12, 31))
    assert "宽限到 2026-03-31" in read(f"/commitments/{recent.pk}/")
    coming = CommitmentFactory.create(report=report, due_on=date(2026, 2, 2))
    html = read(f"/en/commitments/{coming.pk}/")
    assert "Due to be completed by 2026-02-02; 1 day to go" in html


def test_what_was_completed_late_in_a_known_year_has_a_range_and_no_days(read: Read) -> None:
    item = CommitmentFactory.create()
    proof = EvidenceFactory.create(
        commitment=item, as_of=date(2024, 12, 31), happened_on=date(2024, 12, 31), happened_precision=Precision.YEAR,
        source__published_on=None,
    )  # fmt: skip
    item.record_status(Status.COMPLETED, evidence=proof, effective_on=date(2024, 12, 31))
    html = read(f"/commitments/{item.pk}/")
    assert "实际 2024 年内已建成或完成；晚 2 至 3 年" in verdict(html)
    assert "发生于 2024 年内" in html
    assert "1096" not in html


def test_a_promise_to_progress_has_no_due_date(read: Read) -> None:
    html = read(f"/commitments/{CommitmentFactory.create(milestone=Milestone.PROGRESS).pk}/")
    assert "所属期间到" in html
    assert "应于" not in html
    assert "<dt>期限</dt>" not in html


def test_nobody_checked_what_has_no_evidence(read: Read) -> None:
    item = CommitmentFactory.create()
    assert "还没有人核查过。" in verdict(read(f"/commitments/{item.pk}/"))
    Commitment.objects.filter(pk=item.pk).update(last_verified_on=date(2025, 3, 1))
    html = verdict(read(f"/commitments/{item.pk}/"))
    assert "还没有人核查过" not in html
    assert "2025-03-01 核查过，没有可以采纳的证据。" in html
    EvidenceFactory.create(commitment=item)
    html = verdict(read(f"/commitments/{item.pk}/"))
    assert "有证据，还没有据此定状态。" in html
    assert "核查过" not in html


def test_evidence_of_before_the_due_date_is_said_to_be_older(read: Read) -> None:
    item = CommitmentFactory.create(report=ReportFactory.create(year=2018))
    EvidenceFactory.create(commitment=item, verdict=Status.IN_PROGRESS, as_of=date(2019, 1, 1))
    assert "到期时的情况还没有核实；最近的证据截至 2019-01-01，早于期限 3 年" in verdict(
        read(f"/commitments/{item.pk}/")
    )
    EvidenceFactory.create(commitment=item, as_of=date(2022, 1, 1))
    assert "早于期限" not in verdict(read(f"/commitments/{item.pk}/"))


def test_a_status_whose_ground_is_withdrawn_says_so(read: Read) -> None:
    rows = world()
    html = read(f"/commitments/{rows.commitment.pk}/")
    assert "撤下" not in html
    type(rows.claim).objects.filter(pk=rows.claim.pk).update(review_state=ReviewState.WITHDRAWN)
    html = read(f"/commitments/{rows.commitment.pk}/")
    assert "这个状态所依据的证据已经撤下" in verdict(html)
    assert "当时的依据已经撤下。" in section(html, "history")
    assert "已完成一部分。" not in html
    assert f"#e{rows.official.pk}" not in html


def test_who_carries_on_is_told_of_a_government_that_ended(read: Read) -> None:
    rows = world()
    assert "承接" not in read(f"/commitments/{rows.commitment.pk}/")
    Jurisdiction.objects.filter(pk=rows.place.pk).update(valid_until=date(2025, 12, 31))
    html = read(f"/commitments/{rows.commitment.pk}/")
    assert "作出这项承诺的渝北区已经撤销。" in html
    assert "自 2026-01-01 起 新区：全部" in html
    assert '<span class="status d-partly_kept">部分兑现</span>' in verdict(html)


def test_the_quote_is_marked_inside_its_paragraph(read: Read) -> None:
    report = ReportFactory.create(text="第一段。\n\n今年，建成学校4所，改造医院。\n\n第三段。")
    item = CommitmentFactory.create(report=report, start=9, end=15, quote="建成学校4所")
    words = section(read(f"/en/commitments/{item.pk}/"), "words")
    assert '<blockquote class="source" lang="zh-Hans">' in words
    assert f'今年，<mark class="said commitment" id="c{item.pk}">建成学校4所</mark>，改造医院。' in words
    assert "第一段" not in words
    assert f"/en/reports/{report.jurisdiction_id}/2021/#c{item.pk}" in words


def test_those_who_speak_are_kept_apart(read: Read) -> None:
    rows = world()
    html = read(f"/commitments/{rows.commitment.pk}/")
    official, media = section(html, "evidence").split("<h3>媒体等报道</h3>")
    assert "<h3>承诺者自述</h3>" in official
    assert "已完成一部分。" in official
    assert rows.claim.quote in official
    assert f"/reports/500112/2025/#a{rows.claim.pk}" in official
    assert "2025-01-08 作报告" in official
    assert "报告值 4867.7万人次" in official
    assert "在建。" not in official
    assert "在建。" in media
    assert "还没有独立核实。" in media
    assert "<h3>独立核实</h3>" not in html


def test_what_was_independently_checked_stands_apart(read: Read) -> None:
    item = EvidenceFactory.create(source__kind=SourceKind.AUDIT).commitment
    html = read(f"/commitments/{item.pk}/")
    assert "<h3>独立核实</h3>" in html
    assert "还没有独立核实。" not in html


def test_evidence_tells_its_words_place_days_value_reason_and_source(read: Read) -> None:
    rows = world()
    media = section(read(f"/commitments/{rows.commitment.pk}/"), "evidence").split("<h3>媒体等报道</h3>")[1]
    for words in (
        "截至 2022-01-04 的情况", "发生于 2022 年 1 月内", "来源的用语：达序时", "一号楼已动工", "第3版，第10项",
        "预计 不少于 1人次", "仅本期", "自 2021-01-01 起算", "原因：审批", "宣布的新期限 2022-06-30",
        '<a href="https://paper.example/1" rel="external nofollow noopener">一号楼动工</a>', "，重庆日报，第1号",
        "2022-01-05 发布", "2022-02-01 查阅", "网址存疑：读的是转载。", 'evidence/2022/a.pdf">存档文件</a>',
    ):  # fmt: skip
        assert words in media, words
    assert "copy.example" not in media


def test_a_copy_whose_original_nobody_knows_is_named_but_not_linked(read: Read) -> None:
    rows = world()
    Source.objects.exclude(original_url="").update(original_url="")
    html = read(f"/commitments/{rows.commitment.pk}/")
    assert '<span class="address">https://copy.example/1</span>' in html
    assert 'href="https://copy.example' not in html


def test_the_new_date_that_was_announced_leads_to_who_said_so(read: Read) -> None:
    rows = world()
    html = read(f"/commitments/{rows.commitment.pk}/")
    assert f'<dt>来源宣布的新期限</dt><dd><a href="#e{rows.media.pk}"><time datetime="2022-06-30">' in html


def test_the_status_names_the_evidence_that_it_rests_on(read: Read) -> None:
    rows = world()
    html = read(f"/commitments/{rows.commitment.pk}/")
    assert f'依据：<a href="#e{rows.official.pk}">承诺者自述，2025 年报告</a>' in verdict(html)
    assert f'<li id="e{rows.official.pk}">' in html
    assert "截至 2024-12-31 的情况" in verdict(html)


def test_a_commitment_without_evidence_says_so(read: Read) -> None:
    html = read(f"/commitments/{CommitmentFactory.create().pk}/")
    assert "没有收录证据。没有收录，不等于没有做到。" in html
    assert "还没有独立核实" not in html


def test_a_total_is_told_against_time(read: Read) -> None:
    item = CommitmentFactory.create(due_on=date(2025, 12, 31), quantity=100, unit="所", comparator="eq")
    EvidenceFactory.create(
        commitment=item, verdict=Status.IN_PROGRESS, reported_value=20, coverage=Coverage.CUMULATIVE, bound="eq",
        as_of=date(2024, 12, 31), source__published_on=None,
    )  # fmt: skip
    progress = section(read(f"/commitments/{item.pk}/"), "progress")
    assert '<span class="light l-red">严重欠进度</span>' in progress
    assert "截至 2024-12-31，已达目标的 20%，时间已过 80%。" in progress
    assert '<svg class="gauge l-red"' in progress


def test_a_ceiling_is_met_or_not_and_never_a_share_of_time(read: Read) -> None:
    item = CommitmentFactory.create(
        due_on=date(2025, 12, 31), quantity=5, unit="%", comparator="lte", milestone=Milestone.LEVEL
    )
    EvidenceFactory.create(
        commitment=item, verdict=Status.IN_PROGRESS, reported_value=5.5, coverage=Coverage.LEVEL, bound="eq",
        as_of=date(2024, 12, 31), source__published_on=None,
    )  # fmt: skip
    html = read(f"/commitments/{item.pk}/")
    progress = section(html, "progress")
    assert '<span class="light l-red">还没有达到</span>' in progress
    assert "截至 2024-12-31 为 5.5%，目标 不超过 5%。" in progress
    assert "时间已过" not in progress
    assert "l-green" not in html


def test_a_start_is_done_or_not(read: Read) -> None:
    item = CommitmentFactory.create(milestone=Milestone.START)
    progress = section(read(f"/commitments/{item.pk}/"), "progress")
    assert '<span class="light l-grey">做到没有，还没有证据</span>' in progress
    assert "只看开工或启动没有，不按时间折算。" in progress
    item.record_status(
        Status.IN_PROGRESS, evidence=EvidenceFactory.create(commitment=item, verdict=Status.IN_PROGRESS),
        effective_on=date(2021, 12, 20),
    )  # fmt: skip
    assert '<span class="light l-blue">已兑现</span>' in section(read(f"/commitments/{item.pk}/"), "progress")


def test_figures_are_told_in_the_readers_way(read: Read) -> None:
    rows = world()
    english = read(f"/en/commitments/{rows.commitment.pk}/")
    assert "at least 63 million person-times" in english
    assert "48.677 million person-times" in english


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
    assert f'依据：<a href="#e{rows.official.pk}">承诺者自述，2025 年报告</a>' in history
    assert "标记逾期：无证据" in history
    assert history.count("记录于 20") == 2
    assert "自 2022-04-01 起算" in history


def test_a_change_of_ground_is_told_as_such(read: Read) -> None:
    rows = world()
    other = EvidenceFactory.create(
        commitment=rows.commitment, verdict=Status.PARTIAL, as_of=date(2025, 6, 1), source__published_on=None
    )
    rows.commitment.record_status(Status.PARTIAL, evidence=other, effective_on=date(2025, 6, 1))
    history = section(read(f"/commitments/{rows.commitment.pk}/"), "history")
    first = history.split("</li>")[0]
    assert "状态不变，改了依据、日期或原因" in first
    assert f'<a href="#e{other.pk}">媒体等报道，' in first


def test_a_reason_is_told_once_in_the_readers_language(read: Read) -> None:
    item = CommitmentFactory.create()
    proof = EvidenceFactory.create(
        commitment=item, verdict=Status.NOT_STARTED, as_of=date(2022, 2, 10), source__published_on=None
    )
    item.record_status(
        Status.NOT_STARTED, evidence=proof, effective_on=date(2022, 2, 10), reason_code=DelayReason.APPROVAL,
        note="须轨道集团同意。", note_en="The rail company has to agree.",
    )  # fmt: skip
    html = read(f"/commitments/{item.pk}/")
    assert "<dt>延误原因</dt><dd>审批" in html
    assert "须轨道集团同意。" in html
    assert "The rail company has to agree." in read(f"/en/commitments/{item.pk}/")


def test_a_date_that_a_table_gave_is_told_as_the_table_s(read: Read) -> None:
    stated = CommitmentFactory.create(due_on=date(2021, 9, 30), due_basis=DueBasis.STATED)
    page = f"/commitments/{stated.pk}/"
    assert "原文写明。" in read(page)
    row = SourceRowFactory.create(source__title="任务分解表", due_on=date(2021, 9, 30))
    link = RowLinkFactory.create(source_row=row, commitment=stated, due_on_before=date(2021, 12, 31))
    assert "原文写明。" in read(page)
    RowLink.objects.filter(pk=link.pk).update(review_state=Verification.ACCEPTED)
    html = read(page)
    assert "写明。" in html
    assert "任务分解表" in html
    assert "原文写明。" not in html


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


def test_one_commitment_takes_nine_queries_however_much_hangs_on_it(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = world()
    for _ in range(2):
        with django_assert_num_queries(9):
            client.get(f"/commitments/{rows.commitment.pk}/")
        EvidenceFactory.create_batch(5, commitment=rows.commitment)
    Jurisdiction.objects.filter(pk=rows.place.pk).update(valid_until=date(2025, 12, 31))
    with django_assert_num_queries(10):
        client.get(f"/commitments/{rows.commitment.pk}/")


def test_a_chinese_text_without_translation_is_marked_on_the_english_page(read: Read) -> None:
    rows = world()
    Commitment.objects.filter(pk=rows.commitment.pk).update(title_en="")
    html = read(f"/en/commitments/{rows.commitment.pk}/")
    assert f'<h1><span lang="zh-Hans">{rows.commitment.title}</span></h1>' in html
    assert '<p><span lang="zh-Hans">在建。</span></p>' in html


def test_what_people_wrote_is_escaped(read: Read) -> None:
    item = CommitmentFactory.create(title="<script>alert(1)</script>", title_en="<b>x</b>")
    EvidenceFactory.create(
        commitment=item, note="<img src=x>", quote="<img src=y>", source__title="<img src=z>",
        source__url="https://a.example/?a=1&b=2",
    )  # fmt: skip
    html = read(f"/commitments/{item.pk}/") + read(f"/en/commitments/{item.pk}/")
    for tag in ("<script", "<b>x", "<img"):
        assert tag not in html
