from pathlib import Path

import pytest

from seeds.extract import compiled


def make_tree(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one rule file, which the module under test takes for its own."""
    package = root / "seeds" / "extract"
    package.mkdir(parents=True)
    for name in ("__init__.py", "compiled.py", "rule.py"):
        (package / name).write_text("WORDS = 1\n")
    monkeypatch.setattr(compiled, "_HERE", package)
    monkeypatch.setattr(compiled, "BUILDS", root / ".compiled")
    return package


def test_what_chooses_between_plain_and_compiled_stays_plain() -> None:
    names = {path.name for path in compiled.sources()}
    assert {"pipeline.py", "tokens.py", "figures.py"} <= names
    assert not {"__init__.py", "compiled.py"} & names


def test_a_build_is_of_one_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = make_tree(tmp_path, monkeypatch)
    before = compiled.folder()
    assert before.parent == tmp_path / ".compiled"
    assert compiled.folder() == before
    (package / "rule.py").write_text("WORDS = 2\n")
    changed = compiled.folder()
    (package / "rule.py").write_text("WORDS = 1\n")
    (package / "another.py").write_text("")
    assert len({before, changed, compiled.folder()}) == 3
    plain = compiled.folder()
    (package / "words.tsv").write_text("学校\t1\n", encoding="utf-8")
    assert compiled.folder() != plain


def test_a_build_is_of_one_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_tree(tmp_path, monkeypatch)
    before = compiled.folder()
    monkeypatch.setattr("sys.version", "3.99.0")
    assert compiled.folder() != before
