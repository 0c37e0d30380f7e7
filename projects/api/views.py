"""The resources: each is a list, its serializers and the column by which one row is found."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from projects import filters, serializers
from projects.api.base import JsonView, PublicViewSet, named, one
from projects.api.clock import today
from projects.api.database import fetch_all
from projects.api.pages import body
from projects.api.plans import page_plan
from projects.api.shapes import StatsShape, page_of
from projects.api.stats import LISTING, stats_plan
from projects.filters import Parameter
from projects.models import Commitment
from projects.serializers.sql import AnySerializer


class CommitmentViewSet(PublicViewSet):
    """Promises made in government work reports."""

    resource, meaning = "commitments", _("政府工作报告中的承诺")
    listing = filters.COMMITMENTS
    list_serializer = serializers.CommitmentSerializer
    detail_serializer = serializers.CommitmentDetailSerializer


class AchievementViewSet(PublicViewSet):
    """Outcomes that government work reports claim."""

    resource, meaning = "achievements", _("政府工作报告所报的成绩")
    listing = filters.ACHIEVEMENTS
    list_serializer = serializers.AchievementSerializer
    detail_serializer = serializers.AchievementDetailSerializer


class ProjectViewSet(PublicViewSet):
    """Schools, hospitals, roads and estates, with what was promised of them over the years."""

    resource, meaning = "projects", _("学校、医院、道路、住房等项目，及各年对它的承诺")
    listing = filters.PROJECTS
    list_serializer = serializers.ProjectSerializer
    detail_serializer = serializers.ProjectDetailSerializer


class ReportViewSet(PublicViewSet):
    """Government work reports."""

    resource, meaning = "reports", _("政府工作报告；单篇含全文和提纲")
    listing = filters.REPORTS
    list_serializer = serializers.ReportSerializer
    detail_serializer = serializers.ReportDetailSerializer


class JurisdictionViewSet(PublicViewSet):
    """Governments."""

    resource, meaning = "jurisdictions", _("政府，及其有哪些年度的报告；单个含直接下级、部门、报告和承接关系")
    listing = filters.JURISDICTIONS
    list_serializer = serializers.JurisdictionSerializer
    detail_serializer = serializers.JurisdictionDetailSerializer


class DepartmentViewSet(PublicViewSet):
    """Departments of governments."""

    resource, meaning = "departments", _("政府部门")
    listing = filters.DEPARTMENTS
    list_serializer = detail_serializer = serializers.DepartmentSerializer


class EvidenceViewSet(PublicViewSet):
    """Accepted reasons to believe something about a commitment."""

    resource, meaning = "evidence", _("已采纳的证据")
    listing = filters.EVIDENCE
    list_serializer = detail_serializer = serializers.EvidenceSerializer


class SourceViewSet(PublicViewSet):
    """Documents and pages outside the reports that evidence rests on."""

    resource, meaning = "sources", _("报告以外的来源；单个含出自它的证据")
    listing = filters.SOURCES
    list_serializer = serializers.SourceSerializer
    detail_serializer = serializers.SourceDetailSerializer


class StatusChangeViewSet(PublicViewSet):
    """Transitions of commitments' statuses."""

    resource, meaning = "status-changes", _("承诺状态的变更")
    listing = filters.STATUS_CHANGES
    list_serializer = detail_serializer = serializers.StatusChangeSerializer


class HistoryView(JsonView):
    """The transitions of one commitment's status, the latest first."""

    resource, meaning = "history", _("一项承诺的状态变更，新的在前")
    listing = replace(
        named(filters.STATUS_CHANGES, serializers.StatusChangeSerializer),
        filterset=filters.NoFilters,
        usual="-effective_on",
    )

    def parameters(self) -> Mapping[str, Parameter]:
        """Return the parameters of the history."""
        return self.listing.parameters()

    def shape(self) -> AnySerializer:
        """Return the shape of a page."""
        return page_of(serializers.StatusChangeSerializer)

    def get(self, request: Request, **parts: str) -> HttpResponse:
        """Answer a page of the history."""
        return self.read(request._request, parts)

    def content(self, path: str, query: str, parts: Mapping[str, str]) -> bytes:
        """Return a page of the history. Raises BadQuery and Http404."""
        plan = page_plan(self.listing, serializers.StatusChangeSerializer, query, today(), tuple(parts))
        rows = fetch_all(plan.sql, plan.filled(parts))
        if not rows and not Commitment.objects.published().filter(pk=parts["commitment"]).exists():
            raise Http404
        return body(plan, path, rows)


class RestatementViewSet(PublicViewSet):
    """Promises that a later report takes up again."""

    resource, meaning = "restatements", _("后来的报告再次提出的承诺")
    listing = filters.RESTATEMENTS
    list_serializer = detail_serializer = serializers.RestatementSerializer


class StatsView(JsonView):
    """How many commitments there are, and how many are overdue, by group; narrowed like the list."""

    resource, meaning = "stats", _("按组计数：承诺数及其中逾期的；可用列表的全部筛选参数")

    def parameters(self) -> Mapping[str, Parameter]:
        """Return the parameters of the list of commitments, and the groups."""
        return LISTING.parameters()

    def shape(self) -> AnySerializer:
        """Return the shape of the counts."""
        return StatsShape

    def get(self, request: Request) -> HttpResponse:
        """Answer the counts."""
        return self.read(request._request, {})

    def content(self, _path: str, query: str, parts: Mapping[str, str]) -> bytes:
        """Return the counts. Raises BadQuery."""
        return one(stats_plan(query, today()), parts)
