"""The packed streams of a PDF, measured before PDFium unpacks them: it holds a page's drawing whole, however long."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator

from seeds.reading.limits import MEGABYTE, Limits
from seeds.reading.messages import UnreadableDocumentError

_STREAM = re.compile(rb"stream\r?\n")
# A stream's dictionary stands before it; pictures are not unpacked, because no page is drawn.
_LONGEST_DICTIONARY = 2_048
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_FLATE = re.compile(rb"/Fl(?:ateDecode)?(?![A-Za-z])")
_ASCII_85 = re.compile(rb"/(?:ASCII85Decode|A85)(?![A-Za-z])")
_CHUNK = 256 * 1024
# Beside a page's drawing a file may hold as many fonts.
_TOGETHER = 8


def measure_streams(data: bytes, limits: Limits) -> None:
    """Refuse a PDF of which one stream unpacks beyond the limit, or all of them beyond eight times of it."""
    most = limits.max_unpacked_bytes
    total = 0
    for dictionary, packed in _streams(data):
        inner = packed
        for _ in _FLATE.findall(dictionary)[1:]:
            inner = b"".join(_unpacked(inner, most))
        size = sum(map(len, _unpacked(inner, most)))
        total += size
        if size > most or total > _TOGETHER * most:
            raise UnreadableDocumentError("bomb", limit=most // MEGABYTE)


def _streams(data: bytes) -> Iterator[tuple[bytes, memoryview | bytes]]:
    """Each packed stream with its dictionary; it runs to the end of the file, for its length may be told falsely."""
    for found in _STREAM.finditer(data):
        if data[found.start() - 3 : found.start()] == b"end":
            continue
        head = data[max(0, found.start() - _LONGEST_DICTIONARY) : found.start()]
        dictionary = head[max(head.rfind(b" obj"), head.rfind(b"endstream"), 0) :]
        if not _FLATE.search(dictionary) or _PICTURE.search(dictionary):
            continue
        if _ASCII_85.search(dictionary):
            end = data.find(b"~>", found.end())
            try:
                yield dictionary, base64.a85decode(data[found.end() : end].strip())
            except (ValueError, binascii.Error):
                continue
        else:
            yield dictionary, memoryview(data)[found.end() :]


def _unpacked(packed: memoryview | bytes, most: int) -> Iterator[bytes]:
    """The unpacked stream in chunks, as far as it is sound, and no further than the limit."""
    inflater = zlib.decompressobj()
    size = at = 0
    waiting: bytes = b""
    while size <= most and not inflater.eof and (waiting or at < len(packed)):
        if not waiting:
            waiting, at = bytes(packed[at : at + _CHUNK]), at + _CHUNK
        try:
            chunk = inflater.decompress(waiting, _CHUNK)
        except zlib.error:
            return
        waiting = inflater.unconsumed_tail
        size += len(chunk)
        yield chunk
