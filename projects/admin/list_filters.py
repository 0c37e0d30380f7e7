"""What the change lists can be narrowed to."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.choices import DueState, Level, OverdueBasis, ReviewState, SecondReader
from projects.models import Jurisdiction, Report
from projects.querysets import code_prefix, due_state_q, overdue_q

# Reports offered for review at a time; another one is reached from its own page.
_MOST_OFFERED = 30


def parse_pk(text: str | None) -> int | None:
    """Return the primary key that a URL names, None if it names none."""
    # What is longer is no number of a row.
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


class _Choice(NamedTuple):
    label: str | Promise
    condition: Q


class _ConditionFilter(admin.SimpleListFilter):
    def conditions(self) -> Mapping[str, _Choice]:
        """Return the choices by their value in the URL."""
        raise NotImplementedError  # each filter tells its own

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, choice.label) for value, choice in self.conditions().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        choice = self.conditions().get(value)
        return queryset.filter(choice.condition) if choice else queryset.none()


class ConfidenceFilter(_ConditionFilter):
    """How sure the extractor was."""

    title = _("程序把握")
    parameter_name = "sure"

    def conditions(self) -> Mapping[str, _Choice]:
        return {
            "high": _Choice(_("0.9 以上"), Q(confidence__gte=0.9)),
            "medium": _Choice(_("0.7 至 0.9"), Q(confidence__gte=0.7, confidence__lt=0.9)),
            "low": _Choice(_("不到 0.7"), Q(confidence__lt=0.7)),
            "none": _Choice(_("人工录入或整理"), Q(confidence__isnull=True)),
        }


class ReadersFilter(_ConditionFilter):
    """What the second reader found of it; there is no such filter where none is asked."""

    title = _("两个读者")
    parameter_name = "readers"

    def conditions(self) -> Mapping[str, _Choice]:
        marks = SecondReader if settings.SECOND_READER_URL else ()
        return {mark.name.lower(): _Choice(mark.label, Q(rules__contains=[mark])) for mark in marks}


class OverdueFilter(_ConditionFilter):
    """What is overdue today, by the same rule as on the public pages."""

    title = _("逾期")
    parameter_name = "overdue"

    def conditions(self) -> Mapping[str, _Choice]:
        overdue = overdue_q(timezone.localdate())
        return {"yes": _Choice(_("已逾期"), overdue), "no": _Choice(_("未逾期"), ~overdue)}


class DueStateFilter(_ConditionFilter):
    """What became of it by its date, as seen today."""

    title = _("兑现状态")
    parameter_name = "due_state"

    def conditions(self) -> Mapping[str, _Choice]:
        today = timezone.localdate()
        return {state.value: _Choice(state.label, due_state_q(state, today)) for state in DueState}


class OverdueBasisFilter(_ConditionFilter):
    title = _("逾期依据")
    parameter_name = "overdue_basis"

    def conditions(self) -> Mapping[str, _Choice]:
        today = timezone.localdate()
        return {basis.value: _Choice(basis.label, overdue_q(today, basis=basis)) for basis in OverdueBasis}


class ProvinceFilter(admin.SimpleListFilter):
    """The province and all below it, by the code's first two digits."""

    title = _("省份")
    parameter_name = "province"
    lookup = "jurisdiction__code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Jurisdiction.objects.filter(level=Level.PROVINCE).values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        code = self.value()
        return queryset.filter(**{f"{self.lookup}__startswith": code_prefix(code)}) if code else queryset


class OwnProvinceFilter(ProvinceFilter):
    """The same on the list of governments itself."""

    lookup = "code"


class ReportFilter(admin.SimpleListFilter):
    """The reports in which something waits for review, those with the most first."""

    title = _("报告")
    parameter_name = "report__id__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the reports, with how many statements wait."""
        rows = model_admin.model._default_manager.filter(review_state=ReviewState.CANDIDATE).order_by()
        waiting = dict(rows.values_list("report").annotate(n=Count("pk")).order_by("-n", "report")[:_MOST_OFFERED])
        chosen = parse_pk(request.GET.get(self.parameter_name))
        wanted = [*waiting, *([] if chosen is None else [chosen])]
        titles = Report.objects.only("year", "title").in_bulk(wanted)
        return [
            (str(pk), f"{titles[pk].year} {titles[pk].title}（{waiting.get(pk, 0)}）")
            for pk in dict.fromkeys(wanted)
            if pk in titles
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        pk = parse_pk(self.value())
        return queryset.none() if pk is None else queryset.filter(report_id=pk)
