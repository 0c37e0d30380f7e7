"""The resources: each is a list, its serializers and the column by which one is found; one base class answers all."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import override
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from projects import filters, serializers
from projects.api.database import fetch
from projects.api.language import language_of
from projects.api.pages import body
from projects.api.plans import AnySerializer, one_plan, page_plan
from projects.filters import BadQuery, Listing

JSON = "application/json"


class PublicViewSet(GenericViewSet[Any]):
    """A list of public rows, and each of them by the parts of the address, which are columns of the row."""

    listing: ClassVar[Listing]
    list_serializer: ClassVar[AnySerializer]
    detail_serializer: ClassVar[AnySerializer]
    many: ClassVar[Listing]
    single: ClassVar[Listing]

    def __init_subclass__(cls) -> None:
        """Let clients choose among the fields that the serializers show."""
        cls.many = cls.listing.showing(_names(cls.list_serializer))
        cls.single = cls.listing.single(_names(cls.detail_serializer))

    def dispatch(self, request: HttpRequest, *args: Any, **parts: str) -> HttpResponseBase:
        """Answer a plain request for JSON at once; leave all else, and every error, to the REST framework."""
        if request.method == "GET" and _wants_json(request):
            try:
                return self.read(request, parts)
            except (BadQuery, Http404):
                pass
        with override(language_of(request)):
            return super().dispatch(request, *args, **parts)

    def list(self, request: Request) -> HttpResponse:
        """Answer a page of the list."""
        return self.read(request._request, {})

    def retrieve(self, request: Request, **parts: str) -> HttpResponse:
        """Answer one resource."""
        return self.read(request._request, parts)

    def read(self, request: HttpRequest, parts: Mapping[str, str]) -> HttpResponse:
        """Answer a page, or one resource when the address names one. Raises BadQuery and Http404."""
        query, today = request.META.get("QUERY_STRING", ""), timezone.localdate()
        if not parts:
            plan = page_plan(self.many, self.list_serializer, query, today)
            return HttpResponse(body(plan, request.path, fetch(plan.sql, plan.params)), content_type=JSON)
        plan = one_plan(self.single, self.detail_serializer, query, today, tuple(parts))
        row = fetch(plan.sql, plan.filled(parts))
        if not row:
            raise Http404
        return HttpResponse(row[0] or b"", content_type=JSON)


def _names(serializer: AnySerializer) -> tuple[str, ...]:
    return tuple(serializer().fields)


def _wants_json(request: HttpRequest) -> bool:
    """Say whether the client takes JSON first; anything less plain is left to content negotiation."""
    accept = request.META.get("HTTP_ACCEPT", "*/*")
    return accept in ("*/*", "", JSON) or accept.startswith("text/html,")


class CommitmentViewSet(PublicViewSet):
    """Promises made in government work reports."""

    listing = filters.COMMITMENTS
    list_serializer = serializers.CommitmentSerializer
    detail_serializer = serializers.CommitmentDetailSerializer


class AchievementViewSet(PublicViewSet):
    """Outcomes that government work reports claim."""

    listing = filters.ACHIEVEMENTS
    list_serializer = serializers.AchievementSerializer
    detail_serializer = serializers.AchievementDetailSerializer


class ProjectViewSet(PublicViewSet):
    """Schools, hospitals, roads and estates, with what was promised of them over the years."""

    listing = filters.PROJECTS
    list_serializer = serializers.ProjectSerializer
    detail_serializer = serializers.ProjectDetailSerializer


class ReportViewSet(PublicViewSet):
    """Government work reports."""

    listing = filters.REPORTS
    list_serializer = serializers.ReportSerializer
    detail_serializer = serializers.ReportDetailSerializer


class JurisdictionViewSet(PublicViewSet):
    """Governments."""

    listing = filters.JURISDICTIONS
    list_serializer = serializers.JurisdictionSerializer
    detail_serializer = serializers.JurisdictionDetailSerializer


class DepartmentViewSet(PublicViewSet):
    """Departments of governments."""

    listing = filters.DEPARTMENTS
    list_serializer = detail_serializer = serializers.DepartmentSerializer


class EvidenceViewSet(PublicViewSet):
    """Accepted reasons to believe something about a commitment."""

    listing = filters.EVIDENCE
    list_serializer = detail_serializer = serializers.EvidenceSerializer


class StatusChangeViewSet(PublicViewSet):
    """Transitions of commitments' statuses."""

    listing = filters.STATUS_CHANGES
    list_serializer = detail_serializer = serializers.StatusChangeSerializer


class RestatementViewSet(PublicViewSet):
    """Promises that a later report takes up again."""

    listing = filters.RESTATEMENTS
    list_serializer = detail_serializer = serializers.RestatementSerializer
