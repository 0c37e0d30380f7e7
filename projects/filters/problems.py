"""What is wrong with a query string, told so that the sender can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "str | _StrPromise"


# What other interfaces call a parameter, and what it is called here.
_HABITS = {
    "city": "jurisdiction",
    "district": "jurisdiction",
    "from": "year_min",
    "group_by": "by",
    "keyword": "q",
    "limit": "page_size",
    "offset": "cursor",
    "order": "ordering",
    "order_by": "ordering",
    "page": "cursor",
    "per_page": "page_size",
    "place": "jurisdiction",
    "query": "q",
    "region": "jurisdiction",
    "search": "q",
    "since": "updated_since",
    "size": "page_size",
    "sort": "ordering",
    "sort_by": "ordering",
    "to": "year_max",
    "year_from": "year_min",
    "year_to": "year_max",
}


class Fault(Enum):
    """The kinds of wrong parameters; the value is the code that the API shows."""

    UNKNOWN = "unknown"
    REPEATED = "repeated"
    BLANK = "blank"
    INVALID = "invalid"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong parameter: its name, what is wrong, what is allowed and what was perhaps meant."""

    parameter: str
    fault: Fault
    detail: Text
    allowed: tuple[str, ...] = ()
    did_you_mean: str | None = None


class BadQuery(Exception):
    """A query string that cannot be answered as it is; nothing was read."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.parameter for problem in self.problems))


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that comes nearest to a misspelt one, or None when nothing is near."""
    return next(iter(get_close_matches(word, list(allowed), n=1, cutoff=0.6)), None)


def unknown(parameter: str, allowed: Iterable[str]) -> Problem:
    names = tuple(sorted(allowed))
    # The name of a parameter that only other addresses have is not misspelt.
    known = parameter if parameter in _HABITS.values() else None
    meant = _HABITS.get(parameter, known) or nearest(parameter, names)
    return Problem(parameter, Fault.UNKNOWN, _("没有这个参数。"), names, meant if meant in names else None)


def repeated(parameter: str) -> Problem:
    """Return the problem of a parameter that is given twice but takes one value."""
    return Problem(parameter, Fault.REPEATED, _("这个参数只能出现一次。"))


def blank(parameter: str, allowed: tuple[str, ...]) -> Problem:
    return Problem(parameter, Fault.BLANK, _("这个参数没有值；不需要时请去掉它。"), allowed)
