"""The first page of the API: what there is, where it is described, on which terms, and how new it is."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request

from projects.api import views, vocabularies
from projects.api.base import PublicView, PublicViewSet, as_json
from projects.api.dataset import Version, listener
from projects.api.exports.formats import FORMATS
from projects.api.language import language_of
from projects.api.schema import ResourceSchema
from projects.api.shapes import Shape
from projects.filters import BadQuery
from projects.filters.problems import unknown
from projects.serializers.fields import API
from projects.serializers.sql import AnySerializer

# The lists, in the order in which somebody new wants them.
RESOURCES: tuple[type[PublicView], ...] = (
    views.CommitmentViewSet,
    views.StatsView,
    views.ReportViewSet,
    views.AchievementViewSet,
    views.ProjectViewSet,
    views.EvidenceViewSet,
    views.SourceViewSet,
    views.StatusChangeViewSet,
    views.RestatementViewSet,
    views.JurisdictionViewSet,
    views.DepartmentViewSet,
    vocabularies.CategoriesView,
    vocabularies.StatusesView,
    vocabularies.VocabulariesView,
)
LICENCE = "Apache-2.0"
_TERMS = _(
    "程序和整理出的数据按 Apache-2.0 许可证发布，注明出处即可使用、修改和再发布。报告原文是国家机关公开发布的文件。"
)


class ResourceShape(Shape):
    """A resource."""

    name = serializers.CharField(help_text=_("资源的名称"))
    url = serializers.CharField(help_text=_("列表的地址"))
    meaning = serializers.CharField(help_text=_("是什么"))
    formats = serializers.ListField(child=serializers.CharField(), help_text=_("列表可用的格式"))


class LicenceShape(Shape):
    """On which terms the data may be used."""

    name = serializers.CharField(help_text=_("许可证（SPDX 代码）"))
    terms = serializers.CharField(help_text=_("可以怎样使用"))
    url = serializers.CharField(help_text=_("说明的地址"))


class DatasetShape(Shape):
    """Which version of the public data stands now."""

    version = serializers.IntegerField(help_text=_("公开数据的版本号；每次公开的变更都使它增加"))
    changed_at = serializers.DateTimeField(help_text=_("这一版本形成的时刻（UTC）"))


class IndexShape(Shape):
    """The first page of the API."""

    documentation = serializers.CharField(help_text=_("可试用的接口文档"))
    reference = serializers.CharField(help_text=_("便于阅读的接口手册"))
    schema = serializers.CharField(help_text=_("OpenAPI 3.1 描述"))
    updates = serializers.CharField(help_text=_("承诺的更新（Atom）"))
    calendar = serializers.CharField(help_text=_("到期日历（iCalendar）"))
    licence = LicenceShape(help_text=_("数据许可"))
    dataset = DatasetShape(help_text=_("公开数据的版本"))
    resources = ResourceShape(many=True, help_text=_("全部资源"))


def index(version: Version) -> dict[str, Any]:
    """Return the first page, in the active language."""
    changed = version.changed_at.astimezone(UTC)
    return {
        "documentation": reverse("docs"),
        "reference": reverse("redoc"),
        "schema": reverse("schema"),
        "updates": reverse("commitments-atom"),
        "calendar": reverse("commitments-ics"),
        "licence": {"name": LICENCE, "terms": str(_TERMS), "url": f"{reverse('pages:about')}#licence"},
        "dataset": {"version": version.number, "changed_at": f"{changed:%Y-%m-%dT%H:%M:%SZ}"},
        "resources": [_resource(view) for view in RESOURCES],
    }


def _resource(view: type[PublicView]) -> dict[str, Any]:
    formats = ["json", *FORMATS] if issubclass(view, PublicViewSet) else ["json"]
    return {"name": view.resource, "url": f"{API}{view.resource}/", "meaning": str(view.meaning), "formats": formats}


class IndexSchema(ResourceSchema):
    """Describes the first page."""

    def get_operation_id(self) -> str:
        """Return its name."""
        return "index"

    def get_examples(self) -> list[OpenApiExample]:
        """Return it as it is, with one resource."""
        shown = index(Version(187, datetime(2025, 1, 8, tzinfo=UTC)))
        shown["resources"] = shown["resources"][:1]
        return [OpenApiExample("index", value=shown, response_only=True, status_codes=["200"])]


class IndexView(PublicView):
    """The first page."""

    resource, meaning = "index", _("首页：有哪些资源，在哪里，按什么许可使用，数据是哪一版")
    schema = IndexSchema()

    def read(self, request: HttpRequest, _parts: Mapping[str, str], /) -> HttpResponse:
        """Answer the first page. Raises BadQuery when there is a parameter."""
        if request.GET:
            raise BadQuery(unknown(name, ()) for name in request.GET)
        with override(language_of(request)):
            return as_json(orjson.dumps(index(listener.current())))

    def get(self, request: Request) -> HttpResponse:
        """Answer the first page."""
        return self.read(request._request, {})

    def parameters(self) -> dict[str, Any]:
        """Return none."""
        return {}

    def shape(self) -> AnySerializer:
        """Return the shape of the page."""
        return IndexShape
