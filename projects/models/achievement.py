"""What a report claims to have been achieved."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from projects import querysets
from projects.models.base import touched, trackers
from projects.models.search import search_triggers
from projects.models.statement import CURATORS_ONLY, Statement, is_public_column, statement_triggers

# Columns that decide whether evidence that rests on an achievement is public, or that it shows of it.
IN_ONE_LINE = ("is_public", "jurisdiction_id", "year", "title", "title_en", "quote", "period_end")


@pghistory.track(*trackers(), exclude=["is_public"])
class Achievement(Statement):
    """One outcome that a report claims for a period that has ended."""

    period_end = models.DateField(_("所报期末"))
    is_public = is_public_column()

    objects = querysets.AchievementQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = _("成绩")
        verbose_name_plural = pgettext_lazy("plural", "成绩")
        indexes = [
            models.Index(
                fields=["category", "year", "-id"],
                name="achievement_by_category_year",
                condition=models.Q(is_public=True),
            ),
            models.Index(fields=["year", "-id"], name="achievement_by_year", condition=models.Q(is_public=True)),
            models.Index(
                fields=["project", "year", "start"],
                name="achievements_of_project",
                condition=models.Q(project__isnull=False),
            ),
        ]
        triggers = [
            *statement_triggers("achievements", spreads=IN_ONE_LINE),
            *search_triggers("projects_achievementwords"),
            *touched(unless_only=("is_public", *CURATORS_ONLY)),
        ]
