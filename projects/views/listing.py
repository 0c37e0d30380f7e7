"""The list of commitments, narrowed by the same parameters as the API's."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.filters.commitments import CommitmentFilters
from projects.filters.fields import CodeField, CodesField
from projects.filters.ordering import Ordering
from projects.filters.problems import BadQuery, Problem
from projects.filters.strict import read_parameters, told
from projects.models import Commitment
from projects.querysets import CommitmentQuerySet
from projects.views.chosen import chips, form
from projects.views.errors import explains_bad_queries
from projects.views.paging import PARAMETER, page
from projects.views.rows import commitment_rows

PAGE_SIZE = 30
# Counting further than anybody reads would cost more than the page itself.
COUNTED = 10_000

ORDERINGS = {name: Ordering(name, name.lstrip("-")) for name in ("-id", "id", "due_on", "-due_on")}
NEWEST_FIRST = "-id"
_ORDERING_FIELD = CodeField(choices=[(name, name) for name in ORDERINGS])
# Parameters of the page beside those that narrow the list.
_OWN: dict[str, forms.Field] = {"ordering": _ORDERING_FIELD, PARAMETER: forms.CharField()}
_NARROWING: dict[str, forms.Field] = {name: item.field for name, item in CommitmentFilters.base_filters.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query string asks for: the rows, their order, the place in it, and the parameters to keep in links."""

    rows: "CommitmentQuerySet[Commitment]"
    ordering: Ordering
    cursor: str
    kept: QueryDict


@explains_bad_queries
@require_safe
def commitment_list(request: HttpRequest) -> HttpResponse:
    """The public commitments that the reader asks for, page by page."""
    today = timezone.localdate()
    asked = read(request.GET, today)
    found = page(asked.rows.select_related("jurisdiction"), asked.ordering, asked.cursor, PAGE_SIZE)
    total = asked.rows.order_by()[: COUNTED + 1].count()
    context = {
        "page": found,
        "rows": commitment_rows(found.rows, today),
        "total": min(total, COUNTED),
        "more_than": total > COUNTED,
        "form": form(asked.kept),
        "chips": chips(asked.kept),
        "query": asked.kept.urlencode(),
    }
    return render(request, "projects/commitment_list.html", context)


def read(data: QueryDict, on: date) -> Asked:
    """Return what is asked for. Raises BadQuery, naming each parameter at fault."""
    given = read_parameters(data, {**_NARROWING, **_OWN}, blanks=True)
    narrowing = given.copy()
    for name in _OWN:
        narrowing.pop(name, None)
    filters = CommitmentFilters(narrowing, Commitment.objects.published(), on=on)
    ordering = given.get("ordering", NEWEST_FIRST)
    problems = [*filters.problems(), *_refusals(ordering)]
    if problems:
        raise BadQuery(problems)
    return Asked(
        rows=filters.qs,
        ordering=ORDERINGS[ordering],
        cursor=given.get(PARAMETER, ""),
        kept=_kept(given, filters),
    )


def _refusals(ordering: str) -> list[Problem]:
    try:
        _ORDERING_FIELD.clean(ordering)
    except ValidationError as error:
        return [told("ordering", error, _ORDERING_FIELD)]
    return []


def _kept(given: QueryDict, filters: CommitmentFilters) -> QueryDict:
    """Return the parameters without the place in the list; of several codes each is a value of its own."""
    kept = given.copy()
    kept.pop(PARAMETER, None)
    for name, value in filters.cleaned.items():
        if isinstance(_NARROWING[name], CodesField):
            kept.setlist(name, value)
    return kept
