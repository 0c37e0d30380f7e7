"""Levels told in words: full coverage, zero outcomes, ranks of an indicator, grades."""

import re

from seeds.extract.figures import Figure
from seeds.extract.rules import rule
from seeds.extract.wordlist import one_of

_BEHIND = r"(?=[，。；、）”]|$)"
_GRADE = r"[^，。；、\d劣]{0,6}[Ⅰ-Ⅴ一二三四五]类"
_FULL = (
    r"全(?:覆盖|域统管)|全(?<![安健完齐周]全)(?:消除|清零|达标|脱贫|免除)",
    rf"全部(?:稳定)?(?:{one_of('in_full')}|通(?:[上车水电气公客高]|硬化|宽带|光纤))",
    r"全面(?:消除|达标|清零|取消)|全面覆盖" + _BEHIND,
    r"(?:基本|彻底)消除|动态消除|“?(?<!见底)(?<!见底“)清零”?(?!“)",
    r"解决(?:了|好)?所有|消除(?:了|好)?所有|延伸[至到](?:所有|全部)|通达全部",
    r"基本覆盖(?=$|[，。；、])|覆盖(?:了|好)?(?:所有|全部)|惠及(?:了|好)?(?:所有|全部)",
    f"所有[^，。；、所能]{{1,12}}?(?:[都均](?!能|可|有机会|享有|要|将|被)|{one_of('for_all')})",
    # 实现所有乡镇5G网络覆盖, 实现全域清洁取暖.
    rf"实现(?:所有|全部|各|县城|城区|城乡)[^，。；]{{2,14}}(?<![有效])覆盖{_BEHIND}",
    rf"实现[^，。；、“”]{{0,12}}全域(?!旅游|土地|综合|发展|经济)[^，。；、]{{2,8}}{_BEHIND}",
    r"“?全焚烧|配齐(?![配建补强])|全线达标|全优(?=$|[，。；、])",
    f"{one_of('everywhere')}通(?![公客工])|(?:县县|户户|乡乡|村村)有(?![公客工])|村村亮(?![公客工])",
)
_ACCIDENTS = f"(?=[^，。；]{{0,14}}{one_of('accident')})"
_BY_RANK = r"第[一二三四五六七八九十](?:[位名])?"
_LEVELS = (
    r"翻了?[一两]?番",
    rf"(?:达到|保持|稳定|优于){_GRADE}",
    r"(?:达到|保持|稳定在)国家[一二三]级标准",
    rf"未(?<=年未)发生{_ACCIDENTS}|没有发生{_ACCIDENTS}",
    f"无{one_of('severity')}[^，。；、]{{0,10}}(?:事故|疫情|火灾)",
    rf"无(?:人|一人)?因灾(?:伤亡|死亡){_BEHIND}",
    rf"无(?:一(?:人|户|例)?(?:返贫|致贫|感染)|(?:新增)?(?:本地|本土|死亡|确诊)病例|人员伤亡|群众伤亡|返贫|遗失){_BEHIND}",
    f"未(?:出现|发生)(?:疫情)?{one_of('harm')}{_BEHIND}",
    r"无自付|零自付",
    # 参保率全省第一, 空气质量退出全国后二十位.
    rf"[居列位]?(?:全[国省市州]|世界|[中西]部)[^，。；、\d]{{0,6}}{_BY_RANK}{_BEHIND}",
    r"(?:成功|坚决|稳定)?退出?(?:全[国省市])?[^，。；、]{0,4}[后倒][一二三四五六七八九十]+位?(?=[，。；、]|$)",
)
_ZERO = re.compile(rf"“?零{one_of('zero_of')}[”“]?(?=[，。；、”“目战成]|$|零)")
_PEOPLE = re.compile("零(?:亡人|伤亡|死亡)")
_TOLD = re.compile(f"(?P<full>{'|'.join(_FULL)})|{'|'.join(_LEVELS)}")
# An appraisal's rank is praise.
_APPRAISED = re.compile(one_of("appraisal"))
_NEAR = 12


@rule(
    "fig.full",
    must=["行政村5G网络实现全覆盖。", "农村危房全部改造。"],
    never=["加快推进试点先行。"],
    meaning="Full coverage in words, a hundred per cent: 全覆盖, 全部办结, 村村通.",
)
@rule(
    "fig.told",
    must=["花渡河水质达到Ⅲ类。", "没有发生重大火灾事故。"],
    never=["教育工作考核全省第一。"],
    meaning="A level told in words, without a quantity: 翻一番, 达到Ⅲ类, 未发生事故, 参保率全省第一.",
)
def _level(match: re.Match[str]) -> Figure:
    if match["full"]:
        return Figure(*match.span(), 100, "%", "eq", "fig.full")
    return Figure(*match.span(), None, None, "eq", "fig.told")


def _praises(text: str, match: re.Match[str]) -> bool:
    """Whether a rank is that of an appraisal."""
    return "第" in match[0] and _APPRAISED.search(text, max(0, match.start() - _NEAR), match.end()) is not None


@rule("fig.zero", must=["实现森林火灾零发生。", "生活垃圾零填埋。"], never=["整治零星棚户区。", "建成零工市场。"])
def _zeros(text: str) -> list[Figure]:
    """A zero outcome: 零返贫, 零亡人, 零填埋."""
    return [
        Figure(*match.span(), 0, "人" if _PEOPLE.search(match[0]) else None, "eq", "fig.zero")
        for match in _ZERO.finditer(text)
    ]


def coverage(text: str) -> list[Figure]:
    """Every level that a text tells in words, in order."""
    found = [_level(match) for match in _TOLD.finditer(text) if not _praises(text, match)]
    return sorted(found + _zeros(text), key=lambda figure: figure.start)
