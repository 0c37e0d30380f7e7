"""Reads the data files: JSON Lines and the reports' manifest, each object with the place where it stands."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from seeds.load.fields import Fields
from seeds.load.problems import LoadError, Problem

_UNREADABLE = "cannot be read ({reason}): check that it is there and may be read"


class _NotationError(ValueError):
    """JSON that is well written and yet not what the file must hold."""


def shown(path: Path) -> str:
    """Return a path as messages show it: seeds/curated/evidence.jsonl."""
    return "/".join(path.parts[-3:])


def read_text(path: Path) -> str:
    """Return a file decoded as UTF-8 and otherwise untouched; raise LoadError when that is not possible."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        reason = _UNREADABLE.format(reason=error.strerror)
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 (byte {error.start}): save it as UTF-8"
    raise LoadError([Problem(shown(path), "file", reason)])


def read_lines(path: Path, problems: list[Problem]) -> Iterator[Fields]:
    """Yield the object of each line that is one; note those that are not. A missing file has no lines."""
    if not path.exists():
        return
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{shown(path)}:{number}"
        try:
            yield Fields(where, _object(json.loads(line, parse_float=Decimal, object_pairs_hook=_pairs)), problems)
        except (ValueError, RecursionError) as error:
            problems.append(Problem(where, "line", f"is not one JSON object ({error}): mend its notation"))


def read_list(path: Path, problems: list[Problem]) -> list[Fields]:
    """Return the objects of a JSON file that holds a list of them, each with its first line."""
    text = read_text(path)
    decoder = json.JSONDecoder(parse_float=Decimal, object_pairs_hook=_pairs)
    found: list[Fields] = []
    at = _after(text, 0, "[")
    try:
        while at < len(text) and text[at] != "]":
            value, end = decoder.raw_decode(text, at)
            found.append(Fields(f"{shown(path)}:{_line(text, at)}", _object(value), problems))
            at = _after(text, end, ",")
        if text[at:].strip() != "]":
            raise _NotationError("the list does not end in ]")
    except (ValueError, RecursionError) as error:
        where = f"{shown(path)}:{_line(text, error.pos if isinstance(error, json.JSONDecodeError) else at)}"
        problems.append(Problem(where, "file", f"is not a JSON list of objects ({error}): mend its notation"))
    return found


def _after(text: str, at: int, mark: str) -> int:
    """Return the place of the next thing behind white space and one mark."""
    rest = text[at:].lstrip()
    rest = rest.removeprefix(mark).lstrip()
    return len(text) - len(rest)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _NotationError(f"it is {value!r}")
    return value


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, _ in pairs if [key for key, _ in pairs].count(name) > 1)
        raise _NotationError(f"{twice} stands twice")
    return found
