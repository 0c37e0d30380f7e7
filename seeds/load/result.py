"""What a load did, table by table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

Pk = int | str


@dataclass(frozen=True, slots=True)
class TableResult:
    """The rows of one table after a load.

    ``updated`` maps each changed row to the fields that changed, ``kept`` each row in which a person's own value
    stays to those fields. ``withdrawn`` rows are no longer in the data. ``unchanged`` counts the rest.
    """

    created: tuple[Pk, ...] = ()
    updated: Mapping[Pk, tuple[str, ...]] = field(default_factory=dict)
    unchanged: int = 0
    withdrawn: tuple[Pk, ...] = ()
    kept: Mapping[Pk, tuple[str, ...]] = field(default_factory=dict)

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """How many rows were created, updated, unchanged, withdrawn, kept as a person made them."""
        return len(self.created), len(self.updated), self.unchanged, len(self.withdrawn), len(self.kept)

    def without(self, withdrawn: tuple[Pk, ...]) -> "TableResult":
        """Return the result with the rows that were withdrawn as well."""
        return replace(self, withdrawn=(*self.withdrawn, *withdrawn))

    def plus(self, other: "TableResult") -> "TableResult":
        """Return what happened to the rows of both results."""
        return TableResult(
            (*self.created, *other.created),
            {**self.updated, **other.updated},
            self.unchanged + other.unchanged,
            (*self.withdrawn, *other.withdrawn),
            {**self.kept, **other.kept},
        )


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The results of all tables, in the order in which they were loaded."""

    tables: Mapping[str, TableResult]

    def __getitem__(self, table: str) -> TableResult:
        return self.tables[table]

    @property
    def counts(self) -> tuple[int, ...]:
        """The sums over all tables: created, updated, unchanged, withdrawn, kept."""
        return tuple(map(sum, zip(*(result.counts for result in self.tables.values()), strict=True)))

    def lines(self) -> Iterator[str]:
        """Yield one line a table and one for the sum, as people read them."""
        rows = [*((name, result.counts) for name, result in self.tables.items()), ("total", self.counts)]
        width = max(len(name) for name, _ in rows)
        for name, (created, updated, unchanged, withdrawn, kept) in rows:
            line = f"{name:{width}}  {created} created, {updated} updated, {unchanged} unchanged, {withdrawn} withdrawn"
            yield f"{line}, {kept} kept as edited by hand" if kept else line
