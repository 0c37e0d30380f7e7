"""Which later statements may be about an earlier commitment: candidates with a score and the reasons for it.

Two roads lead to a candidate. A name: both speak of the same facility, line or place, whatever its figures. Or a
measure: both count the same thing, and the later figure falls into the time for which the earlier one was promised (a
town that adds six parks in 2024 says nothing of the ten it promised for 2021). Everything here is a proposal; a person
accepts it. Pure Python, no database.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

# From here on a candidate is as good as those that the curators of the first data accepted; below the other, noise.
ACCEPT, PROPOSE = 0.65, 0.5

_SAME_NAME, _PART_OF_NAME, _CATEGORY, _SHARE, _OTHER_DEED = 0.66, 0.6, 0.14, 0.2, 0.32
_MEASURE, _OBJECT = 0.25, 0.7
# The least likeness of two objects without names, and of two statements that only share a name.
_LIKE_OBJECT, _LIKE_DEED = 0.5, 0.12

_PHASE = re.compile(
    r"(?:[一二三四五六七八九十]+期|[东南西北]延(?:伸段|长线)?|主体|[^线路]{2,3}段|扩建|新建|改造|拓宽改造|项目|工程|二期工程)+$"
)
_SPELLINGS = (
    (re.compile(r"国际(?=机场)|轨道交通|城市轨道|枢纽|火车(?=站)|综合|^(?:全|本|我)?(?:省|市|区|县)(?=.{2})"), ""),
    (re.compile(r"轨道(?=\d+号线)"), ""),
    (re.compile(r"码头|港区|港口"), "港"),
    (re.compile(r"人民医院老院区"), "人民医院"),
)
_DIGITS = frozenset("0123456789〇一二三四五六七八九十")
_SHORT = {"医疗保险": "医保", "养老保险": "养老", "城乡居民": "居民"}
# What says how much or how well, not what; a few names in front of the number of all are examples.
_NOT_OBJECT = re.compile(
    r"^.{2,30}等(?=\d)|[\d.,万亿千百余约%％]+|[（(].*?[)）]|以上|以内|以下|左右|不少于|不超过|超过|达到?|实现|推动|助推|推进|加快|建设|建成|完成|新增|"
    r"新建成?|改扩建|新开工|开工|完工|竣工|投用|控制|保持|稳定|力争|继续|全面|全区|全市|全县|基本|同比|增长|增加|进一步|提升"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What matching needs to know of a commitment or an achievement.

    ``until`` is the day by which the one is due, or the last day of which the other reports; ``year`` is the report's.
    """

    key: object
    kind: str
    year: int
    until: date
    title: str
    category: str
    milestone: str = "complete"
    quantity: float | None = None
    unit: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A later statement that may be about a commitment; ``reasons`` are codes, the strongest first."""

    commitment: Subject
    statement: Subject
    score: float
    reasons: tuple[str, ...]


class Aliases:
    """The known names of projects, so that two names of one thing count as the same."""

    def __init__(self, projects: Iterable[Sequence[str]] = ()) -> None:
        """Each project is given by all its names."""
        self._project: Mapping[str, int] = {
            plain(name): number for number, names in enumerate(projects) for name in names
        }

    def same(self, first: str, second: str) -> bool:
        """Say whether both are names of one known project."""
        project = self._project.get(plain(first))
        return project is not None and project == self._project.get(plain(second))


def candidates(
    commitments: Iterable[Subject], later: Iterable[Subject], aliases: Aliases | None = None, least: float = PROPOSE
) -> list[Candidate]:
    """Return the pairs that score at least so much, the best first; ``later`` may hold statements of any year."""
    following = list(later)
    known = aliases or Aliases()
    found = [
        candidate
        for commitment in commitments
        for statement in following
        if statement.year > commitment.year
        for candidate in _compare(commitment, statement, known)
        if candidate.score >= least
    ]
    return sorted(found, key=lambda candidate: -candidate.score)


def _compare(commitment: Subject, statement: Subject, aliases: Aliases) -> Iterator[Candidate]:
    """Yield the better of the two roads, if either leads anywhere."""
    roads = [_by_name(commitment, statement, aliases), _by_measure(commitment, statement)]
    score, reasons = max(roads)
    if score:
        yield Candidate(commitment, statement, round(min(score, 1.0), 3), reasons)


def _by_name(commitment: Subject, statement: Subject, aliases: Aliases) -> tuple[float, tuple[str, ...]]:
    """Score a name in common: how surely it is the same, for what share of the names, in the same field or deed."""
    earlier = {plain(name): name for name in commitment.names}
    matched: dict[str, tuple[float, str]] = {}
    for name, written in earlier.items():
        for other in statement.names:
            likeness = _name_likeness(written, other, aliases)
            if likeness[0] > matched.get(name, (0.0, ""))[0]:
                matched[name] = likeness
    if not matched:
        return 0.0, ()
    best, reason = max(matched.values())
    whole = len(matched) / max(1, min(len(commitment.names), len(statement.names)))
    score, reasons = best + _SHARE * min(1.0, whole), [reason]
    if commitment.category == statement.category:
        score, reasons = score + _CATEGORY, [*reasons, "same_category"]
    elif whole < 1 or likeness_of(_deed(commitment), _deed(statement)) < _LIKE_DEED:
        # The opening of a road says nothing about the greenery along it.
        score -= _OTHER_DEED
    return score, tuple(reasons)


def _by_measure(commitment: Subject, statement: Subject) -> tuple[float, tuple[str, ...]]:
    """Score a figure of the same thing in the same measure, within the time of the commitment."""
    comparable = (
        commitment.quantity is not None
        and statement.quantity is not None
        and commitment.unit == statement.unit
        and commitment.category == statement.category
        # What is added and what there is are two figures.
        and (commitment.milestone == "level") == (statement.milestone == "level")
        and (statement.until <= commitment.until or _is_promised_rate(commitment, statement))
    )
    likeness = likeness_of(_object(commitment.title), _object(statement.title)) if comparable else 0.0
    if likeness < _LIKE_OBJECT:
        return 0.0, ()
    return _MEASURE + _OBJECT * likeness, ("same_measure", "same_object")


def _is_promised_rate(commitment: Subject, statement: Subject) -> bool:
    """Say whether a share is promised again: such a promise is renewed year by year."""
    return statement.kind == "commitment" and commitment.unit == "%" and commitment.milestone == "level"


def _name_likeness(first: str, second: str, aliases: Aliases) -> tuple[float, str]:
    """Return how surely two names are of the same thing, and why."""
    one, other = plain(first), plain(second)
    if one == other:
        return _SAME_NAME, "same_name"
    if aliases.same(first, second):
        return _SAME_NAME, "same_project"
    one, other = sorted((_without_phase(one), _without_phase(other)), key=len)
    if one == other:
        return _SAME_NAME, "same_name"
    # 黄茅坪支线 is 铁路东环线黄茅坪支线, but 东环线 is not: what a name ends in is the thing itself.
    if len(one) >= 3 and other.endswith(one) and not _is_cut_number(other, one):
        return _PART_OF_NAME, "part_of_name"
    return 0.0, ""


def _is_cut_number(name: str, end: str) -> bool:
    """Say whether the end of a name begins within a number: 4号线 in 14号线."""
    return end[0] in _DIGITS and name[: -len(end)][-1:] in _DIGITS


@cache
def plain(name: str) -> str:
    """Return a name in its plainest spelling: 轨道交通4号线 → 4号线, 江北国际机场 → 江北机场."""
    for pattern, replacement in _SPELLINGS:
        name = pattern.sub(replacement, name)
    return name


@cache
def _without_phase(name: str) -> str:
    """Return a plain name without its phase or part: 椿萱大道二期 → 椿萱大道."""
    shorter = _PHASE.sub("", name)
    return shorter if len(shorter) >= 3 else name


@cache
def _object(title: str) -> str:
    """Return what a title counts, without figures, verbs and bounds."""
    for long, short in _SHORT.items():
        title = title.replace(long, short)
    return _NOT_OBJECT.sub("", title)


def _deed(subject: Subject) -> str:
    """Return what is done, without the names to which it is done."""
    title = subject.title
    for name in subject.names:
        title = title.replace(name, "")
    return title


@cache
def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset(text)


def likeness_of(first: str, second: str) -> float:
    """Return what share of their two-character pieces two texts have in common, 0 to 1.

    It is the mean of the share in both and of the share in the shorter one, which may say the same in fewer words.
    """
    one, other = _bigrams(first), _bigrams(second)
    if not one or not other:
        return 0.0
    common = len(one & other)
    return common / (len(one) + len(other)) + common / (2 * min(len(one), len(other)))
