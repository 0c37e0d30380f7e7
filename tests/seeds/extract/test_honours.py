from collections.abc import Callable

import pytest

from seeds.extract import Statement

Read = Callable[[str], list[Statement]]


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("花渡镇成功创建国家级卫生镇。", "health"),
        ("争创全国义务教育优质均衡发展区。", "education"),
        ("花渡博物馆获评国家二级馆。", "culture_sports"),
        ("柳湾林场入选全国种苗基地建设试点。", "environment"),
    ],
)
def test_livelihood_titles(review: Read, sentence: str, category: str) -> None:
    (found,) = review(sentence)
    assert (found.category, found.milestone, found.rules[0]) == (category, "complete", "ms.honour")


@pytest.mark.parametrize(
    "sentence",
    [
        "蝉联全国文明城区殊荣。",
        "获评全市法治政府建设示范区。",
        "教育工作获国务院通报表扬。",
        "获评健康工作考核优秀等次。",
        "成为重要的生态窗口。",
    ],
)
def test_general_titles_and_praise_are_left_out(review: Read, sentence: str) -> None:
    assert [found for found in review(sentence) if "ms.honour" in found.rules] == []
