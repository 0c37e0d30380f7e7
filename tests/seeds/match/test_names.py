"""Two names of one thing, and two things that sound alike."""

import pytest

from seeds.match.names import Aliases, alike, designations, likeness, plain, stands_in, tell_apart, written_out


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("轨道交通15号线", "轨道15号线一期"),
        ("江北机场第四跑道", "江北国际机场第四跑道"),
        ("古路火车站", "古路站"),
        ("洛碛码头一期", "洛碛港一期"),
        ("椿萱大道", "椿萱大道二期"),
        ("黄茅坪支线", "铁路东环线黄茅坪支线"),
        ("花柳过江通道", "花渡柳大桥"),
    ],
)
def test_two_spellings_of_one_thing(first: str, second: str) -> None:
    assert likeness(plain(first), plain(second)) >= 0.7


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("铁路枢纽东环线", "铁路东环线黄茅坪支线"),
        ("轨道交通4号线", "轨道14号线"),
        ("第二中学", "第十二中学"),
        ("鹿山公园", "花石公园"),
        ("区二院", "区四院"),
        ("第一中学", "第二中学"),
        ("南北大道", "东西大道"),
        ("花渡线东延伸", "花渡线"),
        ("花渡路一期", "花渡路二期"),
    ],
)
def test_two_things_that_sound_alike(first: str, second: str) -> None:
    assert likeness(plain(first), plain(second)) == 0


def test_names_of_a_list_share_the_last_one_s_kind() -> None:
    assert "花渡火车站" in {name.replace("站", "火车站") for name in written_out(("花渡", "柳湾火车站"))}
    assert written_out(("花渡大桥", "柳湾站")) == ("花渡大桥", "柳湾站")
    assert written_out(("花渡",)) == ("花渡",)


def test_designations() -> None:
    assert designations("轨道12号线二期东延伸段") == {"号线": {"12"}, "期": {"2"}, "方位延伸段": {"东"}}


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("柳湾一期", "柳湾二期", True),
        ("柳湾", "柳湾二期", False),
        ("3号线、4号线", "4号线二期", False),
        ("三环路", "二环路", True),
    ],
)
def test_numbers_tell_apart(first: str, second: str, *, apart: bool) -> None:
    assert tell_apart(first, second) is apart


def test_a_name_is_not_cut_out_of_a_number() -> None:
    assert stands_in("2号线", "推进2号线建设")
    assert not stands_in("2号线", "推进12号线建设")


def test_known_names() -> None:
    known = Aliases([["花渡学院", "柳湾校区"]])
    assert alike("花渡学院", "柳湾校区", known) == 1.0
    assert alike("花渡学院", "柳湾校区", Aliases()) == 0.0
