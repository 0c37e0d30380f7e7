import pytest

from seeds.extract.roles import (
    AT_ITEM,
    AT_TOP,
    NONE,
    PLAN,
    REVIEW,
    YEARLY,
    Evidence,
    Stretch,
    goal_year,
    of_title,
    settle,
    silent_title,
    tells,
    turns,
    year_end,
)

BACK, AHEAD, NOTHING = Evidence(review=4), Evidence(yearly=4), Evidence()


def test_one_unreadable_title_decides_nothing() -> None:
    course = [Stretch(BACK, AT_TOP), Stretch(BACK, AT_ITEM), Stretch(NOTHING, AT_TOP), Stretch(BACK, AT_ITEM)]
    assert settle(course) == [REVIEW] * 4
    assert settle([*course, Stretch(AHEAD, AT_TOP), Stretch(AHEAD, AT_ITEM)]) == [REVIEW] * 4 + [YEARLY] * 2
    assert settle([]) == []


@pytest.mark.parametrize(
    ("title", "role"),
    [("2029年工作回顾", REVIEW), ("2030年重点工作", YEARLY), ("今后五年的奋斗目标", PLAN), ("过去五年成就", REVIEW)],
)
def test_a_title_speaks_for_a_role(title: str, role: str) -> None:
    evidence = of_title(title, 2030)
    assert max(zip(evidence, (REVIEW, YEARLY, PLAN), strict=True))[1] == role
    assert tells(title, 2030)


@pytest.mark.parametrize("title", ["政府自身建设", "面临的困难和挑战"])
def test_some_titles_silence_what_stands_below(title: str) -> None:
    assert silent_title(title)
    assert not silent_title("教育和医疗")


def test_a_cue_opens_a_part() -> None:
    assert turns("过去一年，我们新建学校3所。")
    assert not turns("新建学校3所。")


@pytest.mark.parametrize(
    ("text", "year"),
    [("“十六五”时期主要目标", 2035), ("今后三年", 2032), ("到2035年", 2035), ("“十三五”时期", None), ("今年", None)],
)
def test_the_last_year_of_goals(text: str, year: int | None) -> None:
    assert goal_year(text, 2030) == year


def test_the_end_of_a_year_that_exists() -> None:
    end = year_end(2030)
    assert end is not None
    assert end.isoformat() == "2030-12-31"
    assert year_end(None) is None
    assert year_end(10_000) is None
    assert NONE not in (REVIEW, YEARLY, PLAN)
