"""Days and stretches of time in words: 近 5 年（1795 天）, 2024 年内, 晚 2 至 3 年."""

import calendar
import re
from datetime import date

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from projects.choices import Precision
from projects.rules import earliest

# Fewer days than these are told as days alone.
_FEW = 60
_YEAR = 365
_MONTH = 30.4375
# From so many days on, a length is told in years.
_ABOUT_A_YEAR = 347
# Chinese is set apart from figures and Latin words by a blank, not from itself.
_BLANK_IN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


def closed_up(text: str) -> str:
    """Return a text that was put together of phrases, without blanks between Chinese characters."""
    return _BLANK_IN_CHINESE.sub("", text)


def days(number: int) -> str:
    """Return a number of days: 25 天."""
    return ngettext("%(shown)s 天", "%(shown)s 天", number) % {"shown": intcomma(number)}


def length(number: int) -> str:
    """Return how long so many days are: 25 天, 约 4 个月（120 天）, 近 5 年（1795 天）."""
    if number < _FEW:
        return days(number)
    return _("%(length)s（%(days)s）") % {"length": in_words(number), "days": days(number)}


def in_words(number: int) -> str:
    """Return so many days in months or years, no more exact than words are: 近 5 年."""
    if number < _FEW:
        return days(number)
    if number < _ABOUT_A_YEAR:
        months = round(number / _MONTH)
        return ngettext("约 %(number)s 个月", "约 %(number)s 个月", months) % {"number": months}
    whole, rest = divmod(number / _YEAR, 1)
    years = int(whole)
    if rest < 0.02:
        return _years(years)
    if rest < 0.25:
        return ngettext("%(number)s 年多", "%(number)s 年多", years) % {"number": years}
    if rest < 0.75:
        return ngettext("约 %(number)s 年半", "约 %(number)s 年半", years) % {"number": years}
    return _("近 %(length)s") % {"length": _years(years + 1)}


def _years(number: int) -> str:
    return ngettext("%(number)s 年", "%(number)s 年", number) % {"number": number}


def _months(number: int) -> str:
    return ngettext("%(number)s 个月", "%(number)s 个月", number) % {"number": number}


def when(day: date, precision: str) -> str:
    """Return when something happened, as exactly as that is known: 2022-01-25, 2024 年内, 不晚于 2022-10-21."""
    if precision == Precision.MONTH:
        return date_format(day, _("Y 年 n 月内"))
    if precision == Precision.QUARTER:
        return _("%(year)s 年第 %(quarter)s 季度内") % {"year": day.year, "quarter": (day.month + 2) // 3}
    if precision == Precision.YEAR:
        return date_format(day, _("Y 年内"))
    return _("不晚于 %(day)s") % {"day": day.isoformat()} if precision == Precision.BY else day.isoformat()


def lateness(due_on: date, happened_on: date, precision: str) -> str:
    """Return by how much something came too late: 晚 25 天 of a known day, else in words: 晚 2 至 3 年.

    It must have come too late for certain, and no later than a year may be known.
    """
    first = earliest(happened_on, precision) or happened_on
    if first == happened_on:
        number = (happened_on - due_on).days
        exact = ngettext("晚 %(shown)s 天", "晚 %(shown)s 天", number) % {"shown": intcomma(number)}
        return exact if number < _FEW else _("%(exact)s（%(words)s）") % {"exact": exact, "words": in_words(number)}
    (least, _whole), (most, ends) = _months_between(due_on, first), _months_between(due_on, happened_on)
    return _range(least, most if ends else most + 1)


def _range(least: int, most: int) -> str:
    """Return a lateness between so many months, in years where both are whole years."""
    in_years = least % 12 == most % 12 == 0
    low, high = (least // 12, most // 12) if in_years else (least, most)
    longest = _years(high) if in_years else _months(high)
    if not low:
        return _("晚不超过 %(longest)s") % {"longest": longest}
    return _("晚 %(least)s 至 %(longest)s") % {"least": low, "longest": longest}


def _months_between(start: date, end: date) -> tuple[int, bool]:
    """Return the whole months between two days, and whether nothing is left; the end of a month meets that of any."""
    months = (end.year - start.year) * 12 + end.month - start.month
    last = calendar.monthrange(end.year, end.month)[1]
    ends_month = start.day == calendar.monthrange(start.year, start.month)[1]
    day = last if ends_month else min(start.day, last)
    return (months - 1, False) if end.day < day else (months, end.day == day)
