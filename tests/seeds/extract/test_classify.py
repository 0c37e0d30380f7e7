from collections.abc import Callable

import pytest

from seeds.extract import Statement

Read = Callable[[str], list[Statement]]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("其中新增学位900个。", "新增学位900个"),
        ("今年，力争新增学位900个。", "力争新增学位900个"),
        ("同时，建成花渡沟中学。", "建成花渡沟中学"),
        ("“十六五”期间新增学位900个。", "新增学位900个"),
        ("我市新增学位900个。", "新增学位900个"),
        ("并网光伏发电20万千瓦。", "并网光伏发电20万千瓦"),
        ("并新增学位900个。", "新增学位900个"),
        ("还建安置房500套。", "还建安置房500套"),
        ("计划建成花渡沟中学。", "建成花渡沟中学"),
    ],
)
def test_words_of_time_and_order_are_no_part_of_a_statement(plan: Read, sentence: str, quote: str) -> None:
    assert [found.quote for found in plan(sentence)] == [quote]


def test_the_subject_stays_where_it_comes_first(plan: Read) -> None:
    assert [found.quote for found in plan("农村卫生厕所普及率保持在90%以上。")] == ["农村卫生厕所普及率保持在90%以上"]


@pytest.mark.parametrize(
    "sentence", ["全面完成农村危房改造任务。", "全面完成户厕改造和老旧小区改造工作。", "保交房任务全面完成。"]
)
def test_a_whole_class_of_works_is_a_hundred_per_cent(plan: Read, sentence: str) -> None:
    (found,) = plan(sentence)
    assert (found.quantity, found.unit, found.milestone) == (100, "%", "complete")


@pytest.mark.parametrize(
    "sentence", ["全面完成花渡片区棚户区改造。", "全面完成柳湾医院改造。", "花渡片区棚户区改造全面完成。"]
)
def test_named_works_are_no_whole_class(plan: Read, sentence: str) -> None:
    assert [found.quantity for found in plan(sentence)] == [None]


@pytest.mark.parametrize("sentence", ["全面完成机构改革任务。", "全面完成各项反馈问题整改。", "全面完成年度任务。"])
def test_general_duties_are_no_class_of_works(plan: Read, sentence: str) -> None:
    assert plan(sentence) == []


def test_the_size_of_what_is_covered_in_full_is_no_quantity(plan: Read) -> None:
    (found,) = plan("3000人以上乡镇污水处理设施实现全覆盖。")
    assert (found.quantity, found.unit) == (100, "%")
    (counted,) = plan("建成公厕20座以上。")
    assert (counted.quantity, counted.unit) == (20, "座")
