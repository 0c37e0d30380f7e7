"""The form that gives a commitment a status: which, since when, and on which accepted evidence."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from projects.admin.base_admin import with_values
from projects.admin.display import due_state_badge
from projects.admin.list_filters import parse_pk
from projects.admin.versions import row_version
from projects.choices import DelayReason, Status, Verification
from projects.constraint_messages import CONSTRAINT_ERRORS, message_for
from projects.evidence import effective_day
from projects.models import Commitment, Evidence
from projects.models.agreement import status_problems

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelChoiceField = forms.ModelChoiceField

# The button that takes another piece of evidence, before anything is recorded.
_CHOOSE = "_choose"


class _EvidenceField(_ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {obj.achievement or obj.source}"


class StatusForm(forms.Form):
    """What a status change needs; offers the statuses that the chosen evidence carries."""

    evidence = _EvidenceField(
        Evidence.objects.none(),
        label=gettext_lazy("依据"),
        required=False,
        empty_label=gettext_lazy("（无：只用于改回“未核实”）"),
        help_text=gettext_lazy("只列出这条承诺已采纳的证据。能选哪些状态，由它所示的状态决定。"),
    )
    status = forms.ChoiceField(label=gettext_lazy("新状态"), choices=Status.choices)
    effective_on = forms.DateField(
        label=gettext_lazy("生效日期"),
        widget=AdminDateWidget,
        help_text=gettext_lazy("知道发生的那一天时就是那天，否则是证据的截至日期。不早于作出承诺的日子和上一次变更。"),
    )
    reason_code = forms.ChoiceField(
        label=gettext_lazy("原因"),
        required=False,
        choices=[("", "—"), *DelayReason.choices],
        help_text=gettext_lazy("“未完成”须选；来源没有说明时选“未说明”。"),
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("数字与状态不符而确有理由时，在这里写明。"),
    )
    note_en = forms.CharField(
        label=gettext_lazy("英文说明"), required=False, widget=AdminTextareaWidget(attrs={"rows": 3})
    )

    # Which version of the commitment the page showed.
    row_version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, commitment: Commitment, evidence: Evidence | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commitment = commitment
        self.initial["row_version"] = row_version(Commitment, [commitment.pk])
        fields: dict[str, Any] = self.fields
        fields["evidence"].queryset = _accepted(commitment)
        problems = {
            status: [str(problem.message) for problem in status_problems(commitment, status, evidence)]
            for status in Status
            if evidence is not None or status == Status.NOT_ASSESSED
        }
        # Any status may be sent; what does not agree is refused with its reason.
        fields["status"].widget.choices = [(status.value, status.label) for status, why in problems.items() if not why]
        self.not_offered = [(status.label, why) for status, why in problems.items() if why]

    def clean_effective_on(self) -> date:
        day: date = self.cleaned_data["effective_on"]
        if day > timezone.localdate():
            raise ValidationError(_("生效日期不能晚于今天。"))
        return day

    def clean_row_version(self) -> str:
        """Refuse what was decided on a page that shows no longer how things stand; what is typed stays."""
        if self.cleaned_data["row_version"] != self.initial["row_version"]:
            self.data = with_values(self.data, {"row_version": self.initial["row_version"]})
            self.add_error(None, _("没有记录：这一页打开以后，这条承诺有了改动。请看上面现在的状态，再决定。"))
        return str(self.initial["row_version"])

    def record(self, actor: Any) -> bool | None:
        """Record the status. Returns whether anything changed, None when it is refused: the fields then say why."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "row_version"}
        try:
            with transaction.atomic():
                return self.commitment.record_status(actor=actor, **given) is not None
        except ValidationError as error:
            for field, errors in error.message_dict.items():
                self.add_error(field if field in self.fields else None, errors)
        except CONSTRAINT_ERRORS as error:
            self.add_error(None, str(message_for(error).message))
        return None


def record_status(modeladmin: Any, request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Show the form, or record what it says and return to the commitment."""
    sent = request.method == "POST" and _CHOOSE not in request.POST
    evidence = _chosen_evidence(request, commitment)
    with transaction.atomic():
        # Whoever decides on the same commitment waits here.
        Commitment.objects.select_for_update().order_by().filter(pk=commitment.pk).values_list("pk").first()
        form = (
            StatusForm(commitment, evidence, request.POST) if sent else _suggested_form(request, commitment, evidence)
        )
        recorded = form.record(request.user) if sent and form.is_valid() else None
    if recorded is not None:
        text = _("已记录状态：%s。") if recorded else _("与现在的记录相同，没有改动：%s。")
        modeladmin.message_user(request, text % Status(commitment.status).label, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:projects_commitment_change", args=[commitment.pk]))
    any_form: Any = form
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": _("记录状态"),
        "subtitle": commitment.title,
        "form": form,
        "adminform": AdminForm(any_form, [(None, {"fields": list(form.fields)})], {}),
        "original": commitment,
        "due_state": due_state_badge(commitment.due_state(timezone.localdate())),
        "opts": modeladmin.opts,
        "media": modeladmin.media + form.media,
        "has_evidence": _accepted(commitment).exists(),
    }
    return TemplateResponse(request, "admin/projects/record_status.html", context)


def _accepted(commitment: Commitment) -> Any:
    accepted = commitment.evidence.filter(review_state=Verification.ACCEPTED)
    return accepted.select_related("achievement__report", "source", "commitment__report")


def _chosen_evidence(request: HttpRequest, commitment: Commitment) -> Evidence | None:
    """Return the evidence that was chosen; before anything was, the newest that is accepted."""
    values = request.POST if request.method == "POST" else request.GET
    found = _accepted(commitment)
    newest: Evidence | None = found.first()
    chosen: Evidence | None = found.filter(pk=parse_pk(values.get("evidence"))).first()
    return chosen if "evidence" in values else newest


def _suggested_form(request: HttpRequest, commitment: Commitment, evidence: Evidence | None) -> StatusForm:
    """Return the form with what the evidence suggests, and the words that were typed before it was chosen."""
    typed = {name: request.POST.get(name, "") for name in ("note", "note_en")}
    if evidence is None:
        return StatusForm(commitment, None, initial={"effective_on": timezone.localdate(), **typed})
    stays = commitment.delay_reason if commitment.status == evidence.verdict else ""
    suggested = {
        "status": evidence.verdict,
        "evidence": evidence,
        "effective_on": effective_day(evidence),
        "reason_code": evidence.delay_reason or stays,
    }
    return StatusForm(commitment, evidence, initial={**suggested, **typed})
