"""What every page builds on: nothing is deleted, and what the database refuses is said at its field."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, connection, models
from django.db.models.functions import Now
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.admin.versions import Conflict, conflict_of, row_version
from projects.constraint_messages import CONSTRAINT_ERRORS, CONSTRAINT_MESSAGES, ConstraintMessage, message_for
from projects.corrections import EMPTY_VALUE
from projects.models.base import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
    _ModelForm = forms.ModelForm[Any]
    _InlineFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    ModelAdmin, TabularInline = admin.ModelAdmin, admin.TabularInline
    _ModelForm, _InlineFormSet = forms.ModelForm, forms.BaseInlineFormSet

# Rows of one inline: far more than any record has.
_MOST_ROWS = 400
# Under this name a request keeps what the database said of its form.
_CONSTRAINT_MESSAGE = "duixian.constraint_message"
# Days on which something has been said, seen or done.
_PAST_DATES = frozenset({"as_of", "published_on", "retrieved_on", "delivered_on", "period_end", "last_verified_on"})


class PlainDecimalField(forms.DecimalField):
    """A number without the zeros that its column adds: 6, not 6.0000."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class LinesField(SimpleArrayField):
    """A list of texts, one a line; empty lines do not count."""

    def __init__(self, base_field: forms.Field, **kwargs: Any) -> None:
        kwargs.setdefault("widget", AdminTextareaWidget(attrs={"rows": 3}))
        super().__init__(base_field, delimiter="\n", **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "\n".join(line.strip() for line in value.splitlines() if line.strip())
        return super().to_python(value)


class BaseAdminForm(_ModelForm):
    """A form that says of every constraint which field is at fault and what to do."""

    # What the database said of the same data a moment ago.
    constraint_message: ClassVar[ConstraintMessage | None] = None
    # The tables whose rows are edited on the same page, and their foreign keys to the row.
    inlines: ClassVar[tuple[tuple[type[models.Model], str], ...]] = ()
    # Which version of the row the page showed.
    row_version = forms.CharField(required=False, widget=forms.HiddenInput)

    conflict: Conflict | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["row_version"] = self._version()
        # A row's full_clean asks this method, and so the form, what its constraints say.
        self.instance.__dict__["validate_constraints"] = self._check_constraints

    def clean(self) -> dict[str, Any]:
        """Refuse days that cannot be, and what the database has refused."""
        cleaned = super().clean() or self.cleaned_data
        # What a source expects may lie ahead.
        past_dates = _PAST_DATES - ({"as_of"} if cleaned.get("is_forecast") else set())
        for name, value in list(cleaned.items()):
            if isinstance(value, date) and (error := _date_error(value, past=name in past_dates)):
                self.add_error(name, error)
        if self.constraint_message is not None:
            self.add_error(self._error_field(self.constraint_message), str(self.constraint_message.message))
        if self.instance.pk is not None and not self.instance._state.adding:
            self._refuse_lost_update(cleaned)
        return cleaned

    def _version(self) -> str:
        model, pk = type(self.instance), self.instance.pk
        rows = [
            row_version(inline, inline._default_manager.filter(**{key: pk}).values_list("pk", flat=True))
            for inline, key in self.inlines
        ]
        return " ".join([row_version(model, [pk]), *rows])

    def _refuse_lost_update(self, cleaned: dict[str, Any]) -> None:
        """Refuse to write over what somebody else wrote since the page was shown; what is typed stays.

        Fields that were not touched then show what is there now.
        """
        model = type(self.instance)
        # Whoever saves the same row waits here until this save is through.
        model._default_manager.select_for_update().order_by().filter(pk=self.instance.pk).values_list("pk").first()
        seen, now = cleaned.pop("row_version", "").split(" "), self._version().split(" ")
        if seen == now:
            return
        self.conflict = conflict_of(model, self.instance.pk, seen[0], cleaned)
        if self.conflict is None and seen[1:] == now[1:] and seen[0]:
            return
        shown = {"row_version": " ".join(now)}
        for change in self.conflict.changes if self.conflict else ():
            if change.name in self.fields and not change.touched:
                shown[change.name] = self._present_value(change.name)
        self.data = with_values(self.data, {self.add_prefix(name): value for name, value in shown.items()})
        self.add_error(None, _("没有保存：这一页打开以后，别人改过这条记录。请对照所列的改动，改好后再保存一次。"))
        for (inline, key), before, after in zip(self.inlines, [*seen[1:], *[""] * len(now)], now[1:], strict=False):
            if before != after and seen[0]:
                rows = inline._default_manager.filter(**{key: self.instance.pk})
                told = {"name": inline._meta.verbose_name, "rows": "、".join(map(str, rows)) or EMPTY_VALUE}
                self.add_error(None, _("“%(name)s”已被改过，现在是：%(rows)s。") % told)

    def _present_value(self, name: str) -> Any:
        row = type(self.instance)._default_manager.get(pk=self.instance.pk)
        return self.fields[name].prepare_value(model_to_dict(row, fields=[name])[name])

    def _check_constraints(self, exclude: set[str] | None = None) -> None:
        """Check the model's constraints one by one, so that each speaks in its own words at its field."""
        errors: dict[str, list[str]] = {}
        for constraint in self.instance._meta.constraints:
            try:
                constraint.validate(type(self.instance), self.instance, exclude=exclude)
            except ValidationError:
                message = CONSTRAINT_MESSAGES[constraint.name]
                errors.setdefault(self._error_field(message), []).append(str(message.message))
        if errors:
            raise ValidationError(errors)

    def _error_field(self, message: ConstraintMessage) -> str:
        return message.field if message.field in self.fields else NON_FIELD_ERRORS


def with_values(data: Any, values: Mapping[str, Any]) -> QueryDict:
    """Return what a browser has sent, with other values; a box that is not ticked is not sent at all."""
    changed: QueryDict = data.copy()
    for name, value in values.items():
        if value in (None, False):
            changed.pop(name, None)
        else:
            changed[name] = value
    return changed


def _date_error(day: date, *, past: bool) -> str | None:
    """Return what is wrong with a day, which may have to be past; None if nothing is."""
    if not FIRST_DAY.year <= day.year <= LAST_DAY.year:
        return _("日期应在 %(first)d 年至 %(last)d 年之间。") % {"first": FIRST_DAY.year, "last": LAST_DAY.year}
    if past and day > timezone.localdate():
        return _("不能晚于今天。")
    return None


class BaseAdminInlineFormSet(_InlineFormSet):
    """Says of a row that is there twice what to do about it."""

    def get_unique_error_message(self, unique_check: Any) -> str:
        model: Any = self.model
        names = "、".join(str(model._meta.get_field(name).verbose_name) for name in unique_check)
        return _("“%s”重复了。请修改已有的那一行。") % names


class BaseAdmin(ModelAdmin):
    """A page that never deletes and shows the versions of its rows."""

    form = BaseAdminForm
    list_per_page = 50
    show_full_result_count = False
    formfield_overrides: ClassVar[Any] = {
        # An address typed without a scheme is taken as https.
        models.URLField: {"assume_scheme": "https", "widget": AdminURLFieldWidget},
        models.DecimalField: {"form_class": PlainDecimalField},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    }
    # Shows the versions that the database kept: unlike the admin's own log they tell before and after.
    object_history_template = "admin/projects/history.html"

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out of a new row's form what the database fills in; that of another one carries its version."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return _with_version(fieldsets) if self.has_change_permission(request, obj) else fieldsets
        filled = {field.name for field in self.opts.fields if isinstance(getattr(field, "db_default", None), Now)}
        return [(name, {**options, "fields": _without(options["fields"], filled)}) for name, options in fieldsets]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show the list without the conditions of an address that no value can meet: a year 99999, a NUL.

        A selection that names no row selects nothing.
        """
        try:
            for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.to_python(key)
        except ValidationError:
            return HttpResponseRedirect(request.get_full_path())
        try:
            return super().changelist_view(request, extra_context)
        except (ValueError, OverflowError, DataError):
            if request.method != "GET" or ERROR_FLAG in request.GET:
                raise
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Read no more rows of an inline than a page could have shown, whatever number is sent."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            formset.absolute_max = _MOST_ROWS
            yield formset, inline

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the form again with an error where the database refuses what it holds; nothing of it is saved then."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except CONSTRAINT_ERRORS as error:
            request.META[_CONSTRAINT_MESSAGE] = message_for(error)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form, with what the database has just said."""
        form = super().get_form(request, obj, change, **kwargs)
        message, inlines = request.META.get(_CONSTRAINT_MESSAGE), self._edited_inlines(request, obj)
        return type(form.__name__, (form,), {"constraint_message": message, "inlines": inlines})

    def _edited_inlines(self, request: HttpRequest, obj: Any) -> tuple[tuple[type[models.Model], str], ...]:
        edited = (inline for inline in self.get_inline_instances(request, obj) if inline.has_change_permission(request))
        return tuple(
            (inline.model, inline.fk_name or _foreign_key(inline.model, self.model)) for inline in edited if obj
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save, and let constraints speak now that would only speak at the end of the transaction."""
        super().save_related(request, form, formsets, change)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _with_version(fieldsets: Iterable[Any]) -> list[Any]:
    (name, options), *rest = fieldsets
    return [(name, {**options, "fields": (*options["fields"], "row_version")}), *rest]


def _foreign_key(model: type[models.Model], parent: type[models.Model]) -> str:
    return next(field.name for field in model._meta.fields if field.related_model is parent)


def _without(fields: Iterable[Any], names: set[str]) -> list[Any]:
    """Return the fields of a fieldset, rows of several included, that are not named."""
    rows = [tuple(name for name in row if name not in names) if isinstance(row, tuple) else row for row in fields]
    return [row for row in rows if row and row not in names]


class ReadOnlyInline(TabularInline):
    """Rows that are shown here and written elsewhere."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(BaseAdmin):
    """Rows that the program alone writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
