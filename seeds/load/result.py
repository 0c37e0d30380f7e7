"""What a load did, table by table, or what is wrong with data that cannot be loaded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

Pk = int | str

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person has to mend; ``where`` is FILE:LINE."""

    where: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.field}: {self.message}"


class LoadError(ValueError):
    """Nothing was loaded; ``problems`` says what to mend, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:_SHOWN]]
        if len(self.problems) > _SHOWN:
            lines.append(f"… and {len(self.problems) - _SHOWN} more")
        super().__init__("\n".join(lines))


def refuse_if_any(problems: Sequence[Problem]) -> None:
    """Raise LoadError when there are problems."""
    if problems:
        raise LoadError(problems)


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
