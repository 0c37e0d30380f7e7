"""Governments and their departments."""

from typing import Any

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from projects import pinyin, querysets
from projects.choices import Level
from projects.models.base import Stamped, never_deleted, one_of, trackers
from projects.models.version import moves_version

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
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级"),
    )
    seeded = models.JSONField(_("上次载入的值"), null=True, blank=True, editable=False)

    objects = querysets.JurisdictionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("singular", "行政区")
        verbose_name_plural = pgettext_lazy("plural", "行政区")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{6}$"),
                name="jurisdiction_code_is_six_digits",
            ),
            one_of("level", Level, "jurisdiction_level_is_known"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("code")),
                name="jurisdiction_is_not_its_own_parent",
            ),
        ]
        triggers = [never_deleted(), moves_version()]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the sort key that belongs to the name."""
        self.pinyin = pinyin.sort_key(self.name)
        super().save(*args, **kwargs)


@pghistory.track(*trackers())
class Department(Stamped):
    """A part of a government that has to deliver."""

    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        related_name="departments",
        db_index=False,
        verbose_name=_("行政区"),
    )
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    pinyin = models.CharField(_("拼音排序键"), max_length=500, editable=False)
    seeded = models.JSONField(_("上次载入的值"), null=True, blank=True, editable=False)

    objects = querysets.DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("部门")
        verbose_name_plural = pgettext_lazy("plural", "部门")
        ordering = ["jurisdiction", "pinyin", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                name="department_name_is_unique_in_its_government",
            )
        ]
        triggers = [never_deleted(), moves_version()]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the sort key that belongs to the name."""
        self.pinyin = pinyin.sort_key(self.name)
        super().save(*args, **kwargs)
