"""Governments and their departments."""

from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from projects import pinyin, querysets
from projects.choices import Level
from projects.models.base import Stamped, never_deleted, one_of, touched, trackers
from projects.models.change_sql import Note, note_changes

_SIX_DIGITS = RegexValidator(r"^[0-9]{6}$", _("请填写 GB/T 2260 的六位数字代码，例如 500112。"))


@pghistory.track(*trackers())
class Jurisdiction(Stamped):
    """A government, by its code of GB/T 2260 (codes of the administrative divisions of China)."""

    code = models.CharField(_("行政区划代码"), max_length=6, primary_key=True, validators=[_SIX_DIGITS])
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    pinyin = models.CharField(_("拼音排序键"), max_length=400, editable=False)
    level = models.CharField(_("层级"), max_length=20, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    valid_from = models.DateField(_("设立日期"), null=True, blank=True)
    valid_until = models.DateField(_("存续至"), null=True, blank=True)
    seeded = models.JSONField(_("上次载入的值"), null=True, blank=True, editable=False)

    objects = querysets.JurisdictionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("singular", "行政区")
        verbose_name_plural = pgettext_lazy("plural", "行政区")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{6}$"), name="jurisdiction_code_is_six_digits"
            ),
            one_of("level", Level, "jurisdiction_level_is_known"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("code")), name="jurisdiction_is_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="jurisdiction_ends_after_it_begins",
                violation_error_message=_("终止日期早于设立日期。请改正其中一个。"),
            ),
        ]
        triggers = [
            never_deleted(),
            *note_changes(Note("jurisdictions", "{row}.code"), private=["seeded", "updated_at"]),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the sort key that belongs to the name."""
        self.pinyin = pinyin.sort_key(self.name)
        super().save(*args, **kwargs)


@pghistory.track(*trackers())
class Department(Stamped):
    """A part of a government that has to deliver, with the other names by which papers call it.

    One that was merged into another keeps its row and its history; what it had to deliver is the other's.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="departments", db_index=False, verbose_name=_("行政区")
    )
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    aliases = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("别名"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("文件里对它的其他叫法，每行一个，例如：区教委。"),
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged", verbose_name=_("并入")
    )
    pinyin = models.CharField(_("拼音排序键"), max_length=500, editable=False)
    seeded = models.JSONField(_("上次载入的值"), null=True, blank=True, editable=False)

    objects = querysets.DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("部门")
        verbose_name_plural = pgettext_lazy("plural", "部门")
        ordering = ["jurisdiction", "pinyin", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"], name="department_name_is_unique_in_its_government"
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="department_is_merged_into_another"
            ),
        ]
        triggers = [
            never_deleted(),
            *note_changes(Note("departments", "{row}.id::text"), private=["seeded", "updated_at"]),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the sort key that belongs to the name."""
        self.pinyin = pinyin.sort_key(self.name)
        super().save(*args, **kwargs)


@pghistory.track(*trackers())
class Succession(Stamped):
    """One government taking over from another, whole or in part.

    A successor whose code no source tells is named by ``successor_name`` alone.
    """

    predecessor = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="successors", db_index=False, verbose_name=_("原政府")
    )
    successor = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("承接的政府")
    )
    successor_name = models.CharField(_("承接者名称（代码不详时）"), max_length=60, blank=True)
    successor_name_en = models.CharField(_("承接者英文名称"), max_length=120, blank=True)
    on = models.DateField(_("日期"))
    scope = models.CharField(_("承接范围"), max_length=300, blank=True)
    scope_en = models.CharField(_("承接范围（英文）"), max_length=600, blank=True)
    source = models.ForeignKey(
        "projects.Source", models.PROTECT, null=True, blank=True, related_name="successions", verbose_name=_("来源")
    )
    seeded = models.JSONField(_("上次载入的值"), null=True, blank=True, editable=False)

    objects = querysets.SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("政府承接")
        verbose_name_plural = pgettext_lazy("plural", "政府承接")
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(successor__isnull=False) ^ ~models.Q(successor_name=""),
                name="succession_names_one_successor",
                violation_error_message=_("请选择承接的政府；代码不详时只填写其名称。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="succession_is_to_another_government",
                violation_error_message=_("原政府与承接的政府不能相同。"),
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor", "successor_name", "on"],
                nulls_distinct=False,
                name="succession_is_told_once",
            ),
        ]
        triggers = [
            never_deleted(),
            *touched(unless_only=("seeded",)),
            *note_changes(
                Note("jurisdictions", "{row}.predecessor_id"),
                Note("jurisdictions", "{row}.successor_id"),
                Note("sources", "{row}.source_id::text", shown=False),
                private=["seeded", "updated_at"],
            ),
            pgtrigger.Trigger(
                name="speakers_follow",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("predecessor_id", "successor_id"),
                func="""
                    UPDATE projects_evidence SET commitment_id = commitment_id
                     WHERE commitment_id IN (SELECT id FROM projects_commitment
                         WHERE jurisdiction_id IN (NEW.predecessor_id, NEW.successor_id));
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor or self.successor_name}"
