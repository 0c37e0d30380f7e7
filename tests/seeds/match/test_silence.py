"""Which promises are answered, and of which a report says nothing."""

from datetime import date

from seeds.match import answers, candidates
from tests.seeds.match.conftest import Make


def test_reported_promised_again_silent(promise: Make, claim: Make, again: Make) -> None:
    promises = [promise("建设花渡大桥"), promise("推进柳湾隧道建设"), promise("新建竹溪幼儿园", category="education")]
    later = [claim("花渡大桥建成通车"), again("加快花渡大桥引道建设"), again("加快柳湾隧道建设")]
    found = answers(promises, candidates(promises, later, least=0), 2031)
    assert [answer.codes for answer in found] == [("reported", "promised_again"), ("promised_again",), ("silent",)]
    assert [answer.has_result for answer in found] == [True, False, False]


def test_what_ends_later_is_not_silent_before_its_time(promise: Make) -> None:
    promises = [promise("建设花渡大桥", until=date(2034, 12, 31))]
    assert [answer.codes for answer in answers(promises, [], 2034)] == [("not_due",)]
    assert [answer.codes for answer in answers(promises, [], 2035)] == [("silent",)]


def test_the_nearest_is_shown_beside_the_claim_of_silence(promise: Make, claim: Make) -> None:
    promises = [promise("建设花渡大桥")]
    found = candidates(promises, [claim("花渡镇大桥头公园建成", category="environment")], least=0)
    (answer,) = answers(promises, found, 2031, heard=1.0)
    assert answer.codes == ("silent",)
    assert answer.nearest is found[0]


def test_a_mention_is_no_promise(promise: Make) -> None:
    assert answers([promise("建设花渡大桥", mention=True)], [], 2031) == []


def test_claims_get_no_answer(claim: Make) -> None:
    assert answers([claim("花渡大桥建成")], [], 2032) == []
