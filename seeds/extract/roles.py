"""What a stretch of a report speaks of: work done, the year's work or the goals of years to come.

Each title and each paragraph gives evidence for the three (log-odds, above 0 for); :func:`settle` finds the course of
roles that all of it together makes likeliest, so that one unreadable heading or one misleading word decides nothing.
Rules: ``sec.heading`` (a title), ``sec.cue`` (the first words of a paragraph), ``sec.tense`` (its other words).
"""

import re
from datetime import date
from typing import NamedTuple

from seeds.extract.numerals import number_of
from seeds.extract.rules import rule
from seeds.extract.tense import tense
from seeds.extract.wordlist import one_of

REVIEW, YEARLY, PLAN, NONE = "review", "yearly", "plan", "none"
_ROLES = (REVIEW, YEARLY, PLAN)


class Evidence(NamedTuple):
    """Log-odds for a stretch to be a review, a year's work or a plan's goals."""

    review: float = 0.0
    yearly: float = 0.0
    plan: float = 0.0

    @property
    def clear(self) -> bool:
        """Whether it leaves little doubt between what was done and what is to be done."""
        return abs(self.review - max(self.yearly, self.plan)) >= _SOME

    def plus(self, review: float = 0.0, yearly: float = 0.0, plan: float = 0.0) -> "Evidence":
        return Evidence(self.review + review, self.yearly + yearly, self.plan + plan)


class Stretch(NamedTuple):
    """A title or paragraph: its evidence, and how unlikely a new role begins with it (log-odds against)."""

    evidence: Evidence
    border: float


# How unlikely a new role begins with a title of the first level, an unnumbered one, a
# paragraph whose first words are a cue, a deeper title, any paragraph, an item.
AT_TOP, AT_PLAIN_TITLE, AT_CUE, AT_DEEPER, AT_PARAGRAPH, AT_ITEM = 1.0, 2.0, 3.0, 5.0, 6.0, 8.0
# A report looks back first; it turns back seldom.
_TURNS = {(YEARLY, REVIEW): 5.0, (PLAN, REVIEW): 3.0, (YEARLY, PLAN): 2.0}
_BEGINS = {REVIEW: 0.0, YEARLY: 1.0, PLAN: 2.0}
_CLEAR, _SOME, _FAINT = 8.0, 5.0, 3.0
_DEEPER = 0.6
# How much the words and the cues of a paragraph count below a title that leaves little doubt.
_HEADED, _CUED = 0.3, 0.7
_LEAD = 60

_LOOKS_BACK = re.compile(one_of("review_title"))
_ACHIEVED = re.compile(
    rf"成绩|成就|成效|取得|[一二三四五六七八九十几][个]?年来|以来|前[一二三四五六七八九十\d]+个月|{one_of('back_then')}"
)
_LOOKS_FORWARD = re.compile(
    f"今年(?!以来|前|上半年)|{one_of('to_come')}|工作(?:任务|重点|目标)|主要任务|目标任务|重点任务|后几个月"
)
_COMING = re.compile(one_of("goal_title"))
_CONDUCT = re.compile(
    f"{one_of('conduct')}|人民满意的?[^，]{{0,6}}政府|政府系统|履职"
    f"|政府(?:工作)?效能|行政效能|依法行政|{one_of('good_government')}政府"
    r"|政府(?:落实力|执行力|公信力)|(?:打造|建设|争做)[^，]{0,10}政府$|正风肃纪|党风廉政|治理能力现代化"
)
_SITUATION = re.compile(f"[^，]{{0,12}}{one_of('situation')}[^工任目]{{0,6}}$")
_FIVE = re.compile(r"十([一二三四五六七])五")
_FIRST_PLAN_END = 2005
_YEAR = re.compile(r"(?<!\d)([12]\d{3})(?:[-—~～至到]([12]\d{3}))?年|([二一][〇○零O九][〇○零O一二三四五六七八九]{2})年")
_WITHIN = re.compile(r"(?:今后|未来|接下来)(?P<years>[两二三四五六七八九十]|\d{1,2})年")
_TARGET = re.compile(r"到([12]\d{3})年")

