"""Commitments as an Atom feed of updates and as a calendar of due dates, narrowed like every list of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, gettext as _, gettext_lazy, override
from django.utils.xmlutils import SimplerXMLGenerator
from drf_spectacular.types import OpenApiTypes
from icalendar import Calendar, Event

from projects.api.dataset import TODAY
from projects.api.exports.formats import language_filter
from projects.api.language import language_of
from projects.api.problems import document as problem_document
from projects.api.queries import read_query, with_query
from projects.api.views import PublicView
from projects.filters import COMMITMENTS, Cursor, ListDefinition, ListQuery
from projects.filters.filters import StrictFilter
from projects.filters.problems import Text
from projects.language import is_english
from projects.models import Commitment
from projects.serializers import API, absolute

# A day's commitments of one government are some hundreds; a calendar of more serves nobody.
LARGEST_CALENDAR = 3_000
_REFRESH = timedelta(hours=12)


def _definition(order: str, *left_out: str) -> ListDefinition:
    """Return the list as a feed: it has one order and one page, and speaks a language."""
    return replace(
        COMMITMENTS,
        default_ordering=order,
        ordering_by_filter=(),
        has_tally=False,
        as_of_hint=None,
        extra={"lang": language_filter()},
        left_out=frozenset({"ordering", "count", *left_out}),
    )


class FeedView(PublicView):
    """A view that answers with a document of its own type, whatever the client accepts."""

    resource = "commitments"
    operation: ClassVar[str]
    media_type: ClassVar[str]
    definition: ClassVar[ListDefinition]

    def read(self, request: HttpRequest, /, **_parts: Any) -> HttpResponseBase:
        """Answer with the document in the client's language. Raises BadQuery."""
        query_string = request.META.get("QUERY_STRING", "")
        query = self.definition.parse(read_query(query_string), today=request.META[TODAY])
        with override(query.given.get("lang") or language_of(request)):
            response = self.document(query, absolute(with_query(request.path, query_string)))
            response["Content-Language"] = get_language() or settings.LANGUAGE_CODE
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def document(self, query: ListQuery, address: str) -> HttpResponse:
        """Write the document; ``address`` is its own."""
        raise NotImplementedError  # each format writes its own

    def parameters(self) -> Mapping[str, StrictFilter]:
        """Return the parameters of the query string."""
        return self.definition.filterset.base_filters

    def files(self) -> Mapping[tuple[int, str], OpenApiTypes]:
        """Return the document's type."""
        return {(200, self.media_type): OpenApiTypes.STR}


class CommitmentsAtom(FeedView):
    """The commitments that changed last."""

    operation = "commitments_atom"
    help_text: ClassVar[Text] = gettext_lazy("最近更新的承诺，Atom 格式；与列表相同的参数")
    media_type = "application/atom+xml"
    definition = _definition("-updated_at")

    def document(self, query: ListQuery, address: str) -> HttpResponse:
        """Write an entry for each commitment."""
        title = _("兑现：承诺的更新")
        rows = list(query.page().select_related("jurisdiction"))
        shown = rows[: query.page_size]
        feed = PagedFeed(
            title=title,
            link=absolute(reverse("pages:commitments")),
            description=None,
            language=get_language(),
            author_name=_("兑现"),
            feed_url=address,
            feed_guid=address,
            next_page=_next_page(query, address, shown[-1]) if len(rows) > len(shown) else "",
        )
        for commitment in shown:
            feed.add_item(
                title=title_of(commitment),
                link=address_of(commitment),
                description=escape(summary_of(commitment, query.today)),
                unique_id=absolute(f"{API}commitments/{commitment.pk}/"),
                pubdate=commitment.created_at,
                updateddate=commitment.updated_at,
                categories=[commitment.get_category_display()],
            )
        return HttpResponse(feed.writeString("utf-8"), content_type=f"{self.media_type}; charset=utf-8")


