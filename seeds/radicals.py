"""Look-alike radicals, which some programs write for the characters of a text."""

import re
import unicodedata

_RADICAL = re.compile("[\u2e80-\u2fdf]")
# Unicode maps most of the blocks 2E80 and 2F00 to characters; these simplified ones it leaves out.
_UNMAPPED = dict(
    zip(
        "⺁⺄⺈⺊⺌⺍⺗⺝⺟⺠⺤⺥⺩⺪⺬⺭⺮⺶⺷⺼⺾⻁⻄⻅⻆⻉⻋⻌⻍⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "厂乙刀卜小小心月母民爪爪王疋示示竹羊羊肉艹虎西见角贝车辶辶长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)


def _character(match: re.Match[str]) -> str:
    return _UNMAPPED.get(match[0]) or unicodedata.normalize("NFKC", match[0])


def unified(text: str) -> str:
    """The text with each radical as the character that it stands for; the length stays the same."""
    return _RADICAL.sub(_character, text)
