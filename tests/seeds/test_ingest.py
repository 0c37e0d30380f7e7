"""From bytes to a draft report with candidates, in steps that may be repeated and interrupted."""

import hashlib
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.utils import timezone

from projects.choices import Origin, ReportState, ReviewState, RunState
from projects.models import Achievement, Commitment, ExtractionRun, Jurisdiction, Report, ReportFile
from seeds import ingest, runs
from seeds.extract import EXTRACTOR_VERSION, extract
from tests import factories

pytestmark = pytest.mark.django_db

WORKER = "worker@test"
TITLE = "清源市人民政府工作报告"
HEAD = f"{TITLE}\n\n——2024年1月10日在清源市第三届人民代表大会第四次会议上\n\n"
REVIEW = "一、2023年工作回顾\n\n建成公共停车场4个，新增公共停车位915个。\n\n"
PLAN = "二、2024年重点工作\n\n新建中小学6所。改造老旧小区15个。"
REPORT = HEAD + REVIEW + PLAN


@pytest.fixture
def qingyuan() -> Jurisdiction:
    return factories.JurisdictionFactory.create(code="441800", name="清源市", level="prefecture")


def submitted(text: str = REPORT, name: str = "report.txt", **hints: Any) -> ExtractionRun:
    run = ingest.submit(name, text.encode(), ingest.Hints(**hints)).run
    assert run is not None
    return run


def processed(run: ExtractionRun) -> ExtractionRun:
    assert ingest.process(run.pk, WORKER)
    run.refresh_from_db()
    return run


def ingested(text: str = REPORT, **hints: Any) -> ExtractionRun:
    return processed(submitted(text, **hints))


def codes(run: ExtractionRun) -> list[str]:
    return [warning["code"] for warning in run.warnings]


def out_of_memory(*_args: object, **_options: object) -> None:
    raise MemoryError


