"""Zip archives from strangers: only the wanted entries, unpacked as a stream, their sizes and elements counted."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from seeds.reading.limits import MEGABYTE, Limits
from seeds.reading.messages import UnreadableDocumentError

# What zipfile raises for a damaged archive.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError)
_CHUNK = 256 * 1024
_ENCRYPTED = 1
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|spreadsheetml|drawingml)/")
_LOOSE = {
    b"officeDocument": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"wordprocessingml": b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    b"spreadsheetml": b"http://schemas.openxmlformats.org/spreadsheetml/2006/",
    b"drawingml": b"http://schemas.openxmlformats.org/drawingml/2006/",
}


@contextmanager
def opened(data: bytes, kind: str) -> Iterator[zipfile.ZipFile]:
    """The archive; what is damaged or protected in it is refused under the name of its ``kind``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_protected(archive)
            yield archive
    except UnreadableDocumentError:
        raise
    except DAMAGE as error:
        raise UnreadableDocumentError("broken", format=kind, reason=_reason(error)) from error


def _refuse_protected(archive: zipfile.ZipFile) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in archive.infolist()):
        raise UnreadableDocumentError("encrypted")


def _reason(error: Exception) -> str:
    return (str(error) or type(error).__name__).split(" object at 0x")[0].strip("<'\"")


class Unpacker:
    """Unpacks entries of one archive, which together may not exceed the limits."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        """Nothing is read yet."""
        self.archive, self.limits = archive, limits
        self.bytes = self.elements = 0

    def read(self, name: str) -> bytes:
        """The bytes of an entry; raises ``UnreadableDocumentError`` as soon as a limit is passed."""
        parts = []
        with self.archive.open(name) as entry:
            while chunk := entry.read(_CHUNK):
                self._count(chunk)
                parts.append(chunk)
        return b"".join(parts)

    def _count(self, chunk: bytes) -> None:
        self.bytes += len(chunk)
        most = self.limits.max_unpacked_bytes
        if self.bytes > most:
            raise UnreadableDocumentError("bomb", limit=most // MEGABYTE)
        self.elements = self.limits.check_elements(chunk, self.elements)


def transitional(xml: bytes) -> bytes:
    """XML in the namespaces of Transitional Open XML, which all but a few files use; Strict Open XML has its own."""
    if b"purl.oclc.org/ooxml" not in xml:
        return xml
    return _STRICT.sub(lambda match: _LOOSE[match[1]], xml)
