"""What is handed in and read by workers: the upload form, the queue, how far each run is or why it failed."""

import hashlib
from typing import Any, ClassVar, NamedTuple

from celery import current_app
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from projects.admin.base_admin import BaseAdmin, BaseAdminForm, ReadOnlyAdmin
from projects.choices import RunState
from projects.corrections import EMPTY_VALUE
from projects.language import is_english
from projects.models import Achievement, Commitment, ExtractionRun, Jurisdiction, Report, ReportFile
from projects.models.extraction import DocumentKind
from projects.models.report import FIRST_YEAR, LAST_YEAR

# The task is called by its name: this package knows nothing of the extractor.
EXTRACTION_TASK = "seeds.ingest_report"
# As much as the reading takes on by default.
_LARGEST_FILE = 32 * 1024 * 1024
_ACCEPTED_SUFFIXES = ".txt,.html,.htm,.mht,.mhtml,.pdf,.docx,.docm,.xlsx,.xlsm,.csv,.ofd"
_PASTED_NAME = "pasted.txt"
_CHANGE_TITLES: dict[str, str | Promise] = {
    "added": gettext_lazy("新增"),
    "updated": gettext_lazy("更新"),
    "withdrawn": gettext_lazy("撤回（不再被提出，且没有人审核过）"),
    "kept": gettext_lazy("保留（审核过或改过，这次没有再提出）"),
}
_MODELS: dict[str, type[Commitment] | type[Achievement]] = {"commitment": Commitment, "achievement": Achievement}


def queue_run(run: ExtractionRun) -> None:
    """Send a run to the workers once it is committed. Without a broker it waits until one is there."""

    def send() -> None:
        current_app.send_task(EXTRACTION_TASK, [run.pk], ignore_result=True)
        ExtractionRun.objects.filter(pk=run.pk).update(sent_at=Now())

    transaction.on_commit(send, robust=True)


def queue_new_run(report: Report, user: Any) -> ExtractionRun:
    """Queue a new run over a report; raises IntegrityError when one waits or is at work."""
    with transaction.atomic():
        run = ExtractionRun.objects.create(report=report, requested_by=user)
    queue_run(run)
    return run


class ChangeGroup(NamedTuple):
    """The statements that a run changed in one way."""

    title: str | Promise
    entries: list[dict[str, Any]]


def progress_bar(run: ExtractionRun) -> SafeString:
    return format_html('<progress max="100" value="{}"></progress> {}%', run.progress, run.progress)


def failure_reason(run: ExtractionRun) -> str:
    """Return why a run failed, in the reader's language."""
    return run.reason_en if is_english() else run.reason


def kind_reason(run: ExtractionRun) -> str:
    """Return by what the kind of a run's file was told, in the reader's language."""
    return run.kind_reason_en if is_english() else run.kind_reason


def warnings_of(run: ExtractionRun) -> list[str]:
    """Return what the reader could not read or doubts, in the reader's language."""
    key = "text_en" if is_english() else "text"
    return [warning[key] for warning in run.warnings]


def warning_list(run: ExtractionRun) -> SafeString | str:
    return format_html_join("", "<div>{}</div>", ((text,) for text in warnings_of(run))) or EMPTY_VALUE


def changes_by_kind(run: ExtractionRun) -> list[ChangeGroup]:
    """Return what a run changed, each statement with its label, its fields and its URL."""
    groups = []
    for change, title in _CHANGE_TITLES.items():
        entries = [_entry(entry) for entry in run.difference if entry["change"] == change]
        if entries:
            groups.append(ChangeGroup(title, entries))
    return groups


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    model = _MODELS[entry["kind"]]
    names = [_verbose_name(model, name) for name in entry.get("fields", ())]
    url = reverse(f"admin:projects_{entry['kind']}_change", args=[entry["id"]])
    return {**entry, "kind_name": model._meta.verbose_name, "field_names": "、".join(names), "url": url}


def _verbose_name(model: type[Commitment] | type[Achievement], name: str) -> str:
    # A foreign key's column is named with its ending.
    field: Any = model._meta.get_field(name.removesuffix("_id"))
    return str(field.verbose_name)


