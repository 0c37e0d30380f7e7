"""A file is what it holds: whatever it is called, nothing else comes in under its name."""

import io
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from docx import Document
from openpyxl import Workbook
from pytest_django import Settings

from projects.models import Source
from projects.models.files import FILE_TYPES, TOO_LARGE, WRONG_CONTENT, check
from tests.factories import SourceFactory


def word() -> bytes:
    """Return a Word document."""
    file = io.BytesIO()
    Document().save(file)
    return file.getvalue()


def sheet() -> bytes:
    """Return an Excel workbook."""
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


def archive() -> bytes:
    """Return a ZIP archive that is no Office document."""
    file = io.BytesIO()
    with ZipFile(file, "w") as made:
        made.writestr("word/readme.txt", "x")
    return file.getvalue()


PDF = b"%PDF-1.7\n\x00\x01"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10"
PAGE = "<!doctype html><p>建成30所".encode()


def without_content(value: str | bytes) -> str:
    """Name a case by the file's name: contents that hold the time of their making differ in each process of a run."""
    return value if isinstance(value, str) else "content"


def fault(name: str, content: bytes) -> str | None:
    """Return the code of what is wrong with a file."""
    try:
        check(ContentFile(content, name=name))
    except ValidationError as error:
        return str(error.code)
    return None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("A.PDF", b"junk before it\n" + PDF),
        ("a.png", PNG),
        ("a.jpg", JPEG),
        ("a.jpeg", JPEG),
        ("a.docx", word()),
        ("a.xlsx", sheet()),
        ("a.txt", "建成30所。".encode()),
        ("a.txt", "建成30所。".encode("gb18030")),
        ("a.txt", "建成30所。".encode("utf-16")),
        ("a.txt", "字".encode() * 100_000),
        ("a.html", PAGE),
    ],
    ids=without_content,
)
def test_what_is_as_it_is_called_comes_in(name: str, content: bytes) -> None:
    assert fault(name, content) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PAGE),
        ("a.pdf", b"x" * 2000 + PDF),
        ("a.png", JPEG),
        ("a.jpg", PNG),
        ("a.jpg", b"MZ\x90\x00"),
        ("a.docx", archive()),
        ("a.docx", sheet()),
        ("a.xlsx", word()),
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xlsx", b"PK\x03\x04 [Content_Types].xml xl/workbook.xml broken"),
        ("a.txt", PDF),
        ("a.txt", "建成".encode()[:-1]),
        ("a.txt", "字".encode("utf-16")[:-1]),
        ("a.html", b"\xff\xfe\xfd\xfc\xfb"),
        ("a.html", b"<p>\x00"),
    ],
    ids=without_content,
)
def test_what_only_claims_to_be_is_refused(name: str, content: bytes) -> None:
    assert fault(name, content) == WRONG_CONTENT


def test_a_name_in_an_archive_is_found_across_its_pieces() -> None:
    content = word()
    for size in (7, 64, 1000):
        pieces = ContentFile(content, name="a.docx")
        pieces.DEFAULT_CHUNK_SIZE = size
        check(pieces)


def test_the_largest_comes_in_and_one_byte_more_does_not(settings: Settings) -> None:
    settings.EVIDENCE_FILE_BYTES = len(PDF)
    assert fault("a.pdf", PDF) is None
    assert fault("a.pdf", PDF + b"\n") == TOO_LARGE


@pytest.mark.parametrize("ending", ["csv", "ofd", "docm", "mhtml"])
def test_what_only_the_reader_takes_in_is_nobody_s_to_send(ending: str) -> None:
    assert fault(f"a.{ending}", PAGE) == WRONG_CONTENT
    assert ending not in FILE_TYPES


def test_a_name_of_no_kind_is_the_fields_own_matter() -> None:
    assert fault("a.exe", b"MZ") is None
    assert "exe" not in FILE_TYPES


@pytest.mark.django_db
def test_a_source_looks_into_a_new_file_only() -> None:
    row = SourceFactory.create(file="evidence/2021/gone.pdf")
    row.clean()
    row.file = ContentFile(PAGE, name="page.pdf")
    with pytest.raises(ValidationError) as refused:
        row.clean()
    assert list(refused.value.message_dict) == ["file"]
    assert "pdf, docx, xlsx" in refused.value.messages[0]
    assert Source.objects.get().file.name == "evidence/2021/gone.pdf"
