"""read: one way in, within bounds, every error naming file and fix."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from seeds.reading import Document, Limits, UnreadableDocumentError, read
from seeds.reading.messages import MESSAGES
from tests.seeds.reading.files import blank_pdf, docx_of, page_of, pdf_of

# Characters that a UTF-8 file can hold and that no word is made of without: all but surrogates and NUL.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=400)


def code_of(data: bytes, filename: str = "", limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        read(data, filename=filename, limits=limits)
    assert str(caught.value).startswith(filename)
    return caught.value.code


@given(texts)
def test_utf8_text_is_untouched(text: str) -> None:
    data = ("学" + text).encode()
    document = read(data, filename="a.txt")
    assert document.text == "学" + text
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.format, document.encoding, document.warnings) == ("text", "utf-8", ())


@pytest.mark.parametrize("text", ["\ufeff建成学校", "建成\r\n学校\r3所\n", "建成\u2028学校\x0c"])
def test_byte_order_mark_and_line_ends_stay(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode())
    assert read(path).text == text


def outcome(data: bytes, filename: str) -> Document | UnreadableDocumentError:
    try:
        return read(data, filename=filename)
    except UnreadableDocumentError as error:
        return error


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_named_error(data: bytes) -> None:
    found = outcome(data, "某.bin")
    if isinstance(found, Document):
        assert found.text.strip()
        assert found.sha256 == hashlib.sha256(found.text.encode()).hexdigest()
    else:
        assert found.code in MESSAGES
        assert found.text("zh").startswith("某.bin：")
        assert found.text("en").startswith("某.bin: ")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf\n", "　\n".encode()])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    assert code_of(data, "空.txt") == "empty"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError, match=r"none\.txt") as caught:
        read(tmp_path / "none.txt")
    assert caught.value.code == "missing"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read(tmp_path)
    assert caught.value.code == "missing"


REPORT = "某某区2025年政府工作报告\n一、重点工作\n" + "建成悦来中学等学校4所，新增学位1.2万个。\n" * 20
FILES = {
    "pdf": pdf_of(REPORT),
    "docx": docx_of(REPORT),
    "html": page_of(REPORT, charset="gbk").encode("gbk"),
    "text": REPORT.encode("utf-16"),
}
edits = st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=3), st.integers(0, 40)), min_size=1, max_size=8)


@pytest.mark.slow
@pytest.mark.parametrize("kind", FILES)
@given(changes=edits)
def test_a_damaged_file_gives_text_or_a_named_error(kind: str, changes: list[tuple[int, bytes, int]]) -> None:
    data = FILES[kind]
    for position, put, cut in changes:
        at = position % (len(data) + 1)
        data = data[:at] + put + data[at + cut :]
    found = outcome(data, "某.bin")
    if isinstance(found, Document):
        assert found.sha256 == hashlib.sha256(found.text.encode()).hexdigest()
    else:
        assert found.text().startswith("某.bin：")


def test_broken_bytes_are_told() -> None:
    data = "建成学校，新增学位，完成改造。".encode() * 100 + b"\xe5"
    assert [note.text() for note in read(data).warnings] == ["有 1 处字节已损坏，以 � 代替。"]


def test_size_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * 11)
    assert read(path, limits=Limits(max_bytes=11)).text == "a" * 11
    with pytest.raises(UnreadableDocumentError) as caught:
        read(path, limits=Limits(max_bytes=10))
    assert caught.value.code == "too_big"


def test_characters_are_bounded() -> None:
    assert code_of("学校".encode() * 6, limits=Limits(max_characters=11)) == "too_long"
    assert read("学校".encode() * 6, limits=Limits(max_characters=12)).text == "学校" * 6


def test_pages_are_bounded() -> None:
    data = pdf_of("建成学校3所。\n" * 80)
    assert code_of(data, limits=Limits(max_pages=1)) == "too_many_pages"


def test_unpacked_size_is_bounded() -> None:
    data = docx_of("建成学校3所。")
    assert code_of(data, limits=Limits(max_unpacked_bytes=10)) == "bomb"


def test_content_decides_before_the_name() -> None:
    text = "建成悦来中学等学校4所，新增学位1.2万个，改造城市道路30公里。"
    assert read(pdf_of(text), filename="a.txt").format == "pdf"
    assert read(docx_of(text), filename="a.txt").format == "docx"
    assert read(page_of(text).encode(), filename="a.txt").format == "html"
    assert read(text.encode(), filename="a.unknown").format == "text"


def test_a_page_without_text_is_told() -> None:
    assert code_of(blank_pdf(3), "扫描.pdf") == "scanned"


def test_every_message_is_in_both_languages() -> None:
    for code, (chinese, english) in MESSAGES.items():
        assert chinese.endswith("。"), code
        assert english.endswith("."), code
        assert english.isascii(), code
