"""Who is to deliver what."""

import pghistory
from django.db import models
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from projects.choices import ResponsibilityRole
from projects.models.base import Stamped, one_of, trackers
from projects.models.change_sql import Note, note_changes
from projects.models.place import Department


@pghistory.track(*trackers(), pghistory.DeleteEvent())
class Responsibility(Stamped):
    """A department's part in one commitment; one that was noted by mistake is taken back, its history stays."""

    commitment = models.ForeignKey(
        "projects.Commitment", models.PROTECT, related_name="responsibilities", db_index=False, verbose_name=_("承诺")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="responsibilities", db_index=False, verbose_name=_("部门")
    )
    role = models.CharField(_("角色"), max_length=12, choices=ResponsibilityRole)

    class Meta:
        verbose_name = pgettext_lazy("singular", "责任部门")
        verbose_name_plural = pgettext_lazy("plural", "责任部门")
        ordering = ["commitment", "-role", "department"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "department"], name="responsibility_is_told_once"),
            one_of("role", ResponsibilityRole, "responsibility_role_is_known"),
        ]
        indexes = [models.Index(fields=["department", "role"], name="list_by_department")]
        triggers = note_changes(
            Note("commitments", "{row}.commitment_id::text"), private=["created_at", "updated_at"], deleted=True
        )

    def __str__(self) -> str:
        return gettext("%(name)s（%(more)s）") % {"name": self.department, "more": self.get_role_display()}
