"""What happened: transitions of status and of the overdue flag in rows that are written once, and who changed what."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from projects import querysets
from projects.choices import DelayReason, OverdueBasis, OverdueEventKind, Status
from projects.models.base import append_only, never_deleted, one_of
from projects.models.change_sql import Note, note_changes
from projects.models.outcome_sql import COPY_REASON


class StatusChange(models.Model):
    """One transition of a commitment's status or of its ground, with the evidence it rests on."""

    commitment = models.ForeignKey(
        "projects.Commitment", models.PROTECT, related_name="status_changes", db_index=False, verbose_name=_("承诺")
    )
    from_status = models.CharField(_("原状态"), max_length=20, choices=Status)
    to_status = models.CharField(_("新状态"), max_length=20, choices=Status)
    effective_on = models.DateField(_("生效日期"))
    reason_code = models.CharField(_("原因"), max_length=20, choices=DelayReason, blank=True)
    note = models.TextField(_("说明"), blank=True)
    note_en = models.TextField(_("英文说明"), blank=True)
    evidence = models.ForeignKey(
        "projects.Evidence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="status_changes",
        db_index=False,
        verbose_name=_("依据"),
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("操作人")
    )
    recorded_at = models.DateTimeField(_("记录时间"), auto_now_add=True)

    objects = querysets.HistoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("状态变更")
        verbose_name_plural = pgettext_lazy("plural", "状态变更")
        ordering = ["-effective_on", "-id"]
        constraints = [
            one_of("from_status", Status, "status_change_from_is_known"),
            one_of("to_status", Status, "status_change_to_is_known"),
            models.CheckConstraint(
                condition=models.Q(to_status=Status.NOT_ASSESSED) | models.Q(evidence__isnull=False),
                name="status_change_has_evidence",
            ),
        ]
        indexes = [models.Index(fields=["commitment", "-effective_on", "-id"], name="status_history_of_commitment")]
        triggers = [append_only(), *note_changes(Note("status-changes", "{row}.id::text")), COPY_REASON]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class OverdueEvent(models.Model):
    """The day on which a commitment's overdue flag was set or cleared."""

    commitment = models.ForeignKey(
        "projects.Commitment", models.PROTECT, related_name="overdue_events", db_index=False, verbose_name=_("承诺")
    )
    kind = models.CharField(_("事件"), max_length=10, choices=OverdueEventKind)
    on = models.DateField(_("日期"))
    overdue_since = models.DateField(_("逾期起算日"))
    basis = models.CharField(_("依据"), max_length=10, choices=OverdueBasis, db_default=OverdueBasis.NONE)
    recorded_at = models.DateTimeField(_("记录时间"), auto_now_add=True, db_default=Now())

    objects = querysets.HistoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("逾期记录")
        verbose_name_plural = pgettext_lazy("plural", "逾期记录")
        ordering = ["-on", "-id"]
        constraints = [
            one_of("kind", OverdueEventKind, "overdue_event_kind_is_known"),
            one_of("basis", OverdueBasis, "overdue_event_basis_is_known"),
        ]
        indexes = [models.Index(fields=["commitment", "-on", "-id"], name="overdue_history_of_commitment")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class ChangeContext(pghistory.models.Context):
    """Who made the versions of one request, which name it: pghistory's own table, kept like ours."""

    class Meta:
        proxy = True
        verbose_name = _("变更来源")
        verbose_name_plural = _("变更来源")
        triggers = [never_deleted()]