class CommitmentsCalendar(FeedView):
    """The due dates of commitments."""

    operation = "commitments_ics"
    help_text: ClassVar[Text] = gettext_lazy("承诺的到期日，iCalendar 格式，每条一个全天事件；与列表相同的参数")
    media_type = "text/calendar"
    definition = _definition("due_on", "page_size", "cursor")

    def document(self, query: ListQuery, address: str) -> HttpResponse:
        """Write an event for each commitment; too many for a calendar are refused, not cut off."""
        rows = _rows(query, LARGEST_CALENDAR + 1)
        if len(rows) > LARGEST_CALENDAR:
            detail = _("超过日历所能容纳的 %(limit)d 条。请用 jurisdiction、year、category 等参数缩小范围。")
            return problem_document("bad-request", detail % {"limit": LARGEST_CALENDAR})
        calendar = Calendar()
        calendar.add("prodid", f"-//Duixian//{get_language()}")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("兑现：承诺的到期日"))
        calendar.add("source", address, parameters={"VALUE": "URI"})
        calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
        for commitment in rows:
            calendar.add_component(_event(commitment, query.today))
        return HttpResponse(calendar.to_ical(), content_type=f"{self.media_type}; charset=utf-8")


class PagedFeed(Atom1Feed):
    """A feed that says where it goes on (RFC 5005), for who was away for longer than a page."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Add the address of the next page."""
        super().add_root_elements(handler)
        if self.feed["next_page"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_page"]})


def _next_page(query: ListQuery, address: str, last: Commitment) -> str:
    ordering = query.ordering
    column: Any = last._meta.get_field(ordering.column)
    value = str(column.value_to_string(last))
    cursor = Cursor(ordering.name, value, str(last.pk), backwards=False)
    parts = urlsplit(address)
    params = QueryDict(parts.query, mutable=True)
    params["cursor"] = str(cursor)
    return parts._replace(query=params.urlencode()).geturl()


def _event(commitment: Commitment, on: date) -> Event:
    event = Event()
    event.add("uid", f"commitment-{commitment.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", commitment.updated_at)
    event.add("last-modified", commitment.updated_at)
    event.add("dtstart", commitment.due_on)
    event.add("dtend", commitment.due_on + timedelta(days=1))
    event.add("summary", _("到期：%(title)s") % {"title": title_of(commitment)})
    event.add("description", summary_of(commitment, on))
    event.add("url", address_of(commitment))
    event.add("categories", [commitment.get_category_display()])
    # A due date fills nobody's day.
    event.add("transp", "TRANSPARENT")
    return event


def _rows(query: ListQuery, limit: int) -> list[Commitment]:
    return list(query.rows.order_by(*query.ordering.terms()).select_related("jurisdiction")[:limit])


def title_of(commitment: Commitment) -> str:
    """Return the title in the reader's language; the Chinese one where there is no other."""
    return (is_english() and commitment.title_en) or commitment.title


def address_of(commitment: Commitment) -> str:
    """Return the public page in the reader's language."""
    return absolute(reverse("pages:commitment", args=[commitment.pk]))


def summary_of(commitment: Commitment, on: date) -> str:
    """Return whose promise it is, when it is due, what is known on the day and since when, and its exact words."""
    place = commitment.jurisdiction
    facts = {
        "place": (is_english() and place.name_en) or place.name,
        "year": commitment.year,
        "due": commitment.due_on,
        "basis": commitment.get_due_basis_display(),
        "state": state_of(commitment, on),
        "status": status_of(commitment),
        "quote": commitment.quote,
    }
    text = _(
        "%(place)s，%(year)d年报告。到期：%(due)s（%(basis)s）。兑现状态：%(state)s。状态：%(status)s。原文：“%(quote)s”"
    )
    return text % facts


def state_of(commitment: Commitment, on: date) -> str:
    """Return the due state on a day; of what is overdue, by what it is so."""
    state, basis = commitment.due_state(on).label, commitment.overdue_on(on)
    return str(state) if basis is None else _("%(state)s（%(basis)s）") % {"state": state, "basis": basis.label}


def status_of(commitment: Commitment) -> str:
    """Return the status, and of which day its ground tells."""
    status = commitment.get_status_display()
    if commitment.status_as_of is None:
        return status
    return _("%(status)s（截至%(day)s）") % {"status": status, "day": commitment.status_as_of}
