"""Pairs of promises and later statements: what is proposed, what is not, and why."""

import math
from datetime import date

import pytest
from hypothesis import given, strategies as st

from seeds.match import PROPOSE, Aliases, Candidate, Subject, candidates
from tests.seeds.match.conftest import Make


def best(earlier: Subject, *later: Subject, least: float = PROPOSE, aliases: Aliases | None = None) -> Candidate | None:
    found = candidates([earlier], later, aliases, least)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("建设花渡大桥", "花渡大桥建成通车"),
        ("推进柳湾轨道交通3号线一期建设", "加快柳湾轨交3号线一期建设"),
        ("改造城镇老旧小区30个", "完成老旧小区改造28个"),
        ("新增公共停车泊位2000个", "新增公共停车位2100个"),
        ("城乡居民基本医疗保险参保率稳定在96%以上", "居民医保参保率达到97%"),
        ("创建国家儿童友好城市", "获评国家儿童友好城市"),
    ],
)
def test_what_answers_a_promise(promise: Make, claim: Make, earlier: str, later: str) -> None:
    assert best(promise(earlier), claim(later)) is not None


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("推进柳湾轨道交通12号线建设", "柳湾轨道交通17号线建成运营"),
        ("建设花渡安置房一期", "花渡安置房二期建成"),
        ("建设保障性住房2000套", "建设保障性租赁住房2000套"),
        ("规范电动自行车停放，新建充电桩1000个", "新建电动汽车充电桩1000个"),
        ("城镇登记失业率控制在4%以内", "城镇调查失业率5.2%"),
        ("创建国家文明示范城市", "获评省级文明示范城市"),
        ("创建国家食品安全示范城市", "获评国家双拥模范城市"),
        ("建设花渡路东段", "花渡路西段建成通车"),
        ("整治花渡大道沿线环境", "花渡大道全线通车"),
        ("推进柳湾线东延伸段建设", "柳湾线加快建设"),
        ("建设第一中学", "第二中学建成投用"),
        ("建成学校3所", "建成公园3个"),
    ],
)
def test_neighbours_that_look_alike(promise: Make, claim: Make, earlier: str, later: str) -> None:
    assert best(promise(earlier), claim(later)) is None


def test_only_one_place(promise: Make, claim: Make) -> None:
    earlier, later = promise("建设花渡大桥", jurisdiction="500112"), claim("花渡大桥建成通车", jurisdiction="500113")
    assert best(earlier, later) is None
    assert best(earlier, claim("花渡大桥建成通车", jurisdiction="500112")) is not None
    assert best(earlier, claim("花渡大桥建成通车")) is not None


def test_nothing_of_the_same_year_or_before(promise: Make, claim: Make) -> None:
    assert best(promise("建设花渡大桥"), claim("花渡大桥建成通车", year=2030), least=0) is None


class TestYears:
    """A yearly count is answered by the next report alone; a name, a term's goal and a rate live longer."""

    def later(self, claim: Make, title: str, **fields: object) -> Subject:
        return claim(title, **{"year": 2034, "until": date(2033, 12, 31), **fields})

    def test_a_count_of_another_year(self, promise: Make, claim: Make) -> None:
        yearly = promise("新建口袋公园10个", quantity=10, unit="个", category="environment")
        answer = {"quantity": 8, "unit": "个", "category": "environment"}
        assert best(yearly, self.later(claim, "新建口袋公园8个", **answer)) is None
        assert best(yearly, claim("新建口袋公园8个", **answer)) is not None

    def test_a_count_of_the_term(self, promise: Make, claim: Make) -> None:
        fields = {"unit": "个", "category": "environment"}
        term = promise("新建口袋公园50个", quantity=50, until=date(2034, 12, 31), **fields)
        assert best(term, self.later(claim, "新建口袋公园8个", quantity=8, **fields)) is not None

    def test_a_named_work(self, promise: Make, claim: Make) -> None:
        named = promise("建设花渡大桥3公里", quantity=3, unit="公里", names=("花渡大桥",))
        assert best(named, self.later(claim, "花渡大桥建成通车", names=("花渡大桥",))) is not None

    def test_a_rate_promised_again(self, promise: Make, again: Make, claim: Make) -> None:
        fields = {"unit": "%", "milestone": "level", "category": "social_security"}
        rate = promise("养老保险参保率稳定在96%以上", quantity=96, **fields)
        renewed = {**fields, "quantity": 97, "year": 2034}
        assert best(rate, again("养老保险参保率保持在97%以上", until=date(2034, 12, 31), **renewed)) is not None
        assert best(rate, self.later(claim, "养老保险参保率达到97%", quantity=97, **fields)) is None


