"""How a promise made again differs from the first."""

from datetime import date
from typing import Any

import pytest

from seeds.match.change import change
from tests.seeds.match.conftest import Make

COUNT: dict[str, Any] = {"quantity": 10, "unit": "所"}
RATE: dict[str, Any] = {"quantity": 96, "unit": "%", "milestone": "level", "comparator": "gte"}
CEILING: dict[str, Any] = {"quantity": 5.5, "unit": "%", "milestone": "level", "comparator": "lte"}
LIST = ("花渡大桥", "柳湾隧道")


@pytest.mark.parametrize(
    ("code", "ours", "theirs"),
    [
        ("next_share", COUNT, {**COUNT, "quantity": 12}),
        ("next_share", COUNT, COUNT),
        ("same", {**COUNT, "until": date(2034, 12, 31)}, COUNT),
        ("same", RATE, RATE),
        ("raised", RATE, {**RATE, "quantity": 97}),
        ("lowered", RATE, {**RATE, "quantity": 95}),
        ("raised", CEILING, {**CEILING, "quantity": 5}),
        ("lowered", CEILING, {**CEILING, "quantity": 6}),
    ],
)
def test_by_figure(promise: Make, again: Make, code: str, ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    derived = change(promise("建成学校", **ours), again("建成学校", **theirs))
    assert (derived.code, derived.basis, derived.preset) == (code, "figure", True)


@pytest.mark.parametrize(
    ("code", "earlier", "ours", "later", "theirs"),
    [
        ("softened", "建成学校10所", COUNT, "推进学校建设", {"milestone": "progress"}),
        ("strengthened", "推进学校建设", {"milestone": "progress"}, "建成学校10所", COUNT),
        ("strengthened", "改造危桥10座", COUNT, "全面完成危桥改造", {}),
        ("softened", "花渡大桥建成", {}, "推进花渡大桥建设", {"milestone": "progress"}),
        ("strengthened", "推进花渡大桥建设", {"milestone": "progress"}, "花渡大桥建成通车", {}),
        ("softened", "开工花渡大桥", {"milestone": "start"}, "开展花渡大桥前期工作", {"milestone": "plan"}),
        ("strengthened", "开展花渡大桥前期工作", {"milestone": "plan"}, "开工花渡大桥", {"milestone": "start"}),
        ("next_stage", "开工花渡大桥", {"milestone": "start"}, "加快花渡大桥建设", {"milestone": "progress"}),
        ("redated", "花渡大桥建成", {}, "花渡大桥建成", {}),
        ("same", "推进花渡大桥建设", {"milestone": "progress"}, "推进花渡大桥建设", {"milestone": "progress"}),
        ("narrowed", "建成花渡大桥、柳湾隧道", {"names": LIST}, "建成柳湾隧道", {"names": LIST[1:]}),
    ],
)
def test_by_words(
    promise: Make, again: Make, code: str, earlier: str, ours: dict[str, Any], later: str, theirs: dict[str, Any]
) -> None:
    derived = change(promise(earlier, **ours), again(later, **theirs))
    assert derived.code == code
    assert not derived.preset
