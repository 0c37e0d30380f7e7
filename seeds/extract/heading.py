"""Year, place, day and session of a report, from its title lines, its sections and the day it was delivered.

The year is the one whose work the report plans: a report of December mostly plans the next year's.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from seeds.extract.numerals import number_of
from seeds.extract.roles import years_in
from seeds.extract.wordlist import one_of

_TITLE = re.compile(r"[^\n]{0,60}工作报告[^\n]{0,30}")
_KEY = re.compile(r"^title\s*[:：]\s*")
_AREA = f"{one_of('area')}|州(?![市区县])|盟|旗|镇(?!市)|乡(?!市)|街道"
_PLACE = re.compile(rf"(?:[\u4e00-\u9fff]{{1,12}}?(?:{_AREA})){{1,4}}")
_NO_PLACE = re.compile(r"^(?:关于|印发|年|在|的|转发|公布|title|：|:)+")
# Who speaks, where neither title nor session names the place: 我代表花渡市人民政府, 花渡市市长, 中共花渡市委.
_SPEAKER = re.compile(
    rf"(?:我代表|中共(?!中央))(?P<place>[\u4e00-\u9fff]{{2,11}}?(?:{_AREA}))(?:人民政府|委)"
    rf"|^[ \t\u3000*]*(?P<office>[\u4e00-\u9fff]{{2,11}}?(?:{_AREA}))(?:人民政府)?[ \u3000]*"
    r"(?:代理?|副|常务副)*[省市区县州盟旗镇乡]长",
    re.MULTILINE,
)
_OF_NO_NAME = re.compile(r"(?:全|本|我)?(?:自治)?[省市区县州盟旗镇乡]|特别行政区")
_DAY = re.compile(
    r"([12]\d{3}|[二一][〇○零O九][〇○零O一二三四五六七八九]{2})\s*年\s*(\d{1,2}|十?[一二三四五六七八九]|十)\s*月\s*(\d{1,2}|[二三]?十?[一二三四五六七八九]?)\s*日"
)
_ORDINAL = r"第[〇零一二三四五六七八九十百\d]+"
_SESSION = re.compile(
    rf"(?:在|日(?!\s*在))\s*([\u4e00-\u9fff\s]{{2,40}}?{_ORDINAL}\s*届\s*人民代表大会(?:第)?\s*(?:{_ORDINAL})?\s*次\s*会\s*议)"
)
# A year that is the title's own, no part of a day: 2023年政府工作报告, 工作报告（2023）.
_TITLE_YEAR = re.compile(
    r"([12]\d{3}|[二一][〇○零O九][〇○零O一二三四五六七八九]{2})\s*(?:年(?!\s*[\d一二三四五六七八九十]+\s*月)|(?=）))"
)
# Digits set apart: 1 9 9 8 年.
_APART = re.compile(r"(?<=\d)[ \u3000](?=\d)")
_BACK = re.compile(one_of("retrospect"))
_AHEAD = re.compile(one_of("prospect"))
_LINE = re.compile(r"^[ \t\u3000#*>]*([^\n]+)$", re.MULTILINE)
_NUMBERED = re.compile(r"(?:第?[一二三四五六七八九十]+(?:、|部分|章))[^。；]{2,40}")
_LONGEST_TITLE = 40
# From this month on a report may plan the next year.
_LATE_IN_YEAR = 11
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_HEAD_CHARS = 3000
_BEFORE_SESSION = 40


@dataclass(frozen=True, slots=True)
class ReportHeading:
    """What a report's title lines say; an absent fact is ``None``."""

    title: str | None = None
    place: str | None = None
    year: int | None = None
    delivered_on: date | None = None
    session: str | None = None


def _day(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    year, month, day = (number_of(part) for part in match.groups())
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None


def _planned(text: str) -> int | None:
    """The year that the titles of the sections plan for: 二、2026年工作安排, or the one after 一、2025年工作回顾."""
    votes: Counter[int] = Counter()
    for match in _LINE.finditer(text):
        line = match[1].strip(" *　")
        numbered = _NUMBERED.match(line)
        if numbered is None and len(line) > _LONGEST_TITLE:
            continue
        title = numbered[0] if numbered else line
        years = years_in(title) if "年" in title and "工作报告" not in title and "次会议" not in title else []
        if not years:
            continue
        if _BACK.search(title):
            votes[max(years) + 1] += 1
        elif _AHEAD.search(title) and len(years) == 1:
            votes[years[0]] += 2
    return votes.most_common(1)[0][0] if votes else None


def _year(title: str | None, delivered: date | None, text: str) -> int | None:
    """The year whose work is planned: as the title says, or as the sections do, or the day of delivery."""
    stated = _TITLE_YEAR.search(title) if title else None
    year = number_of(stated[1]) if stated else None
    planned = _planned(text) if delivered is None or delivered.month >= _LATE_IN_YEAR or not year else None
    if delivered is None:
        return int(year) if year else planned
    near = (delivered.year, delivered.year + 1)
    if delivered.month >= _LATE_IN_YEAR:
        return planned if planned in near else int(year) if year in near else delivered.year + 1
    return int(year) if year in near else delivered.year


def _place(text: str | None) -> str | None:
    if not text:
        return None
    match = _PLACE.search(_NO_PLACE.sub("", re.sub(r"[\d\s—]+", "", text)))
    return match[0] if match and not _OF_NO_NAME.fullmatch(match[0]) else None


def _speaker(head: str) -> str | None:
    """The place whose government speaks."""
    named = (_place(match["place"] or match["office"]) for match in _SPEAKER.finditer(head))
    return next((place for place in named if place), None)


def _title(head: str) -> str | None:
    """The last title line before the speech, the plainest one: not the notice that prints the report."""
    lines = [_KEY.sub("", match[0].strip(" #　\t《》*")).strip() for match in _TITLE.finditer(head)]
    plain = [line for line in lines if "，" not in line and "。" not in line]
    named = [line for line in plain if "通知" not in line]
    return (named or plain)[0] if plain else None


def heading_of(text: str) -> ReportHeading:
    """Read the heading of a report; never raises, and leaves out what the lines do not say."""
    head = _APART.sub("", text[:_HEAD_CHARS].translate(_FULL_WIDTH))
    title = _title(head)
    found = _SESSION.search(head)
    session = re.sub(r"\s+", "", found[1]) if found else None
    near = head[max(0, found.start() - _BEFORE_SESSION) : found.start() + 1] if found else ""
    days = list(_DAY.finditer(near))
    delivered = _day(days[-1] if days else _DAY.search(head))
    place = _place(session) or _place(title) or _speaker(head)
    return ReportHeading(title, place, _year(title, delivered, text), delivered, session)
