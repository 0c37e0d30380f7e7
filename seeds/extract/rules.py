"""The registry of the reader's rules: each is a function with an id, a meaning, and examples that run as tests.

An example is a sentence, read as part of a year's plan, or a text of several lines, read as it is. A rule fires where
its function tells the rule's id, or, if it tells none, where it finds something or changes what it was given.
"""

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import TypeVar

_Function = TypeVar("_Function", bound=Callable[..., object])
_PLAN = "二、2030年重点工作\n（一）改善民生。{}"
YEAR = 2030


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule is called and means, when it must fire and when it must not, and where it stands."""

    id: str
    meaning: str
    must: tuple[str, ...]
    never: tuple[str, ...]
    function: Callable[..., object]

    @property
    def family(self) -> str:
        """What the rules of the same kind share: fig, name, due."""
        return self.id.partition(".")[0]

    @property
    def place(self) -> str:
        """Module and name of the function."""
        return f"{self.function.__module__.rpartition('.')[2]}.{self.function.__qualname__}"


REGISTRY: dict[str, Rule] = {}


def rule(
    rule_id: str, *, must: Iterable[str], never: Iterable[str], meaning: str = ""
) -> Callable[[_Function], _Function]:
    """Register a function, which stays as it is; without ``meaning`` its docstring tells what the rule means."""

    def register(function: _Function) -> _Function:
        told = meaning or _meaning(inspect.getdoc(function) or "", rule_id)
        if rule_id in REGISTRY or not told:
            raise ValueError(f"{rule_id} is registered twice, or nothing says what it means")
        REGISTRY[rule_id] = Rule(rule_id, told, tuple(must), tuple(never), function)
        return function

    return register


def _meaning(docstring: str, rule_id: str) -> str:
    """What the first paragraph of a docstring says, as a sentence of its own."""
    told = docstring.partition("\n\n")[0].replace("\n", " ").replace(f" ({rule_id})", "").removeprefix("Whether ")
    return told[:1].upper() + told[1:]


def catalogue() -> list[Rule]:
    """Every rule, by id; known once the reader is imported."""
    return [REGISTRY[rule_id] for rule_id in sorted(REGISTRY)]


def example_text(example: str) -> str:
    return example if "\n" in example else _PLAN.format(example)


def _told(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for told in (getattr(value, "rule", None), getattr(value, "rules", None)):
        yield from _told(told) if told else ()
    if isinstance(value, tuple | list):
        for part in value:
            yield from _told(part)


class _Listener:
    """Hears what the functions of rules are given and return."""

    def __init__(self) -> None:
        self.by_code: dict[CodeType, list[str]] = {}
        for found in catalogue():
            code = getattr(found.function, "__code__", None)
            if isinstance(code, CodeType):
                self.by_code.setdefault(code, []).append(found.id)
        self.given: dict[FrameType, object] = {}
        self.fired: list[str] = []

    def __call__(self, frame: FrameType, event: str, value: object) -> None:
        """Take what the interpreter reports."""
        ids = self.by_code.get(frame.f_code)
        if ids is None:
            return
        if event == "call":
            self.given[frame] = frame.f_locals.get(frame.f_code.co_varnames[0])
        elif event == "return":
            self.fired += self._fired(ids, self.given.pop(frame, None), value)

    def _fired(self, ids: list[str], given: object, value: object) -> list[str]:
        told = set(_told(value))
        if found := [rule_id for rule_id in ids if rule_id in told]:
            return found
        nothing = not (any(value) if isinstance(value, tuple) else value)
        if len(ids) > 1 or nothing or not told.isdisjoint(REGISTRY):
            return []
        return ids if not isinstance(value, str) or value != given else []


def fired(example: str, read: Callable[..., object]) -> list[str]:
    """The ids of the rules that fire where ``read(text, year=…)`` reads an example, in order, each once."""
    listener = _Listener()
    before = sys.getprofile()
    sys.setprofile(listener)
    try:
        read(example_text(example), year=YEAR)
    finally:
        sys.setprofile(before)
    return list(dict.fromkeys(listener.fired))
