"""The units that a cell names: who leads and who cooperates, from lists, labels and brackets."""

import re
from collections.abc import Iterator

from seeds.sheets.cells import folded, is_empty, outside_brackets

_SPLIT = re.compile(r"[\n、，；;/\s]+")
_LABEL = re.compile(
    r"(?:(?:责任|牵头|主办|主责|承办|实施)(?:责任)?(?:单位|部门|主体)|牵头|主办)[：:]?"
    r"|(?:(?:配合|协办|参加|协同|参与|协助)(?:责任)?(?:单位|部门|主体)|配合|协办)[：:]?"
)
_ROLE = re.compile(
    r"[（(]?(?P<lead>牵头|主办|主责|负责)(?:单位|部门)?[）)]?|[（(](?P<with>配合|协办|协助|参与|参加)(?:单位|部门)?[）)]|(?P<after>配合|协办|协助)$"
)
_COOPERATING = re.compile(r"配合|协办|参加|协同|参与|协助")
# Where a wrap of the page, not a mark, parts two names: …信息化局市发展改革委.
_GLUED = re.compile(r"(?<=[局委办厅院处府队司团心室])(?=[市区县省州][\u4e00-\u9fff]{2,})")
_SHARED = re.compile(r"等?(?:单位|部门)?(?:依据|按照|根据|按)(?:各自)?职责(?:分工)?(?:分别)?负责")
_NONE = frozenset(("无", "无。", "—", "-"))


def units(text: str) -> list[str]:
    """The names of a cell as written, without numbers, labels and marks of role."""
    return [name for name, _ in _named(text)]


def by_role(lead: str, cooperating: str) -> tuple[list[str], list[str]]:
    """The leading and the cooperating units of a row; a single cell may tell both by labels or brackets."""
    leading: list[str] = []
    helping: list[str] = []
    for name, helps in _named(lead):
        (helping if helps else leading).append(name)
    helping += [name for name in units(cooperating) if name not in helping]
    return list(dict.fromkeys(leading)), list(dict.fromkeys(helping))


def _named(text: str) -> Iterator[tuple[str, bool]]:
    """Each name and whether it cooperates."""
    helps = led = False
    for line in _lines(outside_brackets(_SHARED.sub("", folded(text)))):
        for part in _SPLIT.split(line):
            if not part or is_empty(part) or part in _NONE:
                continue
            if label := _LABEL.match(part):
                # Beside a leading unit the one in charge (责任单位) cooperates.
                helps = bool(_COOPERATING.search(label[0])) or (led and label[0].startswith("责任"))
                led = led or label[0].startswith(("牵头", "主办"))
            own = part[label.end() :] if label else part
            role = _ROLE.search(own)
            name = _ROLE.sub("", own).strip("。.·：: （）") if role else own.strip("。.·：: ")
            if role and role["lead"]:
                yield from ((one, False) for one in _parted(name) if one)
                helps = True
                continue
            yield from ((one, helps or bool(role and (role["with"] or role["after"]))) for one in _parted(name) if one)


def _lines(text: str) -> Iterator[str]:
    for line in re.split(
        r"(?=(?:责任|牵头|主办|主责|承办|实施|配合|协办|参加|协同|参与|协助)(?:责任)?(?:单位|部门|主体)[：:])", text
    ):
        if line.strip():
            yield line


def _parted(name: str) -> list[str]:
    restored = re.sub(r"（([^）]*)）", lambda match: f"（{match[1].replace('·', '、')}）", name)
    return _GLUED.split(restored) if len(restored) > _GLUED_LENGTH else [restored]


_GLUED_LENGTH = 10
