"""Tokens of the API: made, renewed and revoked here; a secret is shown once, and not kept."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.debug import sensitive_variables

from projects.admin.actions import Line, Rows, Step
from projects.admin.base import DeskAdmin, DeskForm
from projects.admin.decisions import DecisionsMixin
from projects.choices import TokenScope
from projects.models import ApiToken

# Where a request holds the token and the secret that its answer shows.
_SHOWN_ONCE = "duixian.shown_once"


def _renew(rows: Rows, request: HttpRequest) -> int:
    token: ApiToken | None = rows.filter(revoked_at__isnull=True).first()
    if token is None:
        return 0
    request.META[_SHOWN_ONCE] = (token, token.renew())
    token.save()
    return 1


def _revoke(rows: Rows, request: HttpRequest) -> int:
    return rows.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())


def _renewed(rows: Rows) -> list[Line]:
    return [_("旧的令牌立即失效，新的只显示一次。权限、范围和有效期不变。")]


def _revoked(rows: Rows) -> list[Line]:
    return [_("%d 个令牌立即失效，不能恢复；已经提出的证据保留。") % rows.filter(revoked_at__isnull=True).count()]


RENEW = Step("renew", gettext_lazy("换发"), gettext_lazy("已换发。"), _renew, _renewed)
REVOKE = Step("revoke", gettext_lazy("吊销"), gettext_lazy("已吊销 %(count)d 个令牌。"), _revoke, _revoked)


class TokenForm(DeskForm):
    """What a token is for and what it opens."""

    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("权限"),
        choices=TokenScope.choices,
        initial=[TokenScope.EVIDENCE_WRITE],
        widget=forms.CheckboxSelectMultiple,
    )


@admin.register(ApiToken)
class ApiTokenAdmin(DecisionsMixin, DeskAdmin):
    """Tokens."""

    form = TokenForm
    steps = (RENEW, REVOKE)
    change_form_template = "admin/projects/decided.html"
    list_display = ("name", "holder", "prefix", "opens", "jurisdiction", "expires_at", "last_used_at", "is_open")
    list_filter = ("revoked_at", "expires_at")
    list_select_related = ("jurisdiction",)
    search_fields = ("name", "holder", "prefix")
    autocomplete_fields = ("jurisdiction",)
    readonly_fields = ("prefix", "last_used_at", "revoked_at", "created_by", "created_at")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("name", "holder", "scopes", "jurisdiction", "expires_at")}),
        (gettext_lazy("使用"), {"fields": (("prefix", "last_used_at", "revoked_at"), ("created_by", "created_at"))}),
    )

    @admin.display(description=gettext_lazy("权限"))
    def opens(self, row: ApiToken) -> str:
        """What the token opens."""
        return "、".join(str(TokenScope(scope).label) for scope in row.scopes)

    @admin.display(description=gettext_lazy("有效"), boolean=True)
    def is_open(self, row: ApiToken) -> bool:
        """Whether the token opens anything now."""
        return row.is_valid(timezone.now())

    def open_steps(self, row: ApiToken) -> list[Step]:
        """Offer both until the token is revoked."""
        return [] if row.revoked_at else list(self.steps)

    @sensitive_variables("secret")
    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        """Give a new token its secret and its maker."""
        if not change:
            obj.created_by_id = request.user.pk
            request.META[_SHOWN_ONCE] = (obj, obj.renew())
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: ApiToken, post_url_continue: str | None = None) -> HttpResponse:
        """Show the secret of the new token."""
        return self._shown(request)

    def step_view(self, request: HttpRequest, object_id: str, step: Step) -> HttpResponse:
        """Show the secret of a renewed token."""
        answer = super().step_view(request, object_id, step)
        return self._shown(request) if _SHOWN_ONCE in request.META else answer

    def _shown(self, request: HttpRequest) -> HttpResponse:
        token, secret = request.META[_SHOWN_ONCE]
        context = {
            **self.admin_site.each_context(request),
            "title": _("令牌只显示这一次"),
            "opts": self.opts,
            "token": token,
            "secret": secret,
        }
        response = TemplateResponse(request, "admin/projects/token.html", context)
        response["Cache-Control"] = "no-store"
        return response
