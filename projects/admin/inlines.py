"""Rows that several pages show."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from projects.admin.base import ShownInline
from projects.admin.fields import happened, value_of
from projects.models import Evidence


class EvidenceInline(ShownInline):
    """Evidence, with what it shows and the decision on it."""

    model = Evidence
    fields: ClassVar[Any] = ("verdict", "as_of", "when", "value", "speaker", "confidence", "review_state")
    # The database alone writes who speaks.
    readonly_fields = ("when", "value", "speaker")

    @admin.display(description=_("发生"))
    def when(self, row: Evidence) -> str:
        """When it happened, as exactly as it is known."""
        return happened(row)

    @admin.display(description=_("报告值"))
    def value(self, row: Evidence) -> str:
        """The figure that it reports."""
        return value_of(row)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read with it what it speaks of and what it rests on."""
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related("commitment", "achievement", "source")
