"""Bytes to characters: UTF-8 as it stands, everything else only where the result reads like a language."""

import codecs
import re

from charset_normalizer import from_bytes

from seeds.reading.messages import UnreadableDocumentError

_CANDIDATES = ["utf_8", "gb18030", "big5", "utf_16", "utf_16_le", "utf_16_be", "utf_32"]
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
# The first part of a file decides its encoding; the whole must then decode by it.
_SAMPLE = 64 * 1024
_COMMON = re.compile(
    r"[\s\x20-\x7e\u00a0-\u00ff\u0370-\u03ff\u2010-\u2044\u2100-\u22ff\u2460-\u25ff\u3000-\u303f\u3400-\u4dbf"
    r"\u4e00-\u9fff\uff00-\uffef\U00020000-\U0003ffff]"
)
# Level 1 of GB/T 2312 holds the 3,755 most frequent characters, which make up nearly all of any Chinese text;
# the same bytes wrongly decoded scatter over the rare ones.
_LEVEL_1_BYTES = frozenset(bytes([lead]) for lead in range(0xB0, 0xD8))
_MOSTLY = 0.9
# What stands for broken bytes, and how large a share of the text it may be.
REPLACEMENT = "\ufffd"
_BEARABLE = 0.001


def reads_like_text(text: str) -> bool:
    """Whether nearly all characters are ones that Chinese or Latin prose uses; a garbled text fails."""
    sample = text[:_SAMPLE]
    return len(_COMMON.findall(sample)) >= _MOSTLY * len(sample)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding's name. UTF-8 is kept to the code point, byte order mark and line ends too."""
    mark = next((name for bom, name in _MARKS if data.startswith(bom)), None)
    if mark:
        return _checked(_strictly(data, mark)), mark
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)
    if "\0" not in text:
        return text, "utf-8"
    return _guessed(data)


def _guessed(data: bytes) -> tuple[str, str]:
    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    names = [best.encoding] if best else []
    # A sample cut in the middle of a character, or a very short one, can leave the guess empty.
    for name in [*names, "gb18030"]:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and reads_like_text(text) and (name != "gb18030" or _is_chinese(text)):
            return text, name
    return _with_damage(data)


def _with_damage(data: bytes) -> tuple[str, str]:
    """Decode a file with a few broken bytes, each shown as U+FFFD; anything worse is refused."""
    for name in ("utf-8", "gb18030"):
        text = data.decode(name, "replace")
        broken = text.count(REPLACEMENT)
        if "\0" not in text and broken <= len(text) * _BEARABLE and reads_like_text(text) and _is_chinese(text):
            return text, name
    raise UnreadableDocumentError("binary" if b"\0" in data else "encoding")


def _is_chinese(text: str) -> bool:
    wide = [character for character in text[:_SAMPLE] if "\u4e00" <= character <= "\u9fff"]
    frequent = sum(character.encode("gb2312", "ignore")[:1] in _LEVEL_1_BYTES for character in wide)
    return frequent >= _MOSTLY * len(wide)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError("encoding") from error


def _checked(text: str) -> str:
    if "\0" in text:
        raise UnreadableDocumentError("binary")
    if not reads_like_text(text):
        raise UnreadableDocumentError("encoding")
    return text
