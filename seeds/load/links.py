"""Checks what the data files say about each other: every reference leads somewhere, nothing is told twice."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Protocol, TypeVar

from projects.choices import Verification
from seeds.load.corpus import Corpus
from seeds.load.fields import Span
from seeds.load.problems import Problem


class _Placed(Protocol):
    @property
    def where(self) -> str: ...


_Row = TypeVar("_Row", bound=_Placed)


def link_problems(corpus: Corpus) -> Iterator[Problem]:
    """Yield every reference that leads nowhere and every row that is told twice."""
    yield from _repetitions(corpus)
    yield from _places(corpus)
    yield from _statements(corpus)
    yield from _owners(corpus)
    yield from _sources(corpus)
    yield from _statuses(corpus)


def _repetitions(corpus: Corpus) -> Iterator[Problem]:
    yield from _twice(corpus.jurisdictions, "code", lambda row: row.code)
    yield from _twice(corpus.departments, "name", lambda row: (row.jurisdiction_id, row.name))
    yield from _twice(corpus.reports, "file", lambda row: row.file)
    yield from _twice(corpus.reports, "sha256", lambda row: row.sha256)
    yield from _twice(corpus.reports, "year", lambda row: (row.jurisdiction_id, row.year))
    yield from _twice(corpus.projects, "slug", lambda row: row.slug)
    yield from _twice(corpus.sources, "slug", lambda row: row.slug)
    yield from _twice(
        corpus.successions,
        "predecessor",
        lambda row: (row.predecessor_id, row.successor_id, row.successor_name, row.on),
    )
    yield from _twice(corpus.evidence, "source", lambda row: (row.commitment, row.origin))
    yield from _twice(corpus.statuses, "commitment", lambda row: row.commitment)
    yield from _twice(corpus.restatements, "later", lambda row: (row.earlier, row.later))


def _twice(rows: Iterable[_Row], field: str, key: Callable[[_Row], Hashable]) -> Iterator[Problem]:
    seen: dict[Hashable, str] = {}
    for row in rows:
        first = seen.setdefault(key(row), row.where)
        if first != row.where:
            yield Problem(row.where, field, f"stands in {first} already: keep one of the two")


def _places(corpus: Corpus) -> Iterator[Problem]:
    codes = {row.code for row in corpus.jurisdictions}
    named = [(row.where, "parent", row.parent_id) for row in corpus.jurisdictions if row.parent_id]
    named += [(row.where, "jurisdiction", row.jurisdiction_id) for row in corpus.sources if row.jurisdiction_id]
    named += [(row.where, "predecessor", row.predecessor_id) for row in corpus.successions]
    named += [(row.where, "successor", row.successor_id) for row in corpus.successions if row.successor_id]
    for rows in (corpus.departments, corpus.reports, corpus.projects):
        named += [(row.where, "jurisdiction", row.jurisdiction_id) for row in rows]
    for where, field, code in named:
        if code not in codes:
            yield Problem(where, field, f"{code} is not in jurisdictions.jsonl: add it there, or correct the code")


def _statements(corpus: Corpus) -> Iterator[Problem]:
    kinds: dict[Span, set[str]] = {}
    for name, statements in corpus.statements.items():
        for row in statements:
            kinds.setdefault(Span(name, row.start, row.end), set()).add(row.kind)
    for where, field, span, wanted in _references(corpus):
        if kinds.get(span, set()).isdisjoint(wanted):
            message = f"there is no {' or '.join(wanted)} at {span}: correct the reference, or add the statement"
            yield Problem(where, field, message)


def _references(corpus: Corpus) -> Iterator[tuple[str, str, Span, tuple[str, ...]]]:
    """Yield where each reference stands, where it leads, and the kinds of statement that may be there."""
    for project in corpus.projects:
        for span in project.statements:
            yield project.where, "statements", span, ("achievement", "commitment")
    for evidence in corpus.evidence:
        yield evidence.where, "commitment", evidence.commitment, ("commitment",)
        if evidence.origin.achievement:
            yield evidence.where, "achievement", evidence.origin.achievement, ("achievement",)
    for restatement in corpus.restatements:
        yield restatement.where, "earlier", restatement.earlier, ("commitment",)
        yield restatement.where, "later", restatement.later, ("commitment",)


def _owners(corpus: Corpus) -> Iterator[Problem]:
    """Yield statements of two projects, and commitments that restate themselves."""
    owners: dict[Span, str] = {}
    for project in corpus.projects:
        for span in project.statements:
            owner = owners.setdefault(span, project.slug)
            if owner != project.slug:
                yield Problem(project.where, "statements", f"{span} belongs to {owner} already: keep it in one project")
    for row in corpus.restatements:
        if row.earlier == row.later:
            yield Problem(row.where, "later", f"{row.later} is the earlier commitment itself: name another")


def _sources(corpus: Corpus) -> Iterator[Problem]:
    """Yield references to sources and reports that there are none of."""
    slugs, reports = {row.slug for row in corpus.sources}, {row.name for row in corpus.reports}
    named = [(row.where, row.origin.source) for row in corpus.evidence if row.origin.source]
    named += [(row.where, row.source) for row in corpus.successions if row.source]
    for where, slug in named:
        if slug not in slugs:
            yield Problem(where, "source", f"{slug} is not in sources.jsonl: add it there, or correct the slug")
    for row in corpus.sources:
        if row.report and row.report not in reports:
            yield Problem(row.where, "report", f"{row.report} is not in the manifest: correct the name, or write null")


def _statuses(corpus: Corpus) -> Iterator[Problem]:
    """Yield statuses that do not rest on accepted evidence of their own commitment."""
    reviews = {(row.commitment, row.origin): row for row in corpus.evidence}
    for row in corpus.statuses:
        evidence = reviews.get((row.commitment, row.origin))
        if evidence is None:
            message = f"evidence.jsonl does not tie {row.origin} to {row.commitment}: add the line there"
            yield Problem(row.where, "evidence", message)
        elif evidence.review_state != Verification.ACCEPTED:
            message = f"rests on {evidence.where}, which is {evidence.review_state}: a status needs accepted evidence"
            yield Problem(row.where, "evidence", message)
