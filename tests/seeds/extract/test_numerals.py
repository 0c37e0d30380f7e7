import pytest
from hypothesis import given, strategies as st

from seeds.extract.numerals import number_of

_DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二〇三〇", 2030),
        ("二○二七", 2027),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百二", 120),
        ("一百二十", 120),
        ("两千三百", 2300),
        ("两千三", 2300),
        ("一千零五", 1005),
        ("三万", 30000),
        ("三万五", 35000),
        ("两万三千四百", 23400),
        ("一亿二千万", 120000000),
        ("三点五", 3.5),
        ("九十六点八", 96.8),
        ("2027", 2027),
    ],
)
def test_values(text: str, value: float) -> None:
    assert number_of(text) == value


@pytest.mark.parametrize("text", ["", "年", "三点", "三点十", "三所"])
def test_no_numbers(text: str) -> None:
    assert number_of(text) is None


@given(st.integers(1, 9999))
def test_every_number_below_ten_thousand_is_read_back(value: int) -> None:
    words = ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            words += _DIGITS[digit] + name
        elif words and not words.endswith("零"):
            words += "零"
    assert number_of(words.rstrip("零")) == value
