"""The body of a proposal as it was sent: a JSON object, or a form that may bring a file along."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType

from projects.api.problems import document, named
from projects.api.proposals.fields import FieldError
from projects.models.files import TOO_LARGE, AnyFile, too_large

JSON, FORM = "application/json", "multipart/form-data"
# As much as all fields together may hold; a form may hold a file besides.
LARGEST_FIELDS = 64 * 1024
_CHUNK = 64 * 1024
# How a form ends, whose boundary has 70 characters at most: a server may hand over what came before the line broke.
_END, _LONGEST_END = re.compile(rb"--[^\r\n]+--\s*\Z"), 80
_BROKEN_OFF = _("内容不是完整的 multipart/form-data。")


class LengthRequired(APIException):
    """The length of a body is not told, and the server does not say where it ends."""

    status_code = 411


@dataclass(frozen=True, slots=True)
class Body:
    """The fields of a body; those of a form are text and the file, as they were sent."""

    fields: "Mapping[str, Any] | QueryDict"
    digest: str
    repeated: tuple[str, ...] = ()


def kind_of(request: HttpRequest) -> str:
    """Return the media type of the body."""
    return (request.META.get("CONTENT_TYPE") or "").split(";")[0].strip().lower()


@contextmanager
def with_length(request: HttpRequest) -> Iterator[HttpRequest]:
    """Yield the request with the length of its body, which is read for that when it comes in chunks.

    Django reads what ``Content-Length`` says, and without it nothing. No more is read than is allowed and a byte.
    Raises LengthRequired, and ParseError for a form that broke off.
    """
    meta = request.META
    if meta.get("CONTENT_LENGTH") or "HTTP_TRANSFER_ENCODING" not in meta:
        yield request
        return
    if not meta.get("wsgi.input_terminated"):
        raise LengthRequired
    with SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as body:
        left = _limit(request) + 1
        while left and (chunk := meta["wsgi.input"].read(min(left, _CHUNK))):
            left -= body.write(chunk)
        length = body.tell()
        if kind_of(request) == FORM and length < _limit(request):
            body.seek(max(0, length - _LONGEST_END))
            if not _END.search(body.read()):
                raise ParseError(_BROKEN_OFF)
        body.seek(0)
        with closing(WSGIRequest({**meta, "wsgi.input": body, "CONTENT_LENGTH": str(length)})) as whole:
            yield whole


def _limit(request: HttpRequest) -> int:
    return LARGEST_FIELDS + (settings.EVIDENCE_FILE_BYTES if kind_of(request) == FORM else 0)


def too_large_answer(request: HttpRequest) -> HttpResponse | None:
    """Refuse a body that is too large by what it says of itself, before it is read."""
    if int(request.META.get("CONTENT_LENGTH") or 0) <= _limit(request):
        return None
    return file_too_large() if kind_of(request) == FORM else _fields_too_large()


def file_too_large() -> HttpResponse:
    """Refuse a file that is too large; ``limit`` tells in bytes what it may hold."""
    error = FieldError("file", TOO_LARGE, too_large())
    limit = settings.EVIDENCE_FILE_BYTES
    return document("too-large", named("file", error.detail), limit=limit, errors=[error.member()])


def _fields_too_large() -> HttpResponse:
    detail = _("内容超过 %(limit)s。较大的材料请作为文件，以 multipart/form-data 发送。")
    shown = detail % {"limit": filesizeformat(LARGEST_FIELDS)}
    return document("too-large", shown, limit=LARGEST_FIELDS)


def read_body(request: HttpRequest) -> Body:
    """Read the body. Raises UnsupportedMediaType and ParseError."""
    match kind_of(request):
        case "application/json":
            return _json(request)
        case "multipart/form-data":
            return _form(request)
        case other:
            raise UnsupportedMediaType(other, _("请以 application/json 或 multipart/form-data 发送。"))


def _json(request: HttpRequest) -> Body:
    try:
        body = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise ParseError(_("内容不是 JSON：错在第 %(line)s 行第 %(column)s 列附近。") % place) from None
    if not isinstance(body, dict):
        raise ParseError(_("内容须是一个 JSON 对象。"))
    return Body(body, _digest(body))


def _form(request: HttpRequest) -> Body:
    try:
        sent: Any = QueryDict(mutable=True)
        sent.update(request.POST)
        sent.update(request.FILES)
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError) as error:
        if isinstance(error, RequestDataTooBig):
            raise ParseError(_("文件以外的字段过大。")) from None
        raise ParseError(_BROKEN_OFF) from None
    repeated = tuple(name for name, values in sent.lists() if len(values) > 1)
    return Body(sent, _digest(dict(_told(sent))), repeated)


def _told(sent: QueryDict) -> Iterator[tuple[str, list[object]]]:
    """Yield the fields as what makes one request another: of a file its name and what it holds."""
    for name, values in sent.lists():
        yield name, [_told_file(value) if isinstance(value, UploadedFile) else value for value in values]


def _told_file(file: AnyFile) -> list[str]:
    content = sha256()
    for chunk in file.chunks():
        content.update(chunk)
    return [file.name or "", content.hexdigest()]


def _digest(body: dict[str, Any]) -> str:
    return sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()
