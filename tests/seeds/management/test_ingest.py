"""``manage.py ingest``: one report, a folder over all workers, and again; each outcome named with its file."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from projects.choices import ReportState, RunState
from projects.models import Commitment, ExtractionRun, Report, ReportPair, Source
from tests import factories
from tests.seeds import papers, years
from tests.seeds.workers import running_worker

PLAN = "二、{year}年重点工作\n\n新建中小学6所。改造老旧小区15个。"
REPORT = "{year}年清源市政府工作报告\n\n" + PLAN


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two reports, a bad file, and one that is no report."""
    factories.JurisdictionFactory.create(code="441800", name="清源市", level="prefecture")
    folder = tmp_path / "reports"
    (folder / "older").mkdir(parents=True)
    (folder / "2024.txt").write_text(REPORT.format(year=2024), encoding="utf-8")
    (folder / "older" / "441800-2023.txt").write_text("工作报告\n\n" + PLAN.format(year=2023), encoding="gb18030")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    return folder


def ingest(*arguments: object, **options: object) -> tuple[str, str]:
    """Run the command and return what it said; its failure is part of that."""
    out, err = StringIO(), StringIO()
    try:
        call_command("ingest", *map(str, arguments), stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_a_shelf_of_years_is_compared_year_by_year(tmp_path: Path) -> None:
    factories.JurisdictionFactory.create(code=years.PLACE, name="清源市", level="prefecture")
    for year, text in years.TEXTS.items():
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    out, _err = ingest(tmp_path)
    told = [line for line in out.splitlines() if "→" in line and "条待核" in line]
    assert [line.split("：")[0] for line in told] == ["2023 → 2024", "2023 → 2025", "2024 → 2025"]
    assert not ReportPair.objects.filter(linked_at__isnull=True).exists()
    again, _err = ingest(tmp_path)
    assert "条待核" not in again


@pytest.mark.django_db
class TestFolder:
    def test_takes_in_what_it_can_and_names_the_rest(self, folder: Path) -> None:
        out, err = ingest(folder)
        assert set(Report.objects.values_list("year", "state")) == {
            (2024, ReportState.DRAFT),
            (2023, ReportState.DRAFT),
        }
        assert "manifest.json" in out
        assert "完成 2，已有 0，失败 1" in out
        assert "scan.pdf" in err
        assert "重新下载" in err

    def test_the_second_time_skips_what_is_there(self, folder: Path) -> None:
        ingest(folder)
        out, err = ingest(folder)
        assert "完成 0，已有 2，失败 1" in out
        assert "scan.pdf" in err
        assert Commitment.objects.count() == 4

    def test_an_empty_folder_is_an_error(self, tmp_path: Path) -> None:
        assert "没有报告" in ingest(tmp_path)[1]


@pytest.mark.django_db(transaction=True)
def test_parallel_fans_a_folder_out_over_the_workers(folder: Path, broker_url: str, tmp_path: Path) -> None:
    with running_worker(broker_url, tmp_path / "worker.log"):
        out, err = ingest(folder, "--parallel")
        assert "3/3" in out
        assert "完成 2，已有 0，失败 1" in out
        assert "scan.pdf" in err
        assert Commitment.objects.filter(is_public=False).count() == 4
        report = Report.objects.get(year=2024)
        out, err = ingest("--again", report.pk, "--wait")
        assert "1/1" in out
        assert "+0 ~0 =2 −0" in out
        assert err == ""


@pytest.mark.django_db
class TestFile:
    def test_is_queued(self, folder: Path) -> None:
        out, _err = ingest(folder / "2024.txt")
        run = ExtractionRun.objects.get()
        assert str(run.pk) in out
        assert (run.state, run.report) == (RunState.QUEUED, None)
        assert run.sent_at is not None

    def test_that_is_here_points_to_its_report(self, folder: Path) -> None:
        ingest(folder)
        out, _err = ingest(folder / "2024.txt")
        assert f"{Report.objects.get(year=2024).pk} " in out
        assert "已有 1" in out

    def test_takes_year_and_place_from_the_command_line(self, folder: Path) -> None:
        factories.JurisdictionFactory.create(code="500112")
        ingest(folder / "2024.txt", "--year", "2020", "--jurisdiction", "500112")
        run = ExtractionRun.objects.get()
        assert (run.year, run.jurisdiction_id) == (2020, "500112")

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("missing.txt",), "missing.txt"),
            (("x.txt", "--year", "1900"), "1954"),
            (("x.txt", "--jurisdiction", "999999"), "999999"),
            (("--again", "999999"), "999999"),
            (("x.txt", "--all"), "not allowed"),
            ((), "required"),
        ],
    )
    def test_bad_arguments_are_named(self, arguments: tuple[str, ...], words: str) -> None:
        assert words in ingest(*arguments)[1]


