"""What has changed of the public data since a version, in the order of commits, removals included."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from projects.api.dataset import TODAY, read
from projects.api.queries import Page, read_query
from projects.filters import LARGEST_PAGE, BadQuery, Cursor, Fault, Problem
from projects.filters.filters import CodesFilter, TextFilter, WholeFilter
from projects.filters.filterset import StrictFilterSet, as_problem, read_parameters
from projects.filters.list_query import damaged
from projects.models import PublicChange
from projects.models.change_sql import RESOURCES
from projects.serializers import API, absolute

_PAGE_SIZE = 500
# The name of the one order that there is, in cursors.
_ORDER = "changes"


class ChangeFilterSet(StrictFilterSet):
    """The parameters of the list of changes."""

    since = WholeFilter(
        min_value=0, label=_("此版本以后的变更：上次取得的 version；默认0，即全部"), example="0", narrowing=False
    )
    resource = CodesFilter(
        choices=[(one.name, one.name) for one in RESOURCES], label=_("资源；可给多个"), example="commitments"
    )
    page_size = WholeFilter(
        min_value=1, max_value=LARGEST_PAGE, label=_("每页条数，默认500"), example="100", narrowing=False
    )
    cursor = TextFilter(max_length=2000, label=_("页的位置：照 next 给出的用"), narrowing=False)

    class Meta:
        model = PublicChange
        fields: list[str] = []


@dataclass(frozen=True, slots=True)
class Place:
    """The last change that a client has read."""

    version: int
    resource: str = ""
    key: str = ""

    def cursor(self) -> str:
        """Return it as a client sends it back."""
        return str(Cursor(_ORDER, str(self.version), f"{self.resource} {self.key}", backwards=False))


def _place(given: Mapping[str, Any]) -> Place:
    """Return where a client goes on. Raises BadQuery for a cursor of another list."""
    if "cursor" not in given:
        return Place(given.get("since", 0))
    try:
        cursor = Cursor.read(given["cursor"])
        resource, _space, key = cursor.key.partition(" ")
        if cursor.ordering != _ORDER or not cursor.value.isdecimal() or not key or "\x00" in key:
            raise damaged()
    except ValidationError as error:
        raise BadQuery([as_problem("cursor", error, forms.Field())]) from None
    return Place(int(cursor.value), resource, key)


def changes_page(request: HttpRequest) -> Page:
    """Return the page of changes that a request asks for. Raises BadQuery.

    The version is read before the changes: what is committed in between is told again by the next question.
    """
    data = read_query(request.META.get("QUERY_STRING", ""))
    given = read_parameters(data, ChangeFilterSet.fields(), blanks=False)
    filters = ChangeFilterSet(given, PublicChange.objects.all(), on=request.META[TODAY])
    problems = filters.problems()
    if problems:
        raise BadQuery(problems)
    place, size, version = _place(filters.cleaned), filters.cleaned.get("page_size", _PAGE_SIZE), read().number
    if place.version > version:
        detail = _("还没有版本 %(since)d，现在是 %(version)d：数据恢复过。请重新取一次全部，再从现在的版本继续。")
        raise BadQuery([Problem("since", Fault.INVALID, detail % {"since": place.version, "version": version})])
    rows = PublicChange.objects.since(place.version, resource=place.resource, key=place.key)
    found = list(filters.filter_queryset(rows)[: size + 1])
    shown, following = found[:size], ""
    if len(found) > size:
        following = Place(shown[-1].version, shown[-1].resource, shown[-1].key).cursor()
        data["cursor"] = following
    next_page = absolute(f"{request.path}?{data.urlencode()}") if following else None
    content = {
        "version": version,
        "next": next_page,
        "next_cursor": following or None,
        "results": [_told(change) for change in shown],
    }
    return Page(orjson.dumps(content), len(shown), {"next": next_page} if next_page else {})


def _told(change: PublicChange) -> dict[str, Any]:
    return {
        "resource": change.resource,
        "id": change.key,
        "url": absolute(f"{API}{change.resource}/{change.key}/"),
        "version": change.version,
        "removed": change.removed,
    }
