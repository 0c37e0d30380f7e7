"""Official documents become a source, its rows and proposed links; nothing else is written, and no result promises."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from projects.choices import RunState, SourceKind, Status, Verification
from projects.models import (
    Achievement,
    Commitment,
    Evidence,
    ExtractionRun,
    Report,
    Responsibility,
    RowLink,
    Source,
    SourceRow,
)
from seeds import documents, ingest
from seeds.official.elimination import left_out
from seeds.official.score import Score
from seeds.reading import read
from tests import factories
from tests.seeds import papers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    """Copies of documents go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def report() -> Report:
    return papers.report()


def linked(source: Source | None) -> dict[str, set[str]]:
    """Return the titles of the commitments that each row is proposed to be about, by its item number."""
    rows = SourceRow.objects.filter(source=source)
    return {row.item_number: {link.commitment.title for link in row.links.all()} for row in rows}


class TestTaskTable:
    def test_becomes_a_source_with_its_rows(self, report: Report) -> None:
        run = papers.processed(papers.task_table())
        assert (run.state, run.kind, run.created, run.reason) == (RunState.DONE, "task_table", 6, "")
        assert run.kind_reason == "列出任务和责任单位的表格"
        assert run.kind_reason_en.startswith("a table of tasks")
        source = run.source
        assert source is not None
        assert (source.kind, source.title, source.report) == (SourceKind.TASK_TABLE, papers.TASK_TITLE, report)
        assert (source.jurisdiction_id, source.is_public) == ("500112", False)
        with source.file.open("rb") as copy:
            assert copy.read() == papers_of(run)
        first, *_rest = source.rows.all()
        assert (first.item_number, first.text, first.lead) == ("1", papers.PARKING, ["区城市管理局"])
        assert (first.cooperating, first.due_on, first.verdict) == (["区交通运输委"], date(2025, 9, 30), "")
        assert first.place.endswith("R3")

    @pytest.mark.usefixtures("report")
    def test_proposes_links_and_writes_nothing_else(self) -> None:
        before = set(Commitment.objects.values_list("pk", "due_on", "due_basis", "updated_at"))
        run = papers.processed(papers.task_table())
        found = linked(run.source)
        assert any("停车位" in title for title in found["1"])
        assert len(found["2"]) == 2
        assert found["6"] == set()
        assert set(RowLink.objects.values_list("review_state", flat=True)) == {Verification.PROPOSED}
        best = RowLink.objects.filter(source_row__item_number="1").latest("score")
        assert best.score is not None
        assert best.score > 0.8
        assert best.reasons[0][1] > 0
        assert set(Commitment.objects.values_list("pk", "due_on", "due_basis", "updated_at")) == before
        assert not Responsibility.objects.exists()
        assert not Evidence.objects.exists()

    @pytest.mark.usefixtures("report")
    def test_a_word_document_reads_the_same(self) -> None:
        run = papers.processed(papers.word(papers.TASK_TITLE, papers.TASK_HEADER, papers.TASKS), "任务.docx")
        assert run.source is not None
        assert list(run.source.rows.values_list("text", flat=True)) == [task[1] for task in papers.TASKS]

    @pytest.mark.usefixtures("report")
    def test_the_same_file_is_known(self) -> None:
        run = papers.processed(papers.task_table())
        content = papers_of(run)
        assert ingest.submit("again.xlsx", content, ingest.Hints()).known == run.source

    @pytest.mark.usefixtures("report")
    def test_another_file_of_the_same_rows_changes_nothing(self) -> None:
        first = papers.processed(papers.task_table())
        again = papers.processed(papers.word(papers.TASK_TITLE, papers.TASK_HEADER, papers.TASKS), "任务.docx")
        assert (again.state, again.reason_field, again.source) == (RunState.FAILED, "file", first.source)
        assert papers.TASK_TITLE in again.reason
        assert Source.objects.count() == 1

    @pytest.mark.usefixtures("report")
    def test_a_row_more_is_another_document(self) -> None:
        papers.processed(papers.task_table())
        longer = papers.xlsx(
            papers.TASK_TITLE, papers.TASK_HEADER, [*papers.TASKS, ("7", "扩建双凤养老服务中心", "区民政局", "", "")]
        )
        assert papers.processed(longer).state == RunState.DONE
        assert Source.objects.count() == 2


