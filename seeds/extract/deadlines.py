"""Deadlines stated in a sentence: 到2027年, 上半年, 10月1日前, 年内, 未来三年, “十四五”期间, 国庆前."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from seeds.extract.numerals import number_of
from seeds.extract.rules import rule

Deadline = tuple[date, str]

_NUMERAL = "〇○零O一二三四五六七八九"


def _rest(name: str, edge: str) -> str:
    """The part of a year that a point in time names; ``name`` tells its groups apart."""
    return (
        rf"(?:(?P<month_{name}>1[0-2]|0?[1-9](?!\d)|十[一二]?|(?<![十“{_NUMERAL}])[一二三四五六七八九])月份?(?![一二三])"
        rf"(?:(?P<day_{name}>[0-3]?\d)日|(?P<third_{name}>[上中下]旬|初(?![中级高步])|[底末]))?"
        rf"|(?P<half_{name}>[上下]半年)|第?(?P<quarter_{name}>[一二三四1-4])季度[末底]?|{edge})"
    )


_EDGE = r"(?P<edge_{0}>{1}[底末](?![线层端])|{1}内|{1}初(?![中级高步心])|{1}中(?=前))"
_BEFORE = r"(?P<before>之?前|以前)?"
_POINT = re.compile(
    rf"(?:(?:(?P<year>(?<!\d)(?:19|20)\d\d|[二一][〇○零O九][{_NUMERAL}]{{2}})|(?P<next>[今本明次后]))年度?"
    rf"{_rest('a', _EDGE.format('a', '年?'))}?|(?<!\d){_rest('b', _EDGE.format('b', '年'))}){_BEFORE}"
)
_SEASON = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年|(?P<next>[今本明次后])年)?(?:(?P<day>国庆|元旦|“?五一”?|“?七一”?|“?八一”?|春节|汛期|入汛|供暖|采暖|(?<!寒)暑[期假])(?:节|[季期])?(?:来临|到来)?"
    r"(?:之?前|以前|(?<=暑[期假]))"
    r"|(?P<term>(?:秋季|春季|新)?学期|[秋春]季开学|开学(?=之?前|以前))(?:开学)?(?:之?前|以前)?)"
)
_SEASONS = {
    "国庆": (9, 30),
    "元旦": (12, 31),
    "五一": (4, 30),
    "七一": (6, 30),
    "八一": (7, 31),
    "汛期": (5, 31),
    "入汛": (5, 31),
    "供暖": (10, 31),
    "采暖": (10, 31),
    "暑期": (8, 31),
    "暑假": (8, 31),
}
_SPRING_TERM, _AUTUMN_TERM = (3, 1), (9, 1)
# The first day of the Chinese year, 2000 to 2040.
_SPRING_FESTIVALS = [
    int(day)
    for day in """
    0205 0124 0212 0201 0122 0209 0129 0218 0207 0126 0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 0125 0212 0201
    0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 0131 0219 0208 0128 0215 0204 0124 0212
    """.split()
]
_FIRST_FESTIVAL = 2000
_COUNT = r"[一两二三四五六七八九十]|\d{1,2}"
_WITHIN = re.compile(
    rf"(?:(?P<ahead>未来|今后|接下来|用|在|力争)(?:的)?)?(?:(?:{_COUNT})[到至—~-])?(?P<years>(?<!\d)(?:{_COUNT}))年"
    r"(?P<span>内|之内|时间|左右完成|左右时间)?"
)
_LONGEST = 99
_NEXT = re.compile(r"今明(?:两|二)年")
_PLAN = re.compile(r"“?十(?P<plan>[一二三四五六七])五”?规?划?(?:期间|时期|末期?|期末|期?内)")
_FIRST_PLAN = 2005
# What such a sentence holds, whatever the deadline.
_MENTION = re.compile(r"[年月季学节庆汛暖暑五]")
_NOT_BEFORE = re.compile(r"(?:较|比|自|从|同|与|对|以|去年|上年|前年|[去上前每当近]|截至目前|往)$")
_NOT_BEHIND = re.compile(r"起(?![点步飞])|开始|以来|同期|以后|期间(?=的)")
_RANGE = re.compile(r"[至到—~-]+")
_THIRDS = {"上旬": 10, "初": 10, "中旬": 20}
_HALVES = {"上": 6, "下": 12}


_PARTS = ("month", "half", "quarter", "edge")


class _When(NamedTuple):
    """A point in time: its place, its last day, the rule that read it, and whether it names its year."""

    start: int
    end: int
    day: date
    rule: str
    dated: bool


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def _got(match: re.Match[str], name: str) -> str | None:
    found: str | None = match[f"{name}_a"] or match[f"{name}_b"]
    return found


def _year_of(match: re.Match[str], year: int | None) -> int | None:
    """The year of a point in time; one that names none is of the report's year."""
    if match["year"]:
        value = number_of(match["year"])
        return int(value) if value else None
    named = year + {"明": 1, "次": 1, "后": 2}.get(match["next"] or "", 0) if year else None
    return named if named and named <= date.max.year else None


