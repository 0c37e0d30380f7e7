"""Doubts about a text as a whole, which its reader should know before trusting what is found in it."""

import re
from collections.abc import Iterator

from seeds.reading.messages import Message

_SAMPLE = 100_000
_CHINESE = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_INKED = re.compile(r"\S")
_LITTLE = 0.2
_LEAST = 200
# Frequent characters that simplified writing does not use, and their simplified forms.
_TRADITIONAL = re.compile(
    "[們個來學國會時過為對發產業務農區縣鄉鎮經濟設計劃實現義務員團體見關係開進還這裡處動場長門間問題應當與並從樣機構養護環點總項層級優質統籌協調]"
)
_SIMPLIFIED = re.compile(
    "[们个来学国会时过为对发产业务农区县乡镇经济设计划实现义员团体见关系开进还这里处动场长门间问题应当与并从样机构养护环点总项层级优质统筹协调]"
)


def doubts(text: str) -> Iterator[Message]:
    """Tell of a text that is hardly Chinese, or in traditional characters."""
    sample = text[:_SAMPLE]
    inked = len(_INKED.findall(sample))
    share = len(_CHINESE.findall(sample)) / max(1, inked)
    if inked >= _LEAST and share < _LITTLE:
        yield Message("little_chinese", {"share": round(100 * share)})
    if len(_TRADITIONAL.findall(sample)) > len(_SIMPLIFIED.findall(sample)):
        yield Message("traditional")
