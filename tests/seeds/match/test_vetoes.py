"""Each veto fires for two different things and not for one."""

from datetime import date
from typing import Any

import pytest

from seeds.match import Subject
from seeds.match.vetoes import VETOES, Pair, vetoed

Fields = dict[str, Any]


def pair(
    earlier: str, later: str, *, name: float = 0.0, ours: Fields | None = None, theirs: Fields | None = None
) -> Pair:
    one: Fields = {"key": 0, "kind": "commitment", "year": 2030, "until": date(2030, 12, 31), "title": earlier}
    other: Fields = {"key": 0, "kind": "achievement", "year": 2031, "until": date(2030, 12, 31), "title": later}
    return Pair(Subject(**{**one, **(ours or {})}), Subject(**{**other, **(theirs or {})}), name)


FIRING = {
    "other_place": pair("建桥", "建桥", ours={"jurisdiction": "500112"}, theirs={"jurisdiction": "500113"}),
    "other_number": pair("建设12号线", "建设17号线"),
    "other_level": pair("创建国家级湿地公园", "获评省级湿地公园"),
    "other_title": pair("创建儿童友好示范城市", "获评双拥示范城市"),
    "other_kind": pair("建设保障性住房", "建设保障性租赁住房"),
    "surroundings": pair("整治花渡路沿线", "花渡路通车", name=0.8),
    "extension": pair("推进柳湾线东延伸段建设", "柳湾线加快建设"),
    "other_year": pair(
        "新建公园10个",
        "新建公园8个",
        ours={"quantity": 10, "unit": "个"},
        theirs={"year": 2034, "until": date(2033, 12, 31)},
    ),
}
SILENT = {
    "other_place": pair("建桥", "建桥", ours={"jurisdiction": "500112"}, theirs={"jurisdiction": "500112"}),
    "other_number": pair("建设12号线", "12号线、17号线建成"),
    "other_level": pair("创建国家级湿地公园", "湿地公园建成"),
    "other_title": pair("创建国家农业现代化示范区", "创建全国现代农业示范区"),
    "other_kind": pair("建设保障性住房、保障性租赁住房", "建设保障性租赁住房"),
    "surroundings": pair("整治花渡路沿线", "花渡路沿线整治完成", name=0.8),
    "extension": pair("推进柳湾线建设", "柳湾线东延伸段开工"),
    "other_year": pair("新建公园10个", "新建公园8个", ours={"quantity": 10, "unit": "个"}),
}


def test_every_veto_has_examples() -> None:
    assert FIRING.keys() == SILENT.keys() == VETOES.keys()


@pytest.mark.parametrize("code", VETOES)
def test_it_fires(code: str) -> None:
    assert VETOES[code](FIRING[code])
    assert vetoed(FIRING[code]) is not None


@pytest.mark.parametrize("code", VETOES)
def test_it_does_not_fire(code: str) -> None:
    assert not VETOES[code](SILENT[code])
    assert vetoed(SILENT[code]) is None
