"""Search: which statements say all the words of a text.

A word with Chinese in it is found anywhere in the text; a word of Latin letters and digits where a word begins with
it. Rare words are looked up in the index of words, and the rows found are compared with the text again. Of a common
word that would collect far more rows than a page shows, and sorting them would take longer than reading rows in the
order of the list until the page is full: so the frequency of the words decides.

Texts are simplified Chinese, who searches may be used to other ways of writing: a word is found in each spelling.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value

from projects.models import Achievement, AchievementWords, Commitment, CommitmentWords, NewStatements

_WORDS: dict[type[Any], type[Any]] = {Achievement: AchievementWords, Commitment: CommitmentWords}
_RUN = re.compile(r"[a-z0-9]+|[\u2e80-\U0010ffff]+")
_LATIN = re.compile(r"[a-z0-9]+")
_LETTERS = re.compile(r"[a-z]+")
# Rows of one page: what a scan in order has to find.
_PAGE = 50
# Full-width letters, digits and signs stand in the order of ASCII, this far behind it.
_WIDER = 0xFEE0
_NARROW = {code + _WIDER: code for code in range(ord("!"), ord("~") + 1)} | {0x3000: ord(" ")}
_WIDE = {narrow: wide for wide, narrow in _NARROW.items() if wide != 0x3000}
_WIDE_SIGNS = {narrow: wide for narrow, wide in _WIDE.items() if not chr(narrow).isalnum()}
_ADDED_ES = re.compile(r"(ch|sh|s|x|z)es")
# What says nothing about a subject: it need not occur.
STOP_WORDS = frozenset(
    "a an and are as at be by for from in is it of on or that the their to was were will with".split()
)


def _pairs(name: str) -> dict[str, str]:
    """Return the two columns of a data file beside this module; raises ValueError for a line without two."""
    found = {}
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, other = line.split("\t")
            found[word] = other
    return found


_SIMPLIFIED = str.maketrans(_pairs("traditional.tsv"))
_GROUP_OF = _pairs("synonyms.tsv")


def narrowed(text: str) -> str:
    """Return the text with its full-width forms as ASCII: ``５Ｇ`` is ``5G``."""
    return text.translate(_NARROW)


@lru_cache(maxsize=4096)
def spellings(term: str) -> tuple[str, ...]:
    """Return the ways in which a text may say a word in small letters, the word itself first."""
    plain = term.translate(_SIMPLIFIED)
    group = _GROUP_OF.get(plain)
    same = [word for word, name in _GROUP_OF.items() if name == group] if group else []
    # Letters that begin words are compared as such; only digits and signs stand in texts in full width.
    wide = [] if _LETTERS.fullmatch(plain) else [plain.translate(_WIDE), plain.translate(_WIDE_SIGNS)]
    return tuple(dict.fromkeys([term, plain, *same, *_numbers(plain), *wide]))


def _numbers(word: str) -> Iterator[str]:
    """Yield singular and plural of an English word where the word is not the beginning of them already."""
    if not _LETTERS.fullmatch(word) or len(word) < 4:
        return
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif _ADDED_ES.search(word[-4:]):
        yield word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
    elif word.endswith("y"):
        yield word[:-1] + "ies"


def filter_search(rows: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    """Keep rows whose title, quote, names or English title say every word of the text, in one of its spellings."""
    terms = narrowed(text).lower().split()
    terms = [term for term in terms if term not in STOP_WORDS] or terms
    for number, term in enumerate(terms):
        said, any_of = f"_said_{number}", Q()
        for word in spellings(term):
            any_of |= Q(**_says(said, word))
        rows = rows.alias(**{said: _text()}).filter(any_of)
    return _narrowed(rows, " & ".join(filter(None, map(_indexed, terms))))


def _says(said: str, word: str) -> dict[str, str]:
    if _LATIN.fullmatch(word):
        return {f"{said}__regex": rf"(^|[^a-z0-9]){word}"}
    return {f"{said}__contains": word}


def _indexed(term: str) -> str:
    """Return what the index must hold of a text that says the word in one of its spellings; nothing where any may."""
    ways = [" & ".join(lexemes(word)) for word in spellings(term)]
    if not all(ways):
        return ""
    return ways[0] if len(ways) == 1 else f"({' | '.join(f'({way})' for way in ways)})"


def filter_name(rows: "QuerySet[Any]", name: str) -> "QuerySet[Any]":
    return _narrowed(rows.filter(names__contains=[name]), " & ".join(lexemes(name.lower())))


def lexemes(term: str) -> Iterator[str]:
    """Yield what the index must hold of a text that says the word.

    Each pair of Chinese characters, or the single one. A run of Latin letters may begin inside a longer word, unless
    the whole word is Latin, and may end inside one: so its beginning is left out or sought, never its end.
    """
    for run in _RUN.finditer(term):
        letters, inside = run[0], run.start() > 0 or run[0] == term
        if not _LATIN.fullmatch(letters):
            pairs = [letters[n : n + 2] for n in range(len(letters) - 1)]
            yield from (f"'{pair}'" for pair in pairs or [letters])
        elif inside:
            yield f"'{letters}'" + (":*" if run.end() == len(term) else "")


def _text() -> Func:
    """Return the searched text of a row in small letters, as the index of words reads it."""
    names = Func("names", template="array_to_string(%(expressions)s, chr(10))", output_field=TextField())
    parts = (F("title"), F("quote"), names, F("title_en"))
    return Func(*parts, template="lower(%(expressions)s)", arg_joiner=" || chr(10) || ", output_field=TextField())


def _narrowed(rows: "QuerySet[Any]", query: str) -> "QuerySet[Any]":
    """Keep rows that the index of words finds, and those whose words are not read yet, unless the words are common."""
    words = _WORDS[rows.model]
    if not query or _is_common(words, query):
        return rows
    matching = Func(
        "words", Value(query), template="%(expressions)s::tsquery", arg_joiner=" @@ ", output_field=BooleanField()
    )
    found = words.objects.filter(Q(matching) | Q(words__isnull=True)).values("statement")
    noted = NewStatements.objects.filter(words=words._meta.db_table).values(
        statement=Func("statements", function="unnest")
    )
    # As an array the numbers are collected once and looked up in the list's own order.
    listed = Func(
        "pk",
        ArraySubquery(found.union(noted, all=True)),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    return rows.filter(listed)


def _is_common(words: type[Any], query: str) -> bool:
    """Say whether so many rows hold the words that reading in order until a page is full comes sooner.

    With f rows of n, an ordered scan reads n / f rows for each row of the page, the index f rows: equal at the square
    root of page times n. The planner knows f from the statistics of the index.
    """
    sql = f"EXPLAIN (FORMAT JSON) SELECT FROM {words._meta.db_table} WHERE words @@ %s::tsquery"
    with connection.cursor() as cursor:
        cursor.execute(sql, [query])
        plan = cursor.fetchone()[0]
        cursor.execute("SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = %s::regclass", [words._meta.db_table])
        total = cursor.fetchone()[0]
    found = (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]["Plan Rows"]
    return bool(found > sqrt(_PAGE * total) and total > _PAGE)
