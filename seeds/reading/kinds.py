"""What kind of file some bytes are: told by their content, and by the file's name where content cannot tell."""

import io
import re
import zipfile
from pathlib import PurePath

from seeds.reading.messages import UnreadableDocumentError

TEXT, HTML, PDF, DOCX, XLSX, CSV, OFD, MHTML = "text", "html", "pdf", "docx", "xlsx", "csv", "ofd", "mhtml"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A protected .docx is kept inside the container of the old formats, under this name in UTF-16.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OLD_OFFICE = {".xls": "Excel", ".et": "Excel", ".ppt": "PowerPoint", ".dps": "PowerPoint"}
_SIGNATURES = (
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
    (b"AT&TFORM", "DjVu"),
    (b"%!PS", "PostScript"),
)
_ZIPPED = (("word/", DOCX), ("xl/workbook.xml", XLSX), ("OFD.xml", OFD))
_ZIPPED_OTHER = (("xl/", "XLSB"), ("ppt/", "PowerPoint"), ("content.xml", "OpenDocument"))
_MAIL = re.compile(rb"^(?:MIME-Version|Content-Type):", re.IGNORECASE | re.MULTILINE)
_WEB_ARCHIVE = re.compile(rb"^Content-Type:\s*(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)
# What Word and Excel wrote before their formats became archives, and the one file into which they still put all parts.
_OFFICE_XML = (
    (b"http://schemas.microsoft.com/office/word/2003/wordml", "Word 2003 XML"),
    (b'progid="Word.Document"', "Word XML"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "Excel 2003 XML"),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", "Word XML"),
)
_SIGNED = frozenset({".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".ofd"})
_TABLES = frozenset({".csv", ".tsv"})
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|table|p|h[1-6])[\s/>]", re.IGNORECASE)
_HTML_NAMES = frozenset({".html", ".htm", ".shtml", ".xhtml", ".jsp", ".aspx"})
_HEAD = 4096


def kind_of(data: bytes, filename: str = "") -> str:
    """Return one of the kinds above; raises ``UnreadableDocumentError``, which names it, for anything else it knows."""
    suffix = PurePath(filename).suffix.lower()
    head = data[:_HEAD]
    if b"%PDF-" in head:
        return PDF
    if data.startswith(_OLE):
        raise _old_office(data, suffix)
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    _refuse_other(head, suffix)
    if _MAIL.search(head) and _WEB_ARCHIVE.search(head):
        return MHTML
    if _is_markup(data, suffix):
        return HTML
    return CSV if suffix in _TABLES else TEXT


def _old_office(data: bytes, suffix: str) -> UnreadableDocumentError:
    if _ENCRYPTED_PACKAGE in data:
        return UnreadableDocumentError("encrypted")
    if suffix in _OLD_OFFICE:
        return UnreadableDocumentError("unsupported", format=_OLD_OFFICE[suffix])
    return UnreadableDocumentError("old_word")


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableDocumentError("broken", format="DOCX", reason=str(error)) from error
    for start, kind in _ZIPPED:
        if any(name.startswith(start) for name in names):
            return kind
    other = next((kind for start, kind in _ZIPPED_OTHER for name in names if name.startswith(start)), "ZIP")
    raise UnreadableDocumentError("unsupported", format=other)


def _refuse_other(head: bytes, suffix: str) -> None:
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            raise UnreadableDocumentError("unsupported", format=name)
    for mark, name in _OFFICE_XML:
        if mark in head:
            raise UnreadableDocumentError("unsupported", format=name)
    if suffix in _SIGNED and head.strip():
        raise UnreadableDocumentError("broken", format=suffix[1:].upper(), reason="no file signature")
    if suffix in {".doc", ".wps"} and b"\0" in head:
        raise UnreadableDocumentError("old_word")


def _is_markup(data: bytes, suffix: str) -> bool:
    # UTF-16 pages: without its NULs the markup, being ASCII, reads the same.
    head = data[: 2 * _HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if suffix in _HTML_NAMES:
        return b"<" in data
    return (head.startswith((b"<!", b"<?xml")) and bool(_MARKUP.search(head))) or bool(_MARKUP.match(head))
