"""From the tables of an official document to its rows: header rows found, merged cells shared, notes left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from zlib import crc32

from seeds.reading.blocks import Cell, Table
from seeds.sheets import columns
from seeds.sheets.cells import folded, is_empty, is_number, is_official_word

_HEADER_HEIGHT = 3
_LEAST_MEANINGS = 2
# The mean length of a cell from which on a column holds sentences.
_PROSE = 9
_NOTE = re.compile(
    r"[（(]?\s*(?:注|说明|备注|填表说明|填报说明|附注)\d?\s*[：:.、]|审核人|填表人|填报人|制表|联系电话|填报单位|审签|单位(?:负责人|\(盖章\)|（盖章）)|合计|总计|小计"
)
_SECTION = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[章节部类篇]"
)


_ADDRESS = re.compile(r"/commitments/(\d{1,18})/?(?:#([0-9a-f]{8})([0-9a-f]{8}))?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an official document: what each of its cells says, as written, by the meaning of its column.

    ``subject`` names the thing where the task cell alone does not (项目名称 beside 目标任务, the target beside an
    indicator); ``topic`` is what the row speaks of where its text tells the result too. ``stages`` are the columns of
    periods with their headers, in order. ``place`` tells where it stands. ``commitment`` is the number in the address
    that a sheet exported by this project bears, ``unchanged`` that its outcome is what it was then.
    """

    text: str
    number: str | None = None
    subject: str = ""
    topic: str = ""
    section: tuple[str, ...] = ()
    lead: str = ""
    cooperating: str = ""
    deadline: str = ""
    progress: str = ""
    stages: tuple[tuple[str, str], ...] = ()
    percent: str = ""
    word: tuple[str, str] = ("", "")
    notes: str = ""
    place: str = ""
    commitment: int | None = None
    unchanged: bool = False


@dataclass(slots=True)
class _Columns:
    """The columns of a stretch of a table: each with its meaning and the headers above it."""

    meanings: list[str | None]
    paths: list[tuple[str, ...]]
    texts: list[frozenset[str]] = field(default_factory=list)

    def of(self, *meanings: str) -> list[int]:
        """The columns of these meanings, from the left."""
        return [at for at, meaning in enumerate(self.meanings) if meaning in meanings]