def papers_of(run: ExtractionRun) -> bytes:
    """Return the bytes that were handed in."""
    assert run.file is not None
    return bytes(run.file.content)


@pytest.mark.usefixtures("report")
class TestOutcomeTable:
    def test_says_what_became_of_each_task(self) -> None:
        run = papers.processed(papers.outcome_table())
        assert run.kind == SourceKind.OUTCOME_TABLE
        told = dict(SourceRow.objects.values_list("item_number", "verdict"))
        assert told == {"1": Status.COMPLETED, "2": Status.NOT_MET, "3": Status.COMPLETED, "4": Status.COMPLETED}
        first, second = SourceRow.objects.order_by("position")[:2]
        assert (first.official_word, first.value, first.unit) == ("超额完成", Decimal(1020), "个")
        assert (first.as_of, first.progress) == (date(2025, 12, 31), "已新增公共停车位1020个。")
        assert (second.delay_reason, second.forecast) == ("land", date(2026, 6, 30))

    def test_a_result_is_no_promise(self) -> None:
        counts = Commitment.objects.count(), Achievement.objects.count()
        papers.processed(papers.outcome_table())
        assert (Commitment.objects.count(), Achievement.objects.count()) == counts

    def test_results_are_not_taken_for_a_report_even_if_told_so(self) -> None:
        run = papers.processed(papers.outcome_table(), kind="report")
        assert (run.state, run.reason_field) == (RunState.FAILED, "file")
        assert "不能当作承诺" in run.reason

    def test_a_day_that_has_not_come_is_not_told_of(self) -> None:
        today = timezone.localdate()
        assert documents._state_day(None, today.year + 1) == today
        assert documents._state_day(date(2020, 6, 30), 2020) == date(2020, 6, 30)


class TestWhatIsSaidOfIt:
    def test_without_a_report_there_is_nothing_to_compare_with(self) -> None:
        papers.yubei()
        run = papers.processed(papers.task_table())
        assert (run.state, run.reason_field, run.source) == (RunState.FAILED, "about", None)
        assert "渝北区2025年的报告还没有收录" in run.reason
        assert run.kind_reason

    def test_a_missing_place_may_be_given_afterwards(self, report: Report) -> None:
        content = papers.xlsx("2025年政府工作报告目标任务分解表", papers.TASK_HEADER, papers.TASKS)
        run = papers.processed(content)
        assert (run.state, run.reason_field) == (RunState.FAILED, "jurisdiction")
        assert run.retry(jurisdiction=report.jurisdiction)
        assert ingest.process(run.pk, "worker@test")
        run.refresh_from_db()
        assert (run.state, run.source and run.source.report) == (RunState.DONE, report)

    def test_the_report_may_be_chosen(self, report: Report) -> None:
        content = papers.xlsx("2024年目标任务分解表", papers.TASK_HEADER, papers.TASKS)
        run = papers.processed(content, about=report)
        assert run.source is not None
        assert run.source.report == report
        assert any("2024" in warning["text"] and "2024" in warning["text_en"] for warning in run.warnings)

    @pytest.mark.usefixtures("report")
    def test_the_kind_may_be_chosen(self) -> None:
        run = papers.processed(papers.task_table(), kind="livelihood_list")
        assert run.source is not None
        assert (run.source.kind, run.kind_reason) == (SourceKind.LIVELIHOOD_LIST, "人工指定")

    def test_another_place_is_doubted(self, report: Report) -> None:
        run = papers.processed(papers.task_table(), jurisdiction=factories.JurisdictionFactory.create(), about=report)
        assert any("渝北区" in warning["text"] for warning in run.warnings)

    @pytest.mark.usefixtures("report")
    def test_an_unknown_sheet_is_refused_with_what_was_looked_for(self) -> None:
        rows = [("张三", "13", "男"), ("李四", "14", "女")]
        run = papers.processed(papers.xlsx("花名册", ("姓名", "年龄", "性别"), rows))
        assert (run.state, run.reason_field) == (RunState.FAILED, "kind")
        assert "责任单位" in run.reason
        assert "责任单位" in run.reason_en

    def test_an_unknown_sheet_of_a_given_kind_has_no_rows(self, report: Report) -> None:
        sheet = papers.xlsx("花名册", ("姓名", "年龄"), [("张三", "13")])
        run = papers.processed(sheet, kind="task_table", about=report, jurisdiction=report.jurisdiction)
        assert (run.state, run.reason_field) == (RunState.FAILED, "file")
        assert "没有读到任何一行任务" in run.reason


