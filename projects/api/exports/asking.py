"""What may be asked of an export: all that narrows and orders the list, and the shape of the file."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from projects.api.exports.formats import CSV, FORMATS, Format
from projects.filters import Asked, BadQuery, Fault, Listing, Parameter, Problem
from projects.filters.fields import CodeField, FlagField

JSON_NAME = "json"
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LABELS, CODES = "labels", "codes"
# Where a page begins and how long it is says nothing of a whole list.
_OF_PAGES = ("page_size", "cursor", "count")


def _codes(*names: str) -> CodeField:
    return CodeField(choices=[(name, name) for name in names])


def shape_parameters() -> dict[str, Parameter]:
    """Return the parameters that choose the kind of file and how a table is written."""
    formats = _("格式：一页 JSON（默认），或不分页的整个列表：csv、xlsx、ndjson；也可用 Accept 头选择")
    return {
        "format": Parameter(_codes(JSON_NAME, *FORMATS), formats, example="csv"),
        "lang": Parameter(_codes(*LANGUAGES), _("csv、xlsx 表头的语言；默认依 Accept-Language"), example="en"),
        "header": Parameter(_codes(LABELS, CODES), _("csv、xlsx 的表头用名称（默认）还是字段代码"), example=CODES),
        "cells": Parameter(
            _codes(CODES, LABELS),
            _("csv、xlsx 的单元格用代码（默认），还是写成人读的名称：类别、状态、政府等的名称，是或否，可打开的网址"),
            example=LABELS,
        ),
        "bom": Parameter(FlagField(), _("csv 是否以字节顺序标记开头，供旧版 Excel 识别 UTF-8"), example="true"),
    }


@dataclass(frozen=True, eq=False)
class FormattedListing(Listing):
    """A list page by page that says that it can also be had as a file."""

    def controls(self) -> dict[str, Parameter]:
        """Add the choice of the format."""
        return {**super().controls(), **shape_parameters()}

    def ask(self, data: QueryDict, *, today: date, blanks: bool = False) -> Asked:
        """Read a query string; what only shapes tables is refused. Raises BadQuery."""
        asked = super().ask(data, today=today, blanks=blanks)
        _refuse(_misplaced(data, None))
        return asked


@dataclass(frozen=True, eq=False)
class WholeListing(Listing):
    """A list as a file: all its rows, without pages."""

    def controls(self) -> dict[str, Parameter]:
        """Leave out what pages need, and add how the file is written."""
        kept = {name: parameter for name, parameter in super().controls().items() if name not in _OF_PAGES}
        return {**kept, **shape_parameters()}


@dataclass(frozen=True, slots=True)
class Whole:
    """A validated export: what narrows it, the kind of file, and how a table is written."""

    asked: Asked
    format: Format
    language: str
    codes: bool
    named: bool
    bom: bool

    @property
    def rows(self) -> "QuerySet[Any]":
        """The rows without their order."""
        return self.asked.rows.order_by()


def formatted(listing: Listing) -> FormattedListing:
    """Return the list with the parameters of its formats."""
    return FormattedListing(**_members(listing))


def whole(listing: Listing) -> WholeListing:
    """Return the list as it is asked for as a file."""
    return WholeListing(**_members(listing))


def _members(listing: Listing) -> dict[str, Any]:
    return {field.name: getattr(listing, field.name) for field in fields(Listing)}


def ask(listing: WholeListing, data: QueryDict, kind: Format, *, language: str, today: date) -> Whole:
    """Read a query string; ``language`` is that of a table that is asked for in none. Raises BadQuery."""
    asked = listing.ask(data, today=today)
    _refuse(_misplaced(data, kind))
    return Whole(
        asked,
        kind,
        data.get("lang") or language,
        codes=data.get("header") == CODES,
        named=data.get("cells") == LABELS,
        bom=data.get("bom") == "true",
    )


def _misplaced(data: QueryDict, kind: Format | None) -> Iterator[Problem]:
    """Yield what is asked of a table when the answer is none."""
    is_table = kind is not None and kind.table
    for name, other, fits in (
        ("lang", "format=csv, format=xlsx", is_table),
        ("header", "format=csv, format=xlsx", is_table),
        ("cells", "format=csv, format=xlsx", is_table),
        ("bom", "format=csv", kind is CSV),
    ):
        if name in data and not fits:
            yield Problem(name, Fault.MISSING, _("只能与另一参数同用：%(other)s。") % {"other": other})


def _refuse(problems: Iterator[Problem]) -> None:
    found = list(problems)
    if found:
        raise BadQuery(found)
