"""Filling in forms of the admin site as a browser does."""

from typing import Any

from django.db.models.fields.files import FieldFile
from django.forms import BaseForm
from django.test import Client


def filled(response: Any, /, **changes: Any) -> dict[str, Any]:
    """Return what a browser would send of the shown form and its rows, with changes and, if asked for, their reason."""
    form = response.context["adminform"].form
    data = {**_values(form), **({"correction": "订正"} if "correction" in form.fields else {})}
    for inline in response.context.get("inline_admin_formsets", ()):
        data |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= _values(form)
    return {**data, **changes}


def _values(form: BaseForm) -> dict[str, Any]:
    values = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in values.items() if value is not None and not isinstance(value, FieldFile)}


def post_form(client: Client, address: str, /, **changes: Any) -> Any:
    """Open a form, change some fields and send it."""
    return client.post(address, filled(client.get(address), **changes))


def errors_of(response: Any) -> dict[str, list[str]]:
    """Return the errors of the shown form by field, those of the whole form under ``__all__``."""
    assert response.status_code == 200, f"the form was accepted: {response.status_code}"
    return {field: list(map(str, errors)) for field, errors in response.context["adminform"].form.errors.items()}


def confirm(client: Client, address: str, data: dict[str, Any] | None = None, /, **kwargs: Any) -> Any:
    """Ask for a decision and confirm it on the page that tells what will follow."""
    shown = client.post(address, data or {})
    return client.post(address, {**(data or {}), "version": shown.context["version"], "confirmed": "1"}, **kwargs)
