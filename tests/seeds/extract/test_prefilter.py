import pytest

from seeds.extract.prefilter import may_hold


@pytest.mark.parametrize(
    "clause",
    [
        "清河小学建成投用",
        "推动清河大道建设",
        "清河铁路前期工作",
        "争创全国示范区",
        "举办省运会",
        "示范带形象初显",
        "全民健身中心开放运营",
    ],
)
def test_must_pass(clause: str) -> None:
    assert may_hold(clause, 0, len(clause))


@pytest.mark.parametrize("clause", ["坚持以人民为中心", "加强教师队伍管理", "扩大高水平开放格局", "社会和谐稳定", ""])
def test_must_stop(clause: str) -> None:
    assert not may_hold(clause, 0, len(clause))
