"""Figures with their measure words: 1.2万个, 80余公里, 96%以上, 4867.7万人次, 十大."""

import re
from dataclasses import dataclass
from operator import attrgetter

from seeds.extract.numerals import number_of
from seeds.extract.rules import rule
from seeds.extract.statement import Quantity
from seeds.extract.wordlist import UNITS, having, measures, one_of

_UNIT = "|".join(map(re.escape, UNITS)).replace("|群|", "|群(?![众体])|方(?![面案式向便法])|")
_COMPARED = {"gte": "at_least_behind", "lte": "at_most_behind", "approx": "about_behind"}
_AFTER = {word: code for code, trait in _COMPARED.items() for word in having(trait)}
_NUMBER = re.compile(
    r"(?P<number>\d(?<![A-Za-z\d.第—每前满/]\d)(?:\d{0,2}(?:,\d{3})+|\d*)(?:\.\d+)?)"
    # Of a range the lower bound: 3—5所, 3到5个, 6%—7%, 1万至2万人.
    r"(?P<range>[%万亿]?[-—~～至到]{1,2}(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d年月日.]))?"
    r"(?P<more>[多余])?(?P<scale>[十百千]?[万亿]亿?|[百千](?![米克瓦伏]))?(?P<more2>[多余])?"
    rf"(?P<unit>{_UNIT})?(?P<also>（[^（）]{{1,4}}）)?(?P<after>{'|'.join(_AFTER)})?"
)
_POWERS = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# Every scale that a number can have, up to 千万亿; none is 1.
_SCALES: dict[str | None, int] = {
    first + second + third: _POWERS[first] * _POWERS[second] * _POWERS[third]
    for first in ("", "十", "百", "千")
    for second in ("", "万", "亿")
    for third in ("", "亿")
} | {None: 1}
# Behind these the number names or ranks a thing; it counts nothing.
_NAME_TAIL = re.compile(
    r"号|期|届|级|代|层|时|点|分钟|小时|秒|千伏|伏|度|G(?![a-z])|D|A级?|K|月|日|世纪|周年|#|\+|×|·|/|\."
)
# A rate by head: 8.5/10万.
_PER = re.compile(r"/(?:10|十)?万(?!元)")
# 师生比1:15, of which the part that is not 1 tells.
_TO_ONE = re.compile(r":(\d+(?:\.\d+)?)(?![\d:])")
_SPEC_UNITS = measures("specification")
_RATES = measures("percent")
# 3人制篮球, 12年制学校: how a thing is organised.
_SYSTEM_UNITS = measures("organisation")
_COMING = having("coming")
_LONGEST_NUMBER = 18
_COMPARING = {"gte": "at_least", "lte": "at_most", "approx": "about"}
_BEFORE = {word: code for code, trait in _COMPARING.items() for word in having(trait)}
_BEFORE_WORDS = tuple(_BEFORE)
_BEFORE_LAST = frozenset(word[-1] for word in _BEFORE)
_HANZI = re.compile(
    r"(?P<number>[两二三四五六七八九十](?<![一二三四五六七八九十百千万第零〇两“].)(?:十?[一二三四五六七八九]?)"
    r"(?<![二三四五六七八九两][一二三四五六七八九]))"
    r"(?P<unit>公里|所|座|条|家|处|栋|台(?![山县])|套|户|名|场|个|项|大|倍)(?P<after>以上)?(?=[\u4e00-\u9fff“”]|$|[，。；、])"
)
# 新建扬水站一处: one at the end counts, elsewhere it is an article.
_ONE = re.compile(r"一(?<![第每某唯任另同这那万].)(?P<unit>座|所|处|条|家|栋)(?=$|[，。；、])")
_HANZI_COUNTS = measures("in_characters")
_TEN = 10
_MAKING = having("making")
# Patterns begin with a character or a set of them, never with a group or a look behind: so they are searched several
# times faster.
_TENTHS = re.compile(
    r"(?P<part>[一二三四五六七八九])(?<=[到达近超占为至].)成(?![员立功果都长本品熟型绩就交])(?P<after>以上|左右)?"
)
_NUMERALS = "一二两三四五六七八九十百千零〇"
_PERCENT = re.compile(
    rf"(?P<base>[百千])分之(?P<number>[{_NUMERALS}]+(?:点[{_NUMERALS}]+)?)(?:[到至](?P<to>(?:百分之)?[{_NUMERALS}]+(?:点[{_NUMERALS}]+)?))?"
    r"(?P<more>多)?(?P<after>以上|以下|以内|左右)?"
)
_POINTS = re.compile(
    rf"(?P<number>[{_NUMERALS}](?<![{_NUMERALS}].)[{_NUMERALS}]*(?:点[{_NUMERALS}]+)?)(?<!第.)个百分点(?P<after>以上|左右)?"
)
# 两千三百户, 二十余座, 三万套: a number of a hundred and more, or one of tens with 余, counts before any measure word.
_LARGE = re.compile(
    rf"(?P<number>[一二两三四五六七八九](?<![{_NUMERALS}万亿第每几数].)[{_NUMERALS}万亿]{{0,20}}[百千万亿][{_NUMERALS}万亿]{{0,20}}|[二三四五六七八九]十(?=[余多])|十(?<![{_NUMERALS}几数].)(?=[余多]))"
    rf"(?P<more>[余多])?(?P<unit>{_UNIT})(?P<after>以上|左右)?"
)
# Of so many years, miles or times tell sayings: 五千年文明, 八百里.
_SAID = measures("saying")
_RUN_OF_YEARS = re.compile(
    r"连续(?P<number>[一二两三四五六七八九十]+)年"
    f"(?=[^，。]{{0,6}}{one_of('run_of_years')})"
)
# 突破百亿元: a power of ten in characters.
_ROUND = re.compile(
    r"(?P<scale>[百千万亿](?<=(?:突破|超过|达到|迈上).)(?:(?<=[百千万])亿|(?<=[百千])万)?)(?P<unit>元|人次|人|吨|千瓦时|列|条|家|个|艘|公里|所|标箱|标准箱)"
)
_MEDALS = re.compile(r"(?P<number>\d{1,3})(?P<unit>金)(?:\d{1,3}银)?(?:\d{1,3}铜)?(?![\u4e00-\u9fff](?<![的、，。]))")
# 百余场, 上千人, 近百户: a power of ten as a bound.
_SOME = re.compile(
    r"(?P<scale>[百千万](?<![\d.多余几数半成一二三四五六七八九十百千两].))"
    r"(?:(?P<more>[余多])|(?<=(?P<before>[上近超逾]).))(?P<unit>场次|场|人次|人|名|家|个|户|次|件|台|套|处|所|项|公里|亩|条)"
)
_CLASS = re.compile(r"(?P<scale>[百千万亿](?<![\d.多余几上数].)(?:(?<=[百千])[万亿])?)(?P<unit>亩|千瓦|人次)级")


