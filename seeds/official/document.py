"""What an official document is, what it is about, and its rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from seeds.official.outcome import Outcome, Period, outcome
from seeds.official.place import place_of
from seeds.official.prose import read_prose
from seeds.official.score import Score, report_score
from seeds.reading.blocks import Block, Paragraph, Table
from seeds.sheets import dates
from seeds.sheets.cells import folded, is_empty
from seeds.sheets.flat import restored
from seeds.sheets.rows import Row, Sheet, read_table
from seeds.sheets.units import by_role

REPORT, TASK_TABLE, OUTCOME_TABLE, OUTCOME_NOTICE, LIVELIHOOD_LIST = (
    "report", "task_table", "outcome_table", "outcome_notice", "livelihood_list",
)  # fmt: skip

_LIVELIHOOD = re.compile(r"民生实事|民生项目|实事项目|为民(?:办)?实事|惠民实事|民生工程|(?:件|大)(?:民生)?实事|票决")
_RESULTS = re.compile(
    r"(?:完成|推进|进展|落实|执行|实施|办理|督查|督办)(?:工作)?(?:情况|进度|进展|结果)|通报|督查|公示|序时进度"
)
_TASKS = re.compile(
    r"任务分解|分解(?:表|方案)|分工|责任(?:分解|清单)|目标任务|重点(?:工作|任务)|任务清单|工作任务|任务表"
)
_SPEECH = re.compile(r"各位代表|请予审议|请各位政协委员|向大会报告工作|提出意见")
_REPORT_TITLE = re.compile(r"政府工作报告\s*$|工作报告\s*(?:——|[（(]|$)")
_OTHER_TITLE = re.compile(r"任务|分解|分工|责任|落实情况|完成情况|推进情况|进展情况|通报|督查|实事")
# For the days of a paper that tells no year at all.
_FIRST_YEAR = 2000
# What follows a title and does not go on with it.
_NEW_LINE = re.compile(r"[一二三四五六七八九十]+、|[（(—]|各位")
_TITLE_REST, _FIRST_LINES = 20, 6
_YEAR = re.compile(r"(20\d\d)年")
_ABOUT = re.compile(r"工作报告|任务|实事|项目|指标|(?:完成|推进|进展|落实|办理)情况|一览表|进度")
_CUT_OFF = re.compile(
    r"(?:截至|截止)(?:时间|日期|目前)?(?:到|为|至)?[：:]?\s*(?:(20\d\d)年)?(\d{1,2})月(?:(\d{1,2})日|底|末|份)?"
)
_UNTIL_MONTH = re.compile(r"(?:1|１)[—\-–~至](\d{1,2})月|(?<!\d)(\d{1,2})月份?(?:进展|推进|完成)")
_PERIODS = ((r"上半年|半年", 6), (r"前三季度|三季度", 9), (r"一季度|首季", 3), (r"前二季度|二季度", 6))
_NOT_BORNE = re.compile(r"截至|截止|会议|于20|从20|自20|自\d|以来|期间")
_LONGEST_DATE_LINE = 80
_HEAD_LINES = 40
_OUTCOMES = 0.2


KINDS = (REPORT, TASK_TABLE, OUTCOME_TABLE, OUTCOME_NOTICE, LIVELIHOOD_LIST)


class UnknownDocumentError(ValueError):
    """A document of which the kind cannot be told; the message says what was looked for."""


Reason = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Task:
    """A row with what its words mean: the units, the deadline, the outcome."""

    row: Row
    lead: list[str]
    cooperating: list[str]
    due_on: date | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """An official document: what it is and why, whose, of which year, its own day, the day it tells of, its rows.

    ``reason`` says in Chinese and English by what the kind was told.
    """

    kind: str
    reason: Reason
    title: str
    place: str | None
    year: int | None
    said_year: int | None
    document_date: date | None
    as_of: date | None
    score: Score | None
    tasks: tuple[Task, ...] = field(default=())


def read_kind(blocks: Sequence[Block]) -> str:
    """The kind of a document; raises ``UnknownDocumentError`` where it cannot be told."""
    sheets, paragraphs, head = _parts(restored(blocks))
    return kind_of(sheets, paragraphs, head)[0]


def _parts(blocks: Sequence[Block]) -> tuple[list[Sheet], list[str], list[str]]:
    """The tables that are understood, the paragraphs, and the first lines."""
    sheets = [sheet for block in blocks if isinstance(block, Table) and (sheet := read_table(block)) and sheet.rows]
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph)]
    return sheets, paragraphs, [*_head_lines(paragraphs), *(line for sheet in sheets for line in sheet.lines)]


def read_official(blocks: Sequence[Block], year: int | None = None, kind: str | None = None) -> OfficialDocument:
    """Read a document's kind and rows; ``year`` and ``kind`` overrule what it says itself.

    Raises ``UnknownDocumentError`` where no table of tasks, no notice and no report is recognised.
    """
    whole = restored(blocks)
    sheets, paragraphs, head = _parts(whole)
    told, reason = kind_of(sheets, paragraphs, head) if kind is None else (kind, ("人工指定", "given"))
    said = _year(head)
    year = year or said
    document_date = _document_date(paragraphs, head)
    as_of = _as_of(head, year, document_date, whole)
    rows = [] if told == REPORT else list(_rows(sheets, paragraphs, told))
    period = Period(year or (document_date.year if document_date else _FIRST_YEAR), as_of)
    tasks = tuple(_task(row, word, period, told) for row, word in rows)
    score = report_score(paragraphs) if told == OUTCOME_NOTICE else None
    return OfficialDocument(
        told, reason, _own_title(head), place_of(head), year, said, document_date, as_of, score, tasks
    )


def _head_lines(paragraphs: Sequence[str]) -> list[str]:
    return [line for text in paragraphs[:_HEAD_LINES] for line in text.split("\n")]


def kind_of(sheets: Sequence[Sheet], paragraphs: Sequence[str], head: Sequence[str]) -> tuple[str, Reason]:
    """The kind of a document and the reason, in a few words of Chinese and English."""
    title = _title(head)
    if _is_speech(paragraphs, head) and not _mostly_rows(sheets, paragraphs):
        return REPORT, ("有报告的标题，没有进展和责任单位", "a report's title, and neither results nor units")
    if sheets:
        return _kind_of_tables(sheets, title)
    results = _RESULTS.search(title) is not None
    items = read_prose(paragraphs, running=results)
    if results and items:
        return OUTCOME_NOTICE, (
            "标题说的是完成情况，正文逐项叙述",
            "a title that tells of results, and items in running text",
        )
    if _LIVELIHOOD.search(title) and items:
        return LIVELIHOOD_LIST, ("标题有民生实事，正文列出各项", "a title that names livelihood projects, and items")
    if items and (_TASKS.search(title) or 2 * sum(bool(row.lead) for row, _ in items) >= len(items)):
        return TASK_TABLE, ("正文逐项列出任务和责任单位", "items in running text with the units that do them")
    raise UnknownDocumentError(_LOOKED_FOR)


_LOOKED_FOR = (
    "认不出这是哪一类文件。找过：带“任务”和“责任单位”“完成时限”或“进展情况”表头的表格、"
    "标题带“完成情况”“通报”“民生实事”的条目、政府工作报告的标题。"
    "请确认文件，或用 --kind 写明类别。"
)


def _is_speech(paragraphs: Sequence[str], head: Sequence[str]) -> bool:
    """Whether a text bears a report's title, or addresses the deputies."""
    for line, following in pairwise([*head, ""]):
        rest = "" if _NEW_LINE.match(following) else following[:_TITLE_REST]
        if _REPORT_TITLE.search(line) and not _OTHER_TITLE.search(line + rest):
            return True
    return any(_SPEECH.search(text) for text in paragraphs) and not _RESULTS.search(_title(head[:_FIRST_LINES]))


