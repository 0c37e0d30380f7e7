"""Numbers in Chinese characters: 二〇二五, 一百二十, 两千三百, 三万五千, 百分之三点五."""

from seeds.extract.statement import Quantity

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "○": 0, "O": 0}
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def _whole(text: str) -> int | None:
    """A whole number, by place (一百二十) or digit by digit (二〇二五)."""
    if all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    total = part = digit = 0
    for char in text:
        power = POWERS.get(char)
        if power is None:
            if char not in DIGITS:
                return None
            digit = DIGITS[char]
        elif power < POWERS["万"]:
            part, digit = part + (digit or 1) * power, 0
        else:
            total, part, digit = total + max(part + digit, 1) * power, 0, 0
    if digit and len(text) > 1 and text[-2] in POWERS and text[-2] != "十":
        # 两千三 is 2300, 一百二 is 120.
        digit *= POWERS[text[-2]] // 10
    return total + part + digit


def number_of(text: str) -> Quantity | None:
    """The number that Chinese numerals or digits write; ``None`` where they write none."""
    if not text:
        return None
    if text.isdigit() and text.isascii():
        return int(text)
    whole, point, places = text.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return value
    if not places or not all(char in DIGITS for char in places):
        return None
    return float(f"{value}.{''.join(str(DIGITS[char]) for char in places)}")
