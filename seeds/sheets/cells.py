"""What one cell of an official table is by its own words: a number, a deadline, units, a share, a judgement."""

import re
import unicodedata

from seeds.sheets.vocabulary import judgements, lasting

_NUMBER = re.compile(
    r"[（(]?(?:第)?(?:\d{1,4}(?:[-.．—]\d{1,3}){0,2}|[一二三四五六七八九十百]{1,4})(?:项)?[）)]?[.、．]?(?:[、,，]\s*\d{1,4})*"
)
_DEADLINE = re.compile(
    r"(?:到|至|于|力争|确保)?(?:(?:20)?\d\d年)?(?:度)?(?:(?:\d{1,2}月)(?:份|底|末|初|中旬|上旬|下旬|\d{1,2}日)?|[一二三四1-4]季度|第[一二三四]季度|[上下]半年|全年|年内|年底|年末|年度)?"
    r"(?:以?之?前|底前|完成|内)?"
)
_DATE = re.compile(r"20\d\d[-./年]\d{1,2}(?:[-./月](?:\d{1,2}日?)?)?(?:底?前)?")
_PERCENT = re.compile(r"-?\d{1,4}(?:\.\d+)?[%％]")
_UNIT_END = (
    r"(?:[局委办厅院处队部署会站室所]|中心|公司|集团|政府|街道|街道办|街道办事处|办事处|镇|乡|镇街|单位|部门|管委会|指挥部|开发区|示范区|新区|园区|支队|大队|总队|法院|银行|海关|学校|大学"
    r"|医院|协会|联合会|[残妇侨科文]联|供销社|电视台|中心支行|分局|公安|发改|各区|区县|各县)"
)
# No unit's name begins with what is to be done.
_DEED = (
    r"(?:建成|办好|推进|加快|启动|完成|实施|建设|新建|改建|扩建|开展|举办|打造|推动|创建|优化|提升|深化|落实|加强|推广|开工"
    r"|改造|整治|制定|出台|新增|支持|争创|抓好|做好)"
)
_UNIT = re.compile(rf"(?!{_DEED})[^。；0-9]{{1,24}}{_UNIT_END}(?:（[^）]*）)?")
_EMPTY = re.compile(r"[\s/／\\\-—–－―无]*")
_SPLIT = re.compile(r"[\n、，,；;/／\s　]+")
_PART = re.compile(r"[（(]([^（）()]*)[）)]")


def folded(text: str) -> str:
    """A text in half-width digits and letters, Chinese marks and brackets, without blanks around it."""
    return unicodedata.normalize("NFKC", text).translate(_MARKS).strip()


_MARKS = str.maketrans("():;,", "（）：；，")


def is_empty(text: str) -> bool:
    """Whether a cell says that there is nothing: blank, a dash, a stroke, 无."""
    return _EMPTY.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether a cell holds a running number."""
    return _NUMBER.fullmatch(folded(text)) is not None


def is_deadline(text: str) -> bool:
    """Whether a cell holds a deadline and no more."""
    plain = re.sub(r"\s", "", folded(text))
    return bool(plain) and bool(_DEADLINE.fullmatch(plain) or _DATE.fullmatch(plain) or plain in lasting())


def is_percent(text: str) -> bool:
    """Whether a cell holds a share."""
    return _PERCENT.fullmatch(folded(text)) is not None


def begins_with_percent(text: str) -> bool:
    """Whether a cell tells a share before all else: 88%（推进缓慢）."""
    return _PERCENT.match(folded(text)) is not None


def is_official_word(text: str) -> bool:
    """Whether a cell holds one of the words by which offices judge a task."""
    return re.sub(r"\s", "", folded(text)) in judgements()


def is_unit(text: str) -> bool:
    """Whether a cell names units and no more."""
    parts = [part for part in _SPLIT.split(outside_brackets(folded(text))) if part]
    return bool(parts) and all(_UNIT.fullmatch(part) for part in parts)


def outside_brackets(text: str) -> str:
    """A text whose brackets hold no marks that part a list: 各县（市、区）政府 is one name."""
    return _PART.sub(lambda match: f"（{re.sub(_SPLIT, '·', match[1])}）", text)