@dataclass(slots=True)
class Figure:
    """A quantity in the clean text: its place, value, measure word and comparator, and the rule that read it."""

    start: int
    end: int
    quantity: Quantity | None
    unit: str | None
    comparator: str
    rule: str


def _hanzi_value(text: str) -> Quantity:
    return number_of(text) or 0


def _before(text: str, start: int) -> str:
    """The comparing word right before a number, or nothing."""
    if not start or text[start - 1] not in _BEFORE_LAST:
        return ""
    near = text[max(0, start - 4) : start]
    return max((word for word in _BEFORE_WORDS if near.endswith(word)), key=len, default="")


def _excluded(text: str, number: str, scale: str | None, unit: str, after: str | None, span: tuple[int, int]) -> bool:
    """Whether a number with a measure word dates, ranks or sizes something instead of counting it."""
    start, end = span
    if not scale and not (unit == "门" and "课" in text[max(0, start - 4) : start]):
        if unit in _SPEC_UNITS and text[end - 1] != "）" and not (unit == "大" and text[start - 1] == "等"):
            return True
        if unit == "年" and ((len(number) == 4 and number.isdigit()) or text.endswith(_COMING, 0, start)):
            return True
    if text.startswith(("及以下", "及以上"), end) or text.endswith("时速", 0, start):
        return True
    behind = text[end : end + 1]
    if not "\u4e00" <= behind <= "\u9fff":
        return False
    if behind == "级" or unit in ("岁", "小时") or (unit == "米" and behind in "宽高长深水"):
        return True
    if (behind == "制" and unit in _SYSTEM_UNITS) or (behind == "全" and text.startswith("全覆盖", end)):
        return True
    return (unit == "年" and text[start - 2 : start] != "连续") or (after == "以下" and unit != "%")


def _value(number: str, scale: str | None) -> Quantity:
    """The exact value: 145.67亿 is 14567000000, without the noise of binary fractions."""
    if number.isdigit():
        return int(number) * _SCALES[scale]
    digits, _, places = number.replace(",", "").partition(".")
    if not places:
        return int(digits) * _SCALES[scale]
    scaled = int(digits + places) * _SCALES[scale]
    unit = int("1" + "0" * len(places))
    quotient, rest = divmod(scaled, unit)
    return scaled / unit if rest else quotient


def _parted(text: str, start: int) -> bool:
    """Whether a number is the tail of digits that a blank parts, so that nobody knows the whole: 12 50套."""
    return start > 1 and text[start - 1] in " \u3000" and text[start - 2].isdigit()


