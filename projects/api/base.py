"""How every resource is answered: a plan for the question, one statement, the bytes that come back."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import override
from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSetMixin

from projects.api.clock import today
from projects.api.database import fetch, fetch_all
from projects.api.exports.answers import Exporting
from projects.api.exports.asking import WholeListing, formatted, whole
from projects.api.language import language_of
from projects.api.pages import body
from projects.api.plans import Plan, one_plan, page_plan
from projects.api.problems import answer
from projects.api.schema import ResourceSchema
from projects.api.shapes import page_of
from projects.filters import Listing, Parameter
from projects.filters.problems import Text
from projects.serializers.sql import AnySerializer

JSON = "application/json"
# Where a request carries the error that its reading ended with on the short way: it is not read a second time.
FAILED = "duixian.failed"


class PublicView(APIView):
    """A view that answers a plain request for JSON at once, with whatever ``read`` returns.

    ``resource`` is its name in addresses, ``meaning`` what it is, for the schema.
    """

    resource: ClassVar[str]
    meaning: ClassVar["Text"]
    schema = ResourceSchema()

    def dispatch(self, request: HttpRequest, *args: Any, **parts: str) -> HttpResponseBase:
        """Leave all that is not plain to the REST framework, and every error: it meets it again and tells it."""
        if FAILED in request.META:
            return answer(request.META[FAILED], request)
        if request.method == "GET" and _wants_json(request):
            with suppress(Exception):
                return self._at_once(request, parts)
        with override(language_of(request)):
            return super().dispatch(request, *args, **parts)

    def _at_once(self, request: HttpRequest, parts: Mapping[str, str]) -> HttpResponse:
        try:
            return self.read(request, parts)
        except DatabaseError as error:  # not a second time: a statement may have run into its time limit
            return answer(error, request)

    def read(self, request: HttpRequest, parts: Mapping[str, str], /) -> HttpResponse:
        """Answer the request as JSON. Raises BadQuery and Http404."""
        raise NotImplementedError  # each resource tells its own

    def parameters(self) -> Mapping[str, Parameter]:
        """Return the parameters of the query string."""
        raise NotImplementedError  # each resource tells its own

    def shape(self) -> AnySerializer:
        """Return the shape of the answer."""
        raise NotImplementedError  # each resource tells its own


class JsonView(PublicView):
    """A view whose answer is the same JSON for everybody: nothing of the request counts but its address."""

    def content(self, path: str, query: str, parts: Mapping[str, str], /) -> bytes:
        """Return the JSON. Raises BadQuery and Http404."""
        raise NotImplementedError  # each resource tells its own

    def read(self, request: HttpRequest, parts: Mapping[str, str]) -> HttpResponse:
        """Answer the request as JSON. Raises BadQuery and Http404."""
        return as_json(self.content(request.path, request.META.get("QUERY_STRING", ""), parts))


class PublicViewSet(Exporting, ViewSetMixin, JsonView):
    """A list of public rows, also as a file, and each row by the parts of the address, which are its columns."""

    listing: ClassVar[Listing]
    list_serializer: ClassVar[AnySerializer]
    detail_serializer: ClassVar[AnySerializer]
    many: ClassVar[Listing]
    single: ClassVar[Listing]
    whole: ClassVar[WholeListing]

    def __init_subclass__(cls) -> None:
        """Let clients choose among the fields that the serializers show."""
        cls.many = formatted(named(cls.listing, cls.list_serializer))
        cls.whole = whole(cls.many)
        cls.single = named(cls.listing, cls.detail_serializer).single()

    def parameters(self) -> Mapping[str, Parameter]:
        """Return the parameters of the list, or of one row."""
        return (self.single if self.action == "retrieve" else self.many).parameters()

    def shape(self) -> AnySerializer:
        """Return the shape of a page, or of one row."""
        return self.detail_serializer if self.action == "retrieve" else page_of(self.list_serializer)

    def list(self, request: Request) -> HttpResponse:
        """Answer a page of the list."""
        return self.read(request._request, {})

    def retrieve(self, request: Request, **parts: str) -> HttpResponse:
        """Answer one resource."""
        return self.read(request._request, parts)

    def content(self, path: str, query: str, parts: Mapping[str, str]) -> bytes:
        """Return a page, or one resource when the address names one. Raises BadQuery and Http404."""
        if not parts:
            plan = page_plan(self.many, self.list_serializer, query, today())
            return body(plan, path, fetch_all(plan.sql, plan.params))
        return one(one_plan(self.single, self.detail_serializer, query, today(), tuple(parts)), parts)


def one(plan: Plan, parts: Mapping[str, str]) -> bytes:
    """Return the one value that a plan finds. Raises Http404 when it finds none."""
    row = fetch(plan.sql, plan.filled(parts))
    if not row or row[0] is None:
        raise Http404
    return row[0]


def as_json(content: bytes) -> HttpResponse:
    """Return bytes of JSON as they are."""
    return HttpResponse(content, content_type=JSON)


def named(listing: Listing, serializer: AnySerializer) -> Listing:
    """Return the list with the fields that its rows have."""
    return replace(listing, fields=tuple(serializer().fields))


def _wants_json(request: HttpRequest) -> bool:
    """Say whether the client takes JSON first; anything less plain is left to content negotiation."""
    accept = request.META.get("HTTP_ACCEPT", "*/*")
    return accept in ("*/*", "", JSON) or accept.startswith("text/html,") or request.GET.get("format") == "json"