@pytest.mark.django_db
def test_all_queues_what_an_older_version_has_extracted(folder: Path) -> None:
    ingest(folder)
    assert "已排队 0 " in ingest("--all")[0]
    ExtractionRun.objects.filter(report__year=2023).update(extractor_version="0.1")
    assert "已排队 1 " in ingest("--all")[0]
    assert ExtractionRun.objects.get(state=RunState.QUEUED).report == Report.objects.get(year=2023)


@pytest.mark.django_db
class TestOfficialDocuments:
    @pytest.fixture(autouse=True)
    def media(self, settings: Settings, tmp_path: Path) -> None:
        """Copies of documents go to a folder of the test's own."""
        settings.MEDIA_ROOT = tmp_path / "media"

    @pytest.fixture
    def table(self, tmp_path: Path) -> Path:
        """A task table about a report that is here."""
        papers.report()
        file = tmp_path / "in" / "任务.xlsx"
        file.parent.mkdir()
        file.write_bytes(papers.task_table())
        return file

    def test_a_dry_run_tells_each_row_and_keeps_nothing(self, table: Path) -> None:
        out, err = ingest(table, dry_run=True)
        lines = out.splitlines()
        assert lines[0].startswith("任务分解表（列出任务和责任单位的表格）渝北区")
        assert [line.split("\t")[0] for line in lines[1:-1]] == ["变更", "新增", "变更", "变更", "变更", "未对应"]
        assert lines[-1] == "6 行：新增 1，变更 4，不变 0，未对应 1，出错 0。什么都没有写入。"
        assert err == ""
        assert not Source.objects.exists()
        assert not ExtractionRun.objects.exists()
        assert not any((table.parents[1] / "media").rglob("*.xlsx"))

    def test_a_dry_run_of_a_report_counts_its_statements(self, folder: Path) -> None:
        out, _err = ingest(folder / "2024.txt", dry_run=True)
        assert out == "政府工作报告：承诺 2 条，成绩 0 条。\n"
        assert not Report.objects.exists()

    def test_a_dry_run_says_why_a_file_is_refused(self, tmp_path: Path) -> None:
        sheet, broken = tmp_path / "花名册.xlsx", tmp_path / "坏.pdf"
        sheet.write_bytes(papers.xlsx("花名册", ("姓名", "年龄"), [("张三", "13")]))
        broken.write_bytes(b"%PDF-1.4 broken")
        assert "责任单位" in ingest(sheet, dry_run=True)[1]
        assert "坏.pdf" in ingest(broken, dry_run=True)[1]

    def test_kind_and_report_are_given(self, table: Path) -> None:
        report = Report.objects.get()
        ingest(table, kind="livelihood_list", about=report.pk)
        run = ExtractionRun.objects.get()
        assert (run.kind, run.about) == ("livelihood_list", report)
        assert "--about" in ingest(table, about=report.pk + 1)[1]

    def test_a_folder_takes_documents_and_reports(self, table: Path) -> None:
        out, err = ingest(table.parent)
        assert err == ""
        assert "任务分解表 +6" in out
        out, _err = ingest(table.parent)
        assert "完成 0，已有 1，失败 0" in out
