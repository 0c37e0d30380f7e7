"""The body of a proposal as it was sent: a JSON object, or a form that may bring a file along."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError, UnsupportedMediaType

from projects.api.problems import document, named
from projects.api.proposals.fields import FieldError
from projects.models.files import TOO_LARGE, AnyFile, too_large

JSON, FORM = "application/json", "multipart/form-data"
# As much as all fields together may hold; a form may hold a file besides.
LARGEST_FIELDS = 64 * 1024


@dataclass(frozen=True, slots=True)
class Body:
    """The fields of a body; those of a form are text and the file, as they were sent."""

    fields: "Mapping[str, Any] | QueryDict"
    digest: str
    repeated: tuple[str, ...] = ()


def kind_of(request: HttpRequest) -> str:
    """Return the media type of the body."""
    return (request.META.get("CONTENT_TYPE") or "").split(";")[0].strip().lower()


def too_large_answer(request: HttpRequest) -> HttpResponse | None:
    """Refuse a body that is too large by what it says of itself, before it is read."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if kind_of(request) == FORM:
        limit = settings.EVIDENCE_FILE_BYTES
        return file_too_large() if length > limit + LARGEST_FIELDS else None
    return _fields_too_large() if length > LARGEST_FIELDS else None


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
        raise ParseError(_("内容不是 JSON：%(error)s") % {"error": error}) from None
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
        raise ParseError(_("内容不是完整的 multipart/form-data：%(error)s") % {"error": error}) from None
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
