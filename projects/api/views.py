"""The reads of the API: a question becomes a plan, a plan one statement, and its rows go out as they come.

Every read goes through Django's own handler and middleware to one of these views, which is a view of the REST framework
for its documentation, its other methods and its errors; a GET needs nothing of the framework's request.
"""

from collections.abc import Mapping
from datetime import UTC
from typing import Any, ClassVar

import orjson
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override
from drf_spectacular.types import OpenApiTypes
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.views import APIView

from projects import serializers
from projects.api import resources
from projects.api.answers import CHANGES_PAGE, COUNTS, INDEX, AnySerializer, codes_of, page_of
from projects.api.changes import ChangeFilterSet, changes_page
from projects.api.dataset import TODAY, Version, listener
from projects.api.exports.export import export
from projects.api.exports.formats import FORMATS, XLSX, negotiate
from projects.api.language import language_of
from projects.api.problems import answer
from projects.api.queries import JSON, Page, page, row
from projects.api.resources import ENDPOINTS, Endpoint
from projects.api.schema import ResourceSchema
from projects.api.stats import STATS, stats_plan
from projects.api.vocabularies import CATEGORIES, OTHERS, STATUSES, Vocabulary
from projects.filters import HISTORY, BadQuery
from projects.filters.filters import StrictFilter
from projects.filters.problems import Text, unknown
from projects.models import Commitment
from projects.serializers import API, absolute

JSON_TYPE = "application/json"
_PLAIN = frozenset({"*/*", "", JSON_TYPE})


def json_response(content: bytes) -> HttpResponse:
    """Return bytes of JSON as they are."""
    return HttpResponse(content, content_type=JSON_TYPE)


def is_plain(request: HttpRequest) -> bool:
    """Say whether a client asks for nothing but JSON, as nearly all do."""
    return request.META.get("HTTP_ACCEPT", "*/*") in _PLAIN and "format" not in request.META.get("QUERY_STRING", "")


def require_json(request: HttpRequest) -> None:
    """Raise NotAcceptable where a client takes no JSON."""
    if not is_plain(request):
        negotiate(request, files=False)


def page_response(found: Page) -> HttpResponse:
    """Return a page, and where the others are, for clients that read no JSON for it (RFC 8288)."""
    response = json_response(found.content)
    if found.links:
        response["Link"] = ", ".join(f'<{address}>; rel="{rel}"' for rel, address in found.links.items())
    return response


