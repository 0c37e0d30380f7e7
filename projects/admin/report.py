"""The desk of reports: handing one in, its state, its runs and what the last one changed."""

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

from projects.admin import queue
from projects.admin.actions import Step, action_of
from projects.admin.base import DeskAdmin, TabularInline
from projects.admin.decisions import DecisionsMixin
from projects.admin.filters import ProvinceFilter
from projects.admin.runs import difference_by_change, progress_bar, reason_of
from projects.admin.steps import REPORT_STEPS
from projects.admin.upload import UploadForm
from projects.choices import ReportState, ReviewState, RunState
from projects.constraint_messages import CONSTRAINT_MESSAGES, message_for
from projects.models import Achievement, Commitment, ExtractionRun, Report
from projects.publication import REPORT_STEPS as ALLOWED


class RunInline(TabularInline):
    """The runs of the extractor over the report."""

    model = ExtractionRun
    fk_name = "report"
    fields = (
        "state", "bar", "why", "created", "updated", "unchanged", "withdrawn", "extractor_version", "requested_by",
        "created_at", "finished_at",
    )  # fmt: skip
    readonly_fields = fields
    extra = 0
    can_delete = False
    show_change_link = True
    max_num = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Newest first, without the long lists of changes."""
        return super().get_queryset(request).defer("difference").select_related("requested_by").order_by("-pk")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Runs are carried out by workers."""
        return False

    @admin.display(description=gettext_lazy("进度"))
    def bar(self, run: ExtractionRun) -> SafeString:
        """How far it came."""
        return progress_bar(run)

    @admin.display(description=gettext_lazy("失败原因"))
    def why(self, run: ExtractionRun) -> str:
        """Why it failed."""
        return reason_of(run) or "—"


def _count(model: type[Commitment] | type[Achievement], **conditions: Any) -> Coalesce:
    rows = model._default_manager.filter(report=OuterRef("pk"), **conditions).order_by().values("report")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


@admin.register(Report)
class ReportAdmin(DecisionsMixin, DeskAdmin):
    """Work reports."""

    steps = REPORT_STEPS
    change_form_template = "admin/projects/report.html"
    actions = tuple(action_of(step) for step in REPORT_STEPS)
    list_display = ("title", "jurisdiction", "year", "delivered_on", "state", "promised", "achieved", "waiting")
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
    inlines = (RunInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave the texts where they are, and count what was found in each report."""
        rows = super().get_queryset(request).defer("text", "outline", "seeded")
        waits = {"review_state": ReviewState.CANDIDATE}
        counted: QuerySet[Any] = rows.annotate(
            promised_count=_count(Commitment),
            achieved_count=_count(Achievement),
            waiting_count=_count(Commitment, **waits) + _count(Achievement, **waits),
        )
        return counted

    @admin.display(description=gettext_lazy("承诺"))
    def promised(self, row: Any) -> SafeString:
        """How many commitments, with the way to them."""
        return _link("commitment", f"report__id__exact={row.pk}", row.promised_count)

    @admin.display(description=gettext_lazy("成绩"))
    def achieved(self, row: Any) -> SafeString:
        """How many achievements, with the way to them."""
        return _link("achievement", f"report__id__exact={row.pk}", row.achieved_count)

    @admin.display(description=gettext_lazy("待审核"), ordering="waiting_count")
    def waiting(self, row: Any) -> int:
        """How many candidates."""
        number: int = row.waiting_count
        return number

    @admin.display(description=gettext_lazy("全文"))
    def full_text(self, row: Report) -> SafeString:
        """The report's words as they were read."""
        return format_html('<div class="full-text">{}</div>', row.text)

    def open_steps(self, row: Report) -> list[Step]:
        """Publish or withdraw, as the state allows."""
        states = (ReportState.PUBLISHED, ReportState.WITHDRAWN)
        return [step for step, state in zip(REPORT_STEPS, states, strict=True) if row.state in ALLOWED[state]]

    def get_urls(self) -> list[URLPattern]:
        """Add the button that extracts again."""
        view = require_POST(self.admin_site.admin_view(self.again_view))
        return [path("<path:object_id>/again/", view, name="projects_report_again"), *super().get_urls()]

    def again_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Queue a new run of the extractor, or the last one again where it has failed."""
        report = self.get_object(request, object_id)
        if report is None or not self.has_change_permission(request, report):
            raise Http404
        try:
            queue.run_again(report, request.user)
        except IntegrityError as error:
            self.message_user(request, str(message_for(error).message), messages.WARNING)
        else:
            self.message_user(request, _("已排队重新提取。审核过的条目不会改变。"))
        return HttpResponseRedirect(reverse("admin:projects_report_change", args=[report.pk]))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Take a report in by its file or text."""
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
            "title": _("上传政府工作报告"),
            "adminform": AdminForm(form, [(None, {"fields": list(form.fields)})], {}),
            "form": form,
            "opts": self.opts,
            "media": self.media + form.media,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/projects/upload.html", context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what the last run changed, and refresh while one is under way."""
        row = context.get("original")
        if row is not None:
            runs = row.runs.order_by("-pk")
            last = runs.first()
            done = runs.filter(state=RunState.DONE).first()
            context |= {"run": last, "under_way": last is not None and last.is_unfinished, "done": done}
            context["run_reason"] = reason_of(last) if last is not None else ""
            context["difference"] = difference_by_change(done) if done else []
        return super().render_change_form(request, context, *args, **kwargs)


def _link(model: str, query: str, number: int) -> SafeString:
    return format_html('<a href="{}?{}">{}</a>', reverse(f"admin:projects_{model}_changelist"), query, number)
