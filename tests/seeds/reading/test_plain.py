"""decode: UTF-8 as it stands, other encodings only where the result reads like a language."""

import pytest

from seeds.reading.messages import UnreadableDocumentError
from seeds.reading.plain import REPLACEMENT, decode, reads_like_text

SIMPLIFIED = "今年将建成悦来中学等学校4所，新增学位1.2万个，完成老旧小区改造15个。"
TRADITIONAL = "今年將建成學校四所，新增學位一萬個，改造道路三十條，完成醫院擴建工程。"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_chinese_encodings(encoding: str) -> None:
    text, name = decode(SIMPLIFIED.encode(encoding))
    assert text == SIMPLIFIED
    assert name.replace("_", "-") in {encoding, "gb18030"}


def test_big5() -> None:
    assert decode(TRADITIONAL.encode("big5")) == (TRADITIONAL, "big5")


def test_gb18030_beyond_gbk() -> None:
    text = SIMPLIFIED + "㑇𬭎"
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_a_short_text_in_gbk() -> None:
    assert decode("建成学校".encode("gbk"))[0] == "建成学校"


def test_a_long_text_is_decoded_whole() -> None:
    text = "学" + SIMPLIFIED * 4000
    assert decode(text.encode("gbk"))[0] == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_are_borne(encoding: str) -> None:
    whole = SIMPLIFIED * 60
    assert decode(whole.encode(encoding) + b"\xff") == (whole + REPLACEMENT, encoding)


def test_many_broken_bytes_are_not() -> None:
    data = SIMPLIFIED.encode() + b"\xff\xfe\xff"
    with pytest.raises(UnreadableDocumentError):
        decode(data)


@pytest.mark.parametrize("data", [b"abc\0def", bytes(range(256)), b"\0" * 50])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        decode(data)
    assert caught.value.code == "binary"


@pytest.mark.parametrize("data", ["Le café d'été".encode("latin-1"), b"\xff\xfea", b"\x81\x82\x83" * 30])
def test_an_unknown_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        decode(data)
    assert caught.value.code == "encoding"


def test_reads_like_text() -> None:
    assert reads_like_text(SIMPLIFIED)
    assert reads_like_text("Built 5 schools — “done”, naïve café.")
    assert not reads_like_text("\ue000\ue123\ufffd" * 20)