def _mostly_rows(sheets: Sequence[Sheet], paragraphs: Sequence[str]) -> bool:
    """Whether tables rather than running text make up most of a document: a report may have an annex."""
    said = sum(len(row.text) for sheet in sheets for row in sheet.rows)
    return said > sum(map(len, paragraphs))


def _title(head: Sequence[str]) -> str:
    """The lines that may be titles: short, and no sentences."""
    return "\n".join(line for line in head if len(line) <= 60 and "。" not in line)


def _own_title(head: Sequence[str]) -> str:
    """The line that names the document, with the one that it wraps into; empty where none does."""
    lines = [re.sub(r"\s+", "", folded(line)) for line in head]
    for line, following in pairwise([*lines, ""]):
        if _ABOUT.search(line) and len(line) <= _LONGEST_DATE_LINE and not re.search(r"[。：:]", line):
            return line
        if _YEAR.search(line) and _ABOUT.search(following) and len(line + following) <= _LONGEST_DATE_LINE:
            return line if re.search(r"[。：:，]", following) else line + following
    return ""


def _kind_of_tables(sheets: Sequence[Sheet], title: str) -> tuple[str, Reason]:
    rows = [row for sheet in sheets for row in sheet.rows]
    told = sum(bool(row.progress or row.word[0] or row.stages or not is_empty(row.percent)) for row in rows)
    if told >= _OUTCOMES * len(rows):
        return OUTCOME_TABLE, (
            f"表格 {len(rows)} 行中有 {told} 行写了进展",
            f"a table with results in {told} of {len(rows)} rows",
        )
    if _LIVELIHOOD.search(title):
        return LIVELIHOOD_LIST, (
            "任务表格，标题有民生实事",
            "a table of tasks under a title that names livelihood projects",
        )
    return TASK_TABLE, ("列出任务和责任单位的表格", "a table of tasks with the units that do them")


