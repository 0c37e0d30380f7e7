"""A directory is loaded whole, again without effect, change by change, and never over a person's work."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from projects.choices import ReportState, ReviewState, Status, Verification
from projects.models import (
    Achievement,
    Commitment,
    Department,
    Evidence,
    Jurisdiction,
    LinkProposal,
    Project,
    Report,
    ReportPair,
    Restatement,
    Source,
    StatusChange,
    Succession,
)
from seeds.load import LoadError, LoadResult, seed
from tests.factories import EvidenceFactory
from tests.seeds.data import HOMES, HOMES_AGAIN, SCHOOL, SECOND, Directory, entry

pytestmark = pytest.mark.django_db

SHIPPED = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def directory(tmp_path: Path) -> Directory:
    return Directory(tmp_path / "data")


def load(directory: Directory, *, rehearse: bool = False) -> LoadResult:
    return seed(directory.write(), rehearse=rehearse)


def school() -> Commitment:
    return Commitment.objects.get(quote="建成第一中学")


class TestFirstLoad:
    def test_the_shipped_data_load_and_load_again_without_effect(self) -> None:
        first = seed(SHIPPED)
        assert first["commitments"].counts[0] == 187
        assert first["achievements"].counts[0] == 224
        created, updated, unchanged, withdrawn, kept = seed(SHIPPED).counts
        assert (created, updated, withdrawn, kept) == (0, 0, 0, 0)
        assert unchanged == sum(first.counts)
        assert Commitment.objects.published().filter(year=2021).count() == 118
        assert Commitment.objects.published().filter(category="education", year=2021).count() == 6

    def test_statements_are_published_whole(self, directory: Directory) -> None:
        load(directory)
        row = Commitment.objects.get(quote="新建公园3个")
        assert (row.is_public, row.origin, row.year, row.jurisdiction_id) == (True, "curated", 2021, "510199")
        assert (row.quantity, row.due_on) == (Decimal(3), date(2021, 12, 31))
        assert (row.unit, row.comparator) == ("个", "eq")
        assert Achievement.objects.get(quote="新建公园2个").period_end == date(2021, 12, 31)

    def test_names_get_their_sort_keys(self, directory: Directory) -> None:
        load(directory)
        assert Jurisdiction.objects.get(code="510199").pinyin == "mou3 qu1"
        assert Department.objects.get().pinyin == "jiao4 yu4 ju2"
        assert Project.objects.get().pinyin == "di4 yi1 zhong1 xue2"

    def test_a_report_gets_its_text_and_outline(self, directory: Directory) -> None:
        load(directory)
        report = Report.objects.get(year=2022)
        assert (report.text, report.state) == (SECOND, ReportState.PUBLISHED)
        assert [(row["level"], row["title"]) for row in report.outline] == [(1, "一、去年工作"), (1, "二、今年任务")]
        assert all(report.text[row["start"] : row["end"]] == row["title"] for row in report.outline)

    def test_statements_hang_on_their_project(self, directory: Directory) -> None:
        load(directory)
        project = Project.objects.get()
        assert project.review_state == ReviewState.PUBLISHED
        assert school().project == project
        assert Achievement.objects.get(quote="第一中学建成投用").project == project
        assert Commitment.objects.filter(project__isnull=True).count() == 3

    def test_a_status_rests_on_accepted_evidence_and_is_written_down(self, directory: Directory) -> None:
        load(directory)
        row, change = school(), StatusChange.objects.get()
        assert (row.status, row.status_since) == (Status.COMPLETED, date(2021, 12, 31))
        assert row.status_evidence == change.evidence == Evidence.objects.get(review_state=Verification.ACCEPTED)
        assert (change.from_status, change.to_status, change.note_en) == ("not_assessed", "completed", "Note")

    def test_unsure_evidence_waits_for_a_person(self, directory: Directory) -> None:
        load(directory)
        row = Commitment.objects.get(quote="新建公园3个")
        assert Evidence.objects.get(commitment=row).review_state == Verification.PROPOSED
        assert (row.status, row.reported_value) == (Status.NOT_ASSESSED, None)

    def test_restatements_tie_two_commitments(self, directory: Directory) -> None:
        load(directory)
        link = Restatement.objects.get()
        assert (link.earlier.quote, link.later.quote, link.phase) == ("改造老旧小区5个", "改造老旧小区7个", "next")


class TestChangedData:
    def test_a_changed_line_updates_one_row(self, directory: Directory) -> None:
        load(directory)
        directory.curated["510199-2021"][0]["title_en"] = "Build the First School"
        result = load(directory)
        assert dict(result["commitments"].updated) == {school().pk: ("title_en",)}
        assert result.counts[:2] == (0, 1)
        assert school().title_en == "Build the First School"

    def test_a_removed_line_withdraws_its_row_and_a_returned_one_publishes_it(self, directory: Directory) -> None:
        load(directory)
        line = directory.curated["510199-2021"].pop(2)
        links = directory.curated.pop("restatements")
        result = load(directory)
        row = Commitment.objects.get(quote="改造老旧小区5个")
        assert result["commitments"].withdrawn == (row.pk,)
        assert (row.review_state, row.is_public) == (ReviewState.WITHDRAWN, False)
        assert Restatement.objects.get().review_state == Verification.REJECTED
        assert sum(load(directory).counts[:2]) == 0
        directory.curated["510199-2021"].append(line)
        directory.curated["restatements"] = links
        assert dict(load(directory)["commitments"].updated) == {row.pk: ("review_state",)}
        row.refresh_from_db()
        assert row.is_public
        assert Restatement.objects.get().review_state == Verification.ACCEPTED

    def test_a_withdrawn_commitment_takes_its_evidence_out_of_sight(self, directory: Directory) -> None:
        load(directory)
        assert Evidence.objects.published().count() == 1
        del directory.curated["510199-2021"][0]
        for name in ("projects", "statuses"):
            directory.curated[name].clear()
        del directory.curated["evidence"][0]
        load(directory)
        row = school()
        assert not Evidence.objects.published().exists()
        assert (row.status, row.status_evidence, row.review_state) == ("not_assessed", None, "withdrawn")
        assert Evidence.objects.get(commitment=row).review_state == Verification.REJECTED
        assert Project.objects.get().review_state == ReviewState.WITHDRAWN
        assert list(StatusChange.objects.order_by("id").values_list("to_status", flat=True)) == [
            "completed",
            "not_assessed",
        ]

    def test_a_report_that_left_is_withdrawn_with_all_that_stands_in_it(self, directory: Directory) -> None:
        load(directory)
        del directory.curated["510199-2022"], directory.manifest[1]
        for name in ("evidence", "statuses", "restatements", "pairs"):
            del directory.curated[name]
        directory.curated["projects"][0]["statements"] = [SCHOOL]
        load(directory)
        assert Report.objects.get(year=2022).state == ReportState.WITHDRAWN
        assert not Achievement.objects.published().exists()
        assert Commitment.objects.published().count() == 3

    def test_a_new_text_replaces_the_report_of_that_year(self, directory: Directory) -> None:
        load(directory)
        directory.texts["510199-2021"] = directory.texts["510199-2021"] + "完。\n"
        directory.manifest[0] = {**entry("510199-2021"), "sha256": _sha(directory.texts["510199-2021"])}
        load(directory)
        assert sorted(Report.objects.filter(year=2021).values_list("state", flat=True)) == ["published", "withdrawn"]
        assert Commitment.objects.published().filter(year=2021).count() == 3

    def test_a_changed_status_moves_on_with_its_evidence(self, directory: Directory) -> None:
        directory.curated["statuses"][0]["status"] = "partial"
        directory.curated["evidence"][0]["verdict"] = "partial"
        load(directory)
        directory.curated["statuses"][0]["status"] = "completed"
        directory.curated["evidence"][0]["verdict"] = "completed"
        assert load(directory)["statuses"].counts == (0, 1, 0, 0, 0)
        assert school().status == Status.COMPLETED
        assert StatusChange.objects.count() == 2

    def test_another_governments_data_stay(self, directory: Directory) -> None:
        seed(SHIPPED)
        assert load(directory).counts[3] == 0
        assert Report.objects.published().count() == 4


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class TestPairs:
    def test_a_pair_is_marked_once_and_what_a_person_took_back_stays(self, directory: Directory) -> None:
        clause = {"report": "510199-2022", "start": 0, "end": 4}
        directory.curated["pairs"][0]["mentioned"] = [[HOMES, clause]]
        load(directory)
        pair = ReportPair.objects.get()
        assert (pair.earlier.year, pair.later.year, pair.gone_through_by) == (2021, 2022, None)
        assert pair.gone_through_at is not None
        assert LinkProposal.objects.mentioned().get().earlier.quote == "改造老旧小区5个"
        ReportPair.objects.update(gone_through_at=None)
        LinkProposal.objects.update(review_state="rejected")
        load(directory)
        assert ReportPair.objects.get().gone_through_at is None
        assert LinkProposal.objects.get().review_state == "rejected"

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"later": "510199-2021"}, "no later report"),
            ({"later": "510199-2030"}, "not in the manifest"),
            ({"mentioned": [[HOMES | {"end": 30}, {"report": "510199-2022", "start": 0, "end": 4}]]}, "no commitment"),
            ({"mentioned": [[HOMES, {"report": "510199-2022", "start": 0, "end": 9999}]]}, "is not in 510199-2022"),
            ({"mentioned": [[HOMES_AGAIN, {"report": "510199-2022", "start": 0, "end": 4}]]}, "is not of 510199-2021"),
            ({"mentioned": "none"}, "mentioned"),
        ],
    )
    def test_what_does_not_fit_is_refused_by_name(
        self, directory: Directory, change: dict[str, Any], told: str
    ) -> None:
        directory.curated["pairs"][0] |= change
        with pytest.raises(LoadError, match=told):
            load(directory)
        assert not ReportPair.objects.exists()


class TestPersonsWork:
    def test_a_field_changed_by_hand_stays_and_is_reported(self, directory: Directory) -> None:
        load(directory)
        Commitment.objects.filter(pk=school().pk).update(title="建成一中")
        directory.curated["510199-2021"][0] |= {"title": "建成第一中学（新）", "milestone": "progress"}
        result = load(directory)["commitments"]
        assert dict(result.kept) == {school().pk: ("title",)}
        assert dict(result.updated) == {school().pk: ("milestone",)}
        assert (school().title, school().milestone) == ("建成一中", "progress")
        assert load(directory).counts == (0, 0, 19, 0, 1)

    @pytest.mark.parametrize(
        "change",
        [
            lambda: Project.objects.update(name_en="No. 1 School"),
            lambda: Report.objects.filter(year=2021).update(session="第二次会议"),
            lambda: Jurisdiction.objects.filter(code="510199").update(name_en="Some District"),
            lambda: Department.objects.update(name_en="Schools Office"),
            lambda: Evidence.objects.filter(verdict="partial").update(note="人工核对"),
            lambda: Restatement.objects.update(phase="same"),
            lambda: Source.objects.update(publisher="某区政府督查室"),
            lambda: Succession.objects.update(scope="大部"),
        ],
    )
    def test_every_table_keeps_what_a_person_wrote(self, directory: Directory, change: Callable[[], int]) -> None:
        load(directory)
        assert change() == 1
        before = _contents()
        assert load(directory).counts == (0, 0, 19, 0, 1)
        assert _contents() == before

    def test_a_row_withdrawn_by_hand_is_not_published_again(self, directory: Directory) -> None:
        load(directory)
        Commitment.objects.filter(pk=school().pk).update(review_state=ReviewState.WITHDRAWN)
        directory.curated["510199-2021"][0]["title_en"] = "Another title"
        load(directory)
        assert (school().review_state, school().title_en) == (ReviewState.WITHDRAWN, "Another title")

    def test_a_row_made_by_hand_is_left_alone(self, directory: Directory) -> None:
        load(directory)
        Commitment.objects.filter(quote="改造老旧小区5个").update(seeded=None, origin="hand", title="人工标题")
        directory.curated["510199-2021"][2]["milestone"] = "progress"
        load(directory)
        assert Commitment.objects.get(quote="改造老旧小区5个").milestone == "complete"

    def test_a_status_recorded_by_hand_stays(self, directory: Directory) -> None:
        load(directory)
        evidence = EvidenceFactory.create(
            commitment=school(), source__published_on=date(2022, 3, 1), verdict="not_met", as_of=date(2022, 3, 1)
        )
        school().record_status("not_met", evidence=evidence, effective_on=date(2022, 3, 1), reason_code="not_given")
        assert load(directory)["statuses"].counts == (0, 0, 1, 0, 1)
        assert (school().status, school().status_evidence) == (Status.NOT_MET, evidence)
        assert StatusChange.objects.count() == 2

    def test_evidence_under_a_status_recorded_by_hand_cannot_be_taken_back(self, directory: Directory) -> None:
        directory.curated["statuses"][0]["status"] = "partial"
        directory.curated["evidence"][0]["verdict"] = "partial"
        load(directory)
        school().record_status("in_progress", evidence=school().status_evidence, effective_on=date(2021, 12, 31))
        directory.curated["evidence"][0] |= {"review": "proposed"}
        del directory.curated["statuses"]
        with pytest.raises(LoadError, match=r"evidence\.jsonl:1: review: a curator rests the status"):
            load(directory)
        del directory.curated["evidence"][0]
        load(directory)
        assert school().status_evidence == Evidence.objects.get(commitment=school(), review_state="accepted")

    def test_a_status_is_not_given_on_evidence_that_a_person_rejected(self, directory: Directory) -> None:
        line = directory.curated.pop("statuses")
        load(directory)
        Evidence.objects.filter(commitment=school()).update(review_state=Verification.REJECTED)
        directory.curated["statuses"] = line
        assert load(directory)["statuses"].counts == (0, 0, 1, 0, 1)
        assert school().status == Status.NOT_ASSESSED


def _contents() -> list[object]:
    tables = (
        *(Jurisdiction, Department, Report, Project, Achievement, Commitment, Source, Succession, Evidence),
        Restatement,
    )
    return [list(model._default_manager.order_by("pk").values()) for model in tables]


class TestRefusals:
    def test_nothing_is_written_and_all_problems_are_told(self, directory: Directory) -> None:
        directory.curated["510199-2021"][0]["quote"] = "建成第二中学"
        directory.curated["510199-2022"][2]["end"] = 9999
        del directory.curated["restatements"]
        with pytest.raises(LoadError) as refused:
            load(directory)
        assert [(problem.where, problem.field) for problem in refused.value.problems] == [
            ("data/curated/510199-2021.jsonl:1", "quote"),
            ("data/curated/510199-2022.jsonl:3", "end"),
        ]
        assert not Jurisdiction.objects.exists()

    def test_a_failure_in_the_middle_takes_everything_back(self, directory: Directory) -> None:
        load(directory)
        directory.curated["statuses"][0] |= {"status": "in_progress"}
        directory.curated["evidence"][0] |= {"verdict": "in_progress"}
        directory.curated["510199-2021"][0]["title_en"] = "Changed"
        with pytest.raises(LoadError, match=r"statuses\.jsonl:1: status: cannot go from completed to in_progress"):
            load(directory)
        assert school().title_en != "Changed"

    def test_a_second_report_of_a_year_is_refused_by_name(self, directory: Directory) -> None:
        load(directory)
        Report.objects.filter(year=2022).update(state=ReportState.WITHDRAWN)
        other = Report.objects.create(
            jurisdiction_id="510199", year=2022, title="另一份", text="另一份报告", state=ReportState.PUBLISHED
        )
        load(directory)
        Report.objects.filter(pk=other.pk).update(state=ReportState.WITHDRAWN)
        Report.objects.exclude(pk=other.pk).filter(year=2022).update(state=ReportState.PUBLISHED)
        directory.texts["510199-2022"] += "完。"
        directory.manifest[1] |= {"sha256": _sha(directory.texts["510199-2022"])}
        Report.objects.filter(year=2022).exclude(pk=other.pk).update(seeded=None)
        with pytest.raises(LoadError, match=r"manifest\.json:\d+: year: 510199 already has a report of that year"):
            load(directory)


class TestCommand:
    def test_says_what_it_did(self, directory: Directory, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("seed", dir=directory.write())
        call_command("seed", dir=directory.path)
        lines = capsys.readouterr().out.splitlines()
        assert "commitments    4 created, 0 updated, 0 unchanged, 0 withdrawn" in lines
        assert lines[-1] == "total          0 created, 0 updated, 19 unchanged, 0 withdrawn"

    def test_a_check_changes_nothing(self, directory: Directory, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("seed", dir=directory.write(), check=True)
        assert "total          19 created" in capsys.readouterr().out
        assert not Report.objects.exists()

    def test_tells_file_line_field_and_fix(self, directory: Directory) -> None:
        directory.curated["evidence"][1]["commitment"] = HOMES | {"start": 1}
        with pytest.raises(CommandError) as refused:
            call_command("seed", dir=directory.write())
        assert str(refused.value) == (
            "data/curated/evidence.jsonl:2: commitment: there is no commitment at 510199-2021 1-"
            f"{HOMES['end']}: correct the reference, or add the statement\nNothing was loaded."
        )


def test_a_candidate_becomes_curated(directory: Directory) -> None:
    load(directory)
    row = Commitment.objects.get(quote="新建公园3个")
    row.origin, row.review_state = "extracted", "candidate"
    row.seeded = {**(row.seeded or {}), "origin": "extracted", "review_state": "candidate"}
    row.save()
    load(directory)
    row.refresh_from_db()
    assert (row.origin, row.is_public) == ("curated", True)


@pytest.mark.django_db(transaction=True)
def test_two_seeds_at_once_follow_each_other(directory: Directory) -> None:
    path = directory.write()

    def run(_: int) -> tuple[int, ...]:
        try:
            return seed(path).counts
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        results = list(threads.map(run, range(2)))
    assert sorted(results) == [(0, 0, 19, 0, 0), (19, 0, 0, 0, 0)]
