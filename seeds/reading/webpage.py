"""A web page's report: the article without the site around it, every heading, paragraph and table row of it kept.

trafilatura finds where the article is, but drops headings on pages whose layout it does not know. So it only marks the
article's first and last line; the text is every line of the page between the two.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from itertools import islice

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document

from seeds.reading.blocks import MOST_COLUMNS, MOST_ROWS, Block, Cell, Paragraph, Table
from seeds.reading.limits import Limits
from seeds.reading.messages import Message, UnreadableDocumentError
from seeds.reading.notemarks import is_note_mark
from seeds.reading.plain import decode

_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# GB18030 contains GB 2312 and GBK, and pages that declare either use characters beyond it.
_CHINESE_NAMES = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"})
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
# A source line broken between two Chinese characters is no word space.
_SOURCE_WRAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r\f]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_SPACE = re.compile(r"[ \r\n\f\v\u00a0]+")
_AROUND_CELL = re.compile(r" *\t *")
_BARE = re.compile(r"[\s|]+|^- ")
_HEADING_TAG = re.compile(r"<(/?)h[1-6]\b", re.IGNORECASE)
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|d[dlt]|div|fieldset|figcaption|figure|footer|form|h[1-6]"
    "|header|hr|legend|li|main|nav|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul"
)
_CELLS = frozenset({"td", "th"})
_SILENT = re.compile("rt|rp|script|style|noscript|template|head|select|button|textarea|iframe|object|svg|math")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# A shorter line, such as a crumb or a menu entry, may equal one of the article by chance.
_TELLING = 20
# What a site says around an article: when published, whence, how often seen, how large the print.
_FURNITURE = re.compile(
    r"[\s【\[（(]*(?:"
    r"(?:发布(?:时间|日期|机构|单位|人)|发文(?:日期|机构|字号)|成文日期|印发日期|生成日期|公开日期|更新时间|(?:信息|文章)?来源|稿源"
    r"|(?:责任)?编辑|责编|作者|浏览(?:次数|量)|阅读(?:次数|量)|点击(?:次数|数|量)|访问(?:次数|量)|字体(?:大小)?|字号|索引号|主题分类|体裁分类"
    r"|视力保护色|分享到?|您?当前(?:的)?位置)[\s】\]]*[：:【\[（(][^。；]*"
    r"|(?:打印(?:本页)?|关闭(?:窗口)?|返回顶部|收藏|[\s】\]）)｜|、]+)+)"
)
_LONGEST_FURNITURE = 90
_LEAST_ROWS = 4
_LONGEST_CELL = 3_000
_WIDEST_SPAN = 1_000
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TITLE_LINES = 20
_LONGEST_TITLE = 60
_YEAR = re.compile(r"[12]\d{3}")
# trafilatura takes some two seconds for each megabyte; no page with a report in it is this long.
_LONGEST_SEARCHED = 4_000_000
# It also fills every place that a cell claims to cover.
_SPANS = re.compile(r"""\s(?:row|col)span\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*)""", re.IGNORECASE)
# Its text is compared with ours, which has no note marks.
_RAISED = re.compile(
    r"(?<![A-Za-z])<sup\b[^>]{0,200}>(?:\s|<[^>]{0,200}>){0,9}[\[［〔(（]?\d{1,3}[\]］〕)）]?(?:\s|<[^>]{0,200}>){0,9}?</sup>",
    re.IGNORECASE,
)
# A saved page has a part for each picture.
_PART, _MOST_PARTS = re.compile(rb"^--", re.MULTILINE), 20_000


def read_page(data: bytes, limits: Limits) -> tuple[list[Block], str, list[Message]]:
    """Return the article's blocks, the page's encoding and what a person should know about the reading."""
    limits.check_elements(data)
    source, encoding = decode_page(data)
    source = _XML_DECLARATION.sub("", source)
    try:
        blocks = list(blocks_of(html.document_fromstring(source, parser=html.HTMLParser(huge_tree=True))))
    except (etree.ParserError, ValueError) as error:
        raise UnreadableDocumentError("empty") from error
    title, text = _article(source)
    article = _between(blocks, text)
    body = _with_title([block for block in article or blocks if not is_furniture(block)], title)
    return body, encoding, [] if article else [Message("whole_page")]


def read_archive(data: bytes, limits: Limits) -> tuple[list[Block], str, list[Message]]:
    """Read the page of a web archive (MHTML), as browsers save one."""
    if sum(1 for _ in islice(_PART.finditer(data), _MOST_PARTS + 1)) > _MOST_PARTS:
        raise UnreadableDocumentError("too_many_elements", limit=_MOST_PARTS)
    for part in message_from_bytes(data, policy=policy.default).walk():
        if part.get_content_type() in _PAGES:
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return read_page(page, limits)
    raise UnreadableDocumentError("unsupported", format="MHTML")


def is_furniture(block: Block) -> bool:
    """Whether a line tells of the page, not of its subject: when published, how often seen, how large the print."""
    if isinstance(block, Table):
        return False
    return len(block.text) <= _LONGEST_FURNITURE and _FURNITURE.fullmatch(block.text) is not None


def decode_page(data: bytes) -> tuple[str, str]:
    """Decode as UTF-8 or by the byte order mark, else by the declared charset, else by what reads well."""
    declared = _DECLARED.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    name = "gb18030" if name in _CHINESE_NAMES else name
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return (text, "utf-8") if "\0" not in text else decode(data)
    try:
        return (data.decode(name), name) if not name.startswith("utf") else decode(data)
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def _article(source: str) -> tuple[str, str]:
    """Title and text of the page's article as trafilatura sees them, headings as paragraphs; both may be empty."""
    if len(source) > _LONGEST_SEARCHED:
        return "", ""
    found = bare_extraction(
        _RAISED.sub("", _SPANS.sub("", _HEADING_TAG.sub(r"<\1p", source))),
        favor_recall=True,
        include_comments=False,
        with_metadata=True,
    )
    return (found.title or "", found.text or "") if isinstance(found, Document) else ("", "")


