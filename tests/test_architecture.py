"""The rules of the house: directions of imports, no circles, small files and functions, annotations, top level."""

import ast
import graphlib
import os
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("backend", "projects", "seeds")
TOP_LEVEL = set(PACKAGES) | {
    *(".ci", ".dockerignore", ".env.example", ".gitattributes", ".gitignore", "bench", "docs", "tests"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "Dockerfile", "LICENSE", "Makefile", "NOTICE", "README.md"),
    *("docker-compose.yml", "manage.py", "pyproject.toml", ".editorconfig", ".pre-commit-config.yaml", "SECURITY.md"),
    *("requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt"),
}
# What stands beside each other in docs/architecture.md.
LAYERS = (
    ("projects/api/", "projects/views/", "projects/admin/", "projects/sitemaps", "projects/tasks", "projects/handlers"),
    ("projects/desk/",),
    ("projects/snapshots/",),
    ("projects/filters/", "projects/serializers/"),
    ("projects/models/",),
    ("seeds/load/",),
    ("seeds/extract/",),
    ("seeds/match/",),
    ("seeds/reading/",),
    ("backend/",),
)
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 40
# The most modules that a package may have; a new one needs a job that none of them has.
ROOM_LIMITS = {
    "backend/local": 9,
    "projects/admin": 16,
    "projects/api": 20,
    "projects/desk": 6,
    "projects/api/exports": 5,
    "projects/api/proposals": 5,
    "projects/filters": 7,
    "projects/snapshots": 6,
    "seeds/load": 9,
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def kept_files() -> list[str]:
    """Return the paths that are in the repository or would be with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [path for path in listed.stdout.split("\0") if path and (ROOT / path).exists()]


@cache
def sources() -> dict[str, str]:
    """Return the text of every Python file that a person wrote, by path; migrations are generated."""
    written = [path for path in kept_files() if path.endswith(".py") and "/migrations/" not in path]
    return {path: (ROOT / path).read_text(encoding="utf-8") for path in written}


@cache
def functions(text: str) -> tuple[tuple[Function, bool], ...]:
    """Return every function, inner ones too, and whether it is a method."""
    return tuple(
        (child, isinstance(parent, ast.ClassDef))
        for parent in ast.walk(ast.parse(text))
        for child in ast.iter_child_nodes(parent)
        if isinstance(child, Function)
    )


def unannotated(text: str) -> list[str]:
    """Return the functions of a source text that leave an argument or the result without a type."""
    return [function.name for function, is_method in functions(text) if not _is_annotated(function, is_method)]


def _is_annotated(function: Function, is_method: bool) -> bool:
    arguments = [*function.args.posonlyargs, *function.args.args]
    static = any(isinstance(mark, ast.Name) and mark.id == "staticmethod" for mark in function.decorator_list)
    if is_method and not static:
        arguments = arguments[1:]
    stars = [star for star in (function.args.vararg, function.args.kwarg) if star]
    typed = all(argument.annotation for argument in [*arguments, *function.args.kwonlyargs, *stars])
    return typed and function.returns is not None


def length(function: Function) -> int:
    """Return the lines of a function without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def circle(imports: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the modules of one circle of imports, or none."""
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def switched_off(text: str) -> list[str]:
    """Return the marks that silence a checker; one that ignores a type must say why on its line."""
    return re.findall(
        r"#\s*(noqa|ruff:|mypy:|pragma|fmt:\s*off|type:\s*ignore(?:\[[\w, -]+\])?(?=\s*$))", text, re.MULTILINE
    )


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of pyproject.toml on the packages of a folder."""
    program = "from importlinter.cli import lint_imports_command as run; run()"
    return subprocess.run(
        [sys.executable, "-c", program, "--config", str(ROOT / "pyproject.toml"), "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONSAFEPATH": "1"},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.slow
def test_imports_run_one_way() -> None:
    checked = lint_imports(ROOT)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "statement", "broken"),
    [
        ("projects/choices.py", "import projects.models", "Inside projects, each layer imports only those below it"),
        ("projects/rules.py", "from seeds import extract", "projects knows nothing of seeds"),
        ("backend/urls.py", "import projects.models", "backend names the apps by string"),
        ("seeds/extract/names.py", "from django.db import models", "Extraction is pure Python"),
        (
            "seeds/extract/names.py",
            "from seeds import match",
            "Inside seeds, reading knows nothing of what is made of it",
        ),
        ("seeds/match/names.py", "import projects.models", "Extraction is pure Python"),
        ("seeds/load/rows.py", "from seeds.load import checks", "Inside seeds.load, rows know nothing of their use"),
    ],
)
def test_an_import_against_the_rules_is_found(tmp_path: Path, place: str, statement: str, broken: str) -> None:
    for module in ("choices", "rules", "querysets", "models"):
        _write(tmp_path / f"projects/{module}.py", "")
    parts = ("reading", "sheets", "extract", "match", "official", "load", "management")
    for package in ("backend", "projects", "seeds", *(f"seeds/{part}" for part in parts)):
        _write(tmp_path / package / "__init__.py", "")
    for module in ("fields", "rows", "checks"):
        _write(tmp_path / f"seeds/load/{module}.py", "")
    _write(tmp_path / place, statement)
    checked = lint_imports(tmp_path)
    assert checked.returncode == 1
    assert f"{broken} BROKEN" in checked.stdout


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_no_module_imports_itself_by_a_detour() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None, exclude_type_checking_imports=True)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) > 50
    assert circle(imports) == []


