"""What every page of the desk shares: nothing is deleted, and what the database refuses is said at its field."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, InternalError, connection, models
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from projects.admin.fields import PlainDecimalField
from projects.admin.history import changes_of
from projects.constraint_messages import CONSTRAINT_MESSAGES, ConstraintMessage, message_for
from projects.models.base import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:
    ModelForm, ModelAdmin, TabularInline = forms.ModelForm, admin.ModelAdmin, admin.TabularInline

# Under this name a request keeps what the database said of its form.
_REFUSAL = "duixian.refusal"
# Days on which something has been said, seen or done.
_NOT_TO_COME = frozenset({"as_of", "published_on", "retrieved_on", "delivered_on", "period_end", "last_verified_on"})
REFUSED = (IntegrityError, InternalError, DataError)


class DeskForm(ModelForm):
    """A form that says of every constraint which field is at fault and what to do."""

    refusal: ClassVar[ConstraintMessage | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A row's full_clean asks this method, and so the form, what its constraints say.
        self.instance.__dict__["validate_constraints"] = self._check_constraints

    def clean(self) -> dict[str, Any]:
        """Refuse days that cannot be; add what the database said of the same data a moment ago."""
        cleaned = super().clean() or self.cleaned_data
        # What a source expects may lie ahead.
        not_to_come = _NOT_TO_COME - ({"as_of"} if cleaned.get("is_forecast") else set())
        for name, value in list(cleaned.items()):
            if isinstance(value, date) and (why := _why_not(value, past=name in not_to_come)):
                self.add_error(name, str(why))
        if self.refusal is not None:
            self.add_error(self._place(self.refusal), str(self.refusal.message))
        return cleaned

    def _check_constraints(self, exclude: set[str] | None = None) -> None:
        """Check the model's constraints one by one, so that each speaks in its own words at its field."""
        errors: dict[str, list[str]] = {}
        for constraint in self.instance._meta.constraints:
            try:
                constraint.validate(type(self.instance), self.instance, exclude=exclude)
            except ValidationError:
                refusal = CONSTRAINT_MESSAGES[constraint.name]
                errors.setdefault(self._place(refusal), []).append(str(refusal.message))
        if errors:
            raise ValidationError(errors)

    def _place(self, refusal: ConstraintMessage) -> str:
        """Return the field that a refusal speaks of, or the whole form where the field is not on it."""
        return refusal.field if refusal.field in self.fields else NON_FIELD_ERRORS


def _why_not(day: date, *, past: bool) -> str | Promise | None:
    """Return what is wrong with a day, which may have to be past; None if nothing is."""
    if not FIRST_DAY.year <= day.year <= LAST_DAY.year:
        return _("日期应在 %(first)d 年至 %(last)d 年之间。") % {"first": FIRST_DAY.year, "last": LAST_DAY.year}
    if past and day > timezone.localdate():
        return _("不能晚于今天。")
    return None


class DeskAdmin(ModelAdmin):
    """An admin page that never deletes, and shows the rows' own history."""

    form = DeskForm
    list_per_page = 50
    show_full_result_count = False
    formfield_overrides: ClassVar[Any] = {
        # An address typed without a scheme is taken as https.
        models.URLField: {"assume_scheme": "https", "widget": AdminURLFieldWidget},
        models.DecimalField: {"form_class": PlainDecimalField},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    }
    object_history_template = "admin/projects/history.html"

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nothing is destroyed."""
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
        except REFUSED as error:
            request.META[_REFUSAL] = message_for(error)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form, with what the database has just said."""
        form = super().get_form(request, obj, change, **kwargs)
        refusal = request.META.get(_REFUSAL)
        return type(form.__name__, (form,), {"refusal": refusal}) if refusal else form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save, and let constraints speak now that would only speak at the end of the transaction."""
        super().save_related(request, form, formsets, change)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show who changed what and when."""
        changes = changes_of(self.model, object_id)
        return super().history_view(request, object_id, {"changes": changes, **(extra_context or {})})


def _without(fields: Iterable[Any], names: set[str]) -> list[Any]:
    """Return the fields of a fieldset, rows of several included, that are not named."""
    rows = [tuple(name for name in row if name not in names) if isinstance(row, tuple) else row for row in fields]
    return [row for row in rows if row and row not in names]


class ShownInline(TabularInline):
    """Rows that are shown here and written elsewhere."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not here."""
        return False


class ReadOnlyAdmin(DeskAdmin):
    """A page on which nothing is added or changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows are written by the program."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Rows stay as they were written."""
        return False
