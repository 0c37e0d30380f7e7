"""Work reports: handing one in, its state, its runs and what the last one changed."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from projects.admin.base_admin import BaseAdmin, ReadOnlyInline
from projects.admin.extraction_admin import (
    UploadForm,
    changes_by_kind,
    failure_reason,
    progress_bar,
    queue_new_run,
    warning_list,
    warnings_of,
)
from projects.admin.list_filters import ProvinceFilter
from projects.admin.review_actions import REPORT_ACTIONS, ReviewActionsMixin, as_admin_actions
from projects.choices import ReviewState, RunState
from projects.constraint_messages import CONSTRAINT_MESSAGES, message_for
from projects.corrections import EMPTY_VALUE
from projects.models import Achievement, Commitment, ExtractionRun, Report


class ExtractionRunInline(ReadOnlyInline):
    model = ExtractionRun
    fk_name = "report"
    fields = (
        "state", "progress_display", "reason_display", "warnings_display", "created", "updated", "unchanged",
        "withdrawn", "extractor_version", "requested_by", "created_at", "finished_at",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Newest first, without the long lists of changes."""
        return super().get_queryset(request).defer("difference").select_related("requested_by").order_by("-pk")

    @admin.display(description=gettext_lazy("进度"))
    def progress_display(self, run: ExtractionRun) -> SafeString:
        return progress_bar(run)

    @admin.display(description=gettext_lazy("失败原因"))
    def reason_display(self, run: ExtractionRun) -> str:
        return failure_reason(run) or EMPTY_VALUE

    @admin.display(description=gettext_lazy("读取提示"))
    def warnings_display(self, run: ExtractionRun) -> SafeString | str:
        return warning_list(run)


def _count(model: type[Commitment] | type[Achievement], **conditions: Any) -> Coalesce:
    rows = model._default_manager.filter(report=OuterRef("pk"), **conditions).order_by().values("report")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


@admin.register(Report)
class ReportAdmin(ReviewActionsMixin, BaseAdmin):
    review_actions = REPORT_ACTIONS
    change_form_template = "admin/projects/report.html"
    actions = as_admin_actions(REPORT_ACTIONS)
    list_display = (
        "title",
        "jurisdiction",
        "year",
        "delivered_on",
        "state",
        "commitment_count",
        "achievement_count",
        "candidate_count",
    )
    list_filter = ("state", "year", ProvinceFilter)
    list_select_related = ("jurisdiction",)
    date_hierarchy = "delivered_on"
    search_fields = ("title", "title_en", "session", "document_number", "publisher", "jurisdiction__name", "=sha256")
    autocomplete_fields = ("jurisdiction",)
    readonly_fields = ("state", "full_text", "sha256", "created_at", "updated_at")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("title", "title_en", ("jurisdiction", "year"), "state")}),
        (gettext_lazy("会议与来源"), {"fields": (
            "delivered_on", "session", "session_en", "document_number", "publisher", "publisher_en", "source_url",
        )}),
        (gettext_lazy("全文（不能改；有误时撤回后另行上传）"), {
            "classes": ("collapse",), "fields": ("full_text", "sha256", ("created_at", "updated_at")),
        }),
    )  # fmt: skip
    inlines = (ExtractionRunInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave the texts where they are, and count what was found in each report."""
        rows = super().get_queryset(request).defer("text", "outline", "seeded")
        waits = {"review_state": ReviewState.CANDIDATE}
        counted: QuerySet[Any] = rows.annotate(
            commitment_total=_count(Commitment),
            achievement_total=_count(Achievement),
            candidate_total=_count(Commitment, **waits) + _count(Achievement, **waits),
        )
        return counted

    @admin.display(description=gettext_lazy("承诺"))
    def commitment_count(self, row: Any) -> SafeString:
        return _changelist_link("commitment", f"report__id__exact={row.pk}", row.commitment_total)

    @admin.display(description=gettext_lazy("成绩"))
    def achievement_count(self, row: Any) -> SafeString:
        return _changelist_link("achievement", f"report__id__exact={row.pk}", row.achievement_total)

    @admin.display(description=gettext_lazy("待审核"), ordering="candidate_total")
    def candidate_count(self, row: Any) -> int:
        count: int = row.candidate_total
        return count

    @admin.display(description=gettext_lazy("全文"))
    def full_text(self, row: Report) -> SafeString:
        return format_html('<div class="full-text">{}</div>', row.text)

    def get_urls(self) -> list[URLPattern]:
        view = require_POST(self.admin_site.admin_view(self.extract_again_view))
        return [path("<path:object_id>/again/", view, name="projects_report_again"), *super().get_urls()]

    def extract_again_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Queue a new run of the extractor, or the last one again where it has failed."""
        report = self.get_object(request, object_id)
        if report is None or not self.has_change_permission(request, report):
            raise Http404
        try:
            queue_new_run(report, request.user)
        except IntegrityError as error:
            self.message_user(request, str(message_for(error).message), messages.WARNING)
        else:
            self.message_user(request, _("已排队重新提取。审核过的条目不会改变。"))
        return HttpResponseRedirect(reverse("admin:projects_report_change", args=[report.pk]))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Take a report or an official document in by its file or text."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form: Any = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if request.method == "POST" and form.is_valid():
            try:
                run = form.save(request.user)
            except IntegrityError:
                form.add_error(None, str(CONSTRAINT_MESSAGES["report_file_is_kept_once"].message))
            else:
                self.message_user(request, _("已收下，正在读取和提取。"))
                return HttpResponseRedirect(reverse("admin:projects_extractionrun_change", args=[run.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("上传报告或官方文件"),
            "adminform": AdminForm(form, [(None, {"fields": list(form.fields)})], {}),
            "form": form,
            "opts": self.opts,
            "media": self.media + form.media,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/projects/upload.html", context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what the last run changed; the page comes again while one is under way."""
        row = context.get("original")
        if row is not None:
            runs = row.runs.order_by("-pk")
            last = runs.first()
            done = runs.filter(state=RunState.DONE).first()
            context |= {"run": last, "under_way": last is not None and last.is_unfinished, "done": done}
            context["run_reason"] = failure_reason(last) if last is not None else ""
            context["changes"] = changes_by_kind(done) if done else []
            context["run_warnings"] = warnings_of(done) if done else []
        return super().render_change_form(request, context, *args, **kwargs)


def _changelist_link(model: str, query: str, count: int) -> SafeString:
    return format_html('<a href="{}?{}">{}</a>', reverse(f"admin:projects_{model}_changelist"), query, count)
