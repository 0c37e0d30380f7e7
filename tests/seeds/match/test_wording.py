"""What a title speaks of, in pieces with their weight."""

import pytest
from hypothesis import given, strategies as st

from seeds.match.wording import fold, mass, members, pieces, weights


@pytest.mark.parametrize(
    ("title", "things"),
    [
        ("新建幼儿园3所以上", ("幼儿园",)),
        ("完成老旧小区改造28个", ("老旧小区改造",)),
        ("推进花渡大桥、柳湾隧道建设", ("花渡大桥", "柳湾隧道")),
        ("花渡河水质达到Ⅲ类", ("花渡河水质",)),
    ],
)
def test_without_figures_bounds_and_verbs(title: str, things: tuple[str, ...]) -> None:
    assert members(fold(title))[: len(things)] == things


def test_one_word_for_each_thing() -> None:
    assert fold("保障性租赁住房（套）") == fold("保租房(套)")
    assert fold("保障性住房") != fold("保障性租赁住房")
    assert fold("ＰＭ2.5 浓度") == "PM2.5浓度"


def test_what_sums_up_a_list_weighs_less_unless_counted() -> None:
    whole = pieces("花渡大桥、道路")["道路"]
    assert pieces("花渡大桥等道路")["道路"] == pytest.approx(0.4 * whole)
    assert pieces("花渡大桥等6个道路")["道路"] == pytest.approx(0.8 * whole)


def test_generic_heads_weigh_less() -> None:
    assert pieces("花渡示范城市")["示范"] < pieces("花渡示范")["示范"]


def test_the_rarer_the_heavier() -> None:
    listed, rarest = weights()
    assert listed["建设"] < listed["托育"] < rarest


@given(st.text(max_size=40))
def test_any_text_has_pieces_of_positive_weight(text: str) -> None:
    assert all(weight > 0 for weight in pieces(text).values())
    assert mass(text) >= 0
    assert fold(fold(text)) == fold(text) or len(fold(fold(text))) <= len(fold(text))
