"""Governments have codes of six digits, a level, and no circle of one."""

from typing import Any

import pytest

from projects.models import Jurisdiction
from tests.factories import DepartmentFactory, JurisdictionFactory
from tests.projects.models.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["5001", "50011a", "５０００００", "1 2 3 "])
def test_a_code_of_another_form_is_refused(code: str) -> None:
    with refused("six_digits"):
        JurisdictionFactory.create(code=code)


@pytest.mark.parametrize(
    ("change", "reason"), [({"level": "city"}, "level_is_known"), ({"parent_id": "500112"}, "not_its_own_parent")]
)
def test_what_is_not_true_is_refused(change: dict[str, Any], reason: str) -> None:
    JurisdictionFactory.create(code="500112")
    with refused(reason):
        Jurisdiction.objects.update(**change)


def test_a_parent_that_is_not_there_is_refused() -> None:
    JurisdictionFactory.create(code="500112")
    with refused("parent_id"):
        Jurisdiction.objects.update(parent_id="999999")


def test_names_are_sorted_by_their_sound() -> None:
    row = JurisdictionFactory.create(name="渝北区")
    assert row.pinyin == "yu2 bei3 qu1"
    row.name = "重庆市"
    row.save()
    assert row.pinyin == "chong2 qing4 shi4"


def test_a_department_is_named_once_in_its_government() -> None:
    row = DepartmentFactory.create()
    with refused("unique_in_its_government"):
        DepartmentFactory.create(jurisdiction=row.jurisdiction, name=row.name)
    DepartmentFactory.create(name=row.name)
