"""The answer to a request for a whole list as a file."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import ClassVar

import orjson
from django.conf import settings
from django.db import Error
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _, override
from drf_spectacular.utils import OpenApiResponse

from projects.api.exports import delimited, workbook
from projects.api.exports.asking import Whole, WholeListing, ask
from projects.api.exports.formats import NDJSON, XLSX, Format, described_files, wanted
from projects.api.exports.names import disposition, file_name
from projects.api.exports.rows import Busy, Rows
from projects.api.exports.table import Column, columns
from projects.api.exports.words import Words
from projects.api.language import language_of
from projects.api.plans import read_query
from projects.api.problems import answer, document
from projects.filters import BadQuery, Fault, Problem
from projects.serializers.sql import AnySerializer

_log = logging.getLogger("django.request")


class Exporting:
    """A view of a list that also gives the list as a file: put it before the view's other bases."""

    action: str
    whole: ClassVar[WholeListing]
    list_serializer: ClassVar[AnySerializer]

    def files(self) -> dict[tuple[int, str], OpenApiResponse]:
        """Return the files that the list comes as, for the schema."""
        return described_files() if self.action == "list" else {}

    def dispatch(self, request: HttpRequest, *args: object, **parts: str) -> HttpResponseBase:
        """Answer with a file where one is asked for; leave all else to the view."""
        kind = wanted(request) if request.method in ("GET", "HEAD") and not parts else None
        if kind is not None:
            return export(request, self.whole, self.list_serializer, kind)
        response: HttpResponseBase = super().dispatch(request, *args, **parts)  # type: ignore[misc]  # the view's
        return response


def export(request: HttpRequest, listing: WholeListing, serializer: AnySerializer, kind: Format) -> HttpResponseBase:
    """Answer with the whole list as a file, or with a problem document."""
    try:
        data, today = read_query(request.META.get("QUERY_STRING", "")), timezone.localdate()
        with override(language_of(request)):  # what is wrong is told in it
            whole = ask(listing, data, kind, language=language_of(request), today=today)
            _refuse_too_many(whole)
        response = _head(whole) if request.method == "HEAD" else _file(whole, serializer)
    except (BadQuery, Busy, Error, OSError) as error:  # the last: the temporary folder is full
        return answer(error, request)
    response["Content-Disposition"] = disposition(file_name(whole, today), whole.asked.rows.model, today)
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response


def _refuse_too_many(whole: Whole) -> None:
    """Refuse a workbook that would not hold all rows: nothing is cut off unsaid. Raises BadQuery."""
    if whole.format is not XLSX:
        return
    limit = settings.EXPORT_XLSX_ROWS
    if whole.rows.values("pk")[limit : limit + 1].exists():
        detail = _("超过一个工作簿的 %(limit)d 行。请缩小范围，或改用 csv 或 ndjson。") % {"limit": limit}
        raise BadQuery([Problem("format", Fault.INVALID, detail, ("csv", "ndjson"))])


def _head(whole: Whole) -> StreamingHttpResponse:
    """Answer without a length: that of a file is known when it has been written."""
    return StreamingHttpResponse((), content_type=whole.format.content_type)


def _file(whole: Whole, serializer: AnySerializer) -> HttpResponseBase:
    cells = columns(serializer(), whole.asked.fields, Words(whole.language) if whole.named else None)
    header = _header(cells, whole)
    rows = Rows(whole, serializer)
    if whole.format is NDJSON:
        return _streamed(_ndjson(rows), rows, whole.format)
    if whole.format is XLSX:
        return _workbook(whole, cells, header, rows)
    return _streamed(delimited.lines(cells, header, rows, bom=whole.bom), rows, whole.format)


def _header(cells: list[Column], whole: Whole) -> list[str]:
    return [column.code if whole.codes else column.label(whole.language) for column in cells]


def _ndjson(batches: Iterable[list[bytes]]) -> Iterator[bytes]:
    return (b"\n".join(batch) + b"\n" for batch in batches)


def _workbook(whole: Whole, cells: list[Column], header: list[str], rows: Rows) -> FileResponse:
    with override(whole.language):
        sheet = str(whole.asked.rows.model._meta.verbose_name_plural)
    with closing(rows), ExitStack() as stack:
        file = stack.enter_context(NamedTemporaryFile())
        workbook.write(Path(file.name), cells, header, rows, sheet=sheet[:31])
        stack.pop_all()  # the answer closes the file
    return FileResponse(file, content_type=whole.format.content_type)


def _streamed(chunks: Iterator[bytes], rows: Rows, kind: Format) -> StreamingHttpResponse:
    return StreamingHttpResponse(Chunks(chunks, rows, kind), content_type=kind.content_type)


class Chunks:
    """The bytes of a file; one that breaks off says so in its last line, for the headers have long been sent."""

    def __init__(self, chunks: Iterator[bytes], rows: Rows, kind: Format) -> None:
        self._chunks, self._rows, self._kind = chunks, rows, kind

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._chunks
        except Error as error:
            _log.error("an export broke off", exc_info=error)
            yield _broken_off(self._kind)
        finally:
            self._rows.close()

    def close(self) -> None:
        """End the transaction when the client goes away."""
        self._rows.close()


def _broken_off(kind: Format) -> bytes:
    problem = document("unavailable", _("导出中断，文件不完整。请重新下载。"))
    if kind is NDJSON:
        return problem.content + b"\n"
    return f"{orjson.loads(problem.content)['detail']}\r\n".encode()