def blocks_of(tree: etree._Element) -> Iterator[Block]:
    """Everything visible in document order: a paragraph for each block and each ``<br>``, a table for each table."""
    line: list[str] = []
    for part in [*_parts(tree), None]:
        if isinstance(part, str):
            line.append(part)
            continue
        text = _line(line)
        line.clear()
        if text:
            yield Paragraph(text)
        if part is not None:
            table = _table(part)
            if table.cells:
                yield table


def _line(parts: list[str]) -> str:
    return _AROUND_CELL.sub("\t", _SPACE.sub(" ", "".join(parts))).strip(" \t\u3000")


def _parts(tree: etree._Element) -> Iterator[str | etree._Element | None]:
    """The texts, tables of data, and ``None`` where a line ends; tabs part cells of tables that lay the page out."""
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    in_row = 0
    said = ""
    for event, element in walk:
        if event == "start" and _is_passed_over(element, said):
            walk.skip_subtree()
            continue
        tag = element.tag if event in {"start", "end"} else ""
        if tag == "table" and not in_row and element is not tree and _is_data(element):
            # Seen twice: its subtree is skipped, and what stands behind it comes with its end.
            yield element if event == "start" else _tail(element)
            if event == "start":
                walk.skip_subtree()
            continue
        in_row += (event == "start") - (event == "end") if tag == "tr" else 0
        for part in _marks_and_texts(event, element, tag, tree, in_row=in_row):
            said = part if isinstance(part, str) and part.strip() else said if part is not None else ""
            yield part


def _is_passed_over(element: etree._Element, said: str) -> bool:
    """Whether nothing of an element is read: it is hidden, or a note's mark."""
    return _is_silent(element) or (element.tag == "sup" and is_note_mark(said, _inner(element)))


