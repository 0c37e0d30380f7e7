"""The desk of achievements."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from projects.admin.statements import StatementAdmin
from projects.models import Achievement


@admin.register(Achievement)
class AchievementAdmin(StatementAdmin):
    """Achievements."""

    list_display = ("title", "source", "category", "figure", "period_end", "review_state", "sureness")
    review_display = ("title", "passage", "source", "category", "figure", "period_end", "sureness")
    date_hierarchy = "period_end"
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("title", "title_en", ("category", "milestone"), "project", "names")}),
        (_("数量与所报时期"), {"fields": (("quantity", "comparator", "unit"), "period_end")}),
        (_("出处"), {"fields": ("report", "section", "quote", ("start", "end"))}),
        (_("审核与来历"), {"classes": ("collapse",), "fields": (
            ("review_state", "is_public"), ("origin", "extractor_version", "confidence"), "rules",
            ("jurisdiction", "year"), ("created_at", "updated_at"),
        )}),
    )  # fmt: skip
