"""What is wrong with data that cannot be loaded: where it stands, which field, and how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

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
