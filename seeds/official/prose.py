"""Tasks and results told in running text: enumerated items under headings that judge them, units in brackets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seeds.sheets.cells import folded
from seeds.sheets.rows import Row
from seeds.sheets.vocabulary import judgement_within, judgements

_MARK = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]|[（(]\d{1,3}[)）]|\d{1,3}[.、．](?!\d)|[①-⒛]|[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]+[，、：]|[●◆■▪·•★☆]|[一二三四五六七八九十]{1,3}、)\s*"
)
_INLINE = re.compile(r"(?:(?<=[：；。，])|^)(?:[一二三四五六七八九十]{1,3}是|[（(]\d{1,2}[)）]|[①-⒛])")
_TOP = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+[部章])")
_NO_TASKS = re.compile(
    r"总体情况|总体要求|基本情况|工作要求|有关要求|下一步|下步|工作措施|保障措施|组织领导|存在的?(?:主要)?问题|几点要求|工作建议|意见建议|强化|加强统筹|工作安排"
)
_ITEM_NUMBER = re.compile(
    r"[（(]\s*第\s*([\d、，,\-—至一二三四五六七八九十百]+)\s*项\s*[)）]|[（(]序号\s*([\d、，,]+)[)）]"
)
_UNITS = re.compile(
    r"[（(](?:(?:责任|牵头|主办|承办|负责|实施)(?:单位|部门)?[：:]\s*([^（）()]*(?:[（(][^（）()]*[)）][^（）()]*)*)|([^（）()]{2,60}?)(?:牵头|负责|按职责分工负责|分别负责)[^（）()]*)[)）]"
)
# What says who does an item, by when, or what became of it, behind it or on lines of its own.
_LABEL = re.compile(
    r"(?:(?P<units>(?:牵头|主责|主办|承办|实施|责任|配合|协办|协同|参与|参加|协助)(?:责任)?(?:单位|部门|主体))"
    r"|(?P<deadline>(?:完成|办结|办理)?(?:时限|期限|时间节点)(?:要求)?|完成时间|办结时间)"
    r"|(?P<progress>(?:目前|当前|工作)?(?:进展|完成|推进|落实|办理)(?:情况|进度)|目前进展|当前进展))[：:]"
)
# A number and a unit in one bracket: （第12项，区交通局负责）.
_NUMBER_AND_UNIT = re.compile(r"（(第[\d、，,\-—至]+项)[，；、\s](?=[^）]+）)")
# A figure behind an item's number: 3.70%的初中毕业生.
_NUMBER_AND_FIGURE = re.compile(r"(\d{1,3})[.．](?=\d)")
_MARK_OF_PART = re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]")
_NUMBERED = re.compile(r"\d{1,3}[.、．]")
_LONGEST_PART = 30
_LONGEST_HEADING = 45
_SHORTEST = 4
_ENDS = "；，。：、（） "
_NUMBER_AND_COLON = re.compile(rf"(?:{_ITEM_NUMBER.pattern})")
# Where a result begins: the period that it tells of, or its verb.
_PERIOD = re.compile(
    r"(?<=[。；])\s*(?:截至|截止|目前[，：]?|上半年[，：]?|前三季度[，：]?|一季度[，：]?|今年以来|1\s*[-—–~至]\s*\d{1,2}月|全年(?:共|累计|实际|已)?[完新建])"
)
_RESULT = re.compile(
    r"[，：](?=(?:已|正在|现已|目前|尚未|因|受|预计|累计|实际|完成率|进度))|(?<=.{4})(?:已(?:全部|提前|全面)?(?:完成|建成|竣工|完工|投用)|正在|尚未|未达序时|有序推进|进展缓慢)"
)
# Fewer items than these are no list: the text tells its results in running clauses.
_FEW, _LEAST_CLAUSE = 3, 7
_SEGMENT = re.compile(r"[。；]")
_LISTED = re.compile(
    r"^.{0,30}(?:分别(?:是|为)|如下|包括)[：:]?|^(?:其中|同时|此外|另外|督查中发现|目前|截至目前)[，：]"
)
_STATE = re.compile(
    r"已|完成|建成|竣工|完工|投用|开工|推进|未达|滞后|缓慢|启动|通过|达标|实现|新增\d|获|封顶|通车|进场|签约|停工|暂缓|超序时|达序时|\d(?:\.\d+)?%"
)
# What speaks of units and their duties, or of tasks in general.
_GENERAL = re.compile(
    r"责任单位|各部门|各单位|各镇|各乡|各街道|各园区|高度重视|现将|通报如下|下一步|倒排|抓紧|务必|要(?:进一步|严格|切实|加大|坚持)|确保|专项督查|督查室|跟踪督查|贯彻落实|^\s*根据|精神要求|总体|整体|^部分(?:项目|任务|工作)|其他项目|其余(?:各项|项目|任务)|\d+项(?:目标)?任务|(?:任务|事项|项目|指标)共?\d+[项个件]"
)
_GOES_ON = re.compile(
    r"因|受|由于|预计|其中|同比|占|完成率|剩余|其余|计划|力争|比|较|完成投资|累计|已|正|目前|达到?\d|低于|高于|滞后|并|现|均"
)


@dataclass(slots=True)
class _Heading:
    """The heading that stands above an item: its words, the judgement in it, whether tasks stand below it."""

    titles: tuple[str, ...] = ()
    word: str = ""
    tasks: bool = True


def heading_word(heading: str) -> str:
    """The official word by which a heading judges what stands below it: 部分完成 in 二、部分完成年度目标任务情况."""
    found = judgement_within().findall(folded(heading))
    # 未完成及进度滞后的任务 leaves open which of them each item is.
    return found[0] if len({judgements()[word] for word in found}) == 1 else ""


def read_prose(paragraphs: Sequence[str], *, running: bool = False) -> list[tuple[Row, str]]:
    """Each task told in a text, with the official word of the heading above it.

    ``running`` says that the text tells of results: where hardly anything is enumerated, its clauses are the items.
    """
    found = list(_numbered(paragraphs))
    return found if len(found) >= _FEW or not running else [*found, *_clauses(paragraphs)]


def _clauses(paragraphs: Sequence[str]) -> Iterator[tuple[Row, str]]:
    """The clauses of running text that tell what became of something."""
    heading = _Heading()
    for paragraph in paragraphs:
        text = folded(paragraph)
        if _is_heading(text):
            heading = _below(heading, text)
        elif heading.tasks and "。" in text and not _UNITS.search(text) and not _ITEM_NUMBER.search(text):
            for segment in _SEGMENT.split(text):
                if _STATE.search(segment) and not _GENERAL.search(segment):
                    yield from ((_told(clause, heading), heading.word) for clause in _told_apart(segment))


def _told_apart(segment: str) -> Iterator[str]:
    """The clauses of a segment that each tell of a thing of their own, with those that go on with them."""
    clause = ""
    for part in _LISTED.sub("", segment).split("，"):
        own = len(part) >= _LEAST_CLAUSE and _STATE.search(part) and not _GOES_ON.match(part)
        if clause and own and _STATE.search(clause):
            yield clause
            clause = part
        else:
            clause = f"{clause}，{part}" if clause else part
    if len(clause) >= _LEAST_CLAUSE:
        yield clause


def _told(clause: str, heading: _Heading) -> Row:
    result = _RESULT.search(clause)
    topic = clause[: result.start()].rstrip("，：、均等") if result else ""
    return Row(text=clause, topic=topic, section=heading.titles, progress=clause)


def _numbered(paragraphs: Sequence[str]) -> Iterator[tuple[Row, str]]:
    heading = _Heading()
    at = last = 0
    while at < len(paragraphs):
        text = folded(paragraphs[at])
        at += 1
        if (glued := _NUMBER_AND_FIGURE.match(text)) and int(glued[1]) == last + 1:
            text = f"{glued[0]} {text[glued.end() :]}"
        last = int(number[0]) if (number := re.match(r"\d{1,3}(?=[.、．])", text)) else last
        if _is_part(text, paragraphs[at : at + 1]):
            heading = _Heading((*heading.titles[:1], text), heading.word, heading.tasks)
            continue
        if _is_heading(text):
            heading = _below(heading, text)
            continue
        labels, at = _labels(paragraphs, at)
        if heading.tasks:
            yield from _items(text, labels, heading)


def _is_heading(text: str) -> bool:
    if len(text) > _LONGEST_HEADING or "。" in text.rstrip("。") or _ITEM_NUMBER.search(text) or _UNITS.search(text):
        return False
    return (bool(_TOP.match(text)) and not text.endswith("。")) or bool(
        _MARK.match(text) and heading_word(text) and "情况" in text
    )


def _is_part(text: str, following: Sequence[str]) -> bool:
    """Whether a line is the title of the numbered items below it, although it ends like a sentence."""
    return (
        len(text) <= _LONGEST_PART
        and _MARK_OF_PART.match(text) is not None
        and not (_UNITS.search(text) or _ITEM_NUMBER.search(text) or _STATE.search(text))
        and any(_NUMBERED.match(folded(line)) for line in following)
    )


def _below(heading: _Heading, text: str) -> _Heading:
    top = bool(_TOP.match(text))
    titles = (text,) if top else (*heading.titles[:1], text)
    tasks = not _NO_TASKS.search(text) and (top or heading.tasks)
    return _Heading(titles, heading_word(text) or ("" if top else heading.word), tasks)


def _labels(paragraphs: Sequence[str], at: int) -> tuple[dict[str, str], int]:
    """Lines below an item that say who does it and by when."""
    labels: dict[str, str] = {}
    while at < len(paragraphs) and (found := _LABEL.search(folded(paragraphs[at]))) and found.start() <= 1:
        labels |= _labelled(folded(paragraphs[at]))[1]
        at += 1
    return labels, at


def _labelled(text: str) -> tuple[str, dict[str, str]]:
    """A text without its labels, and what they say: units with their labels, the deadline, the progress."""
    found = list(_LABEL.finditer(text))
    rest = text[: found[0].start()] if found else text
    labels: dict[str, str] = {}
    ends = [*(label.start() for label in found), len(text)][1:]
    for label, end in zip(found, ends, strict=True):
        kind, said = str(label.lastgroup), text[label.end() : end]
        if kind != "progress":
            said, _, more = said.partition("。")
            rest += more
        said = said.strip(_ENDS)
        if kind == "units":
            said = "\n".join(filter(None, [labels.get(kind), f"{label[0]}：{said}"]))
        labels[kind] = said
    return rest, labels


def _items(text: str, labels: dict[str, str], heading: _Heading) -> Iterator[tuple[Row, str]]:
    """The items of a paragraph: itself if it is numbered, or what it enumerates."""
    parts = _enumerated(text)
    if len(parts) > 1:
        lead = parts[0]
        word = heading_word(lead) or heading.word
        for part in parts[1:]:
            yield from _item(part, labels, _Heading(heading.titles, word, heading.tasks))
    elif _MARK.match(text) or labels or (_UNITS.search(text) or _ITEM_NUMBER.search(text)):
        for part in _by_units(_MARK.sub("", text, count=1)):
            yield from _item(part, labels, heading)


def _enumerated(text: str) -> list[str]:
    """What stands before an enumeration and each of its members; the whole text where it enumerates nothing."""
    marks = list(_INLINE.finditer(text))
    if len(marks) < 2:
        return [text]
    starts = [mark.start() for mark in marks]
    members = [text[mark.end() : end] for mark, end in zip(marks, [*starts[1:], len(text)], strict=True)]
    return [text[: starts[0]], *members]


def _by_units(text: str) -> Iterator[str]:
    """A paragraph of several tasks, each of which ends in its units in brackets."""
    start = 0
    ends = [match.end() for match in _UNITS.finditer(text)]
    if len(ends) < 2:
        yield text
        return
    for end in ends:
        yield text[start:end]
        start = end + (text[end : end + 1] in "。；")


def _item(text: str, labels: dict[str, str], heading: _Heading) -> Iterator[tuple[Row, str]]:
    text = _NUMBER_AND_UNIT.sub(r"（\1）（", text)
    number = _ITEM_NUMBER.search(text)
    units = _UNITS.search(text)
    lead, within = _labelled(units[0].strip("（）")) if units else ("", {})
    text, inline = _labelled(_UNITS.sub("", text))
    labels = {**inline, **within, **labels}
    said = _NUMBER_AND_COLON.sub("", text).strip(_ENDS)
    topic, task, progress = ("", said, "") if "progress" in labels else _parted(text, said)
    if len(task) < _SHORTEST:
        return
    row = Row(
        text=task,
        topic=topic,
        number=(number[1] or number[2]) if number else None,
        section=heading.titles,
        lead=lead.strip(_ENDS) or labels.get("units", ""),
        deadline=labels.get("deadline", ""),
        progress=labels.get("progress") or progress.strip("：，。； "),
    )
    yield row, heading.word


def _parted(text: str, said: str) -> tuple[str, str, str]:
    """What an item speaks of where its text says more, its text, and what became of it.

    The task ends where its number's bracket stands before the result, where the period of the result is named, or with
    its sentence; an item of one sentence tells task and result in one.
    """
    if (number := _ITEM_NUMBER.search(text)) and (rest := text[number.end() :].strip(_ENDS)):
        before = text[: number.start()].strip(" ，；、")
        if before and text[number.end()] in "：。；":
            return "", before, rest
        if before and "。" not in before:
            return before, said, rest
    if (period := _PERIOD.search(said)) and period.start() >= _SHORTEST:
        return "", said[: period.start()].rstrip("。；，：: "), said[period.start() :]
    task, _, progress = said.partition("。")
    if progress:
        return "", task, progress
    result = _RESULT.search(task)
    if result and result.start() >= _SHORTEST:
        return task[: result.start()].rstrip("，：、 "), task, task[result.start() :]
    return "", task, ""
