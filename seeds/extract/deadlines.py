"""Deadlines stated in a sentence: 到2027年, 上半年, 9月底前, 年内, 三年内, “十四五”期间.

Rules: ``due.year``, ``due.month``, ``due.quarter``, ``due.half``, ``due.within``, ``due.plan``;
``due.section`` where the part implies it.
"""

import re
from calendar import monthrange
from datetime import date

from seeds.extract.figures import hanzi_value

_YEAR = re.compile(
    r"(?P<lead>到|至|截至|力争|确保|在|于)?(?P<year>20[2-9]\d)年(?:(?P<month>1[0-2]|[1-9])月(?:底|末|中旬)?|(?P<half>上半年|下半年)|第?(?P<quarter>[一二三四1-4])季度|(?P<end>年?底|年?末))?(?P<before>以?前|之前)?"
)
_MONTH = re.compile(r"(?<!\d)(?P<month>1[0-2]|[1-9])月(?:份|底|末|中旬|上旬|\d{1,2}日)?(?P<before>以?前|之前)?")
_HALF = re.compile(r"(?P<last>去年)?上半年")
_QUARTER = re.compile(r"第?(?P<quarter>[一二三四1-4])季度")
_WITHIN = re.compile(r"(?:用|在|力争)?(?P<years>[两二三四五2-5])(?:到[三四五]|至[三四五])?年(?:内|时间|左右完成)")
_NEXT = re.compile(r"今明(?:两|二)年|明年(?P<half>上半年)?(?P<end>底)?")
_PLAN = re.compile(r"“?(?P<plan>十[四五六]五)”?(?:期间|时期|末|期末|内)")
_MENTION = re.compile(r"[年月季十](?:(?<=[年月])|(?<=季)度|(?<=十)[四五六]五)")
_NOT_DUE = re.compile(r"(?:较|比|自|从|同|与|对|以)$")
_PLAN_ENDS = {"十四五": 2025, "十五五": 2030, "十六五": 2035}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def _dated(match: re.Match[str], text: str) -> tuple[date, str] | None:
    if _NOT_DUE.search(text, max(0, match.start() - 2), match.start()):
        return None
    year = int(match["year"])
    if match["month"]:
        return month_end(year, int(match["month"])), "due.month"
    if match["half"]:
        return month_end(year, 6 if match["half"] == "上半年" else 12), "due.half"
    if match["quarter"]:
        return month_end(year, _QUARTERS[match["quarter"]]), "due.quarter"
    return date(year, 12, 31), "due.year"


def _relative(clause: str, year: int) -> tuple[date, str] | None:
    if "上半年" in clause and not clause.startswith("去年"):
        return date(year + ("明年上半年" in clause), 6, 30), "due.half"
    if "季度" in clause and (match := _QUARTER.search(clause)):
        return month_end(year, _QUARTERS[match["quarter"]]), "due.quarter"
    if "月" in clause and (match := _MONTH.search(clause)):
        return month_end(year, int(match["month"])), "due.month"
    if "明" in clause and _NEXT.search(clause):
        return date(year + 1, 12, 31), "due.year"
    if "年" in clause and (match := _WITHIN.search(clause)):
        count = match["years"]
        return date(year - 1 + (int(count) if count.isdigit() else hanzi_value(count)), 12, 31), "due.within"
    return None


def mentioned(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` may state a deadline at all."""
    return _MENTION.search(text, start, end) is not None


def stated(text: str, start: int, end: int, year: int | None) -> tuple[date, str] | None:
    """The deadline that ``text[start:end]``, of a forward-looking part, states, with the rule that read it."""
    if not _MENTION.search(text, start, end):
        return None
    clause = text[start:end]
    for match in _YEAR.finditer(clause):
        if (found := _dated(match, clause)) and (year is None or found[0].year >= year):
            return found
    if (plan := _PLAN.search(clause)) and (year is None or _PLAN_ENDS[plan["plan"]] >= year):
        return date(_PLAN_ENDS[plan["plan"]], 12, 31), "due.plan"
    if year is None:
        return None
    if "年底" in clause or ("年内" in clause and not _WITHIN.search(clause)):
        return date(year, 12, 31), "due.year"
    return _relative(clause, year)
