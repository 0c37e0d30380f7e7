"""The desk of accounts: Django's own, with permissions named in the reader's language."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext_lazy

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
    """Return the permissions for what stands on the desk; tables of the program's own open nothing to people."""
    tables = Q()
    for model in admin.site._registry:
        tables |= Q(content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name)
    found = Permission.objects.filter(tables, codename__regex=f"^({'|'.join(_VERBS)})_")
    return found.select_related("content_type").order_by("content_type__app_label", "content_type__model", "pk")


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