def test_a_circle_is_found() -> None:
    assert set(circle({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]})) == {"a", "b", "c"}


def test_no_file_is_too_long() -> None:
    lengths = {path: text.count("\n") for path, text in sources().items()}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES_OF_A_FILE} == {}


def crowded(paths: Iterable[str], limits: Mapping[str, int]) -> dict[str, int]:
    """Return the number of modules of each package that has more than its limit; those of its packages do not count."""
    counted = Counter(str(Path(path).parent) for path in paths if Path(path).stem != "__init__")
    return {package: counted[package] for package, limit in limits.items() if counted[package] > limit}


def test_no_package_has_too_many_modules() -> None:
    paths = sources()
    assert set(ROOM_LIMITS) <= {str(Path(path).parent) for path in paths}
    assert crowded(paths, ROOM_LIMITS) == {}


def test_a_package_with_too_many_modules_is_found() -> None:
    paths = ["a/b/__init__.py", "a/b/one.py", "a/b/two.py", "a/b/c/three.py", "a/four.py"]
    assert crowded(paths, {"a/b": 1, "a": 1}) == {"a/b": 2}


def doubled(layer: Iterable[str], paths: Iterable[str]) -> dict[str, list[str]]:
    """Return the stems that several modules of a layer share, with those modules; ``urls`` is Django's own name."""
    rooms = tuple(layer)
    inside = [path for path in paths if path.startswith(rooms) and Path(path).stem not in ("__init__", "urls", "base")]
    by_stem: dict[str, list[str]] = {}
    for path in inside:
        by_stem.setdefault(Path(path).stem, []).append(path)
    return {stem: found for stem, found in by_stem.items() if len(found) > 1}


@pytest.mark.parametrize("layer", LAYERS, ids=" ".join)
def test_no_two_modules_of_a_layer_share_a_name(layer: tuple[str, ...]) -> None:
    paths = [path for path in sources() if "/management/" not in path and "/migrations/" not in path]
    assert doubled(layer, paths) == {}


def test_modules_that_share_a_name_are_found() -> None:
    assert doubled(["a/", "b"], ["a/x.py", "a/c/x.py", "b.py", "d/x.py"]) == {"x": ["a/x.py", "a/c/x.py"]}


def test_functions_are_short() -> None:
    lengths = {
        f"{path}:{function.name}": length(function)
        for path, text in sources().items()
        for function, _ in functions(text)
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_FUNCTION} == {}
    assert statistics.median(lengths.values()) <= 8
    assert statistics.quantiles(lengths.values(), n=10)[-1] <= 30


def test_every_function_is_annotated() -> None:
    found = {path: unannotated(text) for path, text in sources().items()}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def f(a: int, *b: str, c: int = 1, **d: str) -> None: ...", []),
        ("class A:\n  def f(self) -> None: ...\n  @classmethod\n  def g(cls) -> None: ...", []),
        ("class A:\n  @staticmethod\n  def f(a) -> None: ...", ["f"]),
        ("def f(a) -> None: ...", ["f"]),
        ("def f(*a) -> None: ...", ["f"]),
        ("def f(*, a) -> None: ...", ["f"]),
        ("async def f(): ...", ["f"]),
        ("def f() -> None:\n  def g(): ...", ["g"]),
    ],
)
def test_a_missing_annotation_is_found(text: str, names: list[str]) -> None:
    assert unannotated(text) == names


def test_checks_are_not_switched_off() -> None:
    found = {path: switched_off(text) for path, text in sources().items()}
    assert {path: marks for path, marks in found.items() if marks} == {}


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("import x  # no" + "qa: F401", ["no" + "qa"]),
        ("f(x)  # type:" + " ignore[arg-type]", ["type:" + " ignore[arg-type]"]),
        ("f(x)  # type:" + " ignore[arg-type]  # the library says int and takes any number", []),
        ("f(x)  # of a type: ignore it", []),
    ],
)
def test_a_switch_is_found_and_a_reason_accepted(line: str, marks: list[str]) -> None:
    assert switched_off(f"{line}\n\n") == marks


def test_the_top_level_is_the_one_agreed() -> None:
    assert {Path(path).parts[0] for path in kept_files()} <= TOP_LEVEL
