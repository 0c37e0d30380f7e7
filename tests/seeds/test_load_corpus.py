"""Whatever is wrong with the data is told with its file, line, field and fix, before the database is asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seeds.load import LoadError
from seeds.load.corpus import read_corpus
from tests.seeds.data import HOMES, PARKS_DONE, SCHOOL, SCHOOL_DONE, Directory

Change = Callable[[Directory], Any]


@pytest.fixture
def directory(tmp_path: Path) -> Directory:
    return Directory(tmp_path / "data")


def refused(directory: Directory) -> list[str]:
    with pytest.raises(LoadError) as error:
        read_corpus(directory.write())
    return [str(problem) for problem in error.value.problems]


def first_line(**changes: Any) -> Change:
    return lambda directory: directory.curated["510199-2021"][0].update(changes)


def line_of(name: str, number: int = 0, **changes: Any) -> Change:
    return lambda directory: directory.curated[name][number].update(changes)


def test_a_good_directory_is_read_whole(directory: Directory) -> None:
    corpus = read_corpus(directory.write())
    assert [len(rows) for rows in corpus.statements.values()] == [3, 3]
    assert corpus.evidence[1].where == "data/curated/evidence.jsonl:2"


@pytest.mark.parametrize(
    ("change", "field", "fix"),
    [
        (first_line(category="schools"), "category", "is 'schools': use one of culture_sports, economy, education"),
        (first_line(category=None), "category", "use one of"),
        (first_line(category=["education"]), "category", "use one of"),
        (first_line(milestone="done"), "milestone", "use one of complete, level, plan, progress, start"),
        (first_line(kind="promise"), "kind", "use one of achievement, commitment"),
        (first_line(due_on="2021-02-30"), "due_on", "is '2021-02-30': write a day that exists as YYYY-MM-DD"),
        (
            first_line(due_on="9999-12-31"),
            "due_on",
            "is '9999-12-31': write a day that exists as YYYY-MM-DD, from 1949-10-01",
        ),
        (first_line(due_on="20211231"), "due_on", "write a day"),
        (first_line(due_on=None), "due_on", "write a day"),
        (first_line(due_on=20211231), "due_on", "write a day"),
        (first_line(due_basis="guessed"), "due_basis", "use one of implied, stated"),
        (first_line(title=" "), "title", "write a text"),
        (first_line(title="长" * 201), "title", "has 201 characters: shorten it to 200"),
        (first_line(title="零\0"), "title", "holds a NUL or half a character: remove it"),
        (first_line(title="半\ud83d"), "title", "remove it"),
        (first_line(names="第一中学"), "names", "write a list of texts, [] for none"),
        (first_line(names=["长" * 121]), "names", "more than 120 characters"),
        (first_line(quantity="3"), "quantity", "write a number or null"),
        (first_line(quantity=True), "quantity", "write a number or null"),
        (first_line(quantity=float("nan"), comparator="eq"), "quantity", "write a number or null"),
        (first_line(quantity=1.00001, comparator="eq"), "quantity", "at most 16 digits before the point and 4 behind"),
        (first_line(quantity=1e16, comparator="eq"), "quantity", "at most 16 digits"),
        (first_line(quantity=-2, unit="%", comparator="eq"), "quantity", "is -2: write 0 or more"),
        (first_line(quantity=3), "comparator", "is null beside a quantity: use one of"),
        (first_line(unit="所"), "unit", "is '所' without a quantity"),
        (first_line(start=-1), "start", "write a whole number, 0 or more"),
        (first_line(start=1.5), "start", "write a whole number"),
        (first_line(start=2**31), "start", "write a whole number"),
        (first_line(tilte="x"), "tilte", "is not a field of this file: use category, comparator, due_basis"),
    ],
)
def test_a_bad_field_of_a_statement_is_named(directory: Directory, change: Change, field: str, fix: str) -> None:
    change(directory)
    (problem,) = refused(directory)
    assert problem.startswith(f"data/curated/510199-2021.jsonl:1: {field}: ")
    assert fix in problem


def test_a_missing_field_is_named(directory: Directory) -> None:
    del directory.curated["510199-2021"][1]["section"]
    assert refused(directory) == [
        "data/curated/510199-2021.jsonl:2: section: is missing: add it (null where nothing is known)"
    ]


def test_every_bad_field_of_a_line_is_told_at_once(directory: Directory) -> None:
    first_line(category="schools", start=-1, names=None, tilte="x")(directory)
    del directory.curated["510199-2021"][0]["title"]
    told = [problem.split(": ")[1] for problem in refused(directory)]
    assert sorted(told) == ["category", "names", "start", "tilte", "title"]


@pytest.mark.parametrize("code", [None, ""])
def test_a_code_that_may_be_null_may_be_empty(directory: Directory, code: str | None) -> None:
    line_of("jurisdictions", 1, parent=code)(directory)
    assert read_corpus(directory.write()).jurisdictions[1].parent_id is None


def test_a_line_at_fault_does_not_make_its_report_unknown(directory: Directory) -> None:
    directory.manifest[0]["year"] = 1900
    assert [problem.split(": ")[:2] for problem in refused(directory)] == [["data/reports/manifest.json:2", "year"]]


def test_a_figure_without_a_measure_word_has_an_empty_unit(directory: Directory) -> None:
    first_line(quantity=3, comparator="gte")(directory)
    assert read_corpus(directory.write()).statements["510199-2021"][0].unit == ""


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (line_of("510199-2022", due_basis="implied"), "510199-2022.jsonl:1: due_basis: is 'implied' on an achievement"),
        (line_of("jurisdictions", 1, code="5101"), "jurisdictions.jsonl:2: code: is '5101': write the six digits"),
        (line_of("jurisdictions", 1, level="city"), "jurisdictions.jsonl:2: level: is 'city': use one of county"),
        (line_of("jurisdictions", 1, parent="510199"), "jurisdictions.jsonl:2: parent: is the government itself"),
        (line_of("projects", slug="第一中学"), "projects.jsonl:1: slug: is '第一中学': use letters a-z"),
        (line_of("projects", review="yes"), "projects.jsonl:1: review: is 'yes': use one of accepted, proposed"),
        (line_of("projects", statements={}), "projects.jsonl:1: statements: is {}: write a list of references"),
        (line_of("evidence", verdict="not_assessed"), "evidence.jsonl:1: verdict: is 'not_assessed': use one of"),
        (line_of("evidence", forecast="no"), "evidence.jsonl:1: forecast: is 'no': write true, false or null"),
        (line_of("evidence", source="notice-2021"), "evidence.jsonl:1: source: give either an achievement or the slug"),
        (line_of("evidence", achievement=None), "evidence.jsonl:1: source: give either an achievement or the slug"),
        (line_of("evidence", happened_on="2021-12-30"), "evidence.jsonl:1: happened_precision: goes with happened_on"),
        (line_of("evidence", happened_precision="hour"), "evidence.jsonl:1: happened_precision: is 'hour': use one of"),
        (line_of("evidence", 1, coverage=None), "evidence.jsonl:2: coverage: goes with reported_value and bound"),
        (line_of("evidence", coverage="level"), "evidence.jsonl:1: coverage: goes with reported_value and bound"),
        (
            line_of("jurisdictions", 1, valid_from="2021-01-01", valid_until="2020-01-01"),
            "jurisdictions.jsonl:2: valid_until: is 2020-01-01, before",
        ),
        (line_of("sources", kind="rumour"), "sources.jsonl:1: kind: is 'rumour': use one of audit"),
        (line_of("sources", jurisdiction=None), "sources.jsonl:1: jurisdiction: is null for outcome_notice"),
        (line_of("sources", retrieved_on=None), "sources.jsonl:1: retrieved_on: is null for a page"),
        (line_of("sources", url="ftp://a"), "sources.jsonl:1: url: is 'ftp://a': write an address that begins"),
        (line_of("sources", url=None), "sources.jsonl:1: url: is null: give an address or a document_number"),
        (line_of("sources", score={"tasks_total": 9, "tasks_done": 10}), "sources.jsonl:1: tasks_done: is 10 of 9"),
        (line_of("sources", score=9), "sources.jsonl:1: score: is 9: write an object with indicators_total"),
        (line_of("sources", score={"tasks_total": -1}), "sources.jsonl:1: tasks_total: is -1: write a whole number"),
        (line_of("sources", score={"task_done": 9}), "sources.jsonl:1: task_done: is not known in score: correct"),
        (line_of("sources", title="长" * 301), "sources.jsonl:1: title: has 301 characters: shorten it to 300"),
        (line_of("sources", note="零\0"), "sources.jsonl:1: note: holds a NUL or half a character: remove it"),
        (line_of("sources", jurisdiction="渝北"), "sources.jsonl:1: jurisdiction: is '渝北': write the six digits"),
        (line_of("sources", where="x"), "sources.jsonl:1: where: is not a field of this file: use address_doubt"),
        (
            line_of("projects", aliases=["零\0"]),
            "projects.jsonl:1: aliases: has a text of more than 120 characters, or",
        ),
        (line_of("projects", statements=[SCHOOL, 9]), 'projects.jsonl:1: statements: is 9: write {"report": '),
        (line_of("successions", successor="510199"), "successions.jsonl:1: successor: is the predecessor itself"),
        (
            line_of("successions", successor_name=None),
            "successions.jsonl:1: successor_name: is null without",
        ),
        (line_of("statuses", status="not_met"), "statuses.jsonl:1: reason_code: is null for not_met: give a reason"),
        (line_of("evidence", commitment="9"), "evidence.jsonl:1: commitment: is '9': write {\"report\": "),
        (line_of("statuses", reason_code="rain"), "statuses.jsonl:1: reason_code: is 'rain': use one of approval"),
        (line_of("statuses", evidence=None), "statuses.jsonl:1: source: give either an achievement or the slug"),
        (line_of("restatements", phase="later"), "restatements.jsonl:1: phase: is 'later': use one of next, same"),
    ],
)
def test_a_bad_field_of_another_file_is_named(directory: Directory, change: Change, problem: str) -> None:
    change(directory)
    assert refused(directory)[0].startswith(f"data/curated/{problem}")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (line_of("evidence", commitment=SCHOOL_DONE), "evidence.jsonl:1: commitment: there is no commitment at"),
        (line_of("evidence", achievement=SCHOOL), "evidence.jsonl:1: achievement: there is no achievement at"),
        (
            line_of("evidence", achievement=None, source="gazette"),
            "evidence.jsonl:1: source: gazette is not in sources.jsonl",
        ),
        (line_of("sources", report="510199-2019"), "sources.jsonl:1: report: 510199-2019 is not in the manifest"),
        (line_of("sources", jurisdiction="999999"), "sources.jsonl:1: jurisdiction: 999999 is not in"),
        (line_of("successions", source="gazette"), "successions.jsonl:1: source: gazette is not in sources.jsonl"),
        (line_of("successions", successor="999999"), "successions.jsonl:1: successor: 999999 is not in"),
        (line_of("restatements", later=HOMES), "restatements.jsonl:1: later: 510199-2021 21-29 is the earlier"),
        (line_of("restatements", earlier=HOMES | {"end": 30}), "restatements.jsonl:1: earlier: there is no commitment"),
        (line_of("statuses", commitment=HOMES), "statuses.jsonl:1: evidence: evidence.jsonl does not tie"),
        (line_of("statuses", evidence={"achievement": PARKS_DONE}), "statuses.jsonl:1: evidence: evidence.jsonl does"),
        (line_of("evidence", review="proposed"), "statuses.jsonl:1: evidence: rests on data/curated/evidence.jsonl:1"),
        (line_of("jurisdictions", 1, parent="999999"), "jurisdictions.jsonl:2: parent: 999999 is not in"),
        (line_of("departments", jurisdiction="999999"), "departments.jsonl:1: jurisdiction: 999999 is not in"),
        (
            line_of("510199-2021", quote="建成第二中学"),
            "510199-2021.jsonl:1: quote: is '建成第二中学', but 510199-2021.txt",
        ),
        (line_of("510199-2021", end=9999), "510199-2021.jsonl:1: end: 7-9999 is not in 510199-2021.txt of 31"),
    ],
)
def test_a_reference_that_leads_nowhere_is_named(directory: Directory, change: Change, problem: str) -> None:
    change(directory)
    assert refused(directory)[0].startswith(f"data/curated/{problem}")


@pytest.mark.parametrize("name", ["510199-2021", "projects", "evidence", "statuses", "restatements", "departments"])
def test_a_line_that_stands_twice_is_named_with_the_first(directory: Directory, name: str) -> None:
    rows = directory.curated[name]
    rows.append(dict(rows[0]))
    (problem,) = refused(directory)
    assert problem.startswith(f"data/curated/{name}.jsonl:{len(rows)}: ")
    assert f"data/curated/{name}.jsonl:1" in problem


def test_a_statement_of_two_projects_is_named(directory: Directory) -> None:
    directory.curated["projects"].append({**directory.curated["projects"][0], "slug": "second-school"})
    assert "belongs to first-school already: keep it in one project" in refused(directory)[0]


def put(name: str, text: str) -> Callable[[Directory], list[str]]:
    def write(directory: Directory) -> list[str]:
        path = directory.write() / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        with pytest.raises(LoadError) as error:
            read_corpus(directory.path)
        return [str(problem) for problem in error.value.problems]

    return write


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("curated/evidence.jsonl", "{}\n{broken\n", "data/curated/evidence.jsonl:2: line: is not one JSON object"),
        (
            "curated/evidence.jsonl",
            "\n[1]\n",
            "data/curated/evidence.jsonl:2: line: is not one JSON object (it is [1])",
        ),
        ("curated/statuses.jsonl", '{"status":1,"status":2}', "data/curated/statuses.jsonl:1: line: is not one JSON"),
        ("curated/statuses.jsonl", "[" * 100_000, "data/curated/statuses.jsonl:1: line: is not one JSON object"),
        ("curated/evidence.jsonl", "\udcff\n", "data/curated/evidence.jsonl: file: is not UTF-8 (byte 0): save it"),
        ("curated/evidences.jsonl", "", "data/curated/evidences.jsonl:1: file: is not known: use one of jurisdictions"),
        ("curated/510199-2020.jsonl", "", "data/curated/510199-2020.jsonl:1: file: has no report: add 510199-2020.txt"),
        ("reports/manifest.json", '[\n{"file": "a.txt"},\n]', "data/reports/manifest.json:2: jurisdiction: is missing"),
        (
            "reports/manifest.json",
            "[\n1]",
            "data/reports/manifest.json:2: file: is not a JSON list of objects (it is 1)",
        ),
        ("reports/manifest.json", "[", "data/reports/manifest.json:1: file: is not a JSON list of objects"),
        ("reports/510199-2021.txt", "改过", "data/reports/manifest.json:2: sha256: is not that of 510199-2021.txt"),
    ],
)
def test_a_broken_file_is_named(directory: Directory, name: str, text: str, problem: str) -> None:
    problems = put(name, text)(directory)
    assert any(found.startswith(problem) for found in problems), problems


def test_a_missing_text_is_named(directory: Directory) -> None:
    (directory.write() / "reports" / "510199-2022.txt").unlink()
    with pytest.raises(LoadError, match=r"data/reports/510199-2022\.txt: file: cannot be read"):
        read_corpus(directory.path)


def test_a_directory_without_a_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"name a directory that holds reports/manifest\.json and curated/"):
        read_corpus(tmp_path)


@pytest.mark.parametrize(
    ("field", "value", "fix"),
    [
        ("file", "../510199-2021.txt", "name a .txt file in the manifest's own folder"),
        ("year", 1900, "write a year from 1954 to 2100"),
        ("source_url", "javascript:alert(1)", "write an address that begins with https://"),
        ("delivered_on", "10 January", "write a day that exists"),
        ("jurisdiction", "999999", "999999 is not in jurisdictions.jsonl"),
    ],
)
def test_a_bad_entry_of_the_manifest_is_named(directory: Directory, field: str, value: object, fix: str) -> None:
    directory.manifest[0][field] = value
    del directory.curated["510199-2021"]
    found = [problem for problem in refused(directory) if problem.startswith("data/reports/manifest.json:2: ")]
    assert f": {field}: " in found[0]
    assert fix in found[0]
