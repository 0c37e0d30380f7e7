"""Who may do what: accounts, groups and their permissions, the group of curators, and the tokens of programs."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.apps import AppConfig
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from django.views.decorators.debug import sensitive_variables

from projects.admin.base_admin import BaseAdmin, BaseAdminForm, ReadOnlyAdmin
from projects.admin.review_actions import ReviewAction, ReviewActionsMixin, Rows
from projects.choices import TokenScope
from projects.models import ApiToken

if TYPE_CHECKING:
    _Choices = forms.ModelMultipleChoiceField[Permission]
    _UserAdmin = UserAdmin[User]
    _Admin = admin.ModelAdmin[Any]
else:
    _Choices, _UserAdmin, _Admin = forms.ModelMultipleChoiceField, UserAdmin, object

CURATORS = "curator"
# What curators write themselves; all else they read.
_WRITABLE = {
    "report", "commitment", "achievement", "project", "restatement", "evidence", "responsibility", "department",
    "jurisdiction", "source", "succession",
}  # fmt: skip
# What the program makes and they correct or decide on: a failed run, to try it again; links between years, of rows.
_CORRECTABLE = {"extractionrun", "linkproposal", "reportpair", "rowlink"}
# What may go, because it only links two rows and its versions stay.
_DELETABLE = {"responsibility"}
# Where a request holds the token and the secret that its answer shows.
_SHOWN_ONCE = "duixian.shown_once"
_VERBS: dict[str, str | Promise] = {
    "view": pgettext_lazy("permission", "查看"),
    "add": pgettext_lazy("permission", "增加"),
    "change": pgettext_lazy("permission", "修改"),
    "delete": pgettext_lazy("permission", "删除"),
}


def grant_curator_permissions(sender: AppConfig, **_signal: Any) -> None:
    """Give the group its permissions after every migration; what an administrator added to it stays."""
    # Django's own handler, which makes the permissions, may come after this one.
    create_permissions(sender, verbosity=0)
    permissions = Permission.objects.filter(content_type__app_label="projects")
    granted = [permission for permission in permissions if _is_granted(*permission.codename.split("_", 1))]
    group, _new = Group.objects.get_or_create(name=CURATORS)
    group.permissions.add(*granted)


def _is_granted(verb: str, model: str) -> bool:
    written = verb in {"add", "change"} and model in _WRITABLE
    corrected = verb == "change" and model in _CORRECTABLE
    return verb == "view" or written or corrected or (verb == "delete" and model in _DELETABLE)


class _PermissionsField(_Choices):
    """Permissions by table and action; Django keeps their names in the language of the migration."""

    def label_from_instance(self, obj: Any) -> str:
        verb = obj.codename.split("_", 1)[0]
        model: Any = obj.content_type.model_class()
        return _("%(table)s：%(action)s") % {"table": model._meta.verbose_name, "action": _VERBS[verb]}


def _permissions_in_use() -> Any:
    """Return the permissions that open something in the admin, table by table."""
    wanted = Q()
    for model, model_admin in admin.site._registry.items():
        names = [f"{verb}_{model._meta.model_name}" for verb in _verbs(model_admin)]
        wanted |= Q(content_type__app_label=model._meta.app_label, codename__in=names)
    found = Permission.objects.filter(wanted).select_related("content_type")
    return found.order_by("content_type__app_label", "content_type__model", "pk")


def _verbs(model_admin: Any) -> list[str]:
    """Return what can be done on a table's pages by whoever may."""
    if isinstance(model_admin, ReadOnlyAdmin):
        return ["view"]
    never_deletes = (
        isinstance(model_admin, BaseAdmin)
        and type(model_admin).has_delete_permission is BaseAdmin.has_delete_permission
    )
    return [verb for verb in _VERBS if verb != "delete" or not never_deletes]


class _CheckboxesMixin(_Admin):
    """Offers groups and permissions as boxes to tick."""

    filter_horizontal: ClassVar[Any] = ()

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        checkboxes = forms.CheckboxSelectMultiple
        if db_field.related_model is Permission:
            label, words = db_field.verbose_name, db_field.help_text
            return _PermissionsField(
                _permissions_in_use(), label=label, help_text=words, required=False, widget=checkboxes
            )
        return super().formfield_for_manytomany(db_field, request, **{**kwargs, "widget": checkboxes})


class TrackerUserAdmin(_CheckboxesMixin, _UserAdmin):
    pass


class TrackerGroupAdmin(_CheckboxesMixin, GroupAdmin):
    pass


admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.register(User, TrackerUserAdmin)
admin.site.register(Group, TrackerGroupAdmin)


def _renew(rows: Rows, request: HttpRequest) -> int:
    token: ApiToken | None = rows.filter(revoked_at__isnull=True).first()
    if token is None:
        return 0
    request.META[_SHOWN_ONCE] = (token, token.renew())
    token.save()
    return 1


def _revoke(rows: Rows, request: HttpRequest) -> int:
    return rows.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())


def _renew_effects(rows: Rows) -> list[str]:
    return [_("旧的令牌立即失效，新的只显示一次。权限、范围和有效期不变。")]


def _revoke_effects(rows: Rows) -> list[str]:
    return [_("%d 个令牌立即失效，不能恢复；已经提出的证据保留。") % rows.filter(revoked_at__isnull=True).count()]


def _is_not_revoked(row: ApiToken) -> bool:
    return row.revoked_at is None


TOKEN_ACTIONS = (
    ReviewAction("renew", gettext_lazy("换发"), gettext_lazy("已换发。"), _renew, _renew_effects, _is_not_revoked),
    ReviewAction(
        "revoke",
        gettext_lazy("吊销"),
        gettext_lazy("已吊销 %(count)d 个令牌。"),
        _revoke,
        _revoke_effects,
        _is_not_revoked,
    ),
)


class ApiTokenForm(BaseAdminForm):
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("权限"),
        choices=TokenScope.choices,
        initial=[TokenScope.EVIDENCE_WRITE],
        widget=forms.CheckboxSelectMultiple,
    )


@admin.register(ApiToken)
class ApiTokenAdmin(ReviewActionsMixin, BaseAdmin):
    """Tokens are made, renewed and revoked here; a secret is shown once, and not kept."""

    form = ApiTokenForm
    review_actions = TOKEN_ACTIONS
    change_form_template = "admin/projects/review_actions.html"
    list_display = (
        "name",
        "holder",
        "prefix",
        "scopes_display",
        "jurisdiction",
        "expires_at",
        "last_used_at",
        "is_valid",
    )
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
    def scopes_display(self, row: ApiToken) -> str:
        return "、".join(str(TokenScope(scope).label) for scope in row.scopes)

    @admin.display(description=gettext_lazy("有效"), boolean=True)
    def is_valid(self, row: ApiToken) -> bool:
        return row.is_valid(timezone.now())

    @sensitive_variables("secret")
    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        """Give a new token its secret and its maker."""
        if not change:
            obj.created_by_id = request.user.pk
            request.META[_SHOWN_ONCE] = (obj, obj.renew())
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: ApiToken, post_url_continue: str | None = None) -> HttpResponse:
        return self._secret_page(request)

    def review_action_view(self, request: HttpRequest, object_id: str, review_action: ReviewAction) -> HttpResponse:
        response = super().review_action_view(request, object_id, review_action)
        return self._secret_page(request) if _SHOWN_ONCE in request.META else response

    def _secret_page(self, request: HttpRequest) -> HttpResponse:
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
