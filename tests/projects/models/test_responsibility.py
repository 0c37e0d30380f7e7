"""A department has one part in a commitment."""

import pytest

from projects.models import Responsibility
from tests.factories import ResponsibilityFactory
from tests.projects.models.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_part_is_told_once() -> None:
    row = ResponsibilityFactory.create()
    with refused("is_told_once"):
        ResponsibilityFactory.create(commitment=row.commitment, department=row.department, role="cooperating")


def test_an_unknown_part_is_refused() -> None:
    ResponsibilityFactory.create()
    with refused("role_is_known"):
        Responsibility.objects.update(role="watching")


def test_a_commitment_or_department_that_is_not_there_is_refused() -> None:
    ResponsibilityFactory.create()
    for name in ("commitment_id", "department_id"):
        with refused(name):
            Responsibility.objects.update(**{name: 10**9})
