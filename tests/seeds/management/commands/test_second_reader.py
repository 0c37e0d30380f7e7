"""manage.py second-reader: questions and answers through files."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from seeds.evaluation.gold import SEEDS
from tests.seeds.second.test_merging import SCHOOLS, TEACHERS, TEXT

ROOT = SEEDS.parent


def run(command: str, *arguments: str | Path) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def answers(report: Path, tmp_path: Path) -> Path:
    """Answers to both questions: the review finds nothing, the plan two statements and one that is invented."""
    folder = tmp_path / "asked"
    assert run("second_reader", report, "--write-prompts", folder)[0].startswith("已写出 2 个问题")
    for question in folder.glob("*.txt"):
        plan = "（commitment），时期末日" in question.read_text(encoding="utf-8")
        rows = [SCHOOLS, TEACHERS, SCHOOLS | {"quote": "新建医院9所"}] if plan else []
        question.with_suffix(".json").write_text(json.dumps({"statements": rows}), encoding="utf-8")
    return folder


def test_answers_are_read_beside_the_rules(report: Path, answers: Path) -> None:
    out, err = run("second_reader", report, "--read-answers", answers)
    rows = {row["quote"]: row for row in map(json.loads, out.splitlines())}
    assert "second:agrees" in rows["新建学校3所"]["rules"]
    assert "second:rules_alone" in rows["建成柳湾医院"]["rules"]
    assert "second:rules_alone" in rows["建成花渡小学"]["rules"]
    assert "2／2 段" in err
    assert "1 条引文不在原文里" in err


def test_any_model_is_measured_by_evaluate(report: Path, answers: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    rows = [
        one | {"start": (at := TEXT.index(str(one["quote"]))), "end": at + len(str(one["quote"]))}
        for one in (SCHOOLS, TEACHERS)
    ]
    gold.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    given = ("--gold", gold, "--report", report, "--year", "2030", "--format", "json")
    assert json.loads(run("evaluate", *given)[0])["total"]["recall"] == 0.5
    assert json.loads(run("evaluate", *given, "--answers", answers)[0])["total"]["recall"] == 1


def test_a_folder_without_answers_or_none_at_all_is_told(report: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--write-prompts"):
        run("second_reader", report, "--read-answers", tmp_path)
    with pytest.raises(CommandError, match="nowhere"):
        run("second_reader", report, "--read-answers", tmp_path / "nowhere")
    with pytest.raises(CommandError, match="nowhere"):
        run("evaluate", "--answers", tmp_path / "nowhere")
    with pytest.raises(CommandError, match="one of the arguments"):
        run("second_reader", report)


def test_an_answer_that_is_no_text_is_one_in_no_form(report: Path, answers: Path) -> None:
    for answer in answers.glob("*.json"):
        answer.write_bytes(b"\xff\xfe\x00{")
    _, err = run("second_reader", report, "--read-answers", answers)
    assert "2 处不合格式" in err


@pytest.mark.parametrize("name", ["second-reader", "second_reader"])
def test_it_may_be_called_either_way(name: str) -> None:
    done = subprocess.run([sys.executable, ROOT / "manage.py", name, "--help"], capture_output=True, check=True)
    assert b"--read-answers" in done.stdout