@rule(
    "fig.count",
    must=["新建学校12所。", "新增学位1.2万个。"],
    never=["建成花渡学校三期。", "建成220千伏花渡变电站。"],
    meaning="A number with a measure word: 12所, 1.2万个, 80余公里.",
)
@rule(
    "fig.percent", must=["学前教育普惠率达到96%以上。"], never=["新建学校12所。"], meaning="A rate: 96%以上, 3个百分点."
)
def _counted(match: re.Match[str], text: str) -> Figure | None:
    number, range_, more, scale, more_behind, unit, also, after = match.groups()
    span = match.span()
    if range_ and range_[0] in "万亿":
        scale = range_[0]
    if _parted(text, span[0]):
        return None
    if len(number) > _LONGEST_NUMBER or (unit and _excluded(text, number, scale, unit, after, span)):
        return None
    start, end = span
    before = _before(text, start)
    bounded = more or more_behind or (range_ and unit)
    comparator = _AFTER[after] if after else _BEFORE[before] if before else "gte" if bounded else "eq"
    start -= len(before)
    if unit is None:
        return _bare(match, text, start, comparator)
    if unit == "万元":
        unit, scale = "元", "万"
    if also and unit not in ("%", "‰", "元") and not also[1:-1].isascii():
        unit += also
    rule = "fig.percent" if unit in _RATES else "fig.count"
    return Figure(start, end, _value(number, scale), unit, comparator, rule)


@rule("fig.bare", must=["开展职业培训3500万。"], never=["新建学校12所。", "改造2030年建成的学校。"])
def _bare(match: re.Match[str], text: str, start: int, comparator: str) -> Figure | None:
    """A number without a measure word: 3500万, 2.21:1."""
    scale, end = match["scale"], match.end()
    if scale in ("百", "千") or (_NAME_TAIL.match(text, end) and not _PER.match(text, end)):
        return None
    value = _value(match["number"], scale)
    if scale:
        return Figure(start, end, value, None, comparator, "fig.bare")
    return _ratio(match, text, value, comparator)


@rule(
    "fig.ratio",
    must=["城乡居民收入比降至2.2。", "师生比达到1:15。"],
    never=["新建学校2.2万平方米。"],
    meaning="A ratio or a rate by head: 2.21:1, 1:15, 8.5/10万, 降至2.2.",
)
def _ratio(match: re.Match[str], text: str, value: Quantity, comparator: str) -> Figure | None:
    """2.21:1, and 降至2.2 with nothing behind it."""
    start, end = match.start(), match.end()
    if (per := _PER.match(text, end)) is not None:
        return Figure(start, per.end(), value, None, comparator, "fig.ratio")
    if match["number"] == "1" and (other := _TO_ONE.match(text, end)):
        return Figure(start, other.end(), _value(other[1], None), None, comparator, "fig.ratio")
    if text[end : end + 2] == ":1":
        after = text[end + 2 : end + 4]
        stop = end + (4 if after in _AFTER else 2)
        return Figure(start, stop, value, None, _AFTER.get(after, "eq"), "fig.ratio")
    if text[end : end + 1] == "、" and text[end + 1 : end + 2].isdigit() and "分别" in text[max(0, start - 24) : start]:
        return Figure(start, end, value, None, comparator, "fig.count")
    reached = text[start - 1 : start] in ("至", "到", "为", "达") and not text[end : end + 1].isalnum()
    reached = reached or (text.endswith("指数", 0, start) and not text[end : end + 1].isalnum())
    if reached and ("." in match["number"] or match["number"] == "0"):
        return Figure(start, end, value, None, comparator, "fig.ratio")
    return None


def _few(text: str) -> list[Figure]:
    """Chinese numerals before a measure word; before a loose one (个, 项, 大) only behind 等 or a verb of making."""
    found = []
    for match in _HANZI.finditer(text):
        unit, start = match["unit"], match.start()
        preceded = text[max(0, start - 2) : start]
        value = _hanzi_value(match["number"])
        # 建成公园二十个: behind what is counted.
        behind = value >= _TEN and unit != "大" and not "\u4e00" <= text[match.end() : match.end() + 1] <= "\u9fff"
        if unit in _HANZI_COUNTS or behind or preceded.endswith("等") or (unit != "大" and preceded in _MAKING):
            comparator = "gte" if match["after"] else "eq"
            found.append(Figure(start, match.end(), value, unit, comparator, "fig.hanzi"))
    return found


def _written(text: str, match: re.Match[str], unit: str, rule: str, *, more: bool = False) -> list[Figure]:
    """The figure whose number is written in characters, if it is one."""
    value = number_of(match["number"])
    if value is None:
        return []
    before = _before(text, match.start())
    after = match["after"]
    comparator = _AFTER[after] if after else _BEFORE[before] if before else "gte" if more else "eq"
    return [Figure(match.start() - len(before), match.end(), value, unit, comparator, rule)]


