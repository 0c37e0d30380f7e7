"""The words of the project, as code, documents and desk use them."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Word(NamedTuple):
    """A word: its names in code, where it has one a comma apart, and in both languages, and what it means."""

    code: str
    chinese: str
    english: str
    meaning_chinese: str
    meaning_english: str


@cache
def glossary() -> tuple[Word, ...]:
    """Return the words in the order in which one needs them."""
    lines = files("projects").joinpath("glossary.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(Word(*line.split("\t")) for line in lines if not line.startswith("#"))


def as_markdown() -> str:
    """Return the table of docs/glossary.md."""
    head = "| in code | 中文 | English | 含义 | what it is |\n|---|---|---|---|---|\n"
    return head + "".join(f"| {' | '.join((_code(word.code), *word[1:]))} |\n" for word in glossary())


def _code(names: str) -> str:
    return ", ".join(f"`{name}`" for name in names.split(", "))