def killed(*_args: object, **_options: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("qingyuan")
class TestFirstRun:
    def test_a_report_of_one_kind_is_doubted(self) -> None:
        assert codes(ingested(HEAD + PLAN + "新建公园3个。" * 4)) == ["only_commitments"]

    def test_a_report_of_both_kinds_is_not_doubted(self) -> None:
        assert codes(ingested(REPORT + "新建公园3个。" * 4)) == []

    def test_keeps_what_the_reader_could_not_read_in_both_languages(self) -> None:
        run = processed(submitted_bytes(REPORT.encode("gb18030")))
        assert codes(run) == ["decoded"]
        assert run.warnings[0]["text"] == "文字按 gb18030 编码读出。"
        assert run.warnings[0]["text_en"] == "was read as gb18030."

    def test_a_worker_that_takes_over_keeps_what_the_first_one_noted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        run = submitted_bytes(REPORT.encode("gb18030"))
        with monkeypatch.context() as patch:
            patch.setattr(ingest, "load_statements", killed)
            with pytest.raises(KeyboardInterrupt):
                ingest.process(run.pk, WORKER)
        ExtractionRun.objects.filter(pk=run.pk).update(state=RunState.QUEUED)
        assert codes(processed(run)) == ["decoded"]

    def test_a_report_in_which_nothing_is_found_any_more_is_doubted(self) -> None:
        report = factories.ReportFactory.create(text="清源市人民政府工作报告\n\n各位代表：\n\n请予审议。")
        assert codes(processed(ingest.again(report))) == ["nothing_found"]

    def test_makes_a_draft_with_the_facts_of_its_heading(self) -> None:
        run = ingested()
        assert (run.state, run.progress, run.reason) == (RunState.DONE, 100, "")
        report = run.report
        assert report is not None
        assert (report.state, report.year, report.jurisdiction_id) == (ReportState.DRAFT, 2024, "441800")
        assert (report.title, str(report.delivered_on)) == (TITLE, "2024-01-10")
        assert report.session == "清源市第三届人民代表大会第四次会议"
        assert report.text == REPORT
        assert [heading["title"] for heading in report.outline][-1] == "二、2024年重点工作"

    def test_makes_candidates_of_which_nothing_is_public(self) -> None:
        run = ingested()
        found: list[Any] = [*Commitment.objects.all(), *Achievement.objects.all()]
        assert {row.quote for row in found} >= {"新建中小学6所", "改造老旧小区15个", "建成公共停车场4个"}
        assert {(row.review_state, row.origin, row.extractor_version) for row in found} == {
            (ReviewState.CANDIDATE, Origin.EXTRACTED, EXTRACTOR_VERSION)
        }
        assert not any(row.is_public for row in found)
        assert (run.created, run.updated, run.withdrawn) == (len(found), 0, 0)
        assert [entry["change"] for entry in run.difference] == ["added"] * len(found)

    def test_keeps_the_file_and_ties_it_to_the_report(self) -> None:
        run = ingested()
        file = ReportFile.objects.get()
        assert (bytes(file.content).decode(), file.report_id) == (REPORT, run.report_id)
        assert file.sha256 == hashlib.sha256(REPORT.encode()).hexdigest()

    def test_is_credited_to_who_asked_for_it(self) -> None:
        user = User.objects.create_user("li")
        run = ingested(requested_by=user)
        event = apps.get_model("projects", "ReportEvent").objects.get(pgh_obj=run.report)
        assert event.pgh_context.metadata == {"user": user.pk, "extraction_run": run.pk}

    def test_hints_win_over_the_heading(self) -> None:
        other = factories.JurisdictionFactory.create(code="500112")
        run = ingested(year=2023, jurisdiction=other)
        assert run.report is not None
        assert (run.report.year, run.report.jurisdiction_id) == (2023, "500112")


class TestRefusals:
    def test_a_file_that_takes_too_much_memory_fails_with_the_reason(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ingest, "read", out_of_memory)
        run = processed(submitted())
        assert (run.state, run.reason_field) == (RunState.FAILED, "file")
        assert "内存" in run.reason
        assert "memory" in run.reason_en

    @pytest.mark.parametrize(
        ("content", "field", "words"),
        [
            (b"%PDF-1.4 broken", "file", "report.txt"),
            (b"   ", "file", "没有文字"),
            ("没有标题的文字，新建学校6所。".encode(), "year", "填写报告年度"),
            ("2024年政府工作报告\n\n新建学校6所。".encode(), "jurisdiction", "选择行政区"),
            ("2024年某某县政府工作报告\n\n新建学校6所。".encode(), "jurisdiction", "某某县"),
            ("1021年清源市政府工作报告\n\n新建学校6所。".encode(), "year", "1021"),
        ],
    )
    def test_names_the_field_and_the_fix_and_writes_nothing(self, content: bytes, field: str, words: str) -> None:
        submission = ingest.submit("report.txt", content, ingest.Hints())
        assert submission.run is not None
        run = processed(submission.run)
        assert (run.state, run.reason_field) == (RunState.FAILED, field)
        assert words in run.reason
        assert run.reason_en
        assert run.reason_en != run.reason
        assert not Report.objects.exists()

    @pytest.mark.usefixtures("qingyuan")
    def test_same_bytes_point_to_the_first_report(self) -> None:
        run = ingested()
        again = ingest.submit("copy.txt", REPORT.encode(), ingest.Hints())
        assert again.run is None
        assert again.known == run.report

    @pytest.mark.usefixtures("qingyuan")
    def test_same_text_in_another_file_points_to_the_first_report(self) -> None:
        first = ingested()
        run = processed(submitted_bytes(REPORT.encode("utf-16")))
        assert (run.state, run.reason_field, run.duplicate_of) == (RunState.FAILED, "file", first.report)
        assert str(first.report_id) in run.reason
        assert Report.objects.count() == 1
        again = ingest.submit("again.txt", REPORT.encode("utf-16"), ingest.Hints())
        assert again.known == first.report

    @pytest.mark.usefixtures("qingyuan")
    def test_another_report_of_the_same_year_is_refused_until_the_first_is_withdrawn(self) -> None:
        first = ingested()
        run = processed(submitted(REPORT + "加快建设。"))
        assert (run.state, run.reason_field, run.duplicate_of) == (RunState.FAILED, "year", first.report)
        Report.objects.update(state=ReportState.WITHDRAWN)
        assert run.retry()
        assert processed(run).state == RunState.DONE

    def test_a_corrected_hint_lets_a_failed_file_through(self) -> None:
        run = processed(submitted("没有标题的文字。\n二、2024年重点工作\n\n新建学校6所。"))
        assert run.state == RunState.FAILED
        place = factories.JurisdictionFactory.create()
        again = ingest.submit(
            "x.txt", "没有标题的文字。\n二、2024年重点工作\n\n新建学校6所。".encode(), ingest.Hints(2024, place)
        )
        assert again.run == run
        assert processed(run).state == RunState.DONE

    @pytest.mark.usefixtures("qingyuan")
    def test_a_table_of_results_makes_no_report(self) -> None:
        rows = "\n".join(f"{number}\t新建学校{number}所\t区教委\t已建成{number}所" for number in range(1, 9))
        run = processed(
            submitted(f"清源市2024年政府工作报告目标任务完成情况表\n序号\t目标任务\t责任单位\t完成情况\n{rows}\n")
        )
        assert (run.state, run.reason_field) == (RunState.FAILED, "about")
        assert run.report is None
        assert not Report.objects.exists()

    @pytest.mark.usefixtures("qingyuan")
    def test_a_report_in_which_nothing_is_found_takes_no_place(self) -> None:
        run = processed(submitted("清源市2024年政府工作报告\n各位代表：\n一、2024年重点工作\n坚持依法行政。\n"))
        assert (run.state, run.reason_field) == (RunState.FAILED, "file")
        assert "没有找到任何承诺或成果" in run.reason
        assert run.report is None

    @pytest.mark.usefixtures("qingyuan")
    def test_an_error_of_the_program_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_args: object, **_options: object) -> None:
            raise ZeroDivisionError("division by zero")

        monkeypatch.setattr(ingest, "extract", broken)
        run = ingested()
        assert run.state == RunState.FAILED
        assert "ZeroDivisionError: division by zero" in run.reason
        monkeypatch.undo()
        assert run.retry()
        assert processed(run).state == RunState.DONE


