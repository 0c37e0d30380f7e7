"""The stages in order: text to statements."""

import re
from datetime import date

from seeds.extract.heading import heading_of
from seeds.extract.statement import Statement

EXTRACTOR_VERSION = "0.1.0"
_CLAUSE = re.compile(r"[^，。；！？：\n]+")
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)\s*(万|亿)?\s*(所|个|公里|平方米|套|户|人次|人|张|%|天|亩|元|座|条)")
_HEADS = {"学": "education", "幼儿园": "education", "医": "health", "路": "transport", "停车": "transport",
          "房": "housing", "小区": "housing", "绿": "environment", "公园": "environment", "农": "rural"}


def extract(text: str, *, year: int | None = None, jurisdiction: str | None = None) -> list[Statement]:
    """Find every statement of a report, ordered by start."""
    year = year or heading_of(text).year
    found = []
    for clause in _CLAUSE.finditer(text):
        figure = _FIGURE.search(clause[0])
        if figure is None:
            continue
        category = next((slug for word, slug in _HEADS.items() if word in clause[0]), "economy")
        number = float(figure[1]) * {"万": 1e4, "亿": 1e8, None: 1}[figure[2]]
        quote = clause[0].strip()
        start = clause.start() + clause[0].index(quote)
        found.append(Statement("commitment", start, start + len(quote), quote, "", category, "complete",
                               int(number) if number == int(number) else number, figure[3], "eq",
                               date(year, 12, 31) if year else None, (), quote, "implied" if year else None,
                               ("fig.count",), 0.5))
    return found
