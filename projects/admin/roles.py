"""The group of those who curate: they add, change and take back, and nobody needs to be a superuser."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

CURATORS = "curator"
# What curators write themselves; all else they read.
_WRITTEN = {
    "report", "commitment", "achievement", "project", "restatement", "evidence", "responsibility", "department",
    "jurisdiction", "source", "succession",
}  # fmt: skip
# What the program makes and they correct: a failed run, to try it again.
_CORRECTED = {"extractionrun"}
# What may go, because it only links two rows and its versions stay.
_TAKEN_BACK = {"responsibility"}


def grant_curators(sender: AppConfig, **_signal: Any) -> None:
    """Give the group its permissions after every migration; what an administrator added to it stays."""
    # Django's own handler, which makes the permissions, may come after this one.
    create_permissions(sender, verbosity=0)
    rights = Permission.objects.filter(content_type__app_label="projects")
    wanted = [right for right in rights if _is_due(*right.codename.split("_", 1))]
    group, _new = Group.objects.get_or_create(name=CURATORS)
    group.permissions.add(*wanted)


def _is_due(verb: str, model: str) -> bool:
    written = verb in {"add", "change"} and model in _WRITTEN
    corrected = verb == "change" and model in _CORRECTED
    return verb == "view" or written or corrected or (verb == "delete" and model in _TAKEN_BACK)
