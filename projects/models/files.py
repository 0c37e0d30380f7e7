"""Which files may come with evidence, as told by what they hold, whatever they are called."""

import codecs
import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, TypeAlias
from zipfile import is_zipfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

AnyFile: TypeAlias = "File[Any]"

# A PDF may have something before its first line, but no reader looks further than this.
_HEAD = 1024
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BOMS_OF_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _head(file: AnyFile) -> bytes:
    file.seek(0)
    head: bytes = file.read(_HEAD)
    return head


def _begins(mark: bytes) -> Callable[[AnyFile], bool]:
    return lambda file: _head(file).startswith(mark)


def _office(part: bytes) -> Callable[[AnyFile], bool]:
    """Say whether a file is an Office document: a ZIP archive with a list of types and a main part of this name.

    Names stand in an archive as they are, so they are looked for without reading its directory: one that somebody
    made to be endless costs nothing.
    """
    return lambda file: is_zipfile(file) and _contains(file, b"[Content_Types].xml") and _contains(file, part)


def _contains(file: AnyFile, mark: bytes) -> bool:
    kept = b""
    for chunk in file.chunks():
        kept += chunk
        if mark in kept:
            return True
        kept = kept[-len(mark) :]
    return False


def _text(file: AnyFile) -> bool:
    """Say whether a file is text in one of the encodings that Chinese offices use."""
    if _head(file).startswith(_BOMS_OF_UTF_16):
        return _reads(file, "utf-16")
    return _reads(file, "utf-8") or _reads(file, "gb18030")


def _reads(file: AnyFile, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        clean = all(not _CONTROLS.search(decoder.decode(chunk)) for chunk in file.chunks())
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return clean


_HOLDS: Mapping[str, Callable[[AnyFile], bool]] = {
    "pdf": lambda file: b"%PDF-" in _head(file),
    "docx": _office(b"word/document"),
    "xlsx": _office(b"xl/workbook"),
    "txt": _text,
    "html": _text,
    "jpg": _begins(b"\xff\xd8\xff"),
    "jpeg": _begins(b"\xff\xd8\xff"),
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
}
FILE_TYPES = list(_HOLDS)
# What the reader takes in besides, and keeps as the copy of the source that it makes.
_READ_TYPES = ("htm", "shtml", "mht", "mhtml", "csv", "tsv", "md", "docm", "xlsm", "ofd")
KEPT_TYPES = [*FILE_TYPES, *_READ_TYPES]
TOO_LARGE, WRONG_CONTENT = "too_large", "wrong_content"


def check(file: AnyFile) -> None:
    """Refuse a file that is too large, or not what its name says it is. Raises ValidationError.

    A name that ends in none of KEPT_TYPES is left to the field's own validator.
    """
    if file.size > settings.EVIDENCE_FILE_BYTES:
        raise ValidationError(too_large(), code=TOO_LARGE)
    ending = PurePath(file.name or "").suffix[1:].lower()
    if ending in _READ_TYPES or (ending in _HOLDS and not _HOLDS[ending](file)):
        raise ValidationError(wrong_content(ending), code=WRONG_CONTENT)
    file.seek(0)


def is_new(file: FieldFile) -> bool:
    """Say whether a file waits to be stored, by Django's own mark of it."""
    return bool(file) and not getattr(file, "_committed", True)


def too_large() -> str:
    return _("文件超过 %(limit)s。请压缩或拆分后再传。") % {"limit": filesizeformat(settings.EVIDENCE_FILE_BYTES)}


def wrong_content(ending: str) -> str:
    """Return what to say of a file that does not hold what its name says."""
    detail = _("文件的内容不是 %(ending)s。可以是：%(allowed)s，内容须与扩展名相符。")
    return detail % {"ending": ending, "allowed": ", ".join(FILE_TYPES)}
