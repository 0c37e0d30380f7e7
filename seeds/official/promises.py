"""The commitments of a report from the lines that ``extract`` prints, checked against the report's text."""

import json
from collections.abc import Mapping
from datetime import date

from seeds.official.alignment import Promise


class StatementsError(ValueError):
    """Statements that cannot be used; the message names the line, the field and the fix."""


def promises_of(lines: str, text: str) -> list[Promise]:
    """The commitments among JSON lines with the keys of ``extract``, in their order; other kinds are passed over."""
    found = []
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except ValueError as error:
            raise StatementsError(f"第 {number} 行不是 JSON。请给 manage.py extract 的输出。") from error
        if not isinstance(values, dict):
            raise StatementsError(f"第 {number} 行应是一个 JSON 对象。请给 manage.py extract 的输出。")
        if values.get("kind") == "commitment":
            found.append(_promise(values, text, number))
    return sorted(found, key=lambda promise: promise.start)


def _promise(values: Mapping[str, object], text: str, number: int) -> Promise:
    start, end, quote = values.get("start"), values.get("end"), values.get("quote")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        raise StatementsError(f"第 {number} 行的 start、end 应是报告里的位置，且 start 小于 end。")
    if end > len(text) or (isinstance(quote, str) and text[start:end] != quote):
        raise StatementsError(f"第 {number} 行的 quote 与报告 [{start}:{end}] 的文字不同。请用同一份报告的陈述。")
    quoted = text[start:end]
    title = values.get("title")
    said = title if isinstance(title, str) and title else quoted
    return Promise(start, end, said, quoted, _names(values), _day(values, number))


def _names(values: Mapping[str, object]) -> tuple[str, ...]:
    names = values.get("names")
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def _day(values: Mapping[str, object], number: int) -> date | None:
    written = values.get("due_on")
    if written is None:
        return None
    try:
        return date.fromisoformat(str(written))
    except ValueError as error:
        raise StatementsError(f"第 {number} 行的 due_on 应写成 2025-12-31，或 null；得到的是 {written}。") from error
