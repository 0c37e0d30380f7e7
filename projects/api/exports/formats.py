"""In which form a client wants a list: by the parameter ``format``, else by the Accept header."""

from dataclasses import dataclass

from django.http import HttpRequest
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name as a parameter and as an ending, its media type, and whether it is a table."""

    name: str
    media_type: str
    table: bool

    @property
    def content_type(self) -> str:
        """The Content-Type header."""
        return self.media_type if self.name == "xlsx" else f"{self.media_type}; charset=utf-8"


CSV = Format("csv", "text/csv", table=True)
XLSX = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table=True)
NDJSON = Format("ndjson", "application/x-ndjson", table=False)
FORMATS = {kind.name: kind for kind in (CSV, XLSX, NDJSON)}
_BY_TYPE = {kind.media_type: kind for kind in FORMATS.values()}


_EXAMPLES = {
    "csv": "编号,标题,到期日\r\n96,建成悦来中学等学校4所,2021-12-31\r\n",
    "ndjson": '{"id":96,"title":"建成悦来中学等学校4所","due_on":"2021-12-31"}\n',
}


def described_files() -> dict[tuple[int, str], OpenApiResponse]:
    """Return the kinds of files as answers of the schema."""
    return {(200, kind.media_type): OpenApiResponse(_type(kind), examples=_examples(kind)) for kind in FORMATS.values()}


def _type(kind: Format) -> OpenApiTypes:
    return OpenApiTypes.BINARY if kind is XLSX else OpenApiTypes.STR


def _examples(kind: Format) -> list[OpenApiExample]:
    if kind.name not in _EXAMPLES:
        return []
    return [OpenApiExample(kind.name, value=_EXAMPLES[kind.name], response_only=True, media_type=kind.media_type)]


def wanted(request: HttpRequest) -> Format | None:
    """Return the kind of file that the client wants; None leaves the request to the list itself."""
    names = request.GET.getlist("format")
    if names:
        return FORMATS.get(names[0]) if len(names) == 1 else None
    accept = request.META.get("HTTP_ACCEPT", "*/*")
    if not any(media_type in accept for media_type in _BY_TYPE):
        return None
    return _BY_TYPE.get(request.get_preferred_type([JSON, *_BY_TYPE]) or JSON)
