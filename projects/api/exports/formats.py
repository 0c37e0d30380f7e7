"""In which form a client wants a list: by the parameter ``format``, else by the Accept header."""

from dataclasses import dataclass

from django.http import HttpRequest

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


def wanted(request: HttpRequest) -> Format | None:
    """Return the kind of file that the client wants; None leaves the request to the list itself."""
    names = request.GET.getlist("format")
    if names:
        return FORMATS.get(names[0]) if len(names) == 1 else None
    accept = request.META.get("HTTP_ACCEPT", "*/*")
    if not any(media_type in accept for media_type in _BY_TYPE):
        return None
    return _BY_TYPE.get(request.get_preferred_type([JSON, *_BY_TYPE]) or JSON)
