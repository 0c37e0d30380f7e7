"""kind_of: content first, then the name."""

import pytest

from seeds.reading.kinds import kind_of
from seeds.reading.messages import UnreadableDocumentError
from tests.seeds.reading.files import zip_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "filename", "kind"),
    [
        (b"%PDF-1.7\n", "", "pdf"),
        (b"\n\n%PDF-1.4\n", "report.txt", "pdf"),
        (zip_of(word__document_xml=b"<x/>"), "report", "docx"),
        (zip_of(xl__workbook_xml=b"<x/>"), "report.docx", "xlsx"),
        (zip_of(OFD_xml=b"<x/>", Doc_0__Document_xml=b"<x/>"), "report.zip", "ofd"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", "", "mhtml"),
        ("序号,任务".encode(), "tasks.csv", "csv"),
        (b"<!DOCTYPE html>\n<html>", "", "html"),
        (b"\xef\xbb\xbf  <HTML lang=zh>", "", "html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html>', "", "html"),
        (b"<!-- saved page --><html><body>", "", "html"),
        (b"<p>one</p>", "", "html"),
        ("<html><p>建成</p>".encode("utf-16"), "", "html"),
        (b"plain <b>words</b>", "page.html", "html"),
        (b"plain <b>words</b>", "page.txt", "text"),
        (b"no markup at all", "page.html", "text"),
        (b"<price> 3 < 5", "", "text"),
        ("建成学校".encode(), "report.pdf.txt", "text"),
        ("建成学校".encode(), "saved-as-text.doc", "text"),
    ],
)
def test_kind(data: bytes, filename: str, kind: str) -> None:
    assert kind_of(data, filename) == kind


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (OLE, "report.doc", "old_word"),
        (OLE, "", "old_word"),
        (OLE, "figures.xls", "unsupported"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "report.docx", "encrypted"),
        (b"\x00\x01binary", "report.doc", "old_word"),
        (b"{\\rtf1 text}", "report.doc", "unsupported"),
        (b"\x89PNG\r\n\x1a\n", "page.png", "unsupported"),
        (b"\xff\xd8\xff\xe0", "page.jpg", "unsupported"),
        (b"PK\x03\x04 cut off", "report.docx", "broken"),
        (zip_of(xl__workbook_bin=b"x"), "figures.xlsb", "unsupported"),
        (zip_of(content_xml=b"<x/>"), "report.odt", "unsupported"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "report.doc", "unsupported"),
        (zip_of(notes=b"x"), "report.zip", "unsupported"),
        (b"no signature", "report.pdf", "broken"),
        (b"no signature", "report.docx", "broken"),
    ],
)
def test_refused(data: bytes, filename: str, code: str) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        kind_of(data, filename)
    assert caught.value.code == code