_REVIEW_CUE = re.compile(
    f"(?:各位代表[！，：])?[^。！，]{{0,8}}?(?:过去的?(?:一|五|三|四|两|[这]?几)年|[一二三四五几]年来|{one_of('review_cue')}|这[一五]年"
    r"|“?十[一二三四五六]五”?[^，。]{0,16}(?:取得|实现了|圆满|收官|以来))"
)
_YEARLY_CUE = re.compile(
    r"(?:各位代表[！，：])?(?:综合考虑[^。]{0,12}|根据[^，。]{0,20}，|围绕[^，。]{0,20}，)?(?:做好|抓好|实现|完成|按照)?"
    r"(?:今年|全年|(?P<year>[12]\d{3})年)"
    f"(?:是|将是|[^。，]{{0,14}}{one_of('yearly_theme')}"
    r"|，?(?:我们)?(?:将|要|重点)|，?(?:全[省市区县州]|我们)要|经济社会发展|国民经济|政府工作|工作)"
)
_GOALS = re.compile(r"预期目标|主要目标|总体要求|总体思路|重点(?:抓好|做好)|着重抓好|主要任务")
_PLAN_CUE = re.compile(r"(?:各位代表[！，：])?[^。，]{0,8}?(?:今后(?:五|三|几)年|未来(?:五|三|几)年|今后一个时期)")


def years_in(text: str) -> list[int]:
    """The years that a text names, in digits or characters; the last one of a range."""
    found = []
    for first, last, characters in _YEAR.findall(text):
        digits = number_of(characters) if characters else int(last or first)
        if digits is not None:
            found.append(int(digits))
    return found


def plan_end(number: str) -> int:
    """The last year of a five-year plan by its number: 四 (十四五) → 2025."""
    return _FIRST_PLAN_END + 5 * "一二三四五六七".index(number) + 5


def _five_year_plans(text: str, year: int | None, weight: float) -> Evidence:
    """What a five-year plan named in a title tells: over, yet to come, or under way."""
    found = Evidence()
    for number in _FIVE.findall(text):
        end = plan_end(number)
        if year is None or end - 4 >= year:
            found = found.plus(plan=_CLEAR)
        elif end < year:
            found = found.plus(review=weight)
        else:
            found = found.plus(plan=_FAINT / 2)
    return found


def _named_years(title: str, year: int | None, *, back: bool) -> Evidence:
    years = years_in(title) if year else []
    if not year or not years:
        return Evidence()
    if year in years and not back:
        return Evidence(yearly=_CLEAR)
    if max(years) < year:
        return Evidence(review=_CLEAR)
    return Evidence() if year in years else Evidence(plan=_SOME)


def of_title(title: str, year: int | None, *, deeper: bool = False, headed: bool = False) -> Evidence:
    """What a title says; a title below others says less, and below one that leaves little doubt less still."""
    back = _LOOKS_BACK.search(title) is not None
    found = _named_years(title, year, back=back).plus(*_five_year_plans(title, year, _SOME))
    if back:
        found = found.plus(review=_CLEAR)
    elif _ACHIEVED.search(title):
        found = found.plus(review=_FAINT)
    if _LOOKS_FORWARD.search(title):
        found = found.plus(yearly=_SOME, plan=_FAINT)
    if _COMING.search(title):
        found = found.plus(plan=_CLEAR)
    lean = max(-2.0, min(2.0, tense(title))) * (_HEADED if headed else 1.0)
    found = found.plus(max(lean, 0), max(-lean, 0), max(-lean, 0))
    return Evidence(*(value * _DEEPER for value in found)) if deeper else found