class UploadForm(forms.Form):
    """A report's or an official document's file or text. What is left out is read from it."""

    file = forms.FileField(
        label=gettext_lazy("文件"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": _ACCEPTED_SUFFIXES}),
        help_text=gettext_lazy("文本、网页、PDF、Word（.docx）、Excel（.xlsx）、CSV 或 OFD，最大 32 兆字节。"),
    )
    text = forms.CharField(
        label=gettext_lazy("或粘贴全文"), required=False, strip=False, widget=AdminTextareaWidget(attrs={"rows": 8})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("文件种类"),
        required=False,
        choices=[("", gettext_lazy("由程序判断")), *DocumentKind.choices],
    )
    jurisdiction = forms.ModelChoiceField(
        Jurisdiction.objects.all(),
        label=gettext_lazy("行政区"),
        required=False,
        help_text=gettext_lazy("留空时从标题读取。"),
    )
    year = forms.IntegerField(
        label=gettext_lazy("报告年度"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=gettext_lazy("留空时从标题读取。"),
    )
    about = forms.ModelChoiceField(
        Report.objects.defer("text", "outline"),
        label=gettext_lazy("所说的报告"),
        required=False,
        help_text=gettext_lazy("任务表、进展表、通报和清单：留空时按行政区和年度查找。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("jurisdiction", "about"):
            field: Any = self.fields[name]
            field.widget = AutocompleteSelect(ExtractionRun._meta.get_field(name), admin.site)
            field.widget.choices = field.choices

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > _LARGEST_FILE:
            raise ValidationError(_("文件超过 32 兆字节。请去掉图片后另存。"))
        return file

    def clean(self) -> dict[str, Any]:
        """Take one of file and text, and refuse what is here already with a link to it."""
        cleaned = super().clean() or self.cleaned_data
        file, text = cleaned.get("file"), (cleaned.get("text") or "").replace("\r\n", "\n")
        if self.errors:
            return cleaned
        if bool(file) == bool(text.strip()):
            raise ValidationError(_("请选择一个文件，或粘贴全文，两者取一。"))
        cleaned["name"], cleaned["content"] = (file.name, file.read()) if file else (_PASTED_NAME, text.encode())
        self._refuse_known("file" if file else "text", cleaned["content"])
        return cleaned

    def _refuse_known(self, field: str, content: bytes) -> None:
        digest = hashlib.sha256(content).hexdigest()
        kept = ReportFile.objects.filter(sha256=digest).select_related("report").defer("content").first()
        report = kept.report if kept else None
        report = report or Report.objects.filter(sha256=digest).first()
        run = kept.runs.first() if kept else None
        if report is not None:
            where = reverse("admin:projects_report_change", args=[report.pk])
            self.add_error(field, format_html('{}<a href="{}">{}</a>', _("这份报告已经有了："), where, report))
        elif run is not None:
            where = reverse("admin:projects_extractionrun_change", args=[run.pk])
            text = _("这个文件已经上传过，请在那次的提取记录里查看或重试：")
            self.add_error(field, format_html('{}<a href="{}">{}</a>', text, where, run))

    def save(self, user: Any) -> ExtractionRun:
        """Keep the file and queue its reading; raises IntegrityError when somebody has just handed in the same."""
        data = self.cleaned_data
        with transaction.atomic():
            file = ReportFile.objects.create(name=data["name"][-255:], content=data["content"], uploaded_by=user)
            given = {name: data[name] for name in ("kind", "year", "jurisdiction", "about")}
            run = ExtractionRun.objects.create(file=file, requested_by=user, **given)
            queue_run(run)
        return run


class ExtractionRunForm(BaseAdminForm):
    """What the uploader can correct of a failed run; the reason stands at the field that is at fault."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        run = self.instance
        if not self.is_bound and run.state == RunState.FAILED and run.reason_field in self.fields:
            self._errors = ErrorDict({run.reason_field: ErrorList([failure_reason(run)])})


@admin.register(ExtractionRun)
class ExtractionRunAdmin(BaseAdmin):
    form = ExtractionRunForm
    change_form_template = "admin/projects/run.html"
    actions = ("try_again",)
    list_display = (
        "id", "origin", "state", "progress_display", "counts", "reason_display", "warnings_display", "requested_by",
        "created_at", "finished_at",
    )  # fmt: skip
    list_display_links = ("id", "origin")
    list_filter = ("state", "kind", "extractor_version", "created_at")
    date_hierarchy = "created_at"
    search_fields = ("report__title", "source__title", "file__name", "reason")
    autocomplete_fields = ("jurisdiction", "about")
    readonly_fields = (
        "origin", "report", "state", "progress_display", "duplicate", "counts", "kind_reason_display",
        "extractor_version", "attempts", "requested_by", "created_at", "heartbeat_at",
        "finished_at",
    )  # fmt: skip
    fieldsets: ClassVar[Any] = (
        (None, {"fields": (
            "origin", ("state", "progress_display"), "duplicate", "report", "counts", "kind_reason_display",
        )}),
        (gettext_lazy("上传时的说明（失败后可以改正再重试）"), {"fields": ("kind", "jurisdiction", "year", "about")}),
        (gettext_lazy("运行情况"), {"classes": ("collapse",), "fields": (
            "extractor_version", "attempts", "requested_by", "created_at", "heartbeat_at", "finished_at",
        )}),
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        # A run begins on a report's page or with an upload.
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # Neither files' bytes nor reports' texts are shown.
        rows = super().get_queryset(request)
        rows = rows.select_related("report", "source", "file", "requested_by", "jurisdiction", "duplicate_of")
        return rows.defer("file__content", "report__text", "report__outline", "duplicate_of__text")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        failed = obj is not None and obj.state == RunState.FAILED and obj.report_id is None
        return self.readonly_fields if failed else (*self.readonly_fields, "kind", "jurisdiction", "year", "about")

    @admin.display(description=gettext_lazy("报告或文件"))
    def origin(self, run: ExtractionRun) -> str:
        return str(run.report or run.source or run.file)

    @admin.display(description=gettext_lazy("种类的判断依据"))
    def kind_reason_display(self, run: ExtractionRun) -> str:
        return kind_reason(run) or EMPTY_VALUE

    @admin.display(description=gettext_lazy("进度"), ordering="progress")
    def progress_display(self, run: ExtractionRun) -> SafeString:
        return progress_bar(run)

    @admin.display(description=gettext_lazy("失败原因"))
    def reason_display(self, run: ExtractionRun) -> str:
        return failure_reason(run) or EMPTY_VALUE

    @admin.display(description=gettext_lazy("读取提示"))
    def warnings_display(self, run: ExtractionRun) -> SafeString | str:
        return warning_list(run)

    @admin.display(description=gettext_lazy("已有的报告"))
    def duplicate(self, run: ExtractionRun) -> str:
        if run.duplicate_of is None:
            return EMPTY_VALUE
        url = reverse("admin:projects_report_change", args=[run.duplicate_of_id])
        return format_html('<a href="{}">{}</a>', url, run.duplicate_of)

    @admin.display(description=gettext_lazy("新增/更新/不变/撤回"))
    def counts(self, run: ExtractionRun) -> str:
        if run.created is None:
            return EMPTY_VALUE
        if run.source is not None:
            return _("读到 %d 行") % run.created
        return f"{run.created} / {run.updated} / {run.unchanged} / {run.withdrawn}"

    @admin.action(description=gettext_lazy("重试所选的失败记录"), permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        queued = [run for run in queryset if run.retry(requested_by=request.user)]
        for run in queued:
            queue_run(run)
        self.message_user(request, _("已重新排队 %d 条。") % len(queued))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_retry" in request.POST and obj.retry(requested_by=request.user):
            queue_run(obj)
            self.message_user(request, _("已重新排队。"))
            return HttpResponseRedirect(reverse("admin:projects_extractionrun_change", args=[obj.pk]))
        return super().response_change(request, obj)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what the run changed; the page comes again while it is under way."""
        run = context.get("original")
        if run is not None:
            context |= {"run": run, "under_way": run.is_unfinished, "changes": changes_by_kind(run)}
            context |= {"run_reason": failure_reason(run), "run_warnings": warnings_of(run)}
            context["can_retry"] = run.state == RunState.FAILED and self.has_change_permission(request, run)
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(ReportFile)
class ReportFileAdmin(ReadOnlyAdmin):
    list_display = ("name", "size", "report", "uploaded_by", "created_at")
    list_select_related = ("report", "uploaded_by")
    date_hierarchy = "created_at"
    search_fields = ("name", "=sha256", "report__title")
    fields = ("name", "size", "sha256", "report", "uploaded_by", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("content", "report__text", "report__outline")
