"""Stored copies of sources: public with the evidence that rests on them, and before that for those who review it."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from projects.models import Source


@require_safe
def source_file(request: HttpRequest, name: str) -> FileResponse:
    """Send the stored copy of a public source; staff who may see sources get any.

    Always as a download: a page somebody uploaded must not run as one of ours.
    """
    known = Source.objects.all() if request.user.has_perm("projects.view_source") else Source.objects.published()
    source = known.filter(file=name).first()
    if source is None or not source.file.storage.exists(name):
        raise Http404
    return FileResponse(source.file.open("rb"), as_attachment=True)
