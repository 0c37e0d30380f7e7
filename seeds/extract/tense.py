"""Whether words report or plan: the evidence of verbs, adverbs and figures, where headings say nothing.

The words and their weights stand in ``words/tense.tsv``.
"""

import re

from seeds.extract.rules import rule
from seeds.extract.wordlist import pattern, rows

# 增长7.9%: a rise to the decimal has been measured; one of 左右 or 以上 is aimed at.
_MEASURED = re.compile(r"(?:增长|下降|提高)\d+\.\d+(?:%|个百分点)(?!左右|以上)")
_MEASURED_WEIGHT = 2.6
_LOOK = 400


_WEIGHTS = {word: float(weight) for word, weight in rows("tense")}


_WORD = re.compile(pattern(sorted(_WEIGHTS, key=len, reverse=True)))


@rule("sec.tense", must=["力争新建学校3所。"], never=["花渡。"])
def tense(text: str, start: int = 0, end: int | None = None) -> float:
    """The log-odds that ``text[start:end]`` reports (above 0) rather than plans (below 0); its first 400 characters."""
    stop = min(len(text) if end is None else end, start + _LOOK)
    measured = sum(1 for _ in _MEASURED.finditer(text, start, stop))
    return sum(_WEIGHTS[word] for word in _WORD.findall(text, start, stop)) + measured * _MEASURED_WEIGHT
