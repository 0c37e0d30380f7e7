"""What a row says became of its task: verdict, official word, value, cause of a delay, forecast."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from seeds.official.figures import answering, figures, named_unit, scaled
from seeds.sheets import dates
from seeds.sheets.cells import folded, is_empty
from seeds.sheets.rows import Row
from seeds.sheets.vocabulary import (
    COMPLETED,
    IN_PROGRESS,
    NOT_MET,
    NOT_STARTED,
    PARTIAL,
    causes,
    judgement_within,
    judgements,
)

_BEGIN = "启动|开工|动工|开建|实施|开展|进场|开始"
_NOT_BEGUN = re.compile(rf"(?:尚未|暂未|还未|仍未|未能|未)(?:正式|全面|能)?(?:{_BEGIN})|暂缓(?:{_BEGIN})")
_TO_BEGIN = re.compile(rf"(?:预计|计划|拟|力争|将于)[^，。；]{{0,16}}(?:{_BEGIN})")
_BEGUN = re.compile(
    rf"(?<!尚)(?<!未)已?(?:全面|正式|全部)?(?:开工建设|建成|完工|竣工|通车|投用)|已(?:经)?(?:{_BEGIN})|签约|\d(?:\.\d+)?[%％]|主体|按计划推进"
)
_MISSED = re.compile(
    r"未(?:能)?(?:达到?|完成|实现)(?:年度|全年|年初|预期)?(?:的)?目标|未达标|未达到?(?:年度|全年)|无法完成|不能完成"
)
_DONE = re.compile(
    r"(?:已|全面|全部|提前|超额|如期|圆满|顺利|均)(?:已|经|全部|全面|超额|提前|如期)*(?:完成(?!设计|招标|招投标|前期|投资|立项|可研|审批|主体|基础|方案|总|编制|评审|选址|征)|建成|竣工|完工|投用|办结|达标|实现|落实|通车|启用)|(?<!将)(?<!拟)(?<!计)(?<!划)(?<!争)于[^，。；]{1,12}(?:完成(?!设计|招标|招投标|前期|立项|审批|主体|基础|方案)|建成|竣工|完工|投用|通车|办结|启用|交付)|竣工验收|建成投(?:用|运|入)|投入(?:使用|运营)|正式(?:开放|运营|投用|启用|通车)"
    r"|完成(?:全年|年度)?目标(?:任务)?(?:的?1\d\d(?:\.\d+)?[%％])?|完工并|获(?:得|评)?[^，。；]{0,12}命名|命名为|通过(?:国家|省|市|区)?(?:级)?(?:终期|最终)?(?:评审|验收|评估)$|超额完成|目标完成"
)
_REMAINS = re.compile(
    r"其余|剩余|正在|将于|拟于|预计|计划|力争|推进中|有序推进|加快推进|持续推进|尚|未|下一步|待|滞后|缓慢|(?<!\d)\d{1,2}(?:\.\d+)?[%％]|阶段|初步|前期|部分|主体|基本完成"
)
_LEADING_SHARE = re.compile(r"(?:完成(?:进度|比例|率)?|进度|已完成)?[：:]?\s*(\d{1,3}(?:\.\d+)?[%％])(?=[，。；（(]|$)")
_CEILING = re.compile(r"以内|以下|不(?:高于|超过)|低于|控制在|失业率|死亡率")
_PREPARED = re.compile(r"进场|开工|启动|签约|设计|招标|前期|立项|选址")
# What comes before a thing stands; a task that asks for no more than that is done with it.
_UNDER_WAY = re.compile(
    r"开工|启动|设计|招标|招投标|前期|可研|立项|方案|选址|手续|暂无|筹备|谋划|论证|洽谈|对接|起草|征求意见|进场|施工|封顶|主体|基本"
    r"|纳入[^，。；]{0,12}(?:计划|规划)"
)
_GOES_ON = re.compile(r"正在|推进中|(?:持续|有序|加快|稳步|正常|扎实)推进|在建|进行|按计划|按序时|按时序")
_RESERVED = re.compile(
    r"未|滞后|推迟|预计|将于|拟于|尚|其余|剩余|暂缓|待|困难|停工|缓慢|较慢|仅|部分|过半|陆续|基本完成|延期|不足|因|完成[^，。；]{0,10}(?<!\d)\d{1,2}(?:\.\d+)?%"
)
_PARTLY = re.compile(r"部分完成|基本完成|大部分|仅完成|其余|剩余")
_SEGMENT = re.compile(r"[；。\n]")
_CLAUSE = re.compile(r"[，；。\n（）]")
_FORECAST = re.compile(r"预计|计划|力争|拟|将于|预期|有望|确保")
_WILL = re.compile(r"前?(?:完工|交付|投用|建成|开学|通车|开工|竣工|完成|启动|开馆|运营|投运|达标|验收)")
_CAUSE = re.compile(r"因|受|由于|影响|未|滞后|困难|推迟|暂缓|延期|待|调整|紧张|剩余|须经")
_YES, _NO = frozenset(("是", "√", "✓", "Y", "y")), frozenset(("否", "×", "✗", "N", "n"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an official paper says of a task as of a day; ``value`` is in base units, ``reason`` a code of delay."""

    verdict: str
    official_word: str | None = None
    value: float | None = None
    unit: str | None = None
    as_of: date | None = None
    reason: str | None = None
    forecast: date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The year that a paper is about and the day whose state it tells."""

    year: int
    as_of: date | None

    @property
    def is_over(self) -> bool:
        """Whether the paper tells of the whole year."""
        return self.as_of is None or self.as_of >= date(self.year, 12, 31)


def outcome(row: Row, period: Period, word: str = "") -> Outcome | None:
    """The outcome that a row tells; ``word`` is the judgement of the heading above it, where its own cell has none."""
    told = row.word[0] or word
    said = _said(row)
    if not told and not said and is_empty(row.percent) and not row.stages:
        return None
    verdict = _verdict(row, told, said, period)
    found = Outcome(verdict, _official_word(row, told, said), as_of=period.as_of)
    found = _valued(found, row)
    if verdict == COMPLETED:
        return found
    return replace(found, reason=reason(f"{said}\n{row.notes}"), forecast=forecast(f"{said}\n{row.notes}", period))


def _said(row: Row) -> str:
    return "" if is_empty(row.progress) else folded(row.progress)


def _official_word(row: Row, told: str, said: str) -> str | None:
    """The judgement as written; one that stands within the progress counts where no cell holds it."""
    written = " ".join(told.split())
    if written in _YES | _NO:
        return written
    if written:
        return written
    found = judgement_within().search(said)
    return found[0] if found and not _is_part(said, found) else None


def _is_part(said: str, found: re.Match[str]) -> bool:
    """Whether a judgement in a sentence is of a part of the task only."""
    return len(_SEGMENT.split(said.strip("。；"))) > 1 and not said.startswith(found[0])


def _verdict(row: Row, told: str, said: str, period: Period) -> str:
    judged = judgement(told, row.word[1])
    text = said or folded(row.notes)
    if judged not in (COMPLETED, NOT_MET) and _is_not_begun(row.text, text):
        return NOT_STARTED
    if _MISSED.search(text) and judged != COMPLETED and period.is_over:
        return NOT_MET
    verdict = judged or _inferred(row, said, period)
    if not period.is_over and verdict in (PARTIAL, NOT_MET):
        return IN_PROGRESS
    return verdict


def judgement(word: str, header: str = "") -> str | None:
    """The verdict of an official word; 是 and 否 answer what the header asks."""
    plain = re.sub(r"[\s。（）()★☆●]", "", folded(word))
    if plain in _YES or plain in _NO:
        if "完成" in header or "达标" in header:
            return COMPLETED if plain in _YES else NOT_MET
        return IN_PROGRESS if "序时" in header or "进度" in header else None
    if plain in judgements():
        return judgements()[plain]
    found = judgement_within().search(plain)
    return judgements()[found[0]] if found else None


def _is_not_begun(task: str, said: str) -> bool:
    """Whether a text says that nothing has begun, of the whole task rather than of a part."""
    segments = [segment for segment in _SEGMENT.split(said) if segment]
    waiting = [bool(_NOT_BEGUN.search(one) or (re.search(_BEGIN, task) and _TO_BEGIN.search(one))) for one in segments]
    if not any(waiting):
        return False
    return not any(_BEGUN.search(one) for one, waits in zip(segments, waiting, strict=True) if not waits) and not any(
        re.search(r"\d(?:\.\d+)?[%％]|已(?:开工|启动|建成|完工)", one) for one in segments
    )


def _inferred(row: Row, said: str, period: Period) -> str:
    """The verdict where no official word tells it: by the share, the figures against the target, the words."""
    unfinished = PARTIAL if period.is_over else IN_PROGRESS
    share = _share(row, said)
    if share is not None:
        return COMPLETED if share >= _WHOLE else unfinished if share else NOT_STARTED
    reached = _reached(row) if row.stages else _answered(row, said, period)
    if reached is not None:
        return COMPLETED if reached else NOT_MET if period.is_over and _is_rate(row.text) else unfinished
    if _DONE.search(said) and not _REMAINS.search(said):
        return COMPLETED
    if not period.is_over or not said or _GOES_ON.search(said):
        return IN_PROGRESS if not _RESERVED.search(said) else unfinished
    waits = _UNDER_WAY.search(said) and not _DONE.search(said) and not _UNDER_WAY.search(row.text)
    return PARTIAL if waits or _RESERVED.search(f"{said}{row.notes}") else COMPLETED


def _share(row: Row, said: str) -> float | None:
    """The share that is done: in a cell of its own, or before all else in the progress (88%，主体完工)."""
    told = _LEADING_SHARE.match(said)
    # 3.2% answers a rate itself; it is no share of it.
    if told and "完成" not in told[0] and _is_rate(row.text) and (scaled(told[1], "") or 0) < _WHOLE:
        told = None
    if is_empty(row.percent) and told is None:
        return None
    text = folded(told[1] if told else row.percent)
    share = scaled(text, "")
    return share * _WHOLE if share is not None and "%" not in text and share <= _MOST_SHARE else share


_WHOLE, _MOST_SHARE = 100.0, 3.0


def _reached(row: Row) -> bool | None:
    """Whether the last period's figure reaches the target beside it; ``None`` where there are not both."""
    if not row.stages:
        return None
    target, last = scaled(row.subject, ""), scaled(row.stages[-1][1], "")
    if target is None or last is None:
        return None
    return last <= target if re.search(r"以内|以下|不(?:高于|超过)|失业率|死亡率", row.text) else last >= target


