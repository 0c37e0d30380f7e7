"""manage.py extract: the fixed interface that scripts depend on."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from seeds.extract import extract
from tests.seeds.reading.files import docx_of, page_of, pdf_of

ROOT = Path(__file__).resolve().parents[4]
REPORT = ROOT / "seeds" / "reports" / "500112-2021.txt"
KEYS = [
    "kind", "start", "end", "quote", "section", "category", "milestone", "quantity", "unit", "comparator", "due_on",
    "names", "title",
]  # fmt: skip
WORK = """某某区人民政府工作报告
——2025年1月8日在某某区第十九届人民代表大会第六次会议上
一、2025年重点工作
建成公办幼儿园3所。
"""


def run(*arguments: str | Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("extract", *map(str, arguments), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def objects(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    path = tmp_path / "work.txt"
    path.write_bytes(WORK.encode())
    return path


def test_one_object_a_line_with_the_fixed_keys() -> None:
    found = objects(run(REPORT, "--year", "2021", "--jurisdiction", "500112"))
    text = REPORT.read_bytes().decode("utf-8")
    assert all(list(row) == KEYS for row in found)
    assert [row["start"] for row in found] == sorted(row["start"] for row in found)
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in found)
    assert len(found) == len(extract(text, year=2021, jurisdiction="500112"))


def test_rules_adds_how_it_was_found(work: Path) -> None:
    found = objects(run(work, "--rules"))
    assert list(found[0]) == [*KEYS, "due_basis", "rules", "confidence"]
    assert 0 <= found[0]["confidence"] <= 1


def test_the_year_is_read_from_the_title(work: Path) -> None:
    (row,) = objects(run(work))
    assert (row["quote"], row["quantity"], row["unit"], row["due_on"]) == ("建成公办幼儿园3所", 3, "所", "2025-12-31")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("二、2031年工作安排\n" + "新建学校3所。" * 5, True),
        ("二、2031年工作安排\n" + "新建学校3所。" * 4, False),
        ("一、2030年工作回顾\n新建公园8个。\n二、2031年工作安排\n" + "新建学校3所。" * 5, False),
    ],
)
def test_a_report_of_one_kind_is_doubted(tmp_path: Path, text: str, told: bool) -> None:
    report = tmp_path / "report.txt"
    report.write_text(text, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    call_command("extract", str(report), year=2031, stdout=out, stderr=err)
    assert ("只找到承诺" in err.getvalue()) is told


def test_a_given_year_wins(work: Path) -> None:
    (row,) = objects(run(work, "--year", "2025"))
    assert row["due_on"] == "2025-12-31"


def test_no_year_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "nothing.txt"
    path.write_text("一、重点工作\n建成学校3所。", encoding="utf-8")
    with pytest.raises(CommandError, match=r"nothing\.txt.*--year"):
        run(path)


@pytest.mark.parametrize("year", ["20", "2125", "二〇二五", "-1"])
def test_a_bad_year_is_named(work: Path, year: str) -> None:
    with pytest.raises(CommandError, match=r"--year"):
        run(work, f"--year={year}")


@pytest.mark.parametrize("code", ["5001", "50011X", "五〇〇一一二"])
def test_a_bad_jurisdiction_is_named(work: Path, code: str) -> None:
    with pytest.raises(CommandError, match=r"--jurisdiction.*GB/T 2260"):
        run(work, "--jurisdiction", code)


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    with pytest.raises(CommandError, match=r"old\.doc.*\.docx"):
        run(path, "--year", "2025")


def test_a_file_over_the_limit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"a" * (1024 * 1024 + 1))
    with pytest.raises(CommandError, match=r"big\.txt"):
        run(path, "--year", "2025", "--max-size", "1")


@pytest.mark.parametrize("make", [lambda text: page_of(text).encode(), docx_of, pdf_of])
def test_offsets_refer_to_the_written_text(tmp_path: Path, make: Callable[[str], bytes]) -> None:
    path, out = tmp_path / "report", tmp_path / "report.txt"
    path.write_bytes(make(WORK))
    (row,) = objects(run(path, "--text", out))
    text = out.read_bytes().decode("utf-8")
    assert text[row["start"] : row["end"]] == row["quote"] == "建成公办幼儿园3所"


def test_the_written_text_keeps_line_ends(tmp_path: Path) -> None:
    path, out = tmp_path / "crlf.txt", tmp_path / "out.txt"
    data = b"\xef\xbb\xbf" + WORK.replace("\n", "\r\n").encode()
    path.write_bytes(data)
    (row,) = objects(run(path, "--text", out))
    assert out.read_bytes() == data
    assert data.decode()[row["start"] : row["end"]] == row["quote"]


def test_the_report_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_of(WORK))
    before = path.read_bytes()
    with pytest.raises(CommandError, match="--text"):
        run(path, "--text", path)
    assert path.read_bytes() == before


def test_an_unwritable_text_is_named(work: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="none"):
        run(work, "--text", tmp_path / "none" / "out.txt")


def test_the_table_is_for_people(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    header, line = run(work, "--format", "table").splitlines()
    assert header.split()[:3] == ["位置", "类型", "类别"]
    assert line.split()[1:6] == ["承诺", "教育", "建成完成", "3所", "2025-12-31"]


def started(*arguments: str, data: bytes = b"", **options: Any) -> subprocess.CompletedProcess[bytes]:
    """The command as a program of its own, with a database address that leads nowhere."""
    environment = {"PATH": "", "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "LC_ALL": "C"}
    command = [sys.executable, "manage.py", "extract", *arguments]
    return subprocess.run(
        command, input=data, capture_output=True, cwd=ROOT, env=environment, check=False, timeout=60, **options
    )


@pytest.mark.slow
def test_standard_input_without_a_database_in_any_locale() -> None:
    done = started("-", data=WORK.encode("gb18030"))
    assert (done.returncode, "gb18030" in done.stderr.decode()) == (0, True)
    assert json.loads(done.stdout)["title"] == "建成公办幼儿园3所"


@pytest.mark.slow
def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} manage.py extract {REPORT} --year 2021 | head -n 1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, cwd=ROOT, check=True, timeout=60)
    assert json.loads(done.stdout)["start"] >= 0
    assert done.stderr == b""


def test_every_piece_with_its_score(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("二、2030年重点工作\n新建学校12所。加强教师队伍管理。\n", encoding="utf-8")
    out = io.StringIO()
    call_command("extract", str(report), "--year", "2030", "--pieces", stdout=out, stderr=io.StringIO())
    kept, dropped = (json.loads(line) for line in out.getvalue().splitlines())
    assert (kept["kept"], kept["quote"], kept["quantity"]) == (True, "新建学校12所", 12)
    assert (dropped["kept"], dropped["quote"]) == (False, "加强教师队伍管理")
    assert dropped["score"] < kept["score"]
