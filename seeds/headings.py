"""The headings of a report, for its table of contents."""

import re
from collections.abc import Iterator

from seeds.extract.normalise import normalise
from seeds.extract.outline import is_heading, level_of

_SIGNS = re.compile(r"#{1,6}\s*")
_TITLE_LENGTH = 80

Heading = dict[str, int | str]


def outline_of(text: str) -> list[Heading]:
    """Return the headings in order: level (1 is the outermost), title, start and end as offsets into the text."""
    clean = normalise(text)
    found: list[Heading] = []
    for start, body in _paragraphs(clean.text):
        sign = _SIGNS.match(body)
        title = body[sign.end() :] if sign else body
        level = level_of(title)
        if title and (level or sign) and is_heading(body, level):
            first, end = clean.span(start + len(body) - len(title), start + len(body))
            depth = level or body.count("#", 0, len(body) - len(title))
            found.append({"level": depth, "title": title[:_TITLE_LENGTH], "start": first, "end": end})
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph that holds something, with the place of its first character."""
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            yield at + line.index(body[0]), body
        at += len(line)
