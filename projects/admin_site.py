"""The admin site as a whole: its name, and its lists grouped by what a curator does with them."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from projects.glossary import glossary

# The lists in the order of the work; what is not named here, the tables of events, comes last.
_MODEL_GROUPS: tuple[tuple[str, str | Promise, Sequence[str]], ...] = (
    ("work", _("报告与承诺"), ("Report", "Commitment", "Achievement", "Evidence", "Source", "Project", "Restatement")),
    ("years", _("跨年对应"), ("LinkProposal", "ReportPair")),
    ("places", _("行政区与部门"), ("Jurisdiction", "Succession", "Department", "Responsibility")),
    ("runs", _("上传与提取"), ("ExtractionRun", "ReportFile", "SourceRow", "RowLink")),
    ("access", _("外部系统"), ("ApiToken", "Proposal", "IdempotencyKey")),
    ("events", _("状态与逾期的记录"), ("StatusChange", "OverdueEvent")),
)


class TrackerAdminSite(AdminSite):
    site_header = _("兑现编辑台")
    site_title = _("兑现编辑台")
    index_title = _("今日待办与全部内容")
    site_url: Any = reverse_lazy("pages:home")
    index_template = "admin/projects/index.html"
    enable_nav_sidebar = True

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the project's lists in groups, then the accounts."""
        apps: list[Any] = super().get_app_list(request, app_label)
        own = next((app for app in apps if app["app_label"] == "projects"), None)
        if own is None:
            return apps
        return [*_grouped(own), *(app for app in apps if app is not own)]

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Return the site's addresses, the glossary's among them."""
        return [path("glossary/", self.admin_view(self.glossary), name="glossary"), *super().get_urls()]

    def glossary(self, request: HttpRequest) -> HttpResponse:
        """Show what each word means."""
        context = {**self.each_context(request), "title": gettext("词表"), "words": glossary()}
        return render(request, "admin/projects/glossary.html", context)


def _grouped(app: dict[str, Any]) -> list[Any]:
    lists = {entry["object_name"]: entry for entry in app["models"]}
    groups = [
        {**app, "app_label": label, "name": name, "models": [lists.pop(key) for key in keys if key in lists]}
        for label, name, keys in _MODEL_GROUPS
    ]
    groups.append({**app, "app_label": "versions", "name": _("历史版本"), "models": list(lists.values())})
    return [group for group in groups if group["models"]]