def _year(head: Sequence[str]) -> int | None:
    for line in head:
        plain = re.sub(r"\s+", "", folded(line))
        if (
            len(plain) <= _LONGEST_DATE_LINE
            and "。" not in plain
            and _ABOUT.search(plain)
            and (found := _YEAR.search(plain))
        ):
            return int(found[1])
    return None


def _document_date(paragraphs: Sequence[str], head: Sequence[str]) -> date | None:
    """The day that the document bears: in a line of its own, behind its issuer, or after 印发日期."""
    for line in [*head, *paragraphs]:
        if len(line) > _LONGEST_DATE_LINE or "。" in line:
            continue
        plain = re.sub(r"[（(](?:截至|截止)[^）)]*[)）]", "", folded(line))
        if not _NOT_BORNE.search(plain) and (found := dates.paper_day(plain)):
            return found
    return None


def _as_of(head: Sequence[str], year: int | None, document_date: date | None, blocks: Sequence[Block]) -> date | None:
    """The day whose state is told: stated, or the end of the period that the title names, or of the year."""
    lines = [*head, *(block.text for block in blocks if isinstance(block, Paragraph))]
    for line in lines:
        if found := _CUT_OFF.search(folded(line)):
            return _cut_off(found, year or (document_date.year if document_date else None))
    if year is None:
        return document_date
    title = folded(_title(head))
    if found := _UNTIL_MONTH.search(title):
        month = int(found[1] or found[2])
        return dates.month_end(year, month) if 1 <= month <= 12 else None
    for pattern, month in _PERIODS:
        if re.search(pattern, title):
            return dates.month_end(year, month)
    if document_date is not None and document_date.year == year:
        return document_date
    return date(year, 12, 31)


def _cut_off(found: re.Match[str], year: int | None) -> date | None:
    said = int(found[1]) if found[1] else year
    month = int(found[2])
    if said is None or not 1 <= month <= 12:
        return None
    last = dates.month_end(said, month)
    day = int(found[3]) if found[3] else last.day
    return last if day > last.day or not day else date(said, month, day)


def _rows(sheets: Sequence[Sheet], paragraphs: Sequence[str], kind: str) -> Iterator[tuple[Row, str]]:
    if sheets:
        yield from ((row, "") for sheet in sheets for row in sheet.rows)
    else:
        yield from read_prose(paragraphs, running=kind == OUTCOME_NOTICE)


def _task(row: Row, word: str, period: Period, kind: str) -> Task:
    lead, cooperating = by_role(row.lead, row.cooperating)
    tells = kind in (OUTCOME_TABLE, OUTCOME_NOTICE) and not row.unchanged
    told = outcome(row, period, word) if tells else None
    return Task(row, lead, cooperating, dates.deadline(row.deadline, period.year), told)
