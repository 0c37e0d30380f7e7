"""A quick look that passes over clauses which cannot hold a statement: most of a report is intent and praise."""

import re

from seeds.extract.wordlist import having, one_of, pattern, shortest

# Something is built or done, not merely cared for.
WORKS = re.compile(one_of("works"))


# What tells an end state or a beginning, a title, an event or a goal, or where its subject stands.
_STRONG_TRAITS = ("end_state", "strong", "start", "plan", "honour", "examination", "event", "settled", "first", "goal")
_STRONG_STEMS = shortest(set(having(*_STRONG_TRAITS)) - {"开放", "运营"})
_STRONG = re.compile(
    pattern(_STRONG_STEMS)
    + r"|(?:开放|运营)(?![\u4e00-\u9fff])|开放(?=[^，。；、]{2,12}[馆园场])|获[^，。；、]{2,20}(?:奖|称号|认证)"
)
# Any first character before any second one: much faster, and true wherever the exact pattern is.
_FIRST = "".join(stem[0] for stem in _STRONG_STEMS)
_SECOND = "".join(stem[1:2] for stem in _STRONG_STEMS)
_PAIRS = re.compile(f"[开运{_FIRST}](?:(?=[放营{_SECOND}])|(?<=获))")
_WEAK = re.compile(pattern(shortest(["等", *having("moving")])))


def may_hold(masked: str, start: int, end: int) -> bool:
    """Whether a clause without a figure has the verbs of a statement: an end state, or a movement of works."""
    if _WEAK.search(masked, start, end) and WORKS.search(masked, start, end):
        return True
    pair = _PAIRS.search(masked, start, end)
    while pair is not None and not _STRONG.match(masked, pair.start(), end):
        pair = _PAIRS.search(masked, pair.end(), end)
    return pair is not None