def _answered(row: Row, said: str, period: Period) -> bool | None:
    """Whether the figures told reach those of the task; ``None`` where the first is not answered, or by plans only."""
    wanted = [figure for figure in figures(row.text) if figure.unit]
    told = [figure for figure in figures(said) if figure.unit]
    met = []
    for figure in wanted:
        alike = [other for other in told if other.unit == figure.unit]
        if not alike:
            break
        # 116个工程完工71个: the target is said again before the answer.
        again = alike[0].value == figure.value and len(alike) > sum(other.unit == figure.unit for other in wanted)
        answer = alike[1 if again else 0]
        told.remove(answer)
        ceiling = _CEILING.search(row.text[: figure.start]) or _CEILING.search(row.text[figure.end :][:4])
        met.append(answer.value <= figure.value if ceiling else answer.value >= figure.value)
    if not met or (_PREPARED.search(said) and not _PREPARED.search(row.text)):
        return None
    # A rate of part of the year may still change.
    if all(met) and (len(met) < len(wanted) or (wanted[0].unit == "%" and not period.is_over)):
        return None
    return all(met)


def _is_rate(task: str) -> bool:
    """Whether a task is a rate, which is met or not, never in part."""
    unit = named_unit(task)[1] or next((figure.unit for figure in figures(task)), "")
    return unit in ("%", "‰", "百分点", "个百分点")


