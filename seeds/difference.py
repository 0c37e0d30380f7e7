"""What a new pass of the extractor changed in a report, in words that a curator can check."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from projects.choices import Origin, ReviewState
from projects.models import Achievement, Commitment, Report
from seeds.extract import Statement
from seeds.load.result import LoadResult, Pk, TableResult

ADDED, UPDATED, KEPT, WITHDRAWN = "added", "updated", "kept", "withdrawn"

_MODELS: dict[str, type[Commitment] | type[Achievement]] = {"commitment": Commitment, "achievement": Achievement}
_WORDS = ("pk", "start", "title", "quote")
# How the program came to a statement: no news for those who read it.
_SILENT = frozenset({"extractor_version", "rules", "confidence"})


@dataclass(frozen=True, slots=True)
class Difference:
    """The statements that a pass changed, or kept although it no longer finds them, ordered by their place.

    Each entry has ``change``, ``kind``, ``id``, ``start``, ``title`` and ``quote``; an updated one its ``fields`` too.
    """

    entries: list[dict[str, Any]]
    found: int

    @property
    def counts(self) -> dict[str, int]:
        """How many statements were created, updated, left unchanged and withdrawn."""
        changes = Counter(entry["change"] for entry in self.entries)
        unchanged = self.found - changes[ADDED] - changes[UPDATED]
        return {
            "created": changes[ADDED],
            "updated": changes[UPDATED],
            "unchanged": unchanged,
            "withdrawn": changes[WITHDRAWN],
        }


def difference_of(report: Report, statements: Iterable[Statement], result: LoadResult) -> Difference:
    """Return what loading a pass's statements did to a report."""
    found = list(statements)
    entries = [
        entry
        for kind in _MODELS
        for entry in _of_kind(report, kind, {(one.start, one.end) for one in found if one.kind == kind}, result)
    ]
    return Difference(sorted(entries, key=lambda entry: (entry["start"], entry["kind"])), len(found))


def _of_kind(report: Report, kind: str, spans: set[tuple[int, int]], result: LoadResult) -> list[dict[str, Any]]:
    table = result[f"{kind}s"]
    fields = _told(table)
    changes: Mapping[Pk, str] = {
        **dict.fromkeys(_no_longer_found(report, kind, spans), KEPT),
        # A candidate that was withdrawn and is found again is news.
        **{pk: ADDED if "review_state" in names else UPDATED for pk, names in fields.items()},
        **dict.fromkeys(table.created, ADDED),
        **dict.fromkeys(table.withdrawn, WITHDRAWN),
    }
    rows = _MODELS[kind].objects.filter(pk__in=changes).values_list(*_WORDS)
    return [
        {"change": changes[pk], "kind": kind, "id": pk, "start": start, "title": title, "quote": quote}
        | ({"fields": fields[pk]} if changes[pk] == UPDATED else {})
        for pk, start, title, quote in rows
    ]


def _told(table: TableResult) -> dict[Pk, list[str]]:
    """Return the changed fields of each updated row, without those that are no news."""
    told = {pk: [name for name in names if name not in _SILENT] for pk, names in table.updated.items()}
    return {pk: names for pk, names in told.items() if names}


def _no_longer_found(report: Report, kind: str, spans: set[tuple[int, int]]) -> list[int]:
    standing = _MODELS[kind].objects.filter(report=report, origin=Origin.EXTRACTED)
    standing = standing.exclude(review_state=ReviewState.WITHDRAWN)
    return [pk for pk, start, end in standing.values_list("pk", "start", "end") if (start, end) not in spans]
