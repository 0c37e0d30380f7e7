"""The version of the public data: a number that every transaction which may change an answer moves on by one.

What was answered at one version is right for as long as that version stands; see ``projects.api.caching``.
"""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

# The channel on which web processes hear of a new version.
CHANNEL = "duixian_version"

_ADVANCE = """
    INSERT INTO projects_datasetversion AS v (id, number, changed_at) VALUES (1, 1, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET number = v.number + 1, changed_at = clock_timestamp();
    DELETE FROM projects_datasetchange WHERE transaction = NEW.transaction;
    NOTIFY duixian_version;
    RETURN NULL;
"""


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


class DatasetChange(models.Model):
    """A transaction in progress that has changed something; gone when it commits.

    Its trigger waits for the commit: the row of the version is then locked for a moment only, so that two
    transactions neither wait for each other's whole work nor lock each other out.
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
                func=_ADVANCE,
            )
        ]

    def __str__(self) -> str:
        return str(self.transaction)


def moves_version() -> pgtrigger.Trigger:
    """Return the trigger by which a statement on a table of public data moves the version on."""
    return pgtrigger.Trigger(
        name="moves_version",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        level=pgtrigger.Statement,
        func="""
            INSERT INTO projects_datasetchange (transaction) VALUES (pg_current_xact_id()::text::bigint)
            ON CONFLICT DO NOTHING;
            RETURN NULL;
        """,
    )
