"""Figures in a task and in what is said of it, in base units: 1.2万个 → 12000 个, 60万㎡ → 600000 平方米."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from seeds.sheets.cells import folded

_UNITS = (
    "平方公里|平方千米|平方米|立方米|微克/立方米|个百分点|百分点|公里|千米|公顷|人次|户次|标准箱|标箱|千瓦时|千瓦|兆瓦|场次|批次|张床位|床位|元|米|亩|吨|人|名|个|家|所|座|处|项|条|套|户|张|辆|台|场|次|部|件|栋|对|只"
    "|头|艘|列|根|类|种|批|班|队|天|岁|倍|间|口|期|宗|股|眼|棵|株|度|位|片|公斤|%|‰"
)
_NUMBER = re.compile(rf"(?<![\d.A-Za-z])(\d[\d,]*(?:\.\d+)?)([万亿千百]*)[余多]?({_UNITS})?(?:（(?:间|户|座|个|人)）)?")
_SCALE = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100}
_NAMED_UNIT = re.compile(rf"（([万亿千百]*)({_UNITS})(?:以[上下内])?）")
# A number that names a thing or a day counts nothing.
_NAME = re.compile(
    r"(?:号线|号|期|年|月|日|[Gg](?![\u4e00-\u9fff]*（)|环路|院|中(?=[、，等。；]|$)|小(?=[、，等。；]|$))"
)
_BLANK = re.compile(r"(?<=\d)\s+(?=[\u4e00-\u9fff%‰])|(?<=[\u4e00-\u9fff])\s+(?=\d)")
_FALL = re.compile(r"下降|减少|降低|压减|负增长|回落")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in base units with its unit, which is empty where none is written, and where it stands."""

    value: float
    unit: str
    start: int
    end: int


@lru_cache(4096)
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of a text that counts or measures something."""
    return tuple(_figures(_plain(text)))


def _plain(text: str) -> str:
    plain = folded(text.replace("㎡", "平方米").replace("㎥", "立方米").replace("㎞", "公里"))
    return _BLANK.sub("", plain)


def _figures(text: str) -> Iterator[Figure]:
    for match in _NUMBER.finditer(text):
        digits, scale, unit = match.groups()
        if not unit and _NAME.match(text, match.end()):
            continue
        yield Figure(_value(digits, scale), unit or "", match.start(), match.end())


def _value(digits: str, scale: str) -> float:
    # In decimals, so that 1.31万 is 13100.
    value = Decimal(digits.replace(",", ""))
    for mark in scale:
        value *= _SCALE[mark]
    return float(value)


def named_unit(text: str) -> tuple[str, str]:
    """The scale and unit that an indicator's name bears in brackets: 新增供热面积（万平方米） → 万, 平方米."""
    match = _NAMED_UNIT.search(_plain(text))
    return (match[1], match[2]) if match else ("", "")


def scaled(text: str, scale: str) -> float | None:
    """A bare number of a cell under an indicator's scale; of 30/5480 the first."""
    match = re.match(r"\s*(-?\d[\d,]*(?:\.\d+)?)", folded(text))
    if match is None:
        return None
    sign = -1 if match[1].startswith("-") else 1
    return sign * _value(match[1].lstrip("-"), scale)


def _units_of(found: Iterable[Figure]) -> set[str]:
    return {figure.unit for figure in found}


def answering(task: str, said: str) -> Figure | None:
    """The figure of a result that answers the first figure of its task; a fall of a rate is negative."""
    wanted = figures(task)
    told = figures(said)
    unit = wanted[0].unit if wanted else "%"
    alike = [figure for figure in told if figure.unit == unit]
    # 全年任务5个，现已完成6个: the target is said again before the answer.
    again = wanted and len(alike) > 1 and alike[0].value == wanted[0].value and unit not in _units_of(wanted[1:])
    found = alike[bool(again)] if alike else None
    if found is None and wanted:
        found = next((figure for figure in told if figure.unit == "%"), None)
    if found is not None and found.unit == "%" and not _FALL.search(task):
        before = _plain(said)[max(0, found.start - 8) : found.start]
        return Figure(-found.value, found.unit, found.start, found.end) if _FALL.search(before) else found
    return found
