"""What a notice that names only the exceptions says of the other tasks of the table that it counts by."""

import re
from collections.abc import Sequence

from seeds.official.score import Score

_NUMBERS = re.compile(r"\d+")


def left_out(tasks: Sequence[str], named: Sequence[str], score: Score) -> list[int]:
    """Return which tasks of a table, by their places, a notice does not name and so counts as done.

    ``tasks`` and ``named`` are item numbers, 41、42 being two. None where the counts do not fit: the table must have as
    many tasks, each with a number of its own, as the notice counts, and as many unnamed ones as it says are done.
    """
    numbers = [_NUMBERS.findall(task) for task in tasks]
    if len(tasks) != score.tasks or score.done is None or any(len(one) != 1 for one in numbers):
        return []
    own = [one[0] for one in numbers]
    exceptions = {number for task in named for number in _NUMBERS.findall(task)}
    if len(set(own)) < len(own) or not exceptions <= set(own):
        return []
    found = [at for at, number in enumerate(own) if number not in exceptions]
    return found if len(found) == score.done else []
