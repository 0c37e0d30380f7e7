"""A filter set that answers everything it is asked or says what is wrong: nothing is ignored."""

import copy
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self, TypeAlias

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters.constants import EMPTY_VALUES

from projects.filters.fields import CodesField, codes
from projects.filters.problems import BadQuery, Fault, Problem, Text, blank, repeated, unknown

Ranges: TypeAlias = tuple[tuple[str, str], ...]


class Parameter(django_filters.Filter):
    """One parameter: the field that reads it, what it means, an example, and what it keeps.

    ``keep`` names the filter set's method; without one the column is compared with ``lookup_expr``.
    """

    parent: "StrictFilterSet"

    def __init__(
        self,
        field: forms.Field,
        meaning: Text,
        *,
        example: str,
        column: str | None = None,
        lookup_expr: str = "exact",
        keep: str | None = None,
    ) -> None:
        super().__init__(column, lookup_expr)
        self.form_field, self.example, self.keep = field, example, keep
        field.required, field.help_text, field.label = False, meaning, meaning

    def __deepcopy__(self, _memo: dict[int, Any]) -> Self:
        """Return a copy for one filter set, which shares the field."""
        return copy.copy(self)

    @property
    def field(self) -> forms.Field:
        """The form field, made once for all requests."""
        return self.form_field

    def filter(self, qs: "models.QuerySet[Any]", value: object) -> "models.QuerySet[Any]":
        """Narrow the rows when a value is given."""
        if value in EMPTY_VALUES:
            return qs
        kept: models.QuerySet[Any]
        kept = getattr(self.parent, self.keep)(qs, value) if self.keep else super().filter(qs, value)
        return kept


class StrictFilterSet(django_filters.FilterSet):
    """One list's parameters. ``on`` is the day for which overdue is told; ``as_of`` asks for what was known then."""

    # Parameters that only narrow together with another one.
    needs: ClassVar[Mapping[str, str]] = {}
    # Pairs that must not contradict each other: lower bound, upper bound.
    ranges: ClassVar[Ranges] = ()
    # Parameters that touch only columns which the kept totals have too.
    tallied: ClassVar[frozenset[str]] = frozenset()
    base_filters: ClassVar[Mapping[str, Parameter]]

    def __init__(self, data: QueryDict, queryset: "models.QuerySet[Any]", *, on: date) -> None:
        super().__init__(data, queryset)
        self.on = on

    @cached_property
    def form(self) -> forms.Form:
        """The form that reads the values, with the fields that all requests share."""
        return bound({name: parameter.form_field for name, parameter in self.base_filters.items()}, self.data)

    @property
    def cleaned(self) -> dict[str, Any]:
        """The values that were given, by parameter."""
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}

    def problems(self) -> list[Problem]:
        """Return what is wrong with the values."""
        return problems(self.form) or [*self._lonely(), *self._contradictions()]

    def _lonely(self) -> Iterator[Problem]:
        for name, other in self.needs.items():
            if name in self.cleaned and other not in self.cleaned:
                detail = _("只能与另一参数同用：%(other)s。") % {"other": other}
                yield Problem(name, Fault.MISSING, detail)

    def _contradictions(self) -> Iterator[Problem]:
        for lower, upper in self.ranges:
            if lower in self.cleaned and upper in self.cleaned and self.cleaned[lower] > self.cleaned[upper]:
                detail = _("大于另一参数的值：%(other)s。") % {"other": upper}
                yield Problem(lower, Fault.INVALID, detail)


def bound(fields: Mapping[str, forms.Field], data: QueryDict) -> forms.Form:
    """Return a form that has read the data: fields keep nothing of what they read, so that they need no copies.

    It has only the fields that are given: none is required.
    """
    form = forms.Form(data)
    form.fields.update({name: field for name, field in fields.items() if name in data})
    form.full_clean()
    return form


def problems(form: forms.Form) -> list[Problem]:
    """Return a form's errors as problems."""
    errors = form.errors.as_data().items()
    return [told(name, error, form.fields[name]) for name, some in errors for error in some]


def told(name: str, error: ValidationError, field: forms.Field) -> Problem:
    """Return a field's error as a problem, with what is allowed."""
    params: Mapping[str, Any] = error.params or {}
    allowed = tuple(params.get("allowed", codes(field)))
    return Problem(name, Fault.INVALID, error.messages[0], allowed, params.get("nearest"))


def read_parameters(data: QueryDict, fields: Mapping[str, forms.Field], *, blanks: bool) -> QueryDict:
    """Return the parameters that are given.

    ``blanks`` lets a browser's form send empty fields. Raises BadQuery for unknown, repeated and blank ones.
    """
    wrong, given = [], QueryDict(mutable=True)
    for name, values in data.lists():
        full = [value for value in values if value.strip()] if blanks else values
        if name not in fields:
            wrong.append(unknown(name, fields))
        elif len(full) > 1 and not isinstance(fields[name], CodesField):
            wrong.append(repeated(name))
        elif not all(value.strip() for value in full):
            wrong.append(blank(name, codes(fields[name])))
        elif full:
            given.setlist(name, full)
    if wrong:
        raise BadQuery(wrong)
    return given
