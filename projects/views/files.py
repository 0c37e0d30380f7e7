"""Files that came with evidence: public with it, and before that for those who review it."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from projects.models import Evidence


@require_safe
def evidence_file(request: HttpRequest, name: str) -> FileResponse:
    """Send a file of published evidence; staff who may see evidence get any.

    Always as a download: a page somebody uploaded must not run as one of ours.
    """
    known = Evidence.objects.all() if request.user.has_perm("projects.view_evidence") else Evidence.objects.published()
    evidence = known.filter(file=name).first()
    if evidence is None or not evidence.file.storage.exists(name):
        raise Http404
    return FileResponse(evidence.file.open("rb"), as_attachment=True)
