"""A filter set that answers everything it is asked or says what is wrong: nothing is ignored."""

import copy
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, TypeAlias

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from projects.filters.filters import CodesField, StrictFilter, WholesField, codes
from projects.filters.problems import BadQuery, Fault, Problem, blank, repeated, unknown

Ranges: TypeAlias = tuple[tuple[str, str], ...]


class StrictFilterSet(django_filters.FilterSet):
    """One list's parameters. ``on`` is the day for which overdue is told."""

    # Parameters that only narrow together with another one.
    needs: ClassVar[Mapping[str, str]] = {}
    # Pairs that must not contradict each other: lower bound, upper bound.
    ranges: ClassVar[Ranges] = ()
    # Parameters that touch only columns which the table of totals has too.
    tallied: ClassVar[frozenset[str]] = frozenset()
    base_filters: ClassVar[Mapping[str, StrictFilter]]
    # The form fields of all filters: they keep nothing of what they read, so that all requests share them.
    form_fields: ClassVar[Mapping[str, forms.Field]]

    def __init_subclass__(cls) -> None:
        cls.form_fields = {}

    def __init__(self, data: QueryDict, queryset: "models.QuerySet[Any]", *, on: date) -> None:
        """Bind copies of the filters that are given: to copy all of them takes a hundred times longer."""
        self.data, self.queryset, self.on = data, queryset, on
        self.is_bound, self.request, self.form_prefix = True, None, None
        self.filters = {name: copy.copy(self.base_filters[name]) for name in data if name in self.base_filters}
        for one in self.filters.values():
            one.parent, one.model = self, queryset.model
            one.method = one.method  # bound to the copy

    @classmethod
    def fields(cls) -> Mapping[str, forms.Field]:
        if not cls.form_fields:
            cls.form_fields = {name: one.field for name, one in cls.base_filters.items()}
            for name, field in cls.form_fields.items():
                field.help_text = field.label = cls.base_filters[name].label
        return cls.form_fields

    @cached_property
    def form(self) -> forms.Form:
        """The form that reads the values."""
        return bound(self.fields(), self.data)

    @cached_property
    def cleaned(self) -> dict[str, Any]:
        """The values that were given, by parameter."""
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}

    @property
    def narrowed_by(self) -> dict[str, Any]:
        """The values of what narrows the list, without what only shapes the answer."""
        return {name: value for name, value in self.cleaned.items() if self.base_filters[name].narrowing}

    def problems(self) -> list[Problem]:
        """Return what is wrong with the values."""
        return problems(self.form) or [*self._missing_companions(), *self._inverted_ranges()]

    def _missing_companions(self) -> Iterator[Problem]:
        for name, other in self.needs.items():
            if name in self.cleaned and other not in self.cleaned:
                detail = _("只能与另一参数同用：%(other)s。") % {"other": other}
                yield Problem(name, Fault.MISSING, detail)

    def _inverted_ranges(self) -> Iterator[Problem]:
        for lower, upper in self.ranges:
            if lower in self.cleaned and upper in self.cleaned and self.cleaned[lower] > self.cleaned[upper]:
                detail = _("大于另一参数的值：%(other)s。") % {"other": upper}
                yield Problem(lower, Fault.INVALID, detail)

    def filter_queryset(self, queryset: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
        """Narrow the rows by what is given."""
        for name, value in self.cleaned.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset


def bound(fields: Mapping[str, forms.Field], data: QueryDict) -> forms.Form:
    """Return a form that has read the data: fields keep nothing of what they read, so that they need no copies.

    It has only the fields that are given: none is required.
    """
    form = forms.Form(data)
    form.fields.update({name: field for name, field in fields.items() if name in data})
    form.full_clean()
    return form


def problems(form: forms.Form) -> list[Problem]:
    errors = form.errors.as_data().items()
    return [as_problem(name, error, form.fields[name]) for name, some in errors for error in some]


def as_problem(name: str, error: ValidationError, field: forms.Field) -> Problem:
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
        elif len(full) > 1 and not isinstance(fields[name], CodesField | WholesField):
            wrong.append(repeated(name))
        elif not all(value.strip() for value in full):
            wrong.append(blank(name, codes(fields[name])))
        elif full:
            given.setlist(name, full)
    if wrong:
        raise BadQuery(wrong)
    return given
