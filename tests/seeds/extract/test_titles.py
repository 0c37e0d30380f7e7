from collections.abc import Callable

import pytest

from seeds.extract import Statement

Read = Callable[[str], list[Statement]]


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        ("建成主干道11条、立交5座。", ["建成主干道11条", "建成立交5座"]),
        ("11条主干道、7座立交加快建设。", ["11条主干道加快建设", "7座立交加快建设"]),
        ("新发展高效农业3万亩、改造提升2万亩。", ["新发展高效农业3万亩", "高效农业改造提升2万亩"]),
        ("轨道、道路里程分别达到160公里、1725公里。", ["轨道、道路里程达到160公里", "轨道、道路里程1725公里"]),
    ],
)
def test_titles_stand_alone(review: Read, sentence: str, titles: list[str]) -> None:
    assert [found.title for found in review(sentence)] == titles
