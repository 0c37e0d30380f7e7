from collections.abc import Callable

import pytest

from seeds.extract.clauses import Document, Segment
from seeds.extract.milestones import Milestone
from seeds.extract.single_works import ends_in_facility, one_of_its_kind, programme, single

Cut = Callable[[str], tuple[Document, list[Segment]]]
DONE = Milestone("complete", "ms.lead", strong=True)


@pytest.mark.parametrize("thing", ["市民文化中心", "污水深度处理厂", "人民公园", "老城区排水管网改造工程"])
def test_told_from_others_of_its_kind(thing: str) -> None:
    assert one_of_its_kind(thing, 0, len(thing))


@pytest.mark.parametrize("thing", ["中心", "学校和医院", "花卉公园、广场", "排水管网"])
def test_not_told_from_others_of_its_kind(thing: str) -> None:
    assert not one_of_its_kind(thing, 0, len(thing))


def test_a_system_stands_somewhere_only_where_it_is_built() -> None:
    assert ends_in_facility("监测系统", DONE, 0, 4)
    assert not ends_in_facility("监测系统", Milestone("progress", "ms.final"), 0, 4)
    assert ends_in_facility("监测站", Milestone("progress", "ms.final"), 0, 3)
    assert not ends_in_facility("监测能力", DONE, 0, 4)


@pytest.mark.parametrize(
    ("clause", "rule"),
    [
        ("建成区级托育指导中心", "name.single"),
        ("完成入河排污口整治", "name.deed"),
        ("建成一批中心", None),
        ("建成中心", None),
    ],
)
def test_one_thing_or_a_whole_class(cut: Cut, clause: str, rule: str | None) -> None:
    document, (segment,) = cut(clause)
    assert single(document, segment, DONE, 2, len(clause)) == rule


@pytest.mark.parametrize(
    ("clause", "why", "found"),
    [
        ("实施“医疗强基”工程", "name.quoted", True),
        ("实施“花渡之眼”公园工程", "name.quoted", False),
        ("实施健康促进三年行动", "name.weak", True),
        ("实施花渡水库工程", "name.unknown", False),
        ("实施基层医疗花渡强基工程", "name.unknown", True),
    ],
)
def test_programmes_are_no_works(cut: Cut, clause: str, why: str, found: bool) -> None:
    document, (segment,) = cut(clause)
    assert programme(document.text, segment, why, 2, len(clause), strong=False) is found
