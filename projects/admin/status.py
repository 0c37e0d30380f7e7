"""The form that gives a commitment a status: which, since when, and on which accepted evidence."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from projects import rules
from projects.choices import DelayReason, Status, Verification
from projects.models import Commitment, Evidence


class StatusForm(forms.Form):
    """What a status change needs; offers only what the rules allow."""

    status = forms.ChoiceField(label=gettext_lazy("新状态"))
    evidence = forms.ModelChoiceField(
        Evidence.objects.none(),
        label=gettext_lazy("依据"),
        required=False,
        empty_label=gettext_lazy("（无：只用于改回“未核实”）"),
        help_text=gettext_lazy("只列出这条承诺已采纳的证据。"),
    )
    effective_on = forms.DateField(label=gettext_lazy("生效日期"), widget=AdminDateWidget)
    reason_code = forms.ChoiceField(
        label=gettext_lazy("原因"), required=False, choices=[("", "—"), *DelayReason.choices]
    )
    note = forms.CharField(label=gettext_lazy("说明"), required=False, widget=AdminTextareaWidget(attrs={"rows": 3}))
    note_en = forms.CharField(
        label=gettext_lazy("英文说明"), required=False, widget=AdminTextareaWidget(attrs={"rows": 3})
    )

    def __init__(self, commitment: Commitment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commitment = commitment
        allowed = rules.TRANSITIONS[Status(commitment.status)] | {Status(commitment.status)}
        fields: dict[str, Any] = self.fields
        fields["status"].choices = [(code, label) for code, label in Status.choices if code in allowed]
        fields["evidence"].queryset = commitment.evidence.filter(review_state=Verification.ACCEPTED)

    def clean_effective_on(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["effective_on"]
        if day > timezone.localdate():
            raise ValidationError(_("生效日期不能晚于今天。"))
        return day

    def record(self, actor: Any) -> bool:
        """Record the status; what the model refuses becomes an error at its field. Says whether it was recorded."""
        try:
            self.commitment.record_status(actor=actor, **self.cleaned_data)
        except ValidationError as error:
            for field, errors in error.message_dict.items():
                self.add_error(field if field in self.fields else None, errors)
            return False
        return True


def record_status(modeladmin: Any, request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Show the form, or record what it says and return to the commitment."""
    sent = request.POST if request.method == "POST" else None
    form: Any = StatusForm(commitment, sent, initial=_proposed(commitment))
    if request.method == "POST" and form.is_valid() and form.record(request.user):
        label = Status(commitment.status).label
        modeladmin.message_user(request, _("已记录状态：%s。") % label, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:projects_commitment_change", args=[commitment.pk]))
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": _("记录状态"),
        "subtitle": commitment.title,
        "form": form,
        "adminform": AdminForm(form, [(None, {"fields": list(form.fields)})], {}),
        "original": commitment,
        "opts": modeladmin.opts,
        "media": modeladmin.media + form.media,
        "has_evidence": commitment.evidence.filter(review_state=Verification.ACCEPTED).exists(),
    }
    return TemplateResponse(request, "admin/projects/record_status.html", context)


def _proposed(commitment: Commitment) -> dict[str, Any]:
    """Return what the newest accepted evidence suggests; the status as it is where there is none."""
    newest = commitment.evidence.filter(review_state=Verification.ACCEPTED).first()
    if newest is None:
        return {"status": commitment.status, "effective_on": timezone.localdate()}
    return {"status": newest.verdict, "evidence": newest, "effective_on": newest.as_of}
