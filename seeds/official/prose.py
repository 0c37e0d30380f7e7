"""Tasks and results told in running text: enumerated items under headings that judge them, units in brackets."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from seeds.official.cells import folded
from seeds.official.outcome import judgement
from seeds.official.rows import Row
from seeds.official.words import JUDGEMENTS

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
_LABELLED = re.compile(
    r"(责任单位|责任部门|牵头单位|牵头部门|主办单位|配合单位|配合部门|协办单位|完成时限|完成时间|时限要求)[：:]\s*([^。；\n]*)"
)
_LONGEST_HEADING = 45
_SHORTEST = 4
_STATES = re.compile("|".join(sorted((word for word in JUDGEMENTS if len(word) > 2), key=len, reverse=True)))
_LEAD = re.compile(r"^[^：:。；]{2,30}[：:]")


@dataclass(slots=True)
class _Heading:
    """The heading that stands above an item: its words, the judgement in it, whether tasks stand below it."""

    titles: tuple[str, ...] = ()
    word: str = ""
    tasks: bool = True


def heading_word(heading: str) -> str:
    """The official word by which a heading judges what stands below it: 部分完成 in 二、部分完成年度目标任务情况."""
    found = _STATES.search(folded(heading))
    return found[0] if found else ""


def read_prose(paragraphs: Sequence[str]) -> Iterator[tuple[Row, str]]:
    """Each task told in a text, with the official word of the heading above it."""
    heading = _Heading()
    at = 0
    while at < len(paragraphs):
        text = folded(paragraphs[at])
        at += 1
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


def _below(heading: _Heading, text: str) -> _Heading:
    top = bool(_TOP.match(text))
    titles = (text,) if top else (*heading.titles[:1], text)
    tasks = not _NO_TASKS.search(text) and (top or heading.tasks)
    return _Heading(titles, heading_word(text) or ("" if top else heading.word), tasks)


def _labels(paragraphs: Sequence[str], at: int) -> tuple[dict[str, str], int]:
    """Lines below an item that say who does it and by when."""
    labels: dict[str, str] = {}
    while at < len(paragraphs) and (found := list(_LABELLED.finditer(folded(paragraphs[at])))):
        if found[0].start() > 1:
            break
        labels.update({match[1]: match[2] for match in found})
        at += 1
    return labels, at


def _items(text: str, labels: dict[str, str], heading: _Heading) -> Iterator[tuple[Row, str]]:
    """The items of a paragraph: itself if it is numbered, or what it enumerates."""
    parts = _enumerated(text)
    if len(parts) > 1:
        lead = parts[0]
        word = heading_word(lead) or heading.word
        for part in parts[1:]:
            yield from _item(part, labels, replace_word(heading, word))
    elif _MARK.match(text) or labels or (_UNITS.search(text) or _ITEM_NUMBER.search(text)):
        for part in _by_units(_MARK.sub("", text, count=1)):
            yield from _item(part, labels, heading)


def replace_word(heading: _Heading, word: str) -> _Heading:
    """The heading with another judgement."""
    return _Heading(heading.titles, word, heading.tasks)


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
    number = _ITEM_NUMBER.search(text)
    units = _UNITS.search(text)
    inline = {match[1]: match[2] for match in _LABELLED.finditer(text)}
    labels = {**inline, **labels}
    said = _UNITS.sub("", _ITEM_NUMBER.sub("", text))
    said = _LABELLED.sub("", said).strip(" ，；。、")
    task, _, progress = said.partition("。")
    if len(task) < _SHORTEST:
        return
    lead = units[1] or units[2] or "" if units else ""
    row = Row(
        text=task,
        number=(number[1] or number[2]) if number else None,
        section=heading.titles,
        lead=lead or _first(labels, ("牵头单位", "牵头部门", "责任单位", "责任部门", "主办单位")),
        cooperating=_first(labels, ("配合单位", "配合部门", "协办单位")),
        deadline=_first(labels, ("完成时限", "完成时间", "时限要求")),
        progress=progress.strip(),
    )
    if not progress:
        row = replace(row, progress=task) if heading.word or judgement(task) else row
    yield row, heading.word


def _first(labels: dict[str, str], names: Iterable[str]) -> str:
    return next((labels[name] for name in names if labels.get(name)), "")
