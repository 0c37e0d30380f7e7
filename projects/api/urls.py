"""The addresses of the API and of its documents."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from projects.api import docs, feeds, problems, resources, views, vocabularies
from projects.api.proposals import proposal_views
from projects.api.resources import NUMBER, Endpoint


def endpoint(one: Endpoint) -> list[URLPattern]:
    """Return the addresses of a list and of one row."""
    return [
        path(f"{one.name}/", views.ListView.as_view(endpoint=one), name=f"{one.name}-list"),
        re_path(rf"^{one.name}/{one.key}/$", views.DetailView.as_view(endpoint=one), name=f"{one.name}-detail"),
    ]


def vocabulary(one: vocabularies.Vocabulary, name: str) -> URLPattern:
    """Return the address of a vocabulary."""
    return path(f"{one.name}/", views.VocabularyView.as_view(vocabulary=one), name=name)


v1: list[URLPattern | URLResolver] = [
    path("", views.IndexView.as_view(), name="api-index"),
    *endpoint(resources.COMMITMENTS),
    re_path(
        r"^commitments/(?P<commitment>[0-9]{1,18})/history/$", views.HistoryView.as_view(), name="commitment-history"
    ),
    re_path(
        rf"^commitments/{NUMBER}/lineage/$",
        views.DetailView.as_view(endpoint=resources.LINEAGE),
        name="commitment-lineage",
    ),
    *endpoint(resources.ACHIEVEMENTS),
    *endpoint(resources.PROJECTS),
    path("evidence/", proposal_views.EvidenceView.as_view(endpoint=resources.EVIDENCE), name="evidence-list"),
    *endpoint(resources.EVIDENCE)[1:],
    path("evidence/proposals/", proposal_views.ProposalsView.as_view(), name="evidence-proposals"),
    re_path(rf"^evidence/proposals/{NUMBER}/$", proposal_views.ProposalView.as_view(), name="evidence-proposal"),
    *endpoint(resources.SOURCES),
    *endpoint(resources.STATUS_CHANGES),
    *endpoint(resources.RESTATEMENTS),
    *endpoint(resources.REPORTS),
    *endpoint(resources.JURISDICTIONS),
    *endpoint(resources.DEPARTMENTS),
    vocabulary(vocabularies.CATEGORIES, "category-list"),
    vocabulary(vocabularies.STATUSES, "status-list"),
    vocabulary(vocabularies.OTHERS, "vocabulary-list"),
    path("changes/", views.ChangesView.as_view(), name="changes"),
    path("stats/", views.StatsView.as_view(), name="stats"),
    path("commitments.atom", feeds.CommitmentsAtom.as_view(), name="commitments-atom"),
    path("commitments.ics", feeds.CommitmentsCalendar.as_view(), name="commitments-ics"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", problems.read_only(RedirectView.as_view(pattern_name="api-index"))),
    path("v1/", include(v1)),
    path("schema/", docs.SchemaView.as_view(), name="schema"),
    path("docs/", docs.swagger, name="docs"),
    path("redoc/", docs.redoc, name="redoc"),
    path("policy/", docs.policy, name="policy"),
    path("problems/<slug:kind>/", problems.describe, name="problem"),
    re_path(r"", problems.nowhere),
]
