"""Tables that a site's editor flattened, one cell a paragraph: put together again by their header and their numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seeds.reading.blocks import Block, Paragraph, Table, table_of
from seeds.sheets import cells, columns

_LEAST_HEADERS = 3
_LEAST_ROWS = 2
_SECTION = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[章节部类篇]"
)
_NUMBER = re.compile(r"\s*\d{1,3}\s*[.、．]?\s*")
_GLUED = re.compile(r"\s*(\d{1,3})\s*[.、．](?!\d+[%％]\s*(?:$|[（(，。]))\s*(?=\S)|(\d{1,3})\s+(?=[\u4e00-\u9fff])")
# The end of a table, or of the article it stands in.
_OUTSIDE = re.compile(
    r"附件|附表|主办|承办单位：|版权|网站标识|备案|打印|关闭|上一篇|下一篇|责任编辑|扫一扫|相关(?:链接|附件|文档)"
)
_MOST_CELLS = 60


@dataclass(frozen=True, slots=True)
class _Header:
    """The headers of a flattened table, and where its first cell stands."""

    texts: list[str]
    meanings: list[str]
    end: int


def restored(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with each flattened table among the paragraphs as a table."""
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        header = _header(blocks, at)
        table, end = _table(blocks, header) if header else (None, at)
        if table is None:
            found.append(blocks[at])
            at += 1
        else:
            found.append(table)
            at = end
    return found


def _header(blocks: Sequence[Block], start: int) -> _Header | None:
    """The headers that begin here: paragraphs in a row that are headers and no more, the first of them the number's."""
    texts: list[str] = []
    meanings: list[str] = []
    for block in blocks[start : start + len(columns.OUTCOME) + 10]:
        meaning = columns.meaning_of(block.text) if isinstance(block, Paragraph) else None
        if meaning is None or (meaning == columns.NUMBER and texts):
            break
        texts.append(columns.plain(block.text) if isinstance(block, Paragraph) else "")
        meanings.append(meaning)
    if len(texts) < _LEAST_HEADERS or meanings[0] != columns.NUMBER or columns.TASK not in meanings:
        return None
    return _Header(texts, meanings, start + len(texts))


def _table(blocks: Sequence[Block], header: _Header) -> tuple[Table | None, int]:
    """The table below a header and where it ends; ``None`` where no numbered rows follow."""
    rows: list[list[str]] = [header.texts]
    at = header.end
    numbered = 0
    while at < len(blocks):
        section, end = _sections(blocks, at)
        record, end = _record(blocks, end)
        if not record:
            break
        rows += [[title] for title in section]
        rows.append([record[0], *_placed(record[1:], header.meanings[1:])])
        numbered += 1
        at = end
    return (table_of(rows), at) if numbered >= _LEAST_ROWS else (None, at)


def _text(blocks: Sequence[Block], at: int) -> str | None:
    block = blocks[at] if at < len(blocks) else None
    return block.text if isinstance(block, Paragraph) and not _OUTSIDE.match(block.text) else None


def _sections(blocks: Sequence[Block], at: int) -> tuple[list[str], int]:
    """The titles that stand before a numbered row."""
    titles = []
    while (text := _text(blocks, at)) is not None and _SECTION.match(text):
        titles.append(text)
        at += 1
    return titles, at


def _record(blocks: Sequence[Block], at: int) -> tuple[list[str], int]:
    """The cells from a number to the next number, title or header."""
    text = _text(blocks, at)
    if text is None:
        return [], at
    glued = _GLUED.match(text)
    if _NUMBER.fullmatch(text):
        record = [text.strip()]
    elif glued:
        record = [glued[1] or glued[2], text[glued.end() :]]
    else:
        return [], at
    at += 1
    while len(record) < _MOST_CELLS and (text := _text(blocks, at)) is not None and not _begins(blocks, at, text):
        record.append(text)
        at += 1
    return record, at


def _begins(blocks: Sequence[Block], at: int, text: str) -> bool:
    """Whether another row, title or header begins with a paragraph."""
    return (
        bool(_NUMBER.fullmatch(text) or _SECTION.match(text) or _GLUED.match(text)) or _header(blocks, at) is not None
    )


def _placed(texts: Sequence[str], meanings: Sequence[str]) -> list[str]:
    """The cells of a row by column: in order, each where it fits best; a column may have none or several."""
    width = len(meanings)
    best: list[list[tuple[float, tuple[int, ...]]]] = [[(0.0, ())] * width]
    for text in texts:
        above = best[-1]
        row = []
        for column, meaning in enumerate(meanings):
            score, path = max(above[: column + 1], key=lambda found: found[0])
            again = column in path
            row.append((score + _fit(text, meaning, again=again), (*path, column)))
        best.append(row)
    if not texts:
        return [""] * width
    _, path = max(best[-1], key=lambda found: found[0])
    return ["\n".join(text for text, at in zip(texts, path, strict=True) if at == column) for column in range(width)]


def _fit(text: str, meaning: str, *, again: bool) -> float:
    """How well a text fits a column; a second one in a column of which each row has one fits less."""
    score = dict(_fits(text)).get(meaning, -1.0)
    if again:
        return score - _AGAIN.get(meaning, 1.0)
    # Every row has a task.
    return score + _NEEDED if meaning == columns.TASK else score


_NEEDED = 1.5
_AGAIN = {columns.COOPERATING: 0.0, columns.LEAD: 0.6, columns.PROGRESS: 0.2, columns.TASK: 0.8}


def _fits(text: str) -> Iterator[tuple[str, float]]:
    unit = cells.is_unit(text)
    yield columns.TASK, 1.0 if not unit else 0.1
    yield columns.TARGET, 0.6
    yield columns.SECTION, 0.4 if len(text) < 12 and not unit else -0.5
    yield columns.LEAD, 1.1 if unit else (-0.2 if len(text) < 16 else -1.0)
    yield columns.COOPERATING, 1.0 if unit else (-0.2 if len(text) < 16 else -1.0)
    yield columns.DEADLINE, 1.2 if cells.is_deadline(text) else -1.0
    yield columns.PERCENT, 1.2 if cells.is_percent(text) else -1.0
    yield columns.WORD, 1.2 if cells.is_official_word(text) else -1.0
    yield columns.PROGRESS, 1.1 if cells.begins_with_percent(text) else 0.9 if not unit and len(text) > 3 else -0.3
    yield columns.NOTES, 0.2
    yield columns.IGNORED, 0.0
    yield columns.STAGE, 0.3
