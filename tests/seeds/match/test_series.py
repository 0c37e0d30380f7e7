"""Figures that 分别 hands out in order are compared in their order."""

from seeds.match import candidates
from seeds.match.series import crossed, places
from tests.seeds.match.conftest import Make

RATE = {"unit": "%", "milestone": "level", "category": "social_security"}


def test_the_first_answers_the_first(promise: Make, claim: Make) -> None:
    title = "城镇、农村居民人均可支配收入"
    promises = [promise(title, key=at, quantity=figure, **RATE) for at, figure in enumerate((8.6, 9.4))]
    claims = [claim(title, key=at, quantity=figure, **RATE) for at, figure in enumerate((9, 10.4))]
    found = {(row.commitment.key, row.statement.key) for row in candidates(promises, claims)}
    assert found == {(0, 0), (1, 1)}


def test_a_series_is_of_neighbours_of_one_unit(promise: Make) -> None:
    words = [{"收入": 1.0}, {"收入": 1.0}, {"学校": 1.0}, {"学校": 1.0}, {"学校": 1.0}]
    rows = [promise("x", quantity=1, unit=unit) for unit in ("%", "%", "所", "个")] + [promise("x")]
    assert places(rows, words) == [(0, 2), (1, 2), (0, 1), (0, 1), (0, 1)]


def test_only_series_of_one_length_cross() -> None:
    assert crossed((0, 2), (1, 2))
    assert not crossed((1, 2), (1, 2))
    assert not crossed((0, 1), (0, 2))
    assert not crossed((0, 2), (2, 3))
