"""A web page's report: the article without the site around it, every heading, paragraph and table row of it kept.

trafilatura finds where the article is, but drops headings on pages whose layout it does not know. So it only marks the
article's first and last line; the text is every line of the page between the two.
"""

import re
from collections.abc import Iterator

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document

from seeds.reading.messages import Message, UnreadableDocumentError
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
_SILENT = re.compile("script|style|noscript|template|head|select|button|textarea|iframe|object|svg|math")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# A shorter line, such as a crumb or a menu entry, may equal one of the article by chance.
_TELLING = 20
_TITLE_LINES = 20
_LONGEST_TITLE = 60
_YEAR = re.compile(r"[12]\d{3}")
# trafilatura takes some two seconds for each megabyte; no page with a report in it is this long.
_LONGEST_SEARCHED = 4_000_000


def read_page(data: bytes) -> tuple[str, str, list[Message]]:
    """Return the article's text, the page's encoding and what a person should know about the reading."""
    source, encoding = decode_page(data)
    source = _XML_DECLARATION.sub("", source)
    try:
        lines = list(lines_of(html.document_fromstring(source, parser=html.HTMLParser(huge_tree=True))))
    except (etree.ParserError, ValueError) as error:
        raise UnreadableDocumentError("empty") from error
    title, text = _article(source)
    article = _between(lines, text)
    body = _with_title(article or lines, title)
    return "".join(f"{line}\n" for line in body), encoding, [] if article else [Message("whole_page")]


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
        _HEADING_TAG.sub(r"<\1p", source), favor_recall=True, include_comments=False, with_metadata=True
    )
    return (found.title or "", found.text or "") if isinstance(found, Document) else ("", "")


def lines_of(tree: etree._Element) -> Iterator[str]:
    """Every visible line in document order: one for each block, each ``<br>`` and each table row, its cells by tab."""
    line: list[str] = []
    for part in [*_parts(tree), None]:
        if part is not None:
            line.append(part)
            continue
        text = _AROUND_CELL.sub("\t", _SPACE.sub(" ", "".join(line))).strip(" \t\u3000")
        line.clear()
        if text:
            yield text


def _parts(tree: etree._Element) -> Iterator[str | None]:
    """The text nodes, a tab between cells and ``None`` where a line ends."""
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    in_row = 0
    for event, element in walk:
        if event == "start" and _is_silent(element):
            walk.skip_subtree()
            continue
        tag = element.tag if event in {"start", "end"} else ""
        in_row += (event == "start") - (event == "end") if tag == "tr" else 0
        if _BLOCKS.fullmatch(tag):
            # Paragraphs inside a cell do not break its row.
            yield " " if in_row and tag != "tr" else None
        if event == "start" and element.text:
            yield _flat(element.text)
        if event != "start":
            if tag in _CELLS:
                yield "\t"
            if element.tail:
                yield _flat(element.tail)


def _flat(text: str) -> str:
    return _SOURCE_WRAP.sub("", text).replace("\t", " ")


def _is_silent(element: etree._Element) -> bool:
    return _SILENT.fullmatch(element.tag) is not None or bool(_HIDDEN.search(element.get("style", "")))


def _bare(line: str) -> str:
    return _BARE.sub("", line)


def _between(lines: list[str], article: str) -> list[str]:
    """The page's lines from the article's first to its last, both told by lines too long to recur by chance."""
    known = [_bare(line) for line in article.splitlines()]
    telling = {line for line in known if len(line) >= _TELLING}
    bare = [_bare(line) for line in lines]
    anchors = [index for index, line in enumerate(bare) if line in telling]
    if not anchors:
        return []
    first, last = anchors[0], anchors[-1]
    # The article's short first and last lines, taken where they stand nearest to its long ones.
    first = next((index for index in range(first, -1, -1) if bare[index] == known[0]), first)
    last = next((index for index in range(last, len(bare)) if bare[index] == known[-1]), last)
    return lines[first : last + 1]


def _with_title(lines: list[str], title: str) -> list[str]:
    """The lines with the page's title in front where they begin without one, or without the year that it names."""
    head = lines[:_TITLE_LINES]
    year = _YEAR.search(title)
    titled = any("报告" in line and len(line) <= _LONGEST_TITLE for line in head)
    if not title or (titled and (year is None or year[0] in "".join(head))):
        return lines
    return [title, *lines]
