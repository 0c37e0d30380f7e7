"""Texts and figures in the reader's language: 4867.7万人次 in Chinese, 48.677 million person-times in English."""

from decimal import Decimal

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from projects.choices import Comparator
from projects.language import is_english

_WAN, _YI, _MILLION, _BILLION = Decimal(10**4), Decimal(10**8), Decimal(10**6), Decimal(10**9)

# Measure words that English has a word for; the others only count, and the title says what.
UNITS: dict[str, Promise] = {
    "年": gettext_lazy("年"),
    "天": gettext_lazy("天"),
    "小时": gettext_lazy("小时"),
    "分钟": gettext_lazy("分钟"),
    "岁": gettext_lazy("岁"),
    "人": gettext_lazy("人"),
    "名": gettext_lazy("名"),
    "人次": gettext_lazy("人次"),
    "户": gettext_lazy("户"),
    "元": gettext_lazy("元"),
    "美元": gettext_lazy("美元"),
    "米": gettext_lazy("米"),
    "公里": gettext_lazy("公里"),
    "千米": gettext_lazy("千米"),
    "平方米": gettext_lazy("平方米"),
    "平方公里": gettext_lazy("平方公里"),
    "立方米": gettext_lazy("立方米"),
    "亩": gettext_lazy("亩"),
    "公顷": gettext_lazy("公顷"),
    "吨": gettext_lazy("吨"),
    "公斤": gettext_lazy("公斤"),
    "千瓦": gettext_lazy("千瓦"),
    "兆瓦": gettext_lazy("兆瓦"),
    "千瓦时": gettext_lazy("千瓦时"),
    "套": gettext_lazy("套"),
    "辆": gettext_lazy("辆"),
    "艘": gettext_lazy("艘"),
    "栋": gettext_lazy("栋"),
    "株": gettext_lazy("株"),
    "场": gettext_lazy("场"),
    "处": gettext_lazy("处"),
    "次": gettext_lazy("次"),
}
COUNTERS = frozenset("个所条座家张大台宗口项件间只支批对部班门类级位份根") | {"个（条）"}


def plain_number(number: Decimal) -> str:
    """Return the number with its decimals but no trailing zeros, thousands apart: 12,000 or 4.5."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def chinese_number(number: Decimal) -> str:
    """Return the number as Chinese reports write it, in 万 and 亿 from ten thousand up: 1.2万, 4.5亿."""
    for step, word in ((_YI, "亿"), (_WAN, "万")):
        if abs(number) >= step:
            return f"{plain_number(number / step)}{word}".replace(",", "")
    return plain_number(number).replace(",", "")


def english_number(number: Decimal) -> str:
    """Return the number as English papers write it: 12,000, 48.677 million, 4.93 billion."""
    for step, word in ((_BILLION, "billion"), (_MILLION, "million")):
        if abs(number) >= step:
            return f"{plain_number(number / step)} {word}"
    return plain_number(number)


def figure(quantity: Decimal, unit: str | None, comparator: str | None, *, english: bool) -> SafeString:
    """Return a figure with its measure word and bound, ready for a page.

    In English a measure word that only counts is left out, and one that has no translation keeps its Chinese form,
    marked as Chinese.
    """
    number = english_number(quantity) if english else chinese_number(quantity)
    return format_html(_bound(comparator), _with_unit(number, unit or "", english=english))


def _with_unit(number: str, unit: str, *, english: bool) -> SafeString:
    if not english:
        return format_html("{}{}", number, unit)
    if not unit or unit in COUNTERS:
        return format_html("{}", number)
    if unit == "%":
        return format_html("{}%", number)
    if unit in UNITS:
        return format_html("{} {}", number, UNITS[unit])
    return format_html('{} <span lang="zh-Hans">{}</span>', number, unit)


def _bound(comparator: str | None) -> str:
    bounds = {Comparator.GTE: _("不少于 {}"), Comparator.LTE: _("不超过 {}"), Comparator.APPROX: _("约 {}")}
    return bounds.get(Comparator(comparator), "{}") if comparator else "{}"


def plain(row: Model, field: str) -> str:
    """Return a text of the row in the page's language, the Chinese one where there is no English: for attributes."""
    chinese: str = getattr(row, field)
    english: str = getattr(row, f"{field}_en")
    return english if english and is_english() else chinese
