"""The resources: each is a list, its serializers and the column by which one row is found."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from projects import filters, serializers
from projects.api.base import PublicView, PublicViewSet, as_json, named, one
from projects.api.database import fetch
from projects.api.pages import body
from projects.api.plans import page_plan
from projects.api.stats import stats_plan
from projects.models import Commitment


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


class HistoryView(PublicView):
    """The transitions of one commitment's status, the latest first."""

    listing = replace(
        named(filters.STATUS_CHANGES, serializers.StatusChangeSerializer),
        filterset=filters.NoFilters,
        usual="-effective_on",
    )

    def get(self, request: Request, **parts: str) -> HttpResponse:
        """Answer a page of the history."""
        return self.read(request._request, parts)

    def read(self, request: HttpRequest, parts: Mapping[str, str]) -> HttpResponse:
        """Answer a page of the history. Raises BadQuery and Http404."""
        query, today = request.META.get("QUERY_STRING", ""), timezone.localdate()
        plan = page_plan(self.listing, serializers.StatusChangeSerializer, query, today, tuple(parts))
        row = fetch(plan.sql, plan.filled(parts))
        if row[1] == b"0" and not Commitment.objects.published().filter(pk=parts["commitment"]).exists():
            raise Http404
        return as_json(body(plan, request.path, row))


class RestatementViewSet(PublicViewSet):
    """Promises that a later report takes up again."""

    listing = filters.RESTATEMENTS
    list_serializer = detail_serializer = serializers.RestatementSerializer


class StatsView(PublicView):
    """How many commitments there are, and how many are overdue, by group; narrowed like the list."""

    def get(self, request: Request) -> HttpResponse:
        """Answer the counts."""
        return self.read(request._request, {})

    def read(self, request: HttpRequest, parts: Mapping[str, str]) -> HttpResponse:
        """Answer the counts. Raises BadQuery."""
        return one(stats_plan(request.META.get("QUERY_STRING", ""), timezone.localdate()), parts)
