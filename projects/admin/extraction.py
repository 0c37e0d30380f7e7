"""The desk of extraction runs: how far they are, why one failed, and the way to try again."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from projects.admin import queue
from projects.admin.base import DeskAdmin, DeskForm, ReadOnlyAdmin
from projects.admin.runs import difference_by_change, progress_bar, reason_of
from projects.choices import RunState
from projects.models import ExtractionRun, ReportFile


class RunForm(DeskForm):
    """What the uploader can correct of a failed run; the reason stands at the field that is at fault."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        run = self.instance
        if not self.is_bound and run.state == RunState.FAILED and run.reason_field in self.fields:
            self._errors = ErrorDict({run.reason_field: ErrorList([reason_of(run)])})


@admin.register(ExtractionRun)
class ExtractionRunAdmin(DeskAdmin):
    """Runs of the extractor."""

    form = RunForm
    change_form_template = "admin/projects/run.html"
    actions = ("try_again",)
    list_display = ("id", "source", "state", "bar", "counts", "why", "requested_by", "created_at", "finished_at")
    list_display_links = ("id", "source")
    list_filter = ("state", "extractor_version", "created_at")
    date_hierarchy = "created_at"
    search_fields = ("report__title", "file__name", "reason")
    autocomplete_fields = ("jurisdiction",)
    readonly_fields = (
        "source", "report", "state", "bar", "duplicate", "counts", "extractor_version", "attempts",
        "requested_by", "created_at", "heartbeat_at", "finished_at",
    )  # fmt: skip
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("source", ("state", "bar"), "duplicate", "report", "counts")}),
        (gettext_lazy("上传时的说明（失败后可以改正再重试）"), {"fields": ("jurisdiction", "year")}),
        (gettext_lazy("运行情况"), {"classes": ("collapse",), "fields": (
            "extractor_version", "attempts", "requested_by", "created_at", "heartbeat_at", "finished_at",
        )}),
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A run begins on a report's page or with an upload."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read neither files' bytes nor reports' texts."""
        rows = super().get_queryset(request)
        rows = rows.select_related("report", "file", "requested_by", "jurisdiction", "duplicate_of")
        return rows.defer("file__content", "report__text", "report__outline", "duplicate_of__text")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only a failed run can be corrected."""
        failed = obj is not None and obj.state == RunState.FAILED and obj.report_id is None
        return self.readonly_fields if failed else (*self.readonly_fields, "jurisdiction", "year")

    @admin.display(description=gettext_lazy("报告或文件"))
    def source(self, run: ExtractionRun) -> str:
        """What is read."""
        return str(run.report or run.file)

    @admin.display(description=gettext_lazy("进度"), ordering="progress")
    def bar(self, run: ExtractionRun) -> SafeString:
        """How far it came."""
        return progress_bar(run)

    @admin.display(description=gettext_lazy("失败原因"))
    def why(self, run: ExtractionRun) -> str:
        """Why it failed."""
        return reason_of(run) or "—"

    @admin.display(description=gettext_lazy("已有的报告"))
    def duplicate(self, run: ExtractionRun) -> str:
        """The report that is here already."""
        if run.duplicate_of is None:
            return "—"
        where = reverse("admin:projects_report_change", args=[run.duplicate_of_id])
        return format_html('<a href="{}">{}</a>', where, run.duplicate_of)

    @admin.display(description=gettext_lazy("新增/更新/不变/撤回"))
    def counts(self, run: ExtractionRun) -> str:
        """What it changed."""
        if run.created is None:
            return "—"
        return f"{run.created} / {run.updated} / {run.unchanged} / {run.withdrawn}"

    @admin.action(description=gettext_lazy("重试所选的失败记录"), permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Queue failed runs again."""
        queued = [run for run in queryset if run.retry(requested_by=request.user)]
        for run in queued:
            queue.start(run)
        self.message_user(request, _("已重新排队 %d 条。") % len(queued))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Queue the corrected run again."""
        if "_retry" in request.POST and obj.retry(requested_by=request.user):
            queue.start(obj)
            self.message_user(request, _("已重新排队。"))
            return HttpResponseRedirect(reverse("admin:projects_extractionrun_change", args=[obj.pk]))
        return super().response_change(request, obj)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what the run changed, and refresh while it is under way."""
        run = context.get("original")
        if run is not None:
            context |= {"run": run, "under_way": run.is_unfinished, "difference": difference_by_change(run)}
            context["run_reason"] = reason_of(run)
            context["can_retry"] = run.state == RunState.FAILED and self.has_change_permission(request, run)
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(ReportFile)
class ReportFileAdmin(ReadOnlyAdmin):
    """Files as they were handed in."""

    list_display = ("name", "size", "report", "uploaded_by", "created_at")
    list_select_related = ("report", "uploaded_by")
    date_hierarchy = "created_at"
    search_fields = ("name", "=sha256", "report__title")
    fields = ("name", "size", "sha256", "report", "uploaded_by", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave the bytes where they are."""
        return super().get_queryset(request).defer("content", "report__text", "report__outline")