class TestElimination:
    @pytest.mark.usefixtures("report")
    def test_what_a_notice_of_exceptions_leaves_out_is_inferred(self) -> None:
        papers.processed(papers.task_table())
        notice = (
            "渝北区2025年《政府工作报告》目标任务完成情况的通报\n"
            "2025年共有6项工作任务，4项已完成、2项部分完成。\n"
            "二、部分完成年度目标任务情况\n"
            "1.建成超充站59座（第3项）。因用地手续未办结，仅建成40座，预计2026年6月建成。责任单位：区经济信息委。\n"
            "2.新建、改建雨污管网48公里（第5项）。因资金紧张，仅完成30公里。责任单位：区住房城乡建委。\n"
        )
        run = papers.processed(notice.encode(), "通报.txt")
        assert (run.state, run.kind) == (RunState.DONE, "outcome_notice")
        source = run.source
        assert source is not None
        assert (source.tasks_total, source.tasks_done, source.tasks_partly) == (6, 4, 2)
        inferred = source.rows.filter(is_inferred=True)
        assert list(inferred.values_list("item_number", flat=True)) == ["1", "2", "4", "6"]
        assert set(inferred.values_list("verdict", flat=True)) == {Status.COMPLETED}
        assert linked(source)["1"] == linked(Source.objects.get(kind=SourceKind.TASK_TABLE))["1"]

    @pytest.mark.parametrize(
        ("tasks", "named", "score", "left"),
        [
            (["1", "2", "3"], ["2"], Score(3, 2, 1), [0, 2]),
            (["1", "2", "3", "4"], ["2、3"], Score(4, 2, 2), [0, 3]),
            (["1", "2", "3"], ["2"], Score(4, 3, 1), []),
            (["1", "2", "3"], ["2"], Score(3, 1, 2), []),
            (["1", "2", "1"], ["2"], Score(3, 2, 1), []),
            (["1", "2", "3"], ["7"], Score(3, 2, 1), []),
            (["1", "", "3"], ["3"], Score(3, 2, 1), []),
            (["1", "2", "3"], ["2"], Score(3, None, 1), []),
        ],
    )
    def test_only_where_the_counts_fit(self, tasks: list[str], named: list[str], score: Score, left: list[int]) -> None:
        assert left_out(tasks, named, score) == left


def test_a_rehearsal_keeps_nothing_and_tells_each_row(report: Report) -> None:
    content = papers.task_table()
    document = read(content, filename="任务.xlsx")
    official = documents.recognise(document)
    assert official is not None
    paper = documents.place(document, official, documents.Given())
    states = [trial.state for trial in documents.rehearse(paper, "任务.xlsx", content)]
    assert states == ["changed", "new", "changed", "changed", "changed", "unmatched"]
    assert not Source.objects.exists()
    assert not SourceRow.objects.exists()
