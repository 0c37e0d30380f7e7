"""One way in for every file: ``read`` tells its kind, reads it within bounds and names it in every error."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from seeds.reading import kinds
from seeds.reading.blocks import Block, text_of
from seeds.reading.delimited import blocks_of_text, read_delimited
from seeds.reading.limits import MEGABYTE, Limits
from seeds.reading.messages import Message, UnreadableDocumentError
from seeds.reading.ofd import read_ofd
from seeds.reading.pdf import read_pdf
from seeds.reading.plain import REPLACEMENT, decode
from seeds.reading.soundness import doubts
from seeds.reading.webpage import read_archive, read_page
from seeds.reading.word import read_word
from seeds.reading.workbook import read_workbook


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text and the paragraphs and tables that it is made of.

    Offsets of statements count the text's code points; ``sha256`` is that of the text in UTF-8.
    """

    text: str
    format: str
    encoding: str
    sha256: str
    warnings: tuple[Message, ...] = ()
    blocks: tuple[Block, ...] = ()


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
    text, blocks, encoding, warnings = _content(data, kind, limits)
    if not text.strip("\ufeff").strip():
        raise UnreadableDocumentError("empty")
    limits.check_length(text)
    notes = (*_notes(text, encoding), *warnings, *doubts(text))
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(text, kind, encoding, digest, notes, tuple(blocks))


def _notes(text: str, encoding: str) -> Iterator[Message]:
    if encoding != "utf-8":
        yield Message("decoded", {"encoding": encoding})
    if REPLACEMENT in text:
        yield Message("damaged", {"count": text.count(REPLACEMENT)})


def _content(data: bytes, kind: str, limits: Limits) -> tuple[str, list[Block], str, list[Message]]:
    """The text, its blocks, its encoding and notes on the reading."""
    if kind == kinds.TEXT:
        # A text file stays as it is, to the code point.
        text, encoding = decode(data)
        limits.check_length(text)
        return text, blocks_of_text(text), encoding, []
    blocks, encoding, warnings = _blocks(data, kind, limits)
    return text_of(blocks), blocks, encoding, warnings


def _blocks(data: bytes, kind: str, limits: Limits) -> tuple[list[Block], str, list[Message]]:
    if kind == kinds.HTML:
        return read_page(data, limits)
    if kind == kinds.MHTML:
        return read_archive(data, limits)
    if kind == kinds.CSV:
        text, encoding = decode(data)
        return read_delimited(text, limits), encoding, []
    if kind == kinds.PDF:
        blocks, warnings = read_pdf(data, limits)
        return blocks, "utf-8", warnings
    return _PACKED[kind](data, limits), "utf-8", []


_PACKED: dict[str, Callable[[bytes, Limits], list[Block]]] = {
    kinds.DOCX: read_word,
    kinds.XLSX: read_workbook,
    kinds.OFD: read_ofd,
}
