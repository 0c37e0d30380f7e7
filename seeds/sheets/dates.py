"""Days written in official documents: deadlines in a cell, the end of a period, the day of a paper, a forecast."""

import re
from calendar import monthrange
from datetime import date

from seeds.sheets.cells import folded
from seeds.sheets.vocabulary import lasting

_BLANK = re.compile(r"\s+")
_YEAR = r"(?:(?P<year>20\d\d)(?:年度?|[-./])|(?P<relative>今年|明年|次年|本年度?|当年))?"
_OF_MONTH = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:日|号)|(?P<part>初|上旬|中旬)"
_MONTH = (
    rf"(?P<month>1[0-2]|0?[1-9])"
    rf"(?:月份?(?:{_OF_MONTH})?|[-./](?P<number>3[01]|[12]\d|0?[1-9])(?![\d月])|(?=$|[^\d.月]))"
)
_DAY = re.compile(
    rf"{_YEAR}(?:{_MONTH}"
    r"|第?(?P<quarter>[一二三四1-4])季度|(?P<half>上半年|下半年)|(?P<end>年底|年末|年内|全年|底|内|前|$))"
)
_BARE_YEAR = re.compile(r"(?P<year>20\d\d)年?(?:底|末|度|内|以?前|全年)*")
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_WORDED_YEAR = re.compile(r"二[〇○零0][〇○零一二三四五六七八九\d]{2}(?=年)")
_WORDED = re.compile(
    r"(?<![一二三四五六七八九十第])(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=月|日|号(?!线))"
)
_PAPER = re.compile(
    r"(20\d\d|二[〇○零0]\S{2})年(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_NUMERIC_DAY = re.compile(r"(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})")
_DIGITS = {**dict(zip("一二三四五六七八九", range(1, 10), strict=True)), "〇": 0, "○": 0, "零": 0, "0": 0}


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def deadline(text: str, year: int) -> date | None:
    """The last day of a deadline cell in a paper about ``year``; ``None`` where it names none (长期坚持)."""
    plain = _in_digits(_BLANK.sub("", folded(text)))
    if not plain or plain in lasting():
        return None
    found = days(plain, year)
    if found:
        return found[-1]
    if bare := _BARE_YEAR.search(plain):
        return date(int(bare["year"]), 12, 31)
    return date(year, 12, 31) if re.search(r"全年|年底|年末|年内|年度", plain) else None


def days(text: str, year: int) -> list[date]:
    """The days that a text names, in order, each the last of its month, quarter or year; a year said once holds on."""
    found: list[date] = []
    said = year
    for match in _DAY.finditer(_in_digits(text)):
        if match["year"]:
            said = int(match["year"])
        elif match["relative"]:
            said = year + (match["relative"] in ("明年", "次年"))
        day = _day(match, said)
        if day is not None:
            found.append(day)
    return found


def _day(match: re.Match[str], year: int) -> date | None:
    if match["month"]:
        return _of_month(match, year)
    if match["quarter"]:
        return month_end(year, _QUARTERS[match["quarter"]])
    if match["half"]:
        return month_end(year, 6 if match["half"] == "上半年" else 12)
    if match["end"] in ("年底", "年末", "年内", "全年") or (match["end"] and match["year"]):
        return date(year, 12, 31)
    return None


def _of_month(match: re.Match[str], year: int) -> date | None:
    month = int(match["month"])
    if not (match["day"] or match["number"] or "月" in match[0] or match["year"]):
        return None
    day = match["day"] or match["number"] or {"初": "10", "上旬": "10", "中旬": "20"}.get(match["part"] or "", "")
    last = month_end(year, month)
    return last if not day or int(day) > last.day else date(year, month, int(day))


def paper_day(text: str) -> date | None:
    """The day that a paper bears: 2022年1月14日, ２０２２年２月２１日, 二〇二二年二月二十一日, 2022-01-14."""
    plain = _BLANK.sub("", folded(text))
    if match := _NUMERIC_DAY.search(plain):
        return _valid(*map(int, match.groups()))
    if match := _PAPER.search(plain):
        year = match[1] if match[1].isdigit() else "".join(str(_DIGITS.get(one, 0)) for one in match[1])
        return _valid(int(year), _whole(match[2]), _whole(match[3]))
    return None


def _in_digits(text: str) -> str:
    """A text whose years, months and days are written in digits: 二〇二六年六月底 as 2026年6月底."""
    text = _WORDED_YEAR.sub(lambda found: "".join(str(_DIGITS.get(one, one)) for one in found[0]), text)
    return _WORDED.sub(lambda found: str(_whole(found[0])), text)


def _whole(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.partition("十")
    return _DIGITS.get(text, 0) if not mark else 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
