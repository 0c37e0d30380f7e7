"""What a reported result makes of a promise."""

from datetime import date
from typing import Any

import pytest

from seeds.match import Subject, proposals
from seeds.match.verdict import verdict
from tests.seeds.match.conftest import Make

COUNT: dict[str, Any] = {"quantity": 10, "unit": "所"}
CEILING: dict[str, Any] = {"quantity": 5.5, "unit": "%", "milestone": "level", "comparator": "lte"}


@pytest.mark.parametrize(
    ("code", "ours", "later", "theirs"),
    [
        ("completed", COUNT, "建成学校10所", COUNT),
        ("completed", COUNT, "建成学校11所", {**COUNT, "quantity": 11}),
        ("partial", COUNT, "建成学校4所", {**COUNT, "quantity": 4}),
        ("in_progress", COUNT, "开工学校10所", {**COUNT, "milestone": "start"}),
        ("completed", CEILING, "失业率5.1%", {**CEILING, "quantity": 5.1}),
        ("partial", CEILING, "失业率5.8%", {**CEILING, "quantity": 5.8}),
        ("in_progress", {**CEILING, "until": date(2034, 12, 31)}, "失业率5.1%", {**CEILING, "quantity": 5.1}),
        ("unknown", COUNT, "学校累计达到40所", {**COUNT, "quantity": 40}),
        ("unknown", COUNT, "新改扩建学校12所", {**COUNT, "quantity": 12}),
        ("unknown", COUNT, "建成学校12个", {"quantity": 12, "unit": "个"}),
        ("unknown", COUNT, "新增学位3000", {"quantity": 3000, "unit": "张"}),
    ],
)
def test_by_figure(
    promise: Make, claim: Make, code: str, ours: dict[str, Any], later: str, theirs: dict[str, Any]
) -> None:
    assert verdict(promise("新建学校", **ours), claim(later, **theirs)).code == code


@pytest.mark.parametrize(
    ("code", "stage", "later", "theirs"),
    [
        ("completed", "complete", "花渡大桥建成通车", "complete"),
        ("in_progress", "complete", "花渡大桥加快建设", "progress"),
        ("partial", "complete", "花渡大桥主体完工", "complete"),
        ("in_progress", "progress", "花渡大桥主体完工", "complete"),
        ("completed", "start", "花渡大桥加快建设", "progress"),
        ("completed", "plan", "花渡大桥开工", "start"),
        ("completed", "progress", "花渡大桥建成通车", "complete"),
    ],
)
def test_by_stage(promise: Make, claim: Make, code: str, stage: str, later: str, theirs: str) -> None:
    assert verdict(promise("花渡大桥", milestone=stage), claim(later, milestone=theirs)).code == code


def test_a_list_is_partial_only_while_all_results_leave_a_name_out(promise: Make, claim: Make) -> None:
    listed = promise("建成花渡大桥、柳湾隧道", names=("花渡大桥", "柳湾隧道"))
    bridge = claim("花渡大桥建成", names=("花渡大桥",))
    tunnel = claim("柳湾隧道建成", names=("柳湾隧道",))
    assert verdict(listed, bridge, [bridge]).code == "partial"
    assert verdict(listed, bridge, [bridge, tunnel]).code == "completed"
    moving = claim("柳湾隧道加快建设", names=("柳湾隧道",), milestone="progress")
    assert verdict(listed, bridge, [bridge, moving]).code == "partial"


def schools(promise: Make, *counts: int) -> list[Subject]:
    return [
        promise(f"新建公办学校{count}所", key=count, quantity=count, unit="所", category="education")
        for count in counts
    ]


def test_one_figure_for_two_counts_tells_of_neither(promise: Make, claim: Make) -> None:
    merged = claim("新建公办学校89所", quantity=89, unit="所", category="education")
    found = proposals(schools(promise, 45, 25), [merged])
    assert [proposal.verdict.code for proposal in found if proposal.verdict] == ["unknown", "unknown"]
    (alone,) = proposals(schools(promise, 45), [merged])
    assert alone.verdict is not None
    assert alone.verdict.code == "completed"


def test_a_promise_made_again_has_a_change_and_a_result_a_verdict(promise: Make, claim: Make, again: Make) -> None:
    later = [claim("花渡大桥主体完工"), again("花渡大桥建成通车")]
    found = {row.relation: row for row in proposals([promise("建设花渡大桥", milestone="complete")], later)}
    assert found["evidence"].verdict is not None
    assert found["evidence"].change is None
    assert found["restated"].change is not None
    assert found["restated"].verdict is None