class PublicView(APIView):
    """A view that answers reads by ``read``, and says what is wrong by problem documents.

    ``resource`` is its name in addresses, ``help_text`` what it is.
    """

    resource: ClassVar[str]
    help_text: ClassVar[Text]
    schema = ResourceSchema()

    def dispatch(self, request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        """Answer a read; leave other methods to the REST framework."""
        if request.method not in ("GET", "HEAD"):
            with override(language_of(request)):
                return super().dispatch(request, *args, **parts)
        with override(request.LANGUAGE_CODE):
            try:
                return self.read(request, **parts)
            except (BadQuery, Http404, Error, APIException, OSError) as error:  # the last: a full temporary folder
                return answer(error, request)

    def get(self, request: Request, **parts: Any) -> HttpResponseBase:
        """Answer the request; ``dispatch`` does so before the framework would."""
        return self.read(request._request, **parts)

    def read(self, request: HttpRequest, /, **parts: Any) -> HttpResponseBase:
        """Answer the request. Raises BadQuery, Http404, APIException, and Error of the database."""
        raise NotImplementedError  # each resource tells its own

    def parameters(self) -> Mapping[str, StrictFilter]:
        """Return the parameters of the query string."""
        return {}

    def answer_serializer(self) -> "AnySerializer | None":
        """Return what describes the answer; None where it is no JSON."""
        return None

    def files(self) -> "Mapping[tuple[int, str], OpenApiTypes]":
        """Return the other forms of the answer, for the schema."""
        return {}


class EndpointView(PublicView):
    """A view of one of the lists."""

    endpoint: Endpoint = resources.COMMITMENTS

    @property
    def resource(self) -> str:  # type: ignore[override]  # of the endpoint
        """Its name in addresses."""
        return self.endpoint.name

    @property
    def help_text(self) -> Text:  # type: ignore[override]  # of the endpoint
        """What it is."""
        return self.endpoint.help_text


class ListView(EndpointView):
    """A page of a list, or the whole list as a file."""

    def read(self, request: HttpRequest, /, **_parts: Any) -> HttpResponseBase:
        """Answer the page or the file."""
        chosen = None if is_plain(request) else negotiate(request, files=True)
        if chosen is not None:
            return export(request, self.endpoint, chosen)
        return page_response(page(self.endpoint.list, self.endpoint.row, request))

    def parameters(self) -> Mapping[str, StrictFilter]:
        """Return the parameters of the list."""
        return self.endpoint.list.filterset.base_filters

    def answer_serializer(self) -> AnySerializer:
        """Return a page."""
        return page_of(self.endpoint.row)

    def files(self) -> "Mapping[tuple[int, str], OpenApiTypes]":
        """Return the kinds of files."""
        return {
            (200, one.media_type): OpenApiTypes.BINARY if one is XLSX else OpenApiTypes.STR for one in FORMATS.values()
        }


class DetailView(EndpointView):
    """One row, found by the parts of the address."""

    @property
    def help_text(self) -> Text:  # type: ignore[override]  # of the endpoint
        """What the row is."""
        return self.endpoint.detail.help_text

    def read(self, request: HttpRequest, /, **parts: Any) -> HttpResponseBase:
        """Answer the row."""
        require_json(request)
        content = row(self.endpoint.single, self.endpoint.detail, request, parts)
        if content is None:
            raise Http404
        return json_response(content)

    def parameters(self) -> Mapping[str, StrictFilter]:
        """Return what may be asked of one row."""
        return self.endpoint.single.filterset.base_filters

    def answer_serializer(self) -> AnySerializer:
        """Return the row with all that hangs on it."""
        return self.endpoint.detail.serializer


class HistoryView(PublicView):
    """The transitions of one commitment's status, the latest first."""

    resource, help_text = "history", _("一项承诺的状态变更，新的在前")

    def read(self, request: HttpRequest, /, **parts: Any) -> HttpResponseBase:
        """Answer a page of them."""
        require_json(request)
        found = page(HISTORY, serializers.STATUS_CHANGE, request, parts)
        if not found.length and not Commitment.objects.published().filter(pk=parts["commitment"]).exists():
            raise Http404
        return page_response(found)

    def parameters(self) -> Mapping[str, StrictFilter]:
        """Return the parameters of the history."""
        return HISTORY.filterset.base_filters

    def answer_serializer(self) -> AnySerializer:
        """Return a page."""
        return page_of(serializers.STATUS_CHANGE)


class StatsView(PublicView):
    """How many commitments there are, and how many are overdue, by group; narrowed like the list."""

    resource, help_text = "stats", _("按组计数：承诺数及其中逾期的；可用列表的全部筛选参数")

    def read(self, request: HttpRequest, /, **_parts: Any) -> HttpResponseBase:
        """Answer the counts."""
        require_json(request)
        found = stats_plan(request.META.get("QUERY_STRING", ""), request.META[TODAY]).execute()
        return json_response(found.get_value(0, JSON) or b"null")

    def parameters(self) -> Mapping[str, StrictFilter]:
        """Return the parameters of the list of commitments, and the groups."""
        return STATS.filterset.base_filters

    def answer_serializer(self) -> AnySerializer:
        """Return the counts."""
        return COUNTS


class ChangesView(PublicView):
    """What has changed since a version, for whoever keeps a copy."""

    resource, help_text = "changes", _("自某一版本以来的公开变更和移除，按提交的先后；供保存副本的程序更新")

    def read(self, request: HttpRequest, /, **_parts: Any) -> HttpResponseBase:
        """Answer a page of changes."""
        require_json(request)
        return page_response(changes_page(request))

    def parameters(self) -> Mapping[str, StrictFilter]:
        """Return the parameters of the changes."""
        return ChangeFilterSet.base_filters

    def answer_serializer(self) -> AnySerializer:
        """Return a page of changes."""
        return CHANGES_PAGE


class FixedView(PublicView):
    """A view whose answer depends on no parameter."""

    def read(self, request: HttpRequest, /, **_parts: Any) -> HttpResponseBase:
        """Answer it. Raises BadQuery when there is a parameter."""
        require_json(request)
        if request.GET:
            raise BadQuery(unknown(name, ()) for name in request.GET)
        return json_response(orjson.dumps(self.content()))

    def content(self) -> dict[str, Any]:
        """Return what is answered, in the active language."""
        raise NotImplementedError  # each tells its own


class VocabularyView(FixedView):
    """Codes and what they mean."""

    vocabulary: Vocabulary = CATEGORIES

    @property
    def resource(self) -> str:  # type: ignore[override]  # of the vocabulary
        """Its name in addresses."""
        return self.vocabulary.name

    @property
    def help_text(self) -> Text:  # type: ignore[override]  # of the vocabulary
        """What it is."""
        return self.vocabulary.help_text

    def content(self) -> dict[str, Any]:
        """Return the codes."""
        return self.vocabulary.entries()

    def answer_serializer(self) -> AnySerializer:
        """Return the whole list."""
        return codes_of(self.vocabulary.name)


# -- The first page ---------------------------------------------------------------------------------------------------

LICENCE = "Apache-2.0"
_TERMS = _(
    "程序和整理出的数据按 Apache-2.0 许可证发布，注明出处即可使用、修改和再发布。报告原文是国家机关公开发布的文件。"
)


def index(version: Version) -> dict[str, Any]:
    """Return what there is, where it is described, on which terms, and how new it is, in the active language."""
    changed = version.changed_at.astimezone(UTC)
    return {
        "documentation": absolute(reverse("docs")),
        "reference": absolute(reverse("redoc")),
        "schema": absolute(reverse("schema")),
        "policy": absolute(reverse("policy")),
        "updates": absolute(reverse("commitments-atom")),
        "calendar": absolute(reverse("commitments-ics")),
        "snapshots": absolute(reverse("pages:manifest")),
        "licence": {"name": LICENCE, "terms": str(_TERMS), "url": absolute(f"{reverse('pages:about')}#licence")},
        "dataset": {"version": version.number, "changed_at": f"{changed:%Y-%m-%dT%H:%M:%SZ}"},
        "resources": [_resource(one) for one in LISTED],
    }


# What the first page names, in the order in which somebody new wants it.
LISTED: tuple[Any, ...] = (ENDPOINTS[0], StatsView, *ENDPOINTS[1:], ChangesView, CATEGORIES, STATUSES, OTHERS)


def _resource(one: "Endpoint | Vocabulary | type[PublicView]") -> dict[str, Any]:
    name = one.name if isinstance(one, Endpoint | Vocabulary) else one.resource
    formats = ["json", *FORMATS] if isinstance(one, Endpoint) else ["json"]
    return {"name": name, "url": absolute(f"{API}{name}/"), "meaning": str(one.help_text), "formats": formats}


class IndexView(FixedView):
    """The first page."""

    resource, help_text = "index", _("首页：有哪些资源，在哪里，按什么许可使用，数据是哪一版")
    operation = "index"

    def content(self) -> dict[str, Any]:
        """Return the first page."""
        return index(listener.current())

    def answer_serializer(self) -> AnySerializer:
        """Return what describes it."""
        return INDEX