def _valued(found: Outcome, row: Row) -> Outcome:
    """The outcome with the figure that answers the task's first one."""
    if row.stages:
        scale, unit = named_unit(row.text)
        value = scaled(row.stages[-1][1], scale)
        return replace(found, value=value, unit=unit or None) if value is not None else found
    figure = answering(row.text, row.progress)
    if figure is None:
        return found
    return replace(found, value=figure.value, unit=figure.unit or None)


def reason(said: str) -> str | None:
    """The code of a delay's cause; ``None`` where no cause is written."""
    text = folded(said)
    clauses = [clause for clause in _CLAUSE.split(text) if _CAUSE.search(clause)]
    for code, pattern in causes():
        if any(pattern.search(clause) for clause in clauses):
            return code
    return "other" if re.search(r"因|由于|受[^，。；]*影响|推迟|延期", text) else None


def forecast(said: str, period: Period) -> date | None:
    """The first day named for what is still to be done."""
    return next(_forecasts(_CLAUSE.split(folded(said)), period), None)


def _forecasts(clauses: Iterable[str], period: Period) -> Iterator[date]:
    for clause in clauses:
        if not _FORECAST.search(clause) and (not _WILL.search(clause) or "已" in clause):
            continue
        for day in dates.days(clause, period.year):
            if period.as_of is None or day > period.as_of:
                yield day
