"""``python -m seeds.match.frequencies FOLDER`` counts in how many clauses of a folder's reports each piece stands.

It prints ``words/frequencies.tsv``: first the number of clauses, then each two-character piece that enough of them
hold. The table that ships was counted over 480 work reports of provinces and cities of the years 2014 to 2026.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from seeds.match.wording import fold

_CLAUSE = re.compile(r"[^，。；：！？、\s]{2,}")
_PIECE = re.compile(r"(?=([\u4e00-\u9fffA-Za-z0-9+.]{2}))")
# Rarer pieces all weigh the same.
LEAST = 15


def counted(texts: Iterable[str]) -> tuple[int, Counter[str]]:
    """How many clauses there are, and how many of them hold each piece."""
    clauses, counts = 0, Counter[str]()
    for text in texts:
        for clause in _CLAUSE.findall(text):
            clauses += 1
            counts.update(set(_PIECE.findall(fold(clause))))
    return clauses, counts


def lines(texts: Iterable[str], least: int = LEAST) -> Iterator[str]:
    """The lines of the table, sorted by piece."""
    clauses, counts = counted(texts)
    yield str(clauses)
    yield from (f"{piece}\t{count}" for piece, count in sorted(counts.items()) if count >= least)


if __name__ == "__main__":
    for line in lines(path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("*.txt"))):
        print(line)
