"""Sources, evidence of pages and successions load like all else, and agree with what they bear on."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from projects.models import Commitment, Evidence, Jurisdiction, Source, StatusChange, Succession
from seeds.load import LoadError, LoadResult, seed
from tests.seeds.data import Directory, page_evidence, page_status, source

pytestmark = pytest.mark.django_db

Change = Callable[[Directory], None]


@pytest.fixture
def directory(tmp_path: Path) -> Directory:
    made = Directory(tmp_path / "data")
    made.curated["evidence"].append(page_evidence())
    made.curated["statuses"].append(page_status())
    return made


def load(directory: Directory) -> LoadResult:
    return seed(directory.write())


def homes() -> Commitment:
    return Commitment.objects.get(quote="改造老旧小区5个")


def test_evidence_of_a_page_carries_a_status(directory: Directory) -> None:
    load(directory)
    found, told = homes(), Source.objects.get()
    evidence = Evidence.objects.get(commitment=found)
    assert (evidence.source, evidence.achievement, evidence.speaker) == (told, None, "official_claim")
    assert (found.status, found.status_evidence, found.outcome) == ("in_progress", evidence, "not_kept")
    assert (told.tasks_total, told.tasks_done, told.indicators_total) == (106, 94, None)
    assert (told.report and told.report.year, told.is_public) == (2021, True)


def test_a_place_ends_and_another_goes_on(directory: Directory) -> None:
    directory.curated["jurisdictions"][1]["valid_until"] = "2025-11-05"
    load(directory)
    link = Succession.objects.get()
    assert (link.predecessor_id, link.successor, link.successor_name) == ("510199", None, "某新区")
    assert link.source == Source.objects.get()
    assert Jurisdiction.objects.get(code="510199").valid_until == date(2025, 11, 5)


def test_a_second_load_changes_nothing(directory: Directory) -> None:
    first = load(directory)
    created, updated, unchanged, withdrawn, kept = load(directory).counts
    assert (created, updated, withdrawn, kept) == (0, 0, 0, 0)
    assert unchanged == sum(first.counts)
    assert StatusChange.objects.count() == 2


def test_what_left_the_data_is_taken_back(directory: Directory) -> None:
    load(directory)
    directory.curated["evidence"].pop()
    directory.curated["statuses"].pop()
    result = load(directory)
    assert (len(result["evidence"].withdrawn), len(result["statuses"].withdrawn)) == (1, 1)
    assert (homes().status, homes().outcome) == ("not_assessed", "open")
    assert Evidence.objects.get(commitment=homes()).review_state == "rejected"


def test_a_corrected_day_takes_the_record_back_first(directory: Directory) -> None:
    load(directory)
    directory.curated["evidence"][-1] |= {"happened_on": "2021-11-30", "happened_precision": "month"}
    directory.curated["evidence"][-1] |= {"verdict": "completed"}
    directory.curated["statuses"][-1] |= {"status": "completed", "effective_on": "2021-11-30"}
    load(directory)
    steps = StatusChange.objects.filter(commitment=homes()).order_by("pk")
    assert list(steps.values_list("from_status", "to_status")) == [
        ("not_assessed", "in_progress"),
        ("in_progress", "not_assessed"),
        ("not_assessed", "completed"),
    ]
    assert (homes().happened_on, homes().happened_precision) == (date(2021, 11, 30), "month")


def test_another_ground_of_the_same_status_is_written_down(directory: Directory) -> None:
    load(directory)
    directory.curated["sources"].append(source(slug="paper", kind="media", url="https://news.example/1", report=None))
    directory.curated["evidence"].append(page_evidence(source="paper"))
    directory.curated["statuses"][-1]["evidence"] = {"source": "paper"}
    load(directory)
    steps = StatusChange.objects.filter(commitment=homes()).order_by("pk")
    assert [step.evidence and step.evidence.source and step.evidence.source.slug for step in steps] == [
        "notice-2021",
        "paper",
    ]
    assert homes().status_evidence == steps.last().evidence  # type: ignore[union-attr]  # there are two


def change_of(name: str, **changes: Any) -> Change:
    return lambda directory: directory.curated[name][-1].update(changes)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (change_of("evidence", as_of="2001-01-01"), "evidence.jsonl:3: as_of: is 2001-01-01, before the promise"),
        (change_of("evidence", as_of="2022-02-11"), "evidence.jsonl:3: as_of: is 2022-02-11, after its source of"),
        (
            change_of("evidence", happened_on="2020-05-01", happened_precision="day"),
            "evidence.jsonl:3: happened_on: is 2020-05-01, before the promise",
        ),
        (
            change_of("evidence", verdict="completed", reported_value=1, coverage="cumulative", bound="eq", note=None),
            "evidence.jsonl:3: reported_value: is 1 for 5, and the verdict completed: say why in the note",
        ),
        (change_of("statuses", status="completed"), "statuses.jsonl:2: status: is completed, which in_progress in"),
        (change_of("statuses", effective_on="2020-12-31"), "statuses.jsonl:2: effective_on: is 2020-12-31, before"),
    ],
)
def test_what_disagrees_is_refused_by_line(directory: Directory, change: Change, problem: str) -> None:
    change(directory)
    with pytest.raises(LoadError) as refused:
        load(directory)
    assert str(refused.value.problems[0]).startswith(f"data/curated/{problem}")
    assert not Jurisdiction.objects.exists()


def test_a_claim_of_the_same_report_answers_nothing(directory: Directory) -> None:
    later = {**directory.curated["evidence"][0]["achievement"]}
    again = {"report": "510199-2022", "start": 0, "end": 0}
    line = next(row for row in directory.curated["510199-2022"] if row["kind"] == "commitment")
    again |= {"start": line["start"], "end": line["end"]}
    directory.curated["evidence"].append(page_evidence(commitment=again, achievement=later, source=None))
    with pytest.raises(LoadError, match="a promise of 2022 is answered later"):
        load(directory)


def test_a_figure_may_disagree_with_a_reason(directory: Directory) -> None:
    figure = {"reported_value": 1, "coverage": "cumulative", "bound": "eq", "note": "按新口径计算"}
    directory.curated["evidence"][-1] |= {"verdict": "completed", **figure}
    directory.curated["statuses"][-1] |= {"status": "completed"}
    load(directory)
    assert homes().status == "completed"
