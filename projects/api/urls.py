"""Addresses of the API: a list and its rows for each resource, the schema, and its documents."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from projects import feeds
from projects.api import docs, index, problems, views, vocabularies, writes
from projects.api.base import PublicViewSet


def resource(name: str, view: type[PublicViewSet], key: str) -> list[URLPattern]:
    """Return the addresses of a list and of one row, which the pattern ``key`` finds."""
    return [
        path(f"{name}/", view.as_view({"get": "list"}), name=f"{name}-list"),
        re_path(rf"^{name}/{key}/$", view.as_view({"get": "retrieve"}), name=f"{name}-detail"),
    ]


_NUMBER = r"(?P<pk>[0-9]{1,18})"

v1: list[URLPattern | URLResolver] = [
    path("", index.IndexView.as_view(), name="api-index"),
    *resource("commitments", views.CommitmentViewSet, _NUMBER),
    re_path(
        r"^commitments/(?P<commitment>[0-9]{1,18})/history/$", views.HistoryView.as_view(), name="commitment-history"
    ),
    *resource("achievements", views.AchievementViewSet, _NUMBER),
    *resource("projects", views.ProjectViewSet, r"(?P<slug>[-a-zA-Z0-9_]+)"),
    path("evidence/", writes.EvidenceViewSet.as_view({"get": "list", "post": "propose"}), name="evidence-list"),
    re_path(rf"^evidence/{_NUMBER}/$", views.EvidenceViewSet.as_view({"get": "retrieve"}), name="evidence-detail"),
    re_path(rf"^evidence/proposals/{_NUMBER}/$", writes.ProposalView.as_view(), name="evidence-proposal"),
    *resource("sources", views.SourceViewSet, _NUMBER),
    *resource("status-changes", views.StatusChangeViewSet, _NUMBER),
    *resource("restatements", views.RestatementViewSet, _NUMBER),
    *resource("reports", views.ReportViewSet, r"(?P<jurisdiction>[0-9]{6})-(?P<year>[0-9]{4})"),
    *resource("jurisdictions", views.JurisdictionViewSet, r"(?P<code>[0-9]{6})"),
    *resource("departments", views.DepartmentViewSet, _NUMBER),
    path("categories/", vocabularies.CategoriesView.as_view(), name="category-list"),
    path("statuses/", vocabularies.StatusesView.as_view(), name="status-list"),
    path("vocabularies/", vocabularies.VocabulariesView.as_view(), name="vocabulary-list"),
    path("stats/", views.StatsView.as_view(), name="stats"),
    path("commitments.atom", feeds.CommitmentsAtom.as_view(), name="commitments-atom"),
    path("commitments.ics", feeds.CommitmentsCalendar.as_view(), name="commitments-ics"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="api-index")),
    path("v1/", include(v1)),
    path("schema/", docs.SchemaView.as_view(), name="schema"),
    path("docs/", docs.swagger, name="docs"),
    path("redoc/", docs.redoc, name="redoc"),
    path("problems/<slug:kind>/", problems.describe, name="problem"),
    re_path(r"", problems.nowhere),
]
