"""manage.py match: the fixed interface that scripts depend on."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

OLD = """某某区人民政府工作报告
一、2029年工作回顾
建成公园2个。
二、2030年重点工作
建成花渡大桥。新增公办学位3000个。
"""
NEW = """某某区人民政府工作报告
一、2030年工作回顾
花渡大桥建成通车，新增公办学位3200个。
二、2031年重点工作
新增公办学位2800个。花渡大桥引道加快推进。提升公办学位管理水平。
"""
KEYS = {"commitment", "statement", "relation", "change", "score", "reasons"}


def run(name: str, *arguments: object) -> str:
    out = io.StringIO()
    call_command(name, *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    paths = []
    for name, text, year in (("old", OLD, 2030), ("new", NEW, 2031)):
        report = tmp_path / f"{name}.txt"
        report.write_bytes(text.encode())
        paths.append(tmp_path / f"{name}.jsonl")
        paths[-1].write_text(run("extract", report, "--year", year, "--mentions"), encoding="utf-8")
    return paths[0], paths[1]


def objects(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_mentions_follow_the_statements(files: tuple[Path, Path]) -> None:
    rows = objects(files[1].read_text(encoding="utf-8"))
    kinds = [row["kind"] == "mention" for row in rows]
    assert kinds == sorted(kinds)
    assert {row["part"] for row in rows if row["kind"] == "mention"} == {"plan"}
    assert list(rows[-1])[:5] == ["kind", "part", "start", "end", "quote"]


def test_one_proposal_a_line(files: tuple[Path, Path]) -> None:
    rows = objects(run("match", *files))
    assert all(row.keys() >= KEYS for row in rows)
    bridge, places = OLD.index("建成花渡大桥"), OLD.index("新增公办学位")
    found = {(row["commitment"], row["relation"]): row for row in rows}
    assert found[bridge, "evidence"]["statement"] == NEW.index("花渡大桥建成")
    assert found[bridge, "evidence"]["verdict"] == "completed"
    assert found[places, "evidence"]["verdict"] == "completed"
    assert found[places, "restated"]["change"] == "next_share"
    assert all(("verdict" in row) == (row["relation"] == "evidence") for row in rows)
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert all(reason["words"] for row in rows for reason in row["reasons"])


def test_a_threshold(files: tuple[Path, Path]) -> None:
    every = objects(run("match", *files, "--min-score", "0"))
    strong = objects(run("match", *files, "--min-score", "0.99"))
    assert strong == [row for row in every if row["score"] >= 0.99]
    assert 0 < len(strong) < len(every)


def test_a_table_for_people(files: tuple[Path, Path]) -> None:
    lines = run("match", *files, "--format", "table").splitlines()
    assert lines[0].startswith("score")
    assert any("花渡大桥" in line and "completed" in line for line in lines)


@pytest.mark.parametrize("score", ["-1", "1.1", "much", "nan"])
def test_a_bad_threshold_is_named(files: tuple[Path, Path], score: str) -> None:
    with pytest.raises(CommandError, match=f"from 0 to 1.*{score}"):
        run("match", *files, f"--min-score={score}")


def test_the_wrong_order(files: tuple[Path, Path]) -> None:
    with pytest.raises(CommandError, match="--old-year"):
        run("match", files[1], files[0])


def test_bad_files_are_named(files: tuple[Path, Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    with pytest.raises(CommandError, match=r"bad\.jsonl"):
        run("match", bad, files[1])
    for content, told in (
        ("{", "line 1: is no JSON"),
        ("[]", "line 1: must be one JSON object"),
        ('{"kind":"promise","start":1,"due_on":"2030-12-31"}', "due_on"),
        ('{"kind":"commitment","start":"1","title":"x","due_on":"2030-12-31"}', "line 1: start"),
        ("", "due_on"),
    ):
        bad.write_text(content, encoding="utf-8")
        with pytest.raises(CommandError, match=rf"bad\.jsonl.*{told}"):
            run("match", bad, files[1])
    bad.write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match=r"bad\.jsonl.*UTF-8"):
        run("match", bad, files[1])