@rule(
    "due.month",
    must=["9月底前新建学校3所。", "10月前新建学校3所。"],
    never=["上月新建学校3所。", "每月发放补贴120元。"],
    meaning="A month: 9月底前, 10月前 (the end of September), 12月上旬.",
)
@rule(
    "due.day", must=["10月1日前新建学校3所。"], never=["9月底前新建学校3所。"], meaning="A day of a month: 10月1日前."
)
def _in_month(match: re.Match[str], year: int, month: int) -> Deadline:
    """The day of a month that a point names, or the last that it leaves."""
    day, third = _got(match, "day"), _got(match, "third")
    if day and 1 <= int(day) <= monthrange(year, month)[1]:
        return date(year, month, int(day)), "due.day"
    if third in _THIRDS:
        return date(year, month, _THIRDS[third]), "due.month"
    if match["before"] and not third and not day:
        # 10月前 ends with September.
        return date(year, month, 1) - timedelta(days=1), "due.month"
    return month_end(year, month), "due.month"


@rule(
    "due.year",
    must=["到2032年新建学校3所。", "年底前新建学校3所。"],
    never=["较2029年新增学位3000个。"],
    meaning="The end of a year: 到2032年, 年底前, 明年.",
)
@rule(
    "due.half", must=["上半年新建学校3所。"], never=["新建学校3所。"], meaning="The end of half a year: 上半年, 年中前."
)
@rule(
    "due.quarter",
    must=["三季度前新建学校3所。"],
    never=["新建学校3所。"],
    meaning="The end of a quarter: 三季度, 明年初.",
)
def _last_day(match: re.Match[str], year: int) -> Deadline:
    month, half, quarter, edge = (_got(match, name) for name in ("month", "half", "quarter", "edge"))
    if month:
        return _in_month(match, year, int(number_of(month) or 1))
    if half:
        return month_end(year, _HALVES[half[0]]), "due.half"
    if quarter:
        return month_end(year, 3 * int(number_of(quarter) or 1)), "due.quarter"
    if edge and edge[-1] == "初":
        return month_end(year, 3), "due.quarter"
    if edge and edge[-1] == "中":
        return month_end(year, 6), "due.half"
    return date(year, 12, 31), "due.year"


def _points(text: str, start: int, end: int, year: int | None, *, due: bool = True) -> Iterator[_When]:
    """The points in time within ``start`` to ``end``; those that begin or compare only without ``due``."""
    for match in _POINT.finditer(text, start, end):
        named = _year_of(match, year)
        left, right = match.span()
        edge = _got(match, "edge")
        alone = match["year"] is None and match["next"] is None
        if named is None or (
            alone and edge and (edge == "年初" or text[left - 1 : left] in tuple(_NUMERAL + "十两几"))
        ):
            continue
        if match["next"] in ("今", "本") and right - left <= len("今年度"):
            continue
        if due and (_NOT_BEFORE.search(text, max(start, left - 4), left) or _NOT_BEHIND.match(text, right, end)):
            continue
        if not alone and not any(_got(match, name) for name in _PARTS) and _SEASON.match(text, left, end):
            continue
        yield _When(left, right, *_last_day(match, named), not alone)


def _joined(text: str, found: list[_When]) -> list[_When]:
    """The points, of two that are the ends of a range (1月至6月) only the later."""
    kept: list[_When] = []
    for when in found:
        ends = bool(kept) and _RANGE.fullmatch(text, kept[-1].end, when.start) is not None
        kept.append(when._replace(start=kept.pop().start) if ends else when)
    return kept


