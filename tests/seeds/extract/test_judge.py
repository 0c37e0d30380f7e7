from collections.abc import Callable

import pytest

from seeds.extract import Statement

Read = Callable[[str], list[Statement]]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("其中新增学位900个。", "新增学位900个"),
        ("今年，力争新增学位900个。", "新增学位900个"),
        ("同时，建成花渡沟中学。", "建成花渡沟中学"),
        ("“十六五”期间新增学位900个。", "新增学位900个"),
    ],
)
def test_words_of_time_and_order_are_no_part_of_a_statement(plan: Read, sentence: str, quote: str) -> None:
    assert [found.quote for found in plan(sentence)] == [quote]


def test_the_subject_stays_where_it_comes_first(plan: Read) -> None:
    assert [found.quote for found in plan("农村卫生厕所普及率保持在90%以上。")] == ["农村卫生厕所普及率保持在90%以上"]
