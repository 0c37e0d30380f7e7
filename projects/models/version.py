"""The version of the public data, a number that moves on with every public change, and the ledger of these changes.

What was answered at one version is right for as long as that version stands; see ``projects.api.caching``. The triggers
stand in ``change_sql``.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects import querysets
from projects.models.change_sql import ADVANCE, ADVANCE_DECLARES

# The channel on which web processes hear of a new version.
CHANNEL = "duixian_version"


class DatasetVersion(models.Model):
    """The one row that holds the version and when it came."""

    number = models.BigIntegerField(_("版本"))
    changed_at = models.DateTimeField(_("变更时间"))

    class Meta:
        verbose_name = _("数据版本")
        verbose_name_plural = _("数据版本")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="dataset_version_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)


class PublicChange(models.Model):
    """The last public change of one row of the API: its resource, its key as the API shows it, and its version.

    A row that the public no longer sees stays here as ``removed``, so that a copy can be told at any time.
    """

    pk = models.CompositePrimaryKey("resource", "key")
    # In the order of their bytes: the same in every installation, and quick to compare.
    resource = models.CharField(_("资源"), max_length=20, db_collation="C")
    key = models.CharField(_("键"), max_length=120, db_collation="C")
    version = models.BigIntegerField(_("版本"))
    removed = models.BooleanField(_("已移除"))

    objects = querysets.PublicChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("公开变更")
        verbose_name_plural = _("公开变更")
        indexes = [models.Index(fields=["version", "resource", "key"], name="changes_in_order")]

    def __str__(self) -> str:
        return f"{self.version} {self.resource} {self.key}"


class NotedChange(models.Model):
    """Keys of one resource that a statement of a transaction in progress may have changed for the public.

    ``shown`` and ``spreads`` are told at ``change_sql.Note``. The rows are gone when the transaction commits.
    """

    # Empty but within a transaction.
    may_be_truncated = True

    transaction = models.BigIntegerField(_("事务"), db_index=True)
    resource = models.TextField(_("资源"))
    shown = models.BooleanField(_("所示有变"))
    spreads = models.BooleanField(_("涉及从属"))
    keys = ArrayField(models.TextField(), verbose_name=_("键"))

    class Meta:
        verbose_name = _("待记的变更")
        verbose_name_plural = _("待记的变更")

    def __str__(self) -> str:
        return f"{self.transaction} {self.resource}"


class DatasetChange(models.Model):
    """A transaction in progress that may have changed something for the public; gone when it commits.

    Its trigger waits for the commit: the row of the version is then locked for a moment only, so that two
    transactions neither wait for each other's whole work nor lock each other out. Numbers follow the order of commits.
    """

    # Empty but within a transaction.
    may_be_truncated = True

    transaction = models.BigIntegerField(_("事务"), primary_key=True)

    class Meta:
        verbose_name = _("进行中的变更")
        verbose_name_plural = _("进行中的变更")
        triggers = [
            pgtrigger.Trigger(
                name="advance_version",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=ADVANCE_DECLARES,
                func=ADVANCE,
            )
        ]

    def __str__(self) -> str:
        return str(self.transaction)