@rule(
    "due.season",
    must=["国庆前新建学校3所。", "秋季学期新建学校3所。"],
    never=["建成国庆广场。"],
    meaning="A holiday or a season: 国庆前, 春节前, 汛期前, 秋季学期, 供暖季前.",
)
def _season(text: str, start: int, end: int, year: int) -> _When | None:
    match = _SEASON.search(text, start, end)
    if match is None:
        return None
    year = _year_of(match, year) or year
    if match["term"]:
        month, day = _SPRING_TERM if match["term"].startswith("春") else _AUTUMN_TERM
    elif match["day"] == "春节":
        at = year - _FIRST_FESTIVAL
        if not 0 <= at < len(_SPRING_FESTIVALS):
            return None
        month, day = divmod(_SPRING_FESTIVALS[at], 100)
        return _When(*match.span(), date(year, month, day) - timedelta(days=1), "due.season", dated=bool(match["year"]))
    else:
        month, day = _SEASONS[match["day"].strip("“”")]
    return _When(*match.span(), date(year, month, day), "due.season", dated=bool(match["year"]))


@rule("due.within", must=["未来三年新建学校30所。", "两到三年内新建学校30所。"], never=["实施三年行动。"])
def _within(text: str, start: int, end: int, year: int) -> _When | None:
    """A number of years from the report's on (未来三年, 两到三年内), the later bound of two."""
    if year + _LONGEST > date.max.year:
        return None
    if (match := _NEXT.search(text, start, end)) is not None:
        return _When(*match.span(), date(year + 1, 12, 31), "due.year", dated=False)
    for match in _WITHIN.finditer(text, start, end):
        if match["span"] is None and match["ahead"] not in ("未来", "今后", "接下来"):
            continue
        count = number_of(match["years"])
        if count and _NOT_BEFORE.search(text, max(start, match.start() - 2), match.start()) is None:
            return _When(*match.span(), date(year - 1 + int(count), 12, 31), "due.within", dated=False)
    return None


@rule(
    "due.plan",
    must=["“十六五”期间新建学校30所。"],
    never=["“十三五”期间新建学校30所。"],
    meaning="The last year of a five-year plan that has not ended.",
)
def _plan(text: str, start: int, end: int, year: int | None) -> _When | None:
    match = _PLAN.search(text, start, end)
    last = _FIRST_PLAN + 5 * int(number_of(match["plan"]) or 0) if match else 0
    if match is None or (year is not None and last < year):
        return None
    return _When(*match.span(), date(last, 12, 31), "due.plan", dated=True)


def mentioned(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` may state a deadline at all."""
    return _MENTION.search(text, start, end) is not None


def _found(text: str, start: int, end: int, year: int | None) -> list[_When]:
    """The points in time to come, those that name their year first."""
    if not _MENTION.search(text, start, end):
        return []
    points = _joined(text, list(_points(text, start, end, year)))
    found = [when for when in points if when.dated and (year is None or when.day.year >= year)]
    if (plan := _plan(text, start, end, year)) is not None:
        found.append(plan)
    if year is None:
        return found
    found += [when for when in points if not when.dated]
    found += [when for read in (_season, _within) if (when := read(text, start, end, year)) is not None]
    return found


def stated(text: str, start: int, end: int, year: int | None) -> Deadline | None:
    """The deadline that ``text[start:end]``, of a forward-looking part, states, with the rule that read it."""
    found = _found(text, start, end, year)
    return (found[0].day, found[0].rule) if found else None


def each(text: str, start: int, end: int, year: int | None) -> list[Deadline]:
    """The deadlines of a list that 分别 deals out: 9月底、12月底前分别建成…; empty without one."""
    if text.find("分别", start, end) < 0:
        return []
    return [(when.day, when.rule) for when in sorted(_found(text, start, end, year))]


_BEGINS = re.compile(r"(?:到|至|截至|在|于|自|从)?(?:\d{1,4}[-—~至到])?")
_NEAR = 12
_OPENS_WHEN = frozenset(
    "到至截在于自从今本明次后未接力两上下第国元春汛入供采秋新开“〇○零O一二三四五六七八九十0123456789年学"
)
_GOES_ON = re.compile(r"(?:之?前|以前|底|末|内|期间|时期|起|开始|的)*[，、]?(?:分别)?")


def skip(text: str, start: int, end: int, year: int | None) -> int:
    """Where a clause begins behind the words that only say by when; ``start`` where it says something before them."""
    if text[start] not in _OPENS_WHEN or _MENTION.search(text, start, min(end, start + _NEAR)) is None:
        return start
    at = start
    for when in sorted([*_points(text, start, end, year, due=False), *_found(text, start, end, year)]):
        begins = _BEGINS.match(text, at, max(at, when.start))
        if when.end > at:
            if begins is None or begins.end() < when.start:
                break
            goes_on = _GOES_ON.match(text, when.end, end)
            at = goes_on.end() if goes_on else when.end
    return at if at < end - 1 else start
