"""One way in for every file: ``read`` tells its kind, reads it within bounds and names it in every error."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seeds.reading import kinds
from seeds.reading.limits import MEGABYTE, Limits
from seeds.reading.messages import Message, UnreadableDocumentError
from seeds.reading.pdf import read_pdf
from seeds.reading.plain import REPLACEMENT, decode
from seeds.reading.webpage import read_page
from seeds.reading.word import read_word


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text. Offsets of statements count its code points; ``sha256`` is that of the text in UTF-8."""

    text: str
    format: str
    encoding: str
    sha256: str
    warnings: tuple[Message, ...] = ()


def read(
    source: str | os.PathLike[str] | bytes, *, filename: str | None = None, limits: Limits | None = None
) -> Document:
    """Read a report from a path or from bytes; ``filename`` helps to tell the kind and is named in errors.

    A UTF-8 text file is returned untouched, byte order mark and line ends included. Raises ``UnreadableDocumentError``,
    which names the file and the fix, for whatever cannot be read in full.
    """
    limits = limits or Limits()
    name = filename if filename is not None else "" if isinstance(source, bytes) else os.fspath(source)
    try:
        data = source if isinstance(source, bytes) else _bytes_of(Path(source), limits)
        return _read(data, name, limits)
    except UnreadableDocumentError as error:
        raise error.named(name) from error.__cause__


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte over the limit is enough to know, whatever the file is: a pipe has no size to ask for.
            return file.read(limits.max_bytes + 1)
    except OSError as error:
        raise UnreadableDocumentError("missing", reason=error.strerror or type(error).__name__) from error


def _read(data: bytes, name: str, limits: Limits) -> Document:
    if len(data) > limits.max_bytes:
        raise UnreadableDocumentError("too_big", size=len(data) // MEGABYTE, limit=limits.max_bytes // MEGABYTE)
    if not data.strip():
        raise UnreadableDocumentError("empty")
    kind = kinds.kind_of(data, name)
    text, encoding, warnings = _text_of(data, kind, limits)
    if not text.strip("\ufeff").strip():
        raise UnreadableDocumentError("empty")
    if len(text) > limits.max_characters:
        raise UnreadableDocumentError("too_long", limit=limits.max_characters)
    notes = (*_notes(text, encoding), *warnings)
    return Document(text, kind, encoding, hashlib.sha256(text.encode("utf-8")).hexdigest(), notes)


def _notes(text: str, encoding: str) -> Iterator[Message]:
    if encoding != "utf-8":
        yield Message("decoded", {"encoding": encoding})
    if REPLACEMENT in text:
        yield Message("damaged", {"count": text.count(REPLACEMENT)})


def _text_of(data: bytes, kind: str, limits: Limits) -> tuple[str, str, list[Message]]:
    if kind == kinds.PDF:
        return _with_encoding(*read_pdf(data, limits))
    if kind == kinds.DOCX:
        return read_word(data, limits), "utf-8", []
    if kind == kinds.HTML:
        return read_page(data)
    text, encoding = decode(data)
    return text, encoding, []


def _with_encoding(text: str, warnings: list[Message]) -> tuple[str, str, list[Message]]:
    return text, "utf-8", warnings
