"""Files of snapshots as downloads that can be resumed and read in parts (RFC 9110)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.api.exports.row_batches import TooManyExports, take_place
from projects.snapshots import store
from projects.snapshots.catalog import MEDIA_TYPES

# Nothing of a snapshot ever changes; but it may be removed.
_CACHE_CONTROL: Final = "public, max-age=86400, immutable"
_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)
# The web server takes so much at once; a client that is slow to take more keeps a process busy.
_BLOCK: Final = 1024 * 1024


@require_safe
def snapshot_file(request: HttpRequest, snapshot: str, name: str) -> HttpResponseBase:
    """Send a file of a snapshot, or the part of it that is asked for."""
    found = store.find(snapshot)
    file = found.file(name) if found else None
    if found is None or file is None:
        raise Http404
    etag, modified = f'"{file.sha256}"', int(found.made_at.timestamp())
    head = HttpResponse(
        content_type=MEDIA_TYPES[file.format],
        headers={
            "Accept-Ranges": "bytes",
            "Cache-Control": _CACHE_CONTROL,
            "Content-Disposition": f'attachment; filename="{found.name}-{name}"',
            "Content-Length": str(file.bytes),
            "ETag": etag,
            "Last-Modified": http_date(modified),
        },
    )
    answer = get_conditional_response(request, etag, modified, head)
    if answer is not head or request.method == "HEAD":
        return answer or head
    part = asked_part(request.headers.get("Range", ""), file.bytes)
    if part is None or not _is_same(request.headers.get("If-Range"), etag, modified):
        return _sent(found.folder / name, range(file.bytes), head)
    if not part:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.bytes}", "Accept-Ranges": "bytes"})
    head["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{file.bytes}"
    head["Content-Length"] = str(len(part))
    return _sent(found.folder / name, part, head, status=206)


def asked_part(header: str, size: int) -> range | None:
    """Return the bytes that a Range header asks for, empty where there are none; None where the whole file is due."""
    found = _RANGE.fullmatch(header.strip())
    first, last = found.groups() if found else ("", "")
    if not (first or last) or (first and last and int(last) < int(first)):
        return None
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(int(last) + 1, size) if last else size)


def _is_same(condition: str | None, etag: str, modified: int) -> bool:
    """Say whether If-Range, where it is given, names this file: only then a part fits to what the client has."""
    return condition is None or condition == etag or parse_http_date_safe(condition) == modified


def _sent(path: Path, part: range, head: HttpResponse, status: int = 200) -> HttpResponseBase:
    leave = take_place() if len(part) > _BLOCK else _no_place
    if leave is None:
        told = _("正在下载的人很多，请稍后再试；中断的下载可以接着下。")
        return HttpResponse(told, "text/plain; charset=utf-8", 503, headers={"Retry-After": str(TooManyExports.wait)})
    try:
        answer = FileResponse(_Part(path, part, leave), status=status)
    except FileNotFoundError:  # pruned since
        leave()
        raise Http404 from None
    answer.block_size = _BLOCK
    for header, value in head.items():
        answer[header] = value
    return answer


def _no_place() -> None:
    """Leave no place, for none was taken."""


class _Part:
    """A part of a file to read; when it is closed, its place among the downloads is free again."""

    def __init__(self, path: Path, part: range, leave: Callable[[], None]) -> None:
        self._content, self._left, self._leave = path.open("rb"), len(part), leave
        self._content.seek(part.start)

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end."""
        taken = self._content.read(min(size, self._left))
        self._left -= len(taken)
        return taken

    def close(self) -> None:
        """Close the file, once."""
        if not self._content.closed:
            self._content.close()
            self._leave()
