"""What every page builds on: nothing is deleted, and what the database refuses is said at its field."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection, models
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.constraint_messages import CONSTRAINT_ERRORS, CONSTRAINT_MESSAGES, ConstraintMessage, message_for
from projects.models.base import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
    _ModelForm = forms.ModelForm[Any]
    _InlineFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    ModelAdmin, TabularInline = admin.ModelAdmin, admin.TabularInline
    _ModelForm, _InlineFormSet = forms.ModelForm, forms.BaseInlineFormSet

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        return cleaned

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
        """Leave out of a new row's form what the database fills in."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        filled = {field.name for field in self.opts.fields if isinstance(getattr(field, "db_default", None), Now)}
        return [(name, {**options, "fields": _without(options["fields"], filled)}) for name, options in fieldsets]

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
        message = request.META.get(_CONSTRAINT_MESSAGE)
        return type(form.__name__, (form,), {"constraint_message": message}) if message else form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save, and let constraints speak now that would only speak at the end of the transaction."""
        super().save_related(request, form, formsets, change)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


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
