"""load and curated: gold that matches its report, or an error that names file and line."""

import json
from pathlib import Path

import pytest

from seeds.evaluation.gold import GoldError, Row, curated, labels, load

TEXT = "\ufeff今年，\r\n建成学校3所。"
LINE = {"start": 6, "end": 12, "quote": "建成学校3所", "kind": "commitment", "category": "education", "quantity": 3}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "r.txt"
    path.write_bytes(TEXT.encode())
    return path


def write(folder: Path, *lines: str) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return path


def test_load(tmp_path: Path, report: Path) -> None:
    found = load(write(tmp_path, json.dumps(LINE)), report, year=2021)
    assert (found.name, found.text, found.year) == ("gold", TEXT, 2021)
    assert found.rows == (Row(6, 12, "建成学校3所", "commitment", "education", None, 3.0, None, None, None),)


def test_labels_by_offsets_alone(tmp_path: Path, report: Path) -> None:
    bare = {key: value for key, value in LINE.items() if key != "quote"}
    gold = write(tmp_path, json.dumps(bare))
    assert [row.quote for row in load(gold, report).rows] == ["建成学校3所"]
    assert [(row.start, row.end, row.quote) for row in labels(gold)] == [(6, 12, "")]
    with pytest.raises(GoldError, match=r"line 1: the quote is not what the report has at 6–99"):
        load(write(tmp_path, json.dumps(bare | {"end": 99})), report)
    with pytest.raises(GoldError, match=r"none\.jsonl"):
        labels(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"gold\.jsonl, line 2: "),
        ("[]", "one JSON object"),
        (json.dumps(LINE | {"quote": "建成医院"}), r"line 2: the quote is not what the report has at 6–12"),
        (json.dumps(LINE | {"start": -1}), "start and end"),
        (json.dumps(LINE | {"end": 6}), "start and end"),
        (json.dumps(LINE | {"start": "6"}), "start and end"),
        (json.dumps(LINE | {"quantity": "3"}), "quantity must be a number"),
        (json.dumps(LINE | {"quantity": True}), "quantity must be a number"),
        (json.dumps(LINE | {"unit": 3}), "unit must be a text"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, report: Path, line: str, message: str) -> None:
    with pytest.raises(GoldError, match=message):
        load(write(tmp_path, json.dumps(LINE), line), report)


def test_a_missing_file_is_named(tmp_path: Path, report: Path) -> None:
    with pytest.raises(GoldError, match=r"none\.jsonl"):
        load(tmp_path / "none.jsonl", report)


def test_a_report_in_another_encoding_is_named(tmp_path: Path, report: Path) -> None:
    report.write_bytes("建成学校".encode("gbk"))
    with pytest.raises(GoldError, match=r"r\.txt"):
        load(write(tmp_path, json.dumps(LINE)), report)


def test_the_curated_reports_are_all_there() -> None:
    assert [(report.name, report.year, report.jurisdiction, len(report.rows)) for report in curated()] == [
        ("500112-2021", 2021, "500112", 246),
        ("500112-2025", 2025, "500112", 165),
    ]
