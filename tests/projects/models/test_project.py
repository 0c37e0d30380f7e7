"""Projects and restatements: known codes, told once, never deleted."""

from typing import Any

import pytest

from projects.models import Project, Restatement
from tests.factories import ProjectFactory, RestatementFactory
from tests.projects.models.refusals import execute, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"category": "schools"}, "category_is_known"), ({"review_state": "yes"}, "review_state_is_known")],
)
def test_unknown_codes_of_a_project_are_refused(change: dict[str, Any], reason: str) -> None:
    ProjectFactory.create()
    with refused(reason):
        Project.objects.update(**change)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"phase": "later"}, "phase_is_known"),
        ({"confidence": "sure"}, "confidence_is_known"),
        ({"review_state": "yes"}, "review_state_is_known"),
    ],
)
def test_unknown_codes_of_a_restatement_are_refused(change: dict[str, Any], reason: str) -> None:
    RestatementFactory.create()
    with refused(reason):
        Restatement.objects.update(**change)


def test_a_commitment_does_not_restate_itself() -> None:
    row = RestatementFactory.create()
    with refused("of_another_commitment"):
        Restatement.objects.update(later=row.earlier)


def test_a_restatement_is_told_once() -> None:
    row = RestatementFactory.create()
    with refused("is_told_once"):
        RestatementFactory.create(earlier=row.earlier, later=row.later)


def test_a_slug_names_one_project() -> None:
    row = ProjectFactory.create()
    with refused("slug"):
        ProjectFactory.create(slug=row.slug)


@pytest.mark.parametrize("table", ["project", "restatement"])
def test_nothing_is_deleted(table: str) -> None:
    ProjectFactory.create()
    RestatementFactory.create()
    with refused("Cannot delete"):
        execute("DELETE FROM {table}", table=f"projects_{table}")
