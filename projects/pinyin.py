"""The stored sort key of Chinese names: PostgreSQL without ICU cannot sort them as people expect."""

from pypinyin import Style, lazy_pinyin


def sort_key(name: str) -> str:
    """Return the name's pinyin with tone numbers, syllables apart, in lower case: 渝北 → "yu2 bei3"."""
    return " ".join(lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True)).lower()
