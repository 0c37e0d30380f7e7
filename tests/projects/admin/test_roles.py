"""Curators have all that curating takes, and nothing that destroys or administers."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User

from projects.admin.roles import CURATORS, grant_curators


def test_curators_write_what_they_curate_and_read_the_rest(curator: User) -> None:
    rights = curator.get_all_permissions()
    assert {
        "projects.change_commitment",
        "projects.add_report",
        "projects.change_evidence",
        "projects.add_source",
    } <= rights
    assert {"projects.change_source", "projects.add_succession", "projects.change_succession"} <= rights
    assert {"projects.view_sourceevent", "projects.view_successionevent"} <= rights
    assert {"projects.view_statuschange", "projects.view_commitmentevent", "projects.view_reportfile"} <= rights
    assert [right for right in rights if ".delete_" in right] == ["projects.delete_responsibility"]
    assert not [right for right in rights if right.startswith("auth.")]
    assert not {"projects.change_statuschange", "projects.add_overdueevent", "projects.add_extractionrun"} & rights


@pytest.mark.django_db
def test_a_migration_gives_back_what_is_missing_and_takes_nothing_away() -> None:
    group = Group.objects.get(name=CURATORS)
    given = set(group.permissions.values_list("pk", flat=True))
    extra = Permission.objects.get(codename="view_user")
    group.permissions.set([extra])
    grant_curators(apps.get_app_config("projects"))
    assert set(group.permissions.values_list("pk", flat=True)) == given | {extra.pk}