def silent_title(title: str) -> bool:
    """Whether a title opens what tells nothing: the government's own conduct, the situation, problems."""
    if _SITUATION.match(title) and not years_in(title):
        return True
    return _CONDUCT.search(title) is not None


def tells(title: str, year: int | None) -> bool:
    """Whether a title says by a year or a word of its own which part it opens."""
    if silent_title(title) or any(
        pattern.search(title) for pattern in (_LOOKS_BACK, _ACHIEVED, _LOOKS_FORWARD, _COMING)
    ):
        return True
    return max(_named_years(title, year, back=False)) > 0


@rule("sec.cue", must=["政府工作报告\n今年，要新建学校3所。\n"], never=["政府工作报告\n新建学校3所。\n"])
def turns(paragraph: str) -> bool:
    """Whether a paragraph's first words open a part."""
    return any(cue.match(paragraph) for cue in (_YEARLY_CUE, _REVIEW_CUE, _PLAN_CUE))


def of_paragraph(text: str, start: int, end: int, year: int | None, *, headed: bool = False) -> Evidence:
    """What the first words of a paragraph say (sec.cue), and all of them together (sec.tense).

    ``headed`` where the title above leaves little doubt, so that the words count less.
    """
    lean = max(-3.0, min(3.0, tense(text, start, end) / 3)) * (_HEADED if headed else 1.0)
    found = Evidence(max(lean, 0), max(-lean, 0), max(-lean, 0))
    some = _SOME * (_CUED if headed else 1.0)
    lead = text[start : min(end, start + _LEAD)]
    cue = _YEARLY_CUE.match(lead)
    if cue and (cue["year"] is None or int(cue["year"]) == year):
        found = found.plus(yearly=some)
    elif _REVIEW_CUE.match(lead) or (cue and year and int(cue["year"]) < year):
        found = found.plus(review=some)
    if _PLAN_CUE.match(lead):
        found = found.plus(plan=some)
    if _GOALS.search(lead):
        found = found.plus(yearly=_FAINT, plan=_FAINT)
    return found


def looks_back(text: str, start: int, end: int) -> bool:
    """Whether a paragraph among plans tells, by its first words and all others, of what was done."""
    lead = text[start : min(end, start + _LEAD)]
    return _REVIEW_CUE.match(lead) is not None and not _GOALS.search(lead) and tense(text, start, end) > _FAINT


def goal_year(text: str, year: int | None) -> int | None:
    """The last year of the goals that a title or a paragraph's first words set out; ``None`` where they name none."""
    ends = [plan_end(number) for number in _FIVE.findall(text)]
    if ends := [end for end in ends if year is None or end >= year]:
        return ends[0]
    if year and (within := _WITHIN.search(text)):
        count = number_of(within["years"])
        return year - 1 + int(count) if count else None
    targets = [int(target) for target in _TARGET.findall(text)]
    return targets[0] if targets and (year is None or targets[0] > year) else None


def year_end(year: int | None) -> date | None:
    """The last day of a year."""
    return date(year, 12, 31) if year and 1 <= year <= 9999 else None


def settle(stretches: list[Stretch]) -> list[str]:
    """The likeliest course of roles (Viterbi): the most evidence for the fewest and likeliest turns."""
    scores = {role: -_BEGINS[role] for role in _ROLES}
    back: list[dict[str, str]] = []
    for evidence, border in stretches:
        found: dict[str, float] = {}
        came: dict[str, str] = {}
        for role, weight in zip(_ROLES, evidence, strict=True):
            best, score = role, scores[role]
            for before in _ROLES:
                turned = scores[before] - border - _TURNS.get((before, role), 0.0)
                if before != role and turned > score:
                    best, score = before, turned
            found[role], came[role] = score + weight, best
        scores = found
        back.append(came)
    if not back:
        return []
    role = max(_ROLES, key=scores.__getitem__)
    course = [role]
    for came in reversed(back[1:]):
        role = came[role]
        course.append(role)
    return course[::-1]
