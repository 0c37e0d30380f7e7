"""The desk of accounts: Django's own, with permissions named in the reader's language."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext_lazy

from projects.admin.base import DeskAdmin, ReadOnlyAdmin

_VERBS: dict[str, str | Promise] = {
    "view": pgettext_lazy("permission", "查看"),
    "add": pgettext_lazy("permission", "增加"),
    "change": pgettext_lazy("permission", "修改"),
    "delete": pgettext_lazy("permission", "删除"),
}

if TYPE_CHECKING:
    _Choices = forms.ModelMultipleChoiceField[Permission]
    _UserAdmin = UserAdmin[User]
    _Admin = admin.ModelAdmin[Any]
else:
    _Choices, _UserAdmin, _Admin = forms.ModelMultipleChoiceField, UserAdmin, object


class _Permissions(_Choices):
    """Permissions by table and action; Django keeps their names in the language of the migration."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the table and what may be done with it."""
        verb = obj.codename.split("_", 1)[0]
        model: Any = obj.content_type.model_class()
        return _("%(table)s：%(action)s") % {"table": model._meta.verbose_name, "action": _VERBS[verb]}


def _of_the_desk() -> Any:
    """Return the permissions that open something on the desk, table by table."""
    wanted = Q()
    for model, shown in admin.site._registry.items():
        names = [f"{verb}_{model._meta.model_name}" for verb in _verbs(shown)]
        wanted |= Q(content_type__app_label=model._meta.app_label, codename__in=names)
    found = Permission.objects.filter(wanted).select_related("content_type")
    return found.order_by("content_type__app_label", "content_type__model", "pk")


def _verbs(shown: Any) -> list[str]:
    """Return what can be done on a table's pages by whoever may."""
    if isinstance(shown, ReadOnlyAdmin):
        return ["view"]
    keeps = isinstance(shown, DeskAdmin) and type(shown).has_delete_permission is DeskAdmin.has_delete_permission
    return [verb for verb in _VERBS if verb != "delete" or not keeps]


class _Named(_Admin):
    """Offers groups and permissions as boxes to tick."""

    filter_horizontal: ClassVar[Any] = ()

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        """Return the field for groups or permissions."""
        ticked = forms.CheckboxSelectMultiple
        if db_field.related_model is Permission:
            label, words = db_field.verbose_name, db_field.help_text
            return _Permissions(_of_the_desk(), label=label, help_text=words, required=False, widget=ticked)
        return super().formfield_for_manytomany(db_field, request, **{**kwargs, "widget": ticked})


class DeskUserAdmin(_Named, _UserAdmin):
    """People."""


class DeskGroupAdmin(_Named, GroupAdmin):
    """Groups of people."""


admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.register(User, DeskUserAdmin)
admin.site.register(Group, DeskGroupAdmin)