@rule(
    "fig.tenths",
    must=["农村卫生厕所普及率达到九成。", "婴儿死亡率控制在千分之三以内。"],
    never=["建成花渡中学。", "完成九成宫修缮。"],
)
def _tenths(text: str) -> list[Figure]:
    """A rate in characters: 九成, 百分之三点五, 一点五个百分点."""
    found: list[Figure] = []
    for match in _TENTHS.finditer(text):
        comparator = _AFTER.get(match["after"] or "", "eq")
        value = _hanzi_value(match["part"]) * 10
        found.append(Figure(match.start(), match.end(), value, "%", comparator, "fig.tenths"))
    for match in _PERCENT.finditer(text):
        unit = "%" if match["base"] == "百" else "‰"
        found += _written(text, match, unit, "fig.tenths", more=bool(match["to"] or match["more"]))
    for match in _POINTS.finditer(text):
        found += _written(text, match, "个百分点", "fig.tenths")
    return found


@rule(
    "fig.hanzi",
    must=["新建幼儿园三所。", "改造老旧小区两千三百户。", "举办赛事百余场。"],
    never=["建成第三小学。", "加快三台县建设。"],
)
def _in_characters(text: str) -> list[Figure]:
    """A number in characters that counts: 三座, 两千三百户, 二十余座, 百余场, 突破百亿元."""
    found = _few(text)
    found += [Figure(*one.span(), 1, one["unit"], "eq", "fig.hanzi") for one in _ONE.finditer(text)]
    for match in _LARGE.finditer(text):
        if match["unit"] not in _SAID:
            found += _written(text, match, match["unit"], "fig.hanzi", more=bool(match["more"]))
    for match in _RUN_OF_YEARS.finditer(text):
        years = _hanzi_value(match["number"])
        found.append(Figure(match.start("number"), match.end(), years, "年", "eq", "fig.hanzi"))
    for match in _ROUND.finditer(text):
        found.append(Figure(*match.span(), _SCALES[match["scale"]], match["unit"], "gte", "fig.hanzi"))
    for match in _SOME.finditer(text):
        before = match["before"] or ""
        comparator = "approx" if before == "近" else "gte"
        start = match.start() - len(before)
        found.append(Figure(start, match.end(), _SCALES[match["scale"]], match["unit"], comparator, "fig.hanzi"))
    return found


@rule("fig.class", must=["建成万亩级花卉基地。"], never=["种植花卉一万亩。"])
def _classes(text: str) -> list[Figure]:
    """A class of size: 万亩级, 百万千瓦级."""
    return [
        Figure(*match.span(), _SCALES[match["scale"]], match["unit"], "eq", "fig.class")
        for match in _CLASS.finditer(text)
    ]


def _medals(text: str) -> list[Figure]:
    """9金14银15铜: the first tells."""
    return [Figure(*won.span(), int(won["number"]), "金", "eq", "fig.count") for won in _MEDALS.finditer(text)]


_START = attrgetter("start")


def _shared_unit(text: str, figure: Figure, behind: Figure) -> Figure:
    """The first of two figures with one measure word takes it: 3500万、400万人次."""
    if behind.start != figure.end + 1 or text[figure.end] != "、":
        return figure
    return Figure(figure.start, figure.end, figure.quantity, behind.unit, figure.comparator, figure.rule)


def figures(text: str) -> list[Figure]:
    """Every counting figure of a text in order, none overlapping; coverage words are left to :func:`coverage`."""
    found = [figure for match in _NUMBER.finditer(text) if (figure := _counted(match, text))]
    for read in (_in_characters, _tenths, _medals, _classes):
        found += read(text)
    found = [figure for figure in found if not _named_by(text, figure)]
    found.sort(key=_START)
    # From the back, so that a measure word reaches all of 12.5、20.3、31个百分点.
    for at in range(len(found) - 2, -1, -1):
        if found[at].unit is None:
            found[at] = _shared_unit(text, found[at], found[at + 1])
    kept = []
    reach = 0
    for figure in found:
        if figure.start >= reach:
            kept.append(figure)
        reach = figure.end
    return kept


def _named_by(text: str, figure: Figure) -> bool:
    """Whether a figure is part of a short quoted name: “2元一票制”."""
    start, end = figure.start, figure.end
    if "“" not in text[max(0, start - 6) : start]:
        return False
    opening = text.rfind("“", 0, start)
    if text.find("”", opening, start) >= 0:
        return False
    closing = text.find("”", end, end + 8)
    return 0 <= closing - opening < 9
