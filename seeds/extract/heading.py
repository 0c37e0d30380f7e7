"""Year, place, day and session of a report, read from its own title lines."""

import re
from dataclasses import dataclass
from datetime import date

_TITLE = re.compile(r"[^\n]{0,60}工作报告[^\n]{0,30}")
_AREA = r"自治区|自治州|自治县|自治旗|特别行政区|地区|省|市|区|县|州|盟|旗|镇|乡|街道"
_PLACE = re.compile(rf"(?:[\u4e00-\u9fff]{{1,12}}?(?:{_AREA})){{1,4}}")
_NO_PLACE = re.compile(r"^(?:关于|印发|年|在|的|转发|公布)+")
_DAY = re.compile(r"([12]\d{3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ORDINAL = r"第[〇零一二三四五六七八九十百\d]+"
_SESSION = re.compile(
    rf"在\s*([\u4e00-\u9fff\s]{{2,40}}?{_ORDINAL}\s*届\s*人民代表大会(?:第)?\s*(?:{_ORDINAL})?\s*次\s*会\s*议)"
)
_YEAR = re.compile(r"([12]\d{3})\s*年")
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
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _place(text: str | None) -> str | None:
    if not text:
        return None
    match = _PLACE.search(_NO_PLACE.sub("", re.sub(r"[\d\s—]+", "", text)))
    return match[0] if match else None


def _title(head: str) -> str | None:
    """The last title line before the speech, the plainest one: not the notice that prints the report."""
    lines = [match[0].strip(" #　\t《》*") for match in _TITLE.finditer(head)]
    named = [line for line in lines if "通知" not in line and "，" not in line and "。" not in line]
    return (named or lines)[0] if lines else None


def heading_of(text: str) -> ReportHeading:
    """Read the heading of a report; never raises, and leaves out what the lines do not say."""
    head = text[:_HEAD_CHARS].translate(_FULL_WIDTH)
    title = _title(head)
    found = _SESSION.search(head)
    session = re.sub(r"\s+", "", found[1]) if found else None
    near = head[max(0, found.start() - _BEFORE_SESSION) : found.start() + 1] if found else ""
    days = list(_DAY.finditer(near))
    delivered = _day(days[-1] if days else _DAY.search(head))
    stated = _YEAR.search(title) if title else None
    year = int(stated[1]) if stated else (delivered.year if delivered else None)
    return ReportHeading(title, _place(session) or _place(title), year, delivered, session)