Grid = list[list[Cell | None]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one table, the words of its columns, and the lines above its header."""

    rows: tuple[Row, ...]
    meanings: frozenset[str]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rows of a table below one header: the first and the one behind the last, and what their columns mean."""

    start: int
    end: int
    columns: "_Columns"

    @property
    def meanings(self) -> list[str | None]:
        """What each column means."""
        return self.columns.meanings


def stretches(grid: Grid) -> list[Stretch]:
    """The stretches of a table under a header that is understood; a header said again begins another one."""
    starts = _headers(grid)
    ends = [*(start for start, _ in starts[1:]), len(grid)][: len(starts)]
    found: list[Stretch] = []
    for (start, height), end in zip(starts, ends, strict=True):
        known = _columns(grid, start, height, end)
        if found and known.paths == found[-1].columns.paths:
            known = found[-1].columns
        found.append(Stretch(start + height, end, known))
    return found


def read_table(table: Table) -> Sheet | None:
    """The rows of a table with a header that is understood; ``None`` for any other table."""
    grid = table.grid()
    parts = stretches(grid)
    if not parts:
        return None
    rows: list[Row] = []
    for part in parts:
        rows += _rows(grid[part.start : part.end], part.columns, rows[-1].section if rows else (), table.name)
    meanings = frozenset(meaning for part in parts for meaning in part.meanings if meaning)
    above = grid[: _headers(grid)[0][0]]
    lines = tuple(text for row in above for text in dict.fromkeys(cell.text for cell in row if cell))
    return Sheet(tuple(rows), meanings, lines)


def _headers(grid: Grid) -> list[tuple[int, int]]:
    """Where each header begins and how many rows it has; a header repeated further down is another one."""
    found: list[tuple[int, int]] = []
    row = 0
    while row < len(grid):
        if _is_header(grid[row]):
            height = _height(grid, row)
            found.append((row, height))
            row += height
        else:
            row += 1
    return found


def _distinct(row: Sequence[Cell | None]) -> list[Cell]:
    return list({id(cell): cell for cell in row if cell is not None}.values())


def _is_header(row: Sequence[Cell | None]) -> bool:
    """Whether a row's cells are headers: two at least, among them what is done or who does it, and none a record."""
    cells = _distinct(row)
    meanings = [columns.meaning_of(cell.text) for cell in cells]
    told = [meaning for meaning in meanings if meaning]
    if len(set(told)) < _LEAST_MEANINGS or not {columns.TASK, columns.TARGET, columns.PROGRESS} & set(told):
        return False
    return 3 * len(told) >= 2 * len(cells) and not any(cell.text.strip().isdigit() for cell in cells)


def _height(grid: Grid, row: int) -> int:
    """How many rows the header has: a group over several columns has the names of these below it."""
    deepest = max((cell.row + cell.rows for cell in _distinct(grid[row])), default=row + 1)
    height = min(deepest - row, _HEADER_HEIGHT)
    while height < _HEADER_HEIGHT and row + height < len(grid) and _goes_below(grid, row, row + height):
        height += 1
    return max(height, 1)


def _goes_below(grid: Grid, top: int, row: int) -> bool:
    """Whether a row names columns of a group above it: every cell a header, none where a plain header stands above."""
    cells = [(at, cell) for at, cell in enumerate(grid[row]) if cell is not None and cell.row == row]
    if not cells or any(columns.meaning_of(cell.text) is None or is_number(cell.text) for _, cell in cells):
        return False
    if len(_distinct(grid[row])) < _LEAST_MEANINGS:
        return False
    above = [grid[row - 1][at] for at, _ in cells]
    grouped = sum(cell is None or cell.columns > 1 for cell in above)
    return grouped >= 1 and 2 * grouped >= len(cells)


def _columns(grid: Grid, start: int, height: int, end: int) -> _Columns:
    header = grid[start : start + height]
    body = [row for row in grid[start + height : end] if len(_distinct(row)) > 1]
    paths = [
        tuple(dict.fromkeys(columns.plain(cell.text) for row in header if (cell := row[at]) is not None))
        for at in range(len(grid[start]))
    ]
    found = _Columns([columns.meaning_of_path(path) if path else None for path in paths], paths)
    _spread_groups(found, header)
    for at, meaning in enumerate(found.meanings):
        if meaning is None:
            found.meanings[at] = _inferred(found, [row[at] for row in body])
    _tell_roles(found, body)
    _tell_stages(found, body)
    _tell_words(found, body)
    return found


def _spread_groups(found: _Columns, header: Grid) -> None:
    """Without merged cells a group stands in its first column alone: 责任单位 above 牵头 and, unsaid, above 配合."""
    for at in range(1, len(found.paths)):
        if found.meanings[at] is None and len(found.paths[at]) == 1 and len(header) > 1:
            found.meanings[at] = columns.meaning_of_path((*found.paths[at - 1][:1], *found.paths[at]))


def _inferred(found: _Columns, column: list[Cell | None]) -> str | None:
    meaning = columns.inferred(column)
    if meaning == columns.LEAD and found.of(columns.LEAD):
        return columns.COOPERATING if not found.of(columns.COOPERATING) else None
    return None if meaning and found.of(meaning) else meaning


def _tell_roles(found: _Columns, body: Grid) -> None:
    """Of two columns of units the second cooperates; of several columns that may hold the task one does."""
    leads = found.of(columns.LEAD)
    for at in leads[1:]:
        first = found.paths[leads[0]]
        found.meanings[at] = columns.COOPERATING if found.paths[at] != first else columns.LEAD
    tasks = found.of(columns.TASK, columns.TARGET)
    if tasks:
        task = max(tasks, key=lambda at: (_said(body, at), at))
        for at in tasks:
            found.meanings[at] = columns.TASK if at == task else columns.TARGET


def _tell_stages(found: _Columns, body: Grid) -> None:
    """A period's column that holds sentences tells the progress; of several such the last one does."""
    told = [at for at in found.of(columns.STAGE) if _is_prose([row[at] for row in body])]
    for at in told:
        found.meanings[at] = columns.PROGRESS if at == told[-1] else columns.IGNORED


def _tell_words(found: _Columns, body: Grid) -> None:
    """Beside another column of progress one that holds nothing but judgements judges: 完成情况 beside 进展情况."""
    told = found.of(columns.PROGRESS)
    for at in told[1:]:
        texts = [cell.text for row in body if (cell := row[at]) and not is_empty(cell.text)]
        if texts and 2 * sum(map(is_official_word, texts)) >= len(texts):
            found.meanings[at] = columns.WORD


def _is_prose(column: list[Cell | None]) -> bool:
    lengths = [len(cell.text) for cell in column if cell is not None and not is_empty(cell.text)]
    return sum(lengths) > _PROSE * len(lengths)


def _said(body: Grid, at: int) -> tuple[bool, int, float]:
    """How well a column tells tasks apart: by words rather than figures, many of them, and long ones."""
    cells = list({id(row[at]): row[at] for row in body if row[at] is not None}.values())
    texts = [cell.text for cell in cells if cell is not None]
    words = [text for text in texts if re.search(r"[\u4e00-\u9fff]{2}", text)]
    mean = sum(map(len, texts)) / max(1, len(texts))
    return 2 * len(words) > len(texts), 5 * len(texts) // max(1, len(body)), mean


def _rows(body: Grid, found: _Columns, section: tuple[str, ...], name: str) -> Iterator[Row]:
    tasks = found.of(columns.TASK)
    if not tasks:
        return
    record: list[list[Cell | None]] = []
    for row in body:
        title = _section_title(row, tasks[0])
        if title is not None or not _is_record(row, found, tasks[0]):
            yield from _record(record, found, section, name)
            record = []
            section = _entered(section, title) if title else section
        elif record and _is_same(record[-1], row, found, tasks[0]):
            record.append(row)
        else:
            yield from _record(record, found, section, name)
            record = [row]
    yield from _record(record, found, section, name)


def _section_title(row: Sequence[Cell | None], task: int) -> str | None:
    """The title that a row is, over the rows below it: one cell across, or alone at the left."""
    cells = _distinct(row)
    if (
        len(cells) != 1
        or _NOTE.match(cells[0].text)
        or (is_number(cells[0].text) and not _SECTION.match(cells[0].text))
    ):
        return None
    cell = cells[0]
    return cell.text if cell.columns > 1 or cell.column != task or task == 0 else None


def _entered(section: tuple[str, ...], title: str) -> tuple[str, ...]:
    """The titles above the rows that follow: one of a lower style stands below the one before."""
    title = " ".join(title.split())
    if section and re.match(r"[（(]", title) and not re.match(r"[（(]", section[0]):
        return (section[0], title)
    return (title,)


def _is_record(row: Sequence[Cell | None], found: _Columns, task: int) -> bool:
    cell = row[task]
    if cell is None or is_empty(cell.text) or any(_NOTE.match(one.text) for one in _distinct(row)[:1]):
        return False
    return not is_number(cell.text) and any(one is not None for one in row)


def _is_same(above: Sequence[Cell | None], row: Sequence[Cell | None], found: _Columns, task: int) -> bool:
    """Whether a row of the sheet goes on with the record above: the same merged task, or no task of its own."""
    return row[task] is above[task] and all(row[at] is above[at] for at in found.of(columns.NUMBER))


def _record(record: list[list[Cell | None]], found: _Columns, section: tuple[str, ...], name: str) -> Iterator[Row]:
    if not record:
        return

    def said(*meanings: str) -> str:
        cells = {id(row[at]): row[at] for at in found.of(*meanings) for row in record if row[at] is not None}
        return "\n".join(cell.text for cell in cells.values() if cell is not None and not is_empty(cell.text))

    number = said(columns.NUMBER).split("\n")[0]
    task = record[0][found.of(columns.TASK)[0]]
    # A goal that stands over several records is the title that they share, and none's own subject.
    targets = [cell for at in found.of(columns.TARGET) if (cell := record[0][at]) is not None]
    is_shared = any(cell.rows > len(record) for cell in targets)
    inherited = said(columns.SECTION, *([columns.TARGET] if is_shared else []))
    row = Row(
        text=said(columns.TASK),
        number=_plain_number(number) or None,
        subject="" if is_shared else said(columns.TARGET),
        section=(*section, inherited) if inherited else section,
        lead=said(columns.LEAD),
        cooperating=said(columns.COOPERATING),
        deadline=said(columns.DEADLINE),
        progress=said(columns.PROGRESS),
        stages=tuple(_stages(record[0], found)),
        percent=said(columns.PERCENT),
        notes=said(columns.NOTES),
        place=f"{name}!R{(task.row if task else 0) + 1}" if name else f"R{(task.row if task else 0) + 1}",
    )
    yield _exported(replace(row, word=_word(record[0], found)), record[0], found)


def _word(row: Sequence[Cell | None], found: _Columns) -> tuple[str, str]:
    """The judgement and its header: of several columns the first that says more than yes or no."""
    told = [
        (cell.text, "".join(found.paths[at]))
        for at in found.of(columns.WORD)
        if (cell := row[at]) and not is_empty(cell.text)
    ]
    return next((one for one in told if is_official_word(one[0])), told[0] if told else ("", ""))


def _exported(row: Row, cells: Sequence[Cell | None], found: _Columns) -> Row:
    """A row of a sheet that this project exported: whose it is, and without what is as it was then."""
    address = next((match for text in _texts(cells, found, columns.ADDRESS) if (match := _ADDRESS.search(text))), None)
    if address is None:
        return row
    due, told = (
        _mark(_texts(cells, found, *meanings)) for meanings in ([columns.DEADLINE], [columns.PROGRESS, columns.WORD])
    )
    known = address[2] == due
    return replace(
        row, commitment=int(address[1]), deadline="" if known else row.deadline, unchanged=address[3] == told
    )


def _texts(cells: Sequence[Cell | None], found: _Columns, *meanings: str) -> list[str]:
    return [cell.text if (cell := cells[at]) else "" for at in found.of(*meanings)]


def _mark(texts: Sequence[str]) -> str:
    return f"{crc32(''.join(''.join(texts).split()).encode()):08x}"


def _plain_number(number: str) -> str:
    return folded(number).strip("（）.、． ") if is_number(number) else ""


def _stages(row: Sequence[Cell | None], found: _Columns) -> Iterator[tuple[str, str]]:
    for at in found.of(columns.STAGE):
        cell = row[at]
        if cell is not None and not is_empty(cell.text):
            yield found.paths[at][-1], cell.text
