"""How many public commitments there are of each kind, kept beside the table so that totals need no scan.

Triggers keep it in the same transaction as the change itself: a total is never behind the rows.
"""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.choices import Category, DueBasis, Outcome, Status

_KEY = "year, category, status, outcome, due_basis, due_on"
_ADD = f"""
    INSERT INTO projects_commitmenttally AS t ({_KEY}, commitments)
    {{cells}}
    ON CONFLICT ({_KEY}) DO UPDATE SET commitments = t.commitments + excluded.commitments;
    RETURN NULL;
"""
# In the order of the key, so that two writers never wait for each other in a circle.
_INSERTED = f"SELECT {_KEY}, count(*) FROM new_rows WHERE is_public GROUP BY {_KEY} ORDER BY {_KEY}"
_UPDATED = f"""
    SELECT {_KEY}, sum(change) FROM (
        SELECT {_KEY}, 1 AS change FROM new_rows WHERE is_public
        UNION ALL SELECT {_KEY}, -1 FROM old_rows WHERE is_public) AS changes
    GROUP BY {_KEY} HAVING sum(change) <> 0 ORDER BY {_KEY}
"""
# For rows that came while the triggers were off.
RECOUNT = f"""
    TRUNCATE projects_commitmenttally;
    INSERT INTO projects_commitmenttally ({_KEY}, commitments)
    SELECT {_KEY}, count(*) FROM projects_commitment WHERE is_public GROUP BY {_KEY};
"""


class CommitmentTally(models.Model):
    """The number of public commitments of one report year, category, status, outcome and due date.

    It has the columns that the filters of lists touch, so that the same filters narrow both.
    """

    # Counted again from the commitments, see RECOUNT.
    may_be_truncated = True

    year = models.PositiveSmallIntegerField(_("报告年度"))
    category = models.CharField(_("类别"), max_length=20, choices=Category)
    status = models.CharField(_("状态"), max_length=20, choices=Status)
    outcome = models.CharField(_("证据所示"), max_length=12, choices=Outcome, db_default=Outcome.OPEN)
    due_basis = models.CharField(_("到期日依据"), max_length=10, choices=DueBasis)
    due_on = models.DateField(_("到期日"))
    commitments = models.BigIntegerField(_("承诺数"))

    class Meta:
        verbose_name = _("承诺计数")
        verbose_name_plural = _("承诺计数")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "category", "status", "outcome", "due_basis", "due_on"], name="commitment_tally_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.category} {self.status} {self.due_on}: {self.commitments}"


def tally_triggers() -> list[pgtrigger.Trigger]:
    """Return the triggers by which a statement on commitments changes the counts, once for all its rows."""
    return [
        pgtrigger.Trigger(
            name="tally_inserted",
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(new="new_rows"),
            func=_ADD.format(cells=_INSERTED),
        ),
        pgtrigger.Trigger(
            name="tally_updated",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
            func=_ADD.format(cells=_UPDATED),
        ),
    ]
