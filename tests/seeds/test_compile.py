"""The compiled reader beside the plain one, in a copy of the project of its own."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READ = """
import sys
from pathlib import Path
from seeds.extract import COMPILED, extract
print(COMPILED)
for path in sorted(Path("seeds/reports").glob("*.txt")):
    for statement in extract(path.read_bytes().decode(), year=2021):
        print(statement)
for text in ("", "\\n", "建成学校3所", "no Chinese at all", "，" * 5000, "2021年重点工作\\n新建（学校）“3所、"):
    print(extract(text))
"""


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "READER"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**kept, "PYTHONPATH": "", "MYPYC_OPT_LEVEL": "0", **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def read(folder: Path, **environment: str) -> tuple[str, str]:
    """Whether the reader ran compiled, and all it said."""
    done = run(folder, "-c", READ, **environment)
    assert done.returncode == 0, done.stderr
    mode, _, said = done.stdout.partition("\n")
    return mode, said


def can_compile() -> bool:
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    return bool(shutil.which(compiler)) and (Path(sysconfig.get_paths()["include"]) / "Python.h").is_file()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    leave_out = shutil.ignore_patterns("__pycache__")
    for part in ("extract", "reading", "sheets", "reports"):
        shutil.copytree(ROOT / "seeds" / part, folder / "seeds" / part, ignore=leave_out)
    for name in ("__init__.py", "compile.py", "radicals.py"):
        shutil.copy(ROOT / "seeds" / name, folder / "seeds" / name)
    return folder


def test_the_compiled_reader_says_the_same_and_only_of_its_own_source(copy: Path) -> None:
    stale = copy / ".compiled" / "0123"
    stale.mkdir(parents=True)
    made = run(copy, "-m", "seeds.compile")
    assert made.returncode == (0 if can_compile() else 1), made.stderr
    plain = read(copy, READER="plain")
    assert plain[0] == "False"
    assert plain[1].count("Statement(") > 700
    assert read(copy) == (str(can_compile()), plain[1])
    assert stale.is_dir() is not can_compile()
    # A changed rule counts at once.
    with (copy / "seeds" / "extract" / "milestones.py").open("a") as rules:
        rules.write("\nmilestone = lambda *_, **__: LEVEL\n")
    changed = read(copy)
    assert changed[0] == "False"
    assert changed[1] != plain[1]


def test_without_a_compiler_the_reader_goes_on_plain(copy: Path) -> None:
    made = run(copy, "-m", "seeds.compile", CC="/no/such/compiler")
    assert made.returncode == 1
    assert made.stderr.startswith("error: The reader was not compiled, and goes on as plain Python.")
    assert "/no/such/compiler" in made.stderr
    assert not any((copy / ".compiled").iterdir())
    assert read(copy)[0] == "False"
