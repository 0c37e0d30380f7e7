"""The word lists are data: sorted, nothing twice, small."""

from pathlib import Path

import pytest

from seeds.match import tables
from seeds.match.frequencies import counted, lines
from seeds.match.likeness import POINTS

WORDS = Path(tables.__file__).parent / "words"
LISTS = sorted(path.stem for path in WORDS.glob("*.tsv"))
HALF_A_MEGABYTE = 500_000


@pytest.mark.parametrize("name", LISTS)
def test_sorted_and_nothing_twice(name: str) -> None:
    rows = tables.rows(name)[1:] if name == "frequencies" else tables.rows(name)
    keys = [row[0] for row in rows]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("name", LISTS)
def test_small_and_with_a_remark(name: str) -> None:
    path = WORDS / f"{name}.tsv"
    assert path.stat().st_size <= HALF_A_MEGABYTE
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_every_reason_has_words_in_both_languages() -> None:
    told = {row[0]: row[1:] for row in tables.rows("reasons")}
    assert told.keys() == POINTS.keys()
    assert all(len(words) == 2 and all(words) for words in told.values())


def test_pieces_are_counted_once_a_clause() -> None:
    clauses, counts = counted(["建设花渡大桥，花渡花渡，完成。", "花渡"])
    assert clauses == 4
    assert (counts["花渡"], counts["大桥"], counts["渡花"]) == (3, 1, 1)


def test_the_table_as_lines() -> None:
    assert list(lines(["花渡大桥，花渡"], least=2)) == ["2", "花渡\t2"]
