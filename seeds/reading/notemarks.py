"""Note marks: raised digits and signs that point to a note and are no part of what is said."""

import re

_MARK = re.compile(r"\s*[\[［〔【(（]?\s*(?:\d{1,3}|[①-⓿❶-➓*＊※†‡⁰¹²³⁴-⁹]+|注\d{0,3})\s*[\]］〕】)）]?\s*")
# m², km², cm³ and their like: the digit is an exponent.
_MEASURE = re.compile(r"(?:^|[^A-Za-z])(?:m|km|cm|mm|dm|hm|μm|CO|PM|R)$")


def is_note_mark(before: str, raised: str) -> bool:
    """Whether a raised text behind ``before`` points to a note, rather than being an exponent."""
    return bool(_MARK.fullmatch(raised)) and not _MEASURE.search(before[-4:])