def _marks_and_texts(
    event: str, element: etree._Element, tag: str, tree: etree._Element, *, in_row: int
) -> Iterator[str | None]:
    """What an element's beginning or end adds: a line's end or a cell's, its text or the text behind it."""
    if _BLOCKS.fullmatch(tag):
        # Paragraphs inside a cell do not break its row.
        yield " " if in_row and tag != "tr" else None
    if event == "start" and element.text:
        yield _flat(element.text)
    if event != "start" and element is not tree:
        if tag in _CELLS:
            yield "\t"
        yield _tail(element)


def _tail(element: etree._Element) -> str:
    return _flat(element.tail) if element.tail else ""


def _inner(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _is_data(table: etree._Element) -> bool:
    """Whether a table holds data rather than laying out the page: rows of several cells, none of them long."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = list(islice(table.iter("tr"), MOST_ROWS))
    wide = sum(len(_cells(row)) > 1 for row in rows)
    longest = max((len(_inner(cell)) for row in rows for cell in _cells(row)), default=0)
    return wide > 1 and 2 * wide >= len(rows) and longest <= _LONGEST_CELL


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in _CELLS]


def _table(table: etree._Element) -> Table:
    cells: list[Cell] = []
    covered: set[tuple[int, int]] = set()
    header = 0
    for number, row in enumerate(islice(table.iter("tr"), MOST_ROWS)):
        header += header == number and all(cell.tag == "th" for cell in _cells(row))
        column = 0
        for cell in _cells(row):
            while (number, column) in covered:
                column += 1
            if column >= MOST_COLUMNS:
                break
            rows, columns = (_span(cell, name) for name in ("rowspan", "colspan"))
            columns = min(columns, MOST_COLUMNS - column)
            if rows > 1:
                covered.update((number + down, column + right) for down in range(1, rows) for right in range(columns))
            text = "\n".join(line for block in blocks_of(cell) for line in block.lines)
            cells.append(Cell(text, number, column, rows, columns))
            column += columns
    return Table(tuple(cell for cell in cells if cell.text), header=header)


def _span(cell: etree._Element, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), _WIDEST_SPAN) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _flat(text: str) -> str:
    return _SOURCE_WRAP.sub("", text).replace("\t", " ")


def _is_silent(element: etree._Element) -> bool:
    return _SILENT.fullmatch(element.tag) is not None or bool(_HIDDEN.search(element.get("style", "")))


def _bare(line: str) -> str:
    return _BARE.sub("", line)


def _between(blocks: list[Block], article: str) -> list[Block]:
    """The page's blocks from the article's first to its last, both told by lines too long to recur by chance."""
    known = [_bare(line) for line in article.splitlines()]
    telling = {line for line in known if len(line) >= _TELLING}
    bare = [[_bare(line) for line in block.lines] for block in blocks]
    anchors = [index for index, lines in enumerate(bare) if not telling.isdisjoint(lines)]
    if not anchors:
        return []
    first, last = anchors[0], anchors[-1]
    # The article's short first and last lines, taken where they stand nearest to its long ones.
    first = next((index for index in range(first, -1, -1) if known[0] in bare[index]), first)
    last = next((index for index in range(last, len(bare)) if known[-1] in bare[index]), last)
    # No site's frame has a table of many rows: it belongs to the article, even where it was not recognised.
    tables = [index for index, block in enumerate(blocks) if isinstance(block, Table) and block.height >= _LEAST_ROWS]
    return blocks[min([first, *tables]) : max([last, *tables]) + 1]


def _with_title(blocks: list[Block], title: str) -> list[Block]:
    """The blocks with the page's title in front where they begin without one, or without the year that it names."""
    head = [line for block in blocks[:_TITLE_LINES] for line in block.lines][:_TITLE_LINES]
    year = _YEAR.search(title)
    titled = any("报告" in line and len(line) <= _LONGEST_TITLE for line in head)
    if not title or (titled and (year is None or year[0] in "".join(head))):
        return blocks
    return [Paragraph(title), *blocks]
