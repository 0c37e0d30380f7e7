"""Search: which statements say all the words of a text.

A word with Chinese in it is found anywhere in the text; a word of Latin letters and digits where a word begins with
it. Rare words are looked up in the index of words, and the rows found are compared with the text again. Of a common
word that would collect far more rows than a page shows, and sorting them would take longer than reading rows in the
order of the list until the page is full: so the frequency of the words decides.
"""

import json
import re
from collections.abc import Iterator
from math import sqrt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value

from projects.models import Achievement, AchievementWords, Commitment, CommitmentWords, NewStatements

_WORDS: dict[type[Any], type[Any]] = {Achievement: AchievementWords, Commitment: CommitmentWords}
_RUN = re.compile(r"[a-z0-9]+|[\u2e80-\U0010ffff]+")
_LATIN = re.compile(r"[a-z0-9]+")
# Rows of one page: what a scan in order has to find.
_PAGE = 50


def filter_search(rows: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    """Keep rows whose title, quote, names or English title say every word of the text."""
    terms = text.lower().split()
    for number, term in enumerate(terms):
        said = f"_said_{number}"
        latin = _LATIN.fullmatch(term)
        lookup = {f"{said}__regex": rf"(^|[^a-z0-9]){term}"} if latin else {f"{said}__contains": term}
        rows = rows.alias(**{said: _text()}).filter(**lookup)
    return _narrowed(rows, " & ".join(lexeme for term in terms for lexeme in lexemes(term)))


def filter_name(rows: "QuerySet[Any]", name: str) -> "QuerySet[Any]":
    """Keep rows with exactly this proper name."""
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
