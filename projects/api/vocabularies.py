"""The addresses of the codes."""

from collections.abc import Mapping
from typing import Any, ClassVar

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from projects.api.base import PublicView, as_json
from projects.api.codes import categories, statuses, vocabularies
from projects.api.shapes import CategoryShape, StatusShape, VocabulariesShape, results_of
from projects.filters import BadQuery, Parameter
from projects.filters.problems import unknown
from projects.serializers.sql import AnySerializer


class FixedView(PublicView):
    """A view whose answer depends on nothing: it takes no parameters."""

    entry: ClassVar[AnySerializer]

    def read(self, request: HttpRequest, _parts: Mapping[str, str]) -> HttpResponse:
        """Answer the entries. Raises BadQuery when there is a parameter."""
        if request.GET:
            raise BadQuery(unknown(name, ()) for name in request.GET)
        return as_json(orjson.dumps(self.entries()))

    def get(self, request: Request) -> HttpResponse:
        """Answer the entries."""
        return self.read(request._request, {})

    def entries(self) -> dict[str, Any]:
        """Return what is answered."""
        raise NotImplementedError  # each vocabulary tells its own

    def parameters(self) -> dict[str, Parameter]:
        """Return none."""
        return {}

    def shape(self) -> AnySerializer:
        """Return the shape of the whole list."""
        return results_of(self.entry)


class CategoriesView(FixedView):
    """What statements are about, with the codes of COFOG, the UN's functions of government, and of OC4IDS."""

    resource, meaning, entry = "categories", _("类别，及其在 COFOG 和 OC4IDS 中的代码"), CategoryShape

    def entries(self) -> dict[str, Any]:
        """Return the categories."""
        return {"results": categories()}


class StatusesView(FixedView):
    """What is known of a promise's fulfilment, with the words of the OGP and of OC4IDS."""

    resource, meaning, entry = "statuses", _("状态，及其在 OGP 和 OC4IDS 中的对应"), StatusShape

    def entries(self) -> dict[str, Any]:
        """Return the statuses."""
        return {"results": statuses()}


class VocabulariesView(FixedView):
    """All other codes, by the name of the field that uses them."""

    resource, meaning = "vocabularies", _("其余各字段的代码及其名称")

    def entries(self) -> dict[str, Any]:
        """Return the vocabularies."""
        return {name: list(codes) for name, codes in vocabularies().items()}

    def shape(self) -> AnySerializer:
        """Return the shape of all of them."""
        return VocabulariesShape
