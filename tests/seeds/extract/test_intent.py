from collections.abc import Callable

import pytest

from seeds.extract.clauses import Document, Segment
from seeds.extract.intent import forbidden, intent
from seeds.extract.milestones import Milestone

Cut = Callable[[str], tuple[Document, list[Segment]]]
MOVES = Milestone("progress", "ms.lead")


@pytest.mark.parametrize(
    "clause", ["推进健康花渡建设", "推进教育体系", "推进一批学校", "推进绿色发展", "推进专项整治", "推进就业市场发展"]
)
def test_nothing_particular(cut: Cut, clause: str) -> None:
    document, (segment,) = cut(clause)
    assert intent(document, segment, MOVES, 2, len(clause))


@pytest.mark.parametrize(
    "clause", ["推进花渡大桥", "推进花渡农贸市场", "推进花渡校区搬迁工作", "推进花江干流水生态治理"]
)
def test_something_particular(cut: Cut, clause: str) -> None:
    document, (segment,) = cut(clause)
    assert not intent(document, segment, MOVES, 2, len(clause))


def test_care_for_a_river_is_work_and_other_care_is_none(cut: Cut) -> None:
    cares = Milestone("progress", "ms.lead", weak=True)
    for clause, found in (("加强花渡河治理", False), ("加强学校管理", True)):
        document, (segment,) = cut(clause)
        assert intent(document, segment, cares, 2, len(clause)) is found


def test_what_is_banned_is_told_from_what_is_built(cut: Cut) -> None:
    for clause, found in (("严禁新建煤矿", True), ("新建煤矿", False)):
        document, segments = cut(clause)
        assert forbidden(document.text, segments[0]) is found
