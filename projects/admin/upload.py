"""The form by which a report comes in: a file or pasted text, and what its title does not tell."""

import hashlib
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy

from projects.admin import queue
from projects.models import ExtractionRun, Jurisdiction, Report, ReportFile
from projects.models.report import FIRST_YEAR, LAST_YEAR

# As much as the reading takes on by default.
_LARGEST = 32 * 1024 * 1024
_ACCEPTED = ".txt,.html,.htm,.pdf,.docx"
_PASTED = "pasted.txt"


class UploadForm(forms.Form):
    """A report's file or text. Year and jurisdiction are read from its title where they are left out."""

    file = forms.FileField(
        label=gettext_lazy("文件"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": _ACCEPTED}),
        help_text=gettext_lazy("文本、网页、PDF 或 Word（.docx），最大 32 兆字节。"),
    )
    text = forms.CharField(
        label=gettext_lazy("或粘贴全文"), required=False, strip=False, widget=AdminTextareaWidget(attrs={"rows": 8})
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["jurisdiction"]
        field.widget = AutocompleteSelect(Report._meta.get_field("jurisdiction"), admin.site)
        field.widget.choices = field.choices

    def clean_file(self) -> Any:
        """Refuse a file that is larger than the reading takes on."""
        file = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > _LARGEST:
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
        cleaned["name"], cleaned["content"] = (file.name, file.read()) if file else (_PASTED, text.encode())
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
            run = ExtractionRun.objects.create(
                file=file, year=data["year"], jurisdiction=data["jurisdiction"], requested_by=user
            )
            queue.start(run)
        return run
