"""Files that would take much time or memory are refused as soon as it shows, and by name."""

import io
import zipfile
import zlib

import pytest

from seeds.reading import Limits, UnreadableDocumentError, read
from tests.seeds.reading.files import workbook, zip_of

HEADER = ["序号", "目标任务", "责任单位"]
WORD = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{}</w:body></w:document>"


def word(body: str) -> bytes:
    return WORD.format(body).encode()


def packed_pdf(drawing: bytes) -> bytes:
    """A PDF of one page with this drawing, packed."""
    packed = zlib.compress(drawing)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length "
        + str(len(packed)).encode()
        + b">>stream\n"
        + packed
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
    )


def styled(looks: int) -> bytes:
    """A workbook that defines so many looks of cells."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(HEADER))) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in book.namelist():
            part = book.read(name)
            copy.writestr(name, part.replace(b"<cellXfs", b"<x/>" * looks + b"<cellXfs") if "styles" in name else part)
    return out.getvalue()


TENFOLD = [f"&a{number};" * 10 for number in range(8)]
ENTITIES = "".join(f"<!ENTITY a{number} '{text}'>" for number, text in enumerate(["a" * 10, *TENFOLD]))
ENTITIES = f"<!DOCTYPE x [{ENTITIES}]>"
ATTRIBUTES = " ".join(f"a{number}=''" for number in range(2_300_000))


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        pytest.param(zip_of(word__document_xml=word("<w:p/>" * 1_100_000)), "", "too_many_elements", id="paragraphs"),
        pytest.param(
            zip_of(word__document_xml=word(f"<w:p {ATTRIBUTES}/>")), "",
            "too_many_elements", id="attributes",
        ),
        pytest.param(zip_of(word__document_xml=b" " * 40_000_000), "", "bomb", id="blanks"),
        pytest.param(zip_of(word__document_xml=word("<w:sdt>" * 9_000 + "</w:sdt>" * 9_000)), "", "broken", id="depth"),
        pytest.param(
            zip_of(word__document_xml=ENTITIES.encode() + word("<w:p><w:r><w:t>&a8;</w:t></w:r></w:p>")),
            "", "broken", id="entities",
        ),
        pytest.param(styled(250_000), "", "too_many_elements", id="looks of cells"),
        pytest.param(b"<html><body>" + b"<p>" * 1_100_000, "", "too_many_elements", id="tags"),
        pytest.param(
            b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n' + b"--b\n\na\n" * 21_000, "",
            "too_many_elements", id="parts",
        ),
        pytest.param("新\n".encode() * 1_100_000, "", "too_long", id="lines"),
        pytest.param(b"," * 2_100_000, "a.csv", "too_long", id="cells"),
        pytest.param(packed_pdf(b" " * 40_000_000), "", "bomb", id="drawing"),
    ],
)  # fmt: skip
def test_a_small_file_that_would_take_much_memory_is_refused(data: bytes, name: str, code: str) -> None:
    assert len(data) < 8_000_000
    with pytest.raises(UnreadableDocumentError) as caught:
        read(data, filename=name)
    assert caught.value.code == code


def test_what_is_packed_inside_an_archive_stays_packed() -> None:
    inner = zip_of(word__document_xml=b" " * 40_000_000)
    outer = zip_of(word__document_xml=word("<w:p><w:r><w:t>新建学校</w:t></w:r></w:p>"), word__embeddings__a_docx=inner)
    assert read(outer).text == "新建学校\n"


def test_cells_that_claim_a_million_places_take_no_time() -> None:
    rows = "<tr><td colspan=1000 rowspan=65534>新建学校</td><td>区教委</td></tr>" * 300
    assert read(f"<html><body><table>{rows}</table></body></html>".encode()).text.startswith("新建学校")


def test_a_drawing_of_usual_size_is_measured_and_read() -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read(packed_pdf(b" " * 1_000_000))
    assert caught.value.code == "scanned"


def test_an_archive_is_measured_while_it_is_unpacked() -> None:
    empty = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
    bomb = zip_of(word__document_xml=empty + b"<w:p/>" * 300_000 + b"</w:body></w:document>")
    assert len(bomb) < 10_000
    with pytest.raises(UnreadableDocumentError) as caught:
        read(bomb, limits=Limits(max_elements=100_000))
    assert caught.value.code == "too_many_elements"


def test_a_size_that_an_archive_declares_falsely_does_not_help_it() -> None:
    bomb = bytearray(zip_of(word__document_xml=b"0" * 3_000_000))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = bomb.find(mark) + offset
        bomb[at : at + 4] = (100).to_bytes(4, "little")
    with pytest.raises(UnreadableDocumentError) as caught:
        read(bytes(bomb), limits=Limits(max_unpacked_bytes=2_000_000))
    assert caught.value.code in {"broken", "bomb"}
