"""Year, place, day and session of a report, read from its own title lines."""

import re
from dataclasses import dataclass
from datetime import date

_TITLE = re.compile(r"[^\n]{0,60}工作报告[^\n]{0,30}")
_PLACE = re.compile(
    r"((?:[\u4e00-\u9fff]{1,12}(?:自治区|自治州|自治县|特别行政区|省|市|区|县|州|盟|旗|镇|乡|街道)){1,4})"
)
_DAY = re.compile(r"([12]\d{3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_SESSION = re.compile(
    r"在\s*([\u4e00-\u9fff\s]{2,40}?第[〇零一二三四五六七八九十百\d]+届\s*人民代表大会\s*第[〇零一二三四五六七八九十百\d]+次\s*会\s*议)"
)
_YEAR = re.compile(r"([12]\d{3})\s*年")
_HEAD_CHARS = 3000


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
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _place(text: str | None) -> str | None:
    match = _PLACE.search(text) if text else None
    return match[1] if match else None


def heading_of(text: str) -> ReportHeading:
    """Read the heading of a report; never raises, and leaves out what the lines do not say."""
    head = text[:_HEAD_CHARS]
    title_match = _TITLE.search(head)
    title = title_match[0].strip(" #　\t《》") if title_match else None
    session_match = _SESSION.search(head)
    session = re.sub(r"\s+", "", session_match[1]) if session_match else None
    before = head[max(0, session_match.start() - 40) : session_match.start() + 1] if session_match else ""
    days = list(_DAY.finditer(before)) or list(_DAY.finditer(head))
    delivered = _day(days[-1] if before and days else (days[0] if days else None))
    stated = _YEAR.search(title) if title else None
    year = int(stated[1]) if stated else (delivered.year if delivered else None)
    return ReportHeading(title, _place(title) or _place(session), year, delivered, session)
