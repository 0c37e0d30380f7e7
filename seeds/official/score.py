"""The government's own score that a notice states: of so many tasks so many done, so many partly."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seeds.official.outcome import judgement
from seeds.sheets.cells import folded
from seeds.sheets.vocabulary import COMPLETED, PARTIAL

# 93项完成 and 已完成44项: the words behind a count, else those before it.
_COUNT = re.compile(r"([^\d，；。、：]{0,16}?)(\d{1,4})[项件个]([^\d，；。、]{0,24})")
_ALL = re.compile(r"任务|目标|事项|项目|实事|指标")
_STATE = re.compile(r"部分完成|基本完成|未完成|全部完成|提前完成|超额完成|已完成|完成|达到?序时|未达|滞后")
_LEAST_TASKS = 5


@dataclass(frozen=True, slots=True)
class Score:
    """How many tasks there were, how many are done, how many partly; ``None`` where the notice does not say."""

    tasks: int
    done: int | None
    partly: int | None


def report_score(paragraphs: Sequence[str]) -> Score | None:
    """The score of the first paragraph that counts tasks and says how many of them are done."""
    for text in paragraphs:
        counts = list(_counts(text))
        total = next((number for number, words in counts if _ALL.search(words) and number >= _LEAST_TASKS), None)
        if total is None:
            continue
        done = _sum(counts, COMPLETED, total)
        partly = _sum(counts, PARTIAL, total)
        if done is not None or partly is not None:
            return Score(total, done, partly)
    return None


def _counts(text: str) -> Iterator[tuple[int, str]]:
    for before, number, behind in _COUNT.findall(re.sub(r"（[^）]*）", "", folded(text))):
        yield int(number), behind if _ALL.search(behind) or _STATE.search(behind) else before


def _sum(counts: Sequence[tuple[int, str]], verdict: str, total: int) -> int | None:
    found = [
        number
        for number, words in counts
        if (state := _STATE.search(words)) and judgement(state[0]) == verdict and number <= total
    ]
    return sum(found) if found and sum(found) <= total else None
