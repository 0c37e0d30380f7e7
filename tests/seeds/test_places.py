"""Which government a report's title names."""

import pytest

from seeds.places import find_jurisdiction
from tests.factories import JurisdictionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places() -> None:
    for code, name, parent in (
        ("320000", "江苏省", None),
        ("320100", "南京市", "320000"),
        ("320106", "鼓楼区", "320100"),
        ("350000", "福建省", None),
        ("350100", "福州市", "350000"),
        ("350102", "鼓楼区", "350100"),
        ("350104", "仓山区", "350100"),
    ):
        JurisdictionFactory.create(code=code, name=name, parent_id=parent)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("江苏省", "320000"),
        ("仓山区", "350104"),
        ("福建省福州市仓山区", "350104"),
        ("南京市鼓楼区", "320106"),
        ("福建省福州市鼓楼区", "350102"),
        ("鼓楼区", None),
        ("苏州市鼓楼区", None),
        ("仓山区某镇", None),
        ("某县", None),
    ],
)
def test_the_longest_registered_name_counts(place: str, code: str | None) -> None:
    found = find_jurisdiction(place)
    assert (found.code if found else None) == code