def submitted_bytes(content: bytes) -> ExtractionRun:
    run = ingest.submit("report-16.txt", content, ingest.Hints()).run
    assert run is not None
    return run


@pytest.mark.usefixtures("qingyuan")
class TestAgain:
    def test_the_same_version_changes_nothing(self) -> None:
        first = ingested()
        assert first.report is not None
        run = processed(ingest.again(first.report))
        assert (run.state, run.created, run.updated, run.withdrawn) == (RunState.DONE, 0, 0, 0)
        assert (run.unchanged, run.difference) == (first.created, [])

    def test_reviewed_rows_stay_new_ones_come_and_vanished_candidates_go(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = ingested()
        report = first.report
        assert report is not None
        schools, flats = Commitment.objects.get(quote="新建中小学6所"), Commitment.objects.get(quote="改造老旧小区15个")
        Commitment.objects.filter(pk=schools.pk).update(review_state=ReviewState.PUBLISHED)
        found = extract(report.text, year=2024)
        kept = [one for one in found if one.quote not in (schools.quote, flats.quote)]
        monkeypatch.setattr(ingest, "extract", lambda *_args, **_hints: kept)
        monkeypatch.setattr(ingest, "EXTRACTOR_VERSION", "9.9.9")
        run = processed(ingest.again(report))
        schools.refresh_from_db()
        flats.refresh_from_db()
        assert schools.review_state == ReviewState.PUBLISHED
        assert flats.review_state == ReviewState.WITHDRAWN
        changes = {(entry["change"], entry["quote"]) for entry in run.difference}
        assert {("kept", schools.quote), ("withdrawn", flats.quote)} <= changes
        assert run.withdrawn == 1
        monkeypatch.undo()
        back = processed(ingest.again(report))
        assert ("added", flats.quote) in {(entry["change"], entry["quote"]) for entry in back.difference}

    def test_a_run_under_way_is_not_doubled(self) -> None:
        first = ingested()
        assert first.report is not None
        assert ingest.again(first.report) == ingest.again(first.report)


@pytest.mark.usefixtures("qingyuan")
class TestInterruption:
    def test_a_finished_run_is_not_done_again(self) -> None:
        run = ingested()
        assert not ingest.process(run.pk, WORKER)

    def test_a_run_at_work_is_left_alone(self) -> None:
        run = submitted()
        assert runs.claim(run.pk, "other")
        assert not ingest.process(run.pk, WORKER)

    @pytest.mark.parametrize("state", [RunState.READING, RunState.EXTRACTING, RunState.WRITING])
    def test_a_run_of_a_dead_worker_is_completed(self, state: RunState) -> None:
        run = submitted()
        claim = runs.claim(run.pk, "dead")
        assert claim is not None
        claim.renew(state=state)
        long_ago = timezone.now() - 2 * runs.stale_after()
        ExtractionRun.objects.filter(pk=run.pk).update(heartbeat_at=long_ago)
        assert processed(run).state == RunState.DONE
        assert Report.objects.count() == 1
        assert run.attempts == 2

    def test_who_lost_the_claim_writes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        run = submitted()

        def robbed(*_args: object, **_hints: object) -> list[object]:
            ExtractionRun.objects.filter(pk=run.pk).update(claim="somebody else")
            return []

        monkeypatch.setattr(ingest, "extract", robbed)
        assert not ingest.process(run.pk, WORKER)
        run.refresh_from_db()
        assert (run.state, run.claim) == (RunState.EXTRACTING, "somebody else")
        assert not Commitment.objects.exists()


def test_submitting_twice_gives_one_run(qingyuan: Jurisdiction) -> None:
    assert submitted() == submitted()
    assert ReportFile.objects.count() == 1