class TestManyToMany:
    def test_one_claim_answers_several_promises(self, promise: Make, claim: Make) -> None:
        promises = [promise("建设花渡大桥"), promise("推进柳湾隧道建设")]
        found = candidates(promises, [claim("花渡大桥、柳湾隧道建成通车", names=("花渡大桥", "柳湾隧道"))])
        assert {candidate.commitment.title for candidate in found} == {"建设花渡大桥", "推进柳湾隧道建设"}

    def test_one_promise_has_several_answers(self, promise: Make, claim: Make, again: Make) -> None:
        listed = promise("推进花渡大桥、柳湾隧道建设", names=("花渡大桥", "柳湾隧道"))
        later = [claim("花渡大桥建成通车", names=("花渡大桥",)), claim("柳湾隧道开工", names=("柳湾隧道",))]
        found = candidates([listed], [*later, again("加快柳湾隧道建设", names=("柳湾隧道",))])
        assert sorted(candidate.relation for candidate in found) == ["evidence", "evidence", "restated"]


def test_known_names_of_one_project(promise: Make, claim: Make) -> None:
    earlier = promise("建设设计学院", names=("花渡国际设计学院",))
    later = claim("柳湾校区投用", names=("柳湾校区",))
    assert best(earlier, later) is None
    assert best(earlier, later, aliases=Aliases([["花渡国际设计学院", "柳湾校区"]])) is not None


def test_reasons_sum_to_the_score(promise: Make, claim: Make) -> None:
    found = best(promise("建设花渡大桥", names=("花渡大桥",)), claim("花渡大桥建成通车", names=("花渡大桥",)))
    assert found is not None
    logit = sum(reason.points for reason in found.reasons)
    assert found.score == round(1 / (1 + math.exp(-logit)), 3)
    strength = [abs(reason.points) for reason in found.reasons]
    assert strength == sorted(strength, reverse=True)


def test_the_likeliest_come_first(promise: Make, claim: Make) -> None:
    found = candidates([promise("建设花渡大桥")], [claim("花渡路绿化"), claim("花渡大桥通车")], least=0)
    assert [candidate.score for candidate in found] == sorted((row.score for row in found), reverse=True)
    assert found[0].statement.title == "花渡大桥通车"


def test_a_claim_is_no_promise(claim: Make) -> None:
    assert candidates([claim("花渡大桥建成", year=2030)], [claim("花渡大桥建成通车")], least=0) == []


def test_a_mention_of_the_earlier_report_is_no_promise(promise: Make, claim: Make) -> None:
    assert candidates([promise("建设花渡大桥", mention=True)], [claim("花渡大桥建成通车")], least=0) == []


def test_rivals_are_told_apart_by_the_name_they_share(promise: Make, claim: Make) -> None:
    """Two answers about two named works of one promise are each the best; two about one work are rivals."""
    listed = promise("推进花渡大桥、柳湾隧道建设", names=("花渡大桥", "柳湾隧道"))
    later = [claim(f"{name}建成", names=(name,)) for name in listed.names]
    codes = [{reason.code for reason in row.reasons} for row in candidates([listed], later)]
    assert all("best" in found for found in codes)
    rivals = [claim("花渡大桥建成通车", names=("花渡大桥",)), claim("花渡大桥引道绿化", names=("花渡大桥",))]
    codes = [{reason.code for reason in row.reasons} for row in candidates([listed], rivals, least=0)]
    assert "beaten_by_statement" in codes[1]


TITLES = st.text(alphabet="花渡柳湾桥路学校医院新建改造公园污水", min_size=2, max_size=12)


def subject(title: str, kind: str, year: int) -> Subject:
    return Subject(key=title, kind=kind, year=year, until=date(2030, 12, 31), title=title, quote=title)


def score(earlier: str, later: str) -> float:
    found = candidates([subject(earlier, "commitment", 2030)], [subject(later, "achievement", 2031)], least=0)
    return found[0].score if found else 0.0


@given(TITLES, TITLES)
def test_a_rare_word_in_common_never_lowers_the_score(earlier: str, later: str) -> None:
    assert score(earlier + "鱻靐龘", later + "鱻靐龘") >= score(earlier, later)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_gives_a_score(earlier: str, later: str) -> None:
    assert 0 <= score(earlier, later) <= 1
