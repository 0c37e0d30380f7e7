"""manage.py evaluate: for people and for machines."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from seeds.evaluation import benchmark, load

TEXT = "2025年政府工作报告\n一、2025年重点工作\n建成公办幼儿园3所。\n"
QUOTE = "建成公办幼儿园3所"


def run(*arguments: str | Path) -> str:
    out = io.StringIO()
    call_command("evaluate", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    start = TEXT.index(QUOTE)
    values = {
        "kind": "commitment", "start": start, "end": start + len(QUOTE), "quote": QUOTE, "category": "education",
        "milestone": "complete", "quantity": 3, "unit": "所", "comparator": "eq", "due_on": "2025-12-31",
    }  # fmt: skip
    gold, report = tmp_path / "small.jsonl", tmp_path / "small.txt"
    gold.write_text(json.dumps(values) + "\n", encoding="utf-8")
    report.write_bytes(TEXT.encode())
    return gold, report


def test_any_gold_by_path(pair: tuple[Path, Path]) -> None:
    gold, report = pair
    values = json.loads(run("--gold", gold, "--report", report, "--year", "2025", "--format", "json"))
    assert values["total"]["gold"] == 1
    assert values["total"]["record_f1"] == 1.0
    assert values["confusions"] == []


@pytest.mark.slow
def test_what_ships_is_the_default() -> None:
    lines = run("--errors", "3").splitlines()
    assert [line.split()[0] for line in lines[1:4]] == ["500112-2021", "500112-2025", "all"]
    assert lines[3].split()[1] == "411"


@pytest.mark.slow
def test_the_links_of_yubei_follow() -> None:
    lines = run("--errors", "0").splitlines()
    assert "links 500112-2021-2025" in lines
    values = json.loads(run("--format", "json"))
    assert values["links"]["500112-2021-2025"]["negatives"] == {"value": 0.0, "of": 8}


def test_the_benchmark_says_what_can_be_said_without_the_texts(tmp_path: Path) -> None:
    lines = run("--split", "test", "--corpus", tmp_path).splitlines()
    assert lines[0].startswith("benchmark")
    assert lines[1].split()[:3] == ["test", "0", "0"]
    assert "0.980" in lines[1]
    assert str(tmp_path) in lines[2]
    assert len(lines) == 3 + 30
    assert lines[3].startswith("  120000-2017 天津市 development sha256 032e7a131c79")
    values = json.loads(run("--split", "test", "--corpus", tmp_path, "--format", "json"))["benchmark"]
    assert values["splits"]["test"]["span_f1"] is None
    assert values["splits"]["test"]["readers_span_f1"]["value"] == pytest.approx(0.98, abs=0.01)
    assert len(values["missing"]) == 30


def test_errors_of_the_test_split_are_not_shown(pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    gold, report = pair
    wrong = replace(load(gold, report, year=2025), rows=())
    found = benchmark.Benchmark({split: [wrong] for split in benchmark.SPLITS}, [])
    monkeypatch.setattr(benchmark, "benchmark", lambda _: found)
    assert QUOTE in run("--split", "development")
    assert QUOTE not in run("--split", "test", "--errors", "9")
    assert json.loads(run("--split", "test", "--format", "json"))["confusions"] == []


def test_a_folder_without_labels_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="links"):
        run("--links", tmp_path)


def test_pairs_must_be_complete(pair: tuple[Path, Path]) -> None:
    gold, report = pair
    with pytest.raises(CommandError, match="--report"):
        run("--gold", gold)
    with pytest.raises(CommandError, match="--report"):
        run("--report", report)
    with pytest.raises(CommandError, match="--year"):
        run("--gold", gold, "--report", report, "--gold", gold, "--report", report, "--year", "2025")


def test_a_bad_gold_file_is_named(pair: tuple[Path, Path]) -> None:
    gold, report = pair
    gold.write_text("{}", encoding="utf-8")
    with pytest.raises(CommandError, match=r"small\.jsonl, line 1"):
        run("--gold", gold, "--report", report)
