"""In which form a client wants a list: by the parameter ``format``, else by the Accept header."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotAcceptable

from projects.filters import Fault, Problem
from projects.filters.filters import CodeFilter, FlagFilter, StrictFilter

JSON = "application/json"
LABELS, CODES = "labels", "codes"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name as a parameter and as an ending, its media type, and whether it is a table."""

    name: str
    media_type: str
    is_table: bool

    @property
    def content_type(self) -> str:
        """The Content-Type header."""
        return self.media_type if self.ending == "xlsx" else f"{self.media_type}; charset=utf-8"

    @property
    def ending(self) -> str:
        """The ending of the file's name."""
        return {"office": "xlsx", "print": "html"}.get(self.name, self.name)


CSV = Format("csv", "text/csv", is_table=True)
XLSX = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_table=True)
NDJSON = Format("ndjson", "application/x-ndjson", is_table=False)
FORMATS = {one.name: one for one in (CSV, XLSX, NDJSON)}
# The offices' own sheet of commitments, as a workbook and on paper; a media type does not ask for it.
OFFICE = Format("office", XLSX.media_type, is_table=False)
PRINT = Format("print", "text/html", is_table=False)
SHEETS = {one.name: one for one in (OFFICE, PRINT)}
_BY_TYPE = {one.media_type: one for one in FORMATS.values()}


def _choices(*names: str) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


def format_filters(*, sheets: bool = False) -> dict[str, StrictFilter]:
    """Return the parameters that choose the kind of file and how a table is written."""
    return {
        "format": CodeFilter(
            choices=_choices("json", *FORMATS, *(SHEETS if sheets else ())),
            label=_(
                "格式：一页 JSON（默认），或不分页的整个列表：csv、xlsx、ndjson，也可用 Accept 头选择；"
                "承诺还有政府督查用表：office（工作簿，填好后可再导入）、print（打印）"
            )
            if sheets
            else _("格式：一页 JSON（默认），或不分页的整个列表：csv、xlsx、ndjson；也可用 Accept 头选择"),
            example="csv",
            narrowing=False,
        ),
        "lang": language_filter(),
        "header": CodeFilter(
            choices=_choices(LABELS, CODES),
            label=_("csv、xlsx 的表头用名称（默认）还是字段代码"),
            example=CODES,
            narrowing=False,
        ),
        "cells": CodeFilter(
            choices=_choices(CODES, LABELS),
            label=_(
                "csv、xlsx 的单元格用代码（默认），还是写成人读的名称：类别、状态、政府等的名称，是或否，可打开的网址"
            ),
            example=LABELS,
            narrowing=False,
        ),
        "bom": FlagFilter(
            label=_("csv 是否以字节顺序标记开头，供旧版 Excel 识别 UTF-8"), example="true", narrowing=False
        ),
    }


def language_filter() -> StrictFilter:
    """Return the parameter that chooses the language of a document."""
    return CodeFilter(
        choices=_choices(*(code for code, _name in settings.LANGUAGES)),
        label=_("csv、xlsx 表头的语言；默认依 Accept-Language"),
        example="en",
        narrowing=False,
    )


def misplaced(given: Mapping[str, Any], chosen: Format | None = None) -> Iterator[Problem]:
    """Yield what is asked of a table where the answer is none."""
    is_table = chosen is not None and chosen.is_table
    is_sheet = chosen is not None and chosen.name in SHEETS
    for name, other, fits in (
        ("fields", "format=json, format=csv, format=xlsx, format=ndjson", not is_sheet),
        ("lang", "format=csv, format=xlsx", is_table),
        ("header", "format=csv, format=xlsx", is_table),
        ("cells", "format=csv, format=xlsx", is_table),
        ("bom", "format=csv", chosen is CSV),
    ):
        if name in given and not fits:
            yield Problem(name, Fault.MISSING, _("只能与另一参数同用：%(other)s。") % {"other": other})


def negotiate(request: HttpRequest, *, files: bool) -> Format | None:
    """Return the kind of file that the client wants, None for JSON. Raises NotAcceptable where it wants neither."""
    names = request.GET.getlist("format") if files else []
    if names:
        return (FORMATS | SHEETS).get(names[0]) if len(names) == 1 else None
    chosen = request.get_preferred_type([JSON, *_BY_TYPE] if files else [JSON])
    if chosen is None:
        raise NotAcceptable
    return _BY_TYPE.get(chosen)
