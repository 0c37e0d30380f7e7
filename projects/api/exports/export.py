"""The answer to a request for a whole list as a file."""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import quote

import orjson
from django.conf import settings
from django.db import Error
from django.db.models import Model
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _, override

from projects.api.dataset import TODAY
from projects.api.exports.formats import CODES, LABELS, NDJSON, OFFICE, PRINT, SHEETS, XLSX, Format, misplaced
from projects.api.exports.row_batches import ExportRows
from projects.api.exports.table import LabelFormatter, columns, office_rows
from projects.api.exports.writers import csv_lines, write_office_sheet, write_workbook
from projects.api.language import language_of
from projects.api.problems import document
from projects.api.queries import read_query
from projects.api.resources import Endpoint
from projects.filters import BadQuery, Fault, ListQuery, Problem
from projects.serializers import OFFICE_ROW

_log = logging.getLogger("django.request")
# Where a page begins and how long it is says nothing of a whole list.
_OF_PAGES = frozenset({"page_size", "cursor", "count"})
_LONGEST = 120
# Rows of a page that somebody prints; it is made at once.
_PRINTED = 2_000
_UNSAFE = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class ExportQuery:
    """A validated export: the list, the kind of file, and the language of a table."""

    query: ListQuery
    format: Format
    language: str

    def asks_for(self, name: str, value: object) -> bool:
        """Say whether a parameter of the table has the value."""
        return bool(self.query.given.get(name) == value)


def export(request: HttpRequest, endpoint: Endpoint, chosen: Format) -> HttpResponseBase:
    """Answer with the whole list as a file. Raises BadQuery, TooManyExports, and Error of the database."""
    definition = replace(endpoint.list, left_out=_OF_PAGES, validate=partial(misplaced, chosen=chosen))
    today = request.META[TODAY]
    query = definition.parse(read_query(request.META.get("QUERY_STRING", "")), today=today)
    asked = ExportQuery(query, chosen, query.given.get("lang") or language_of(request))
    _refuse_too_many(asked)
    response = _head(asked) if request.method == "HEAD" else _file(asked, endpoint, today)
    if chosen is not PRINT:
        response["Content-Disposition"] = disposition(file_name(asked, today), query.rows.model, today)
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response


def _refuse_too_many(asked: ExportQuery) -> None:
    """Refuse a workbook that would not hold all rows: nothing is cut off unsaid. Raises BadQuery."""
    if asked.format not in (XLSX, OFFICE, PRINT):
        return
    limit = min(settings.EXPORT_XLSX_ROWS, _PRINTED if asked.format is PRINT else settings.EXPORT_XLSX_ROWS)
    if asked.query.rows.order_by().values("pk")[limit : limit + 1].exists():
        detail = _("超过一个工作簿的 %(limit)d 行。请缩小范围，或改用 csv 或 ndjson。") % {"limit": limit}
        raise BadQuery([Problem("format", Fault.INVALID, detail, ("csv", "ndjson"))])


def _head(asked: ExportQuery) -> StreamingHttpResponse:
    """Answer without a length: that of a file is known when it has been written."""
    return StreamingHttpResponse((), content_type=asked.format.content_type)


def _sheet(asked: ExportQuery, today: date) -> HttpResponseBase:
    """Answer with the offices' own sheet, in their language."""
    years = _words(asked.query.filters.narrowed_by.get("year", ""))
    year = f"{years}年" if years.isdigit() else ""
    on = asked.query.as_of or today
    title = f"{year}政府工作报告任务推进情况表（截至{on.year}年{on.month}月{on.day}日）"
    with closing(ExportRows(asked.query, OFFICE_ROW)) as batches:
        rows = office_rows(batches)
        if asked.format is PRINT:
            return HttpResponse(render_to_string("projects/api/sheet.html", {"title": title, "rows": list(rows)}))
        with ExitStack() as stack:
            file = stack.enter_context(NamedTemporaryFile())
            write_office_sheet(Path(file.name), rows, title)
            stack.pop_all()  # the answer closes the file
    return FileResponse(file, content_type=asked.format.content_type)


def _file(asked: ExportQuery, endpoint: Endpoint, today: date) -> HttpResponseBase:
    if asked.format.name in SHEETS:
        return _sheet(asked, today)
    labels = LabelFormatter(asked.language) if asked.asks_for("cells", LABELS) else None
    cells = columns(endpoint.row, asked.query.fields, labels)
    header = [one.code if asked.asks_for("header", CODES) else one.label(asked.language) for one in cells]
    rows = ExportRows(asked.query, endpoint.row)
    if asked.format is NDJSON:
        return _streamed(_ndjson(rows), rows, asked.format)
    if asked.format is XLSX:
        return _workbook(asked, cells, header, rows)
    return _streamed(csv_lines(cells, header, rows, bom=bool(asked.query.given.get("bom"))), rows, asked.format)


def _ndjson(batches: Iterable[list[bytes]]) -> Iterator[bytes]:
    return (b"\n".join(batch) + b"\n" for batch in batches)


def _workbook(asked: ExportQuery, cells: list[Any], header: list[str], rows: ExportRows) -> FileResponse:
    with override(asked.language):
        sheet = str(asked.query.rows.model._meta.verbose_name_plural)
    with closing(rows), ExitStack() as stack:
        file = stack.enter_context(NamedTemporaryFile())
        write_workbook(Path(file.name), cells, header, rows, sheet=sheet[:31])
        stack.pop_all()  # the answer closes the file
    return FileResponse(file, content_type=asked.format.content_type)


def _streamed(chunks: Iterator[bytes], rows: ExportRows, chosen: Format) -> StreamingHttpResponse:
    return StreamingHttpResponse(Chunks(chunks, rows, chosen), content_type=chosen.content_type)


class Chunks:
    """The bytes of a file; one that breaks off says so in its last line, for the headers have long been sent."""

    def __init__(self, chunks: Iterator[bytes], rows: ExportRows, chosen: Format) -> None:
        self._chunks, self._rows, self._format = chunks, rows, chosen

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._chunks
        except Error as error:
            _log.error("an export broke off", exc_info=error)
            yield _broken_off(self._format)
        finally:
            self._rows.close()

    def close(self) -> None:
        """End the transaction when the client goes away."""
        self._rows.close()


def _broken_off(chosen: Format) -> bytes:
    problem = document("unavailable", _("导出中断，文件不完整。请重新下载。"))
    if chosen is NDJSON:
        return problem.content + b"\n"
    return f"{orjson.loads(problem.content)['detail']}\r\n".encode()


def file_name(asked: ExportQuery, on: date) -> str:
    """Return the name in the language of the table: 承诺_category-education_year-2021_2026-01-31.csv."""
    with override(asked.language):
        parts = [str(asked.query.rows.model._meta.verbose_name_plural)]
    parts += [f"{name}-{_words(value)}" for name, value in asked.query.filters.narrowed_by.items()]
    parts += [f"as-of-{asked.query.as_of}"] if asked.query.as_of else []
    stem = "_".join(_UNSAFE.sub("-", part).strip("-") for part in parts)[:_LONGEST].rstrip("_-")
    return f"{stem}_{on}.{asked.format.ending}"


def disposition(name: str, model: type[Model], on: date) -> str:
    """Return the Content-Disposition header, with a plain name for clients that read no UTF-8 (RFC 6266)."""
    plain = f"{model._meta.model_name}-{on}{name[name.rindex('.') :]}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _words(value: object) -> str:
    return "-".join(_word(item) for item in value) if isinstance(value, list) else _word(value)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value.value) if isinstance(value, Enum) else str(value)
