"""What a reported result makes of a promise: completed, partial, in_progress or unknown.

By milestone, figure, scope and unit: a result that counts more than was promised (新改建 for 新建, 累计), that counts
in another unit, or that answers several promises at once with one figure (89所 for 45 and 25) is ``unknown``.
"""

import re
from collections.abc import Sequence

from seeds.match import figures
from seeds.match.change import Derived
from seeds.match.coverage import covered, works
from seeds.match.stages import COMPLETE, LEVEL, PLAN, PROGRESS, START, is_prepared, partly_done, stage
from seeds.match.subject import Subject

_TOTAL = re.compile("累计|总量|总数|存量")
_WIDER = re.compile("新改|改扩建|改建|（改|改造提升|和改造|维修|新建和|新建、改")
_BUILT_NEW = re.compile("新建|新增|新开|建设|建成")
_IN_FULL = re.compile("全部|全面|超额|圆满|目标")
_FULL = 100


def verdict(earlier: Subject, later: Subject, siblings: Sequence[Subject] = (), *, merged: bool = False) -> Derived:
    """What ``later``, a result linked to ``earlier``, makes of it.

    ``siblings`` are all results linked to it, this one too: of a list of works only what all of them leave out is
    missing. ``merged`` says that one figure of ``later`` answers several counted promises.
    """
    if _TOTAL.search(later.words) and not _TOTAL.search(earlier.words):
        return Derived("unknown", "words")
    if figures.comparable(earlier, later):
        return Derived(_by_figure(earlier, later, merged=merged), "figure")
    if earlier.quantity is not None and later.quantity is not None:
        return Derived("unknown", "words")
    if earlier.quantity is not None and (earlier.quantity, earlier.unit) != (_FULL, "%"):
        return Derived(_by_lost_figure(later), "words")
    return Derived(_by_stage(earlier, later, siblings or (later,)), "name" if earlier.names else "words")


def _by_figure(earlier: Subject, later: Subject, *, merged: bool) -> str:
    if merged or figures.unit_likeness(earlier.unit, later.unit) < 1:
        return "unknown"
    if _WIDER.search(later.words) and not _WIDER.search(earlier.words) and _BUILT_NEW.search(earlier.words):
        return "unknown"
    runs = earlier.until > later.until
    if earlier.milestone == LEVEL and runs:
        # A level that is reached before its time may be lost again.
        return "in_progress"
    if stage(later) == START != stage(earlier):
        return "in_progress"
    return "completed" if figures.meets(later, earlier) else "partial"


def _by_lost_figure(later: Subject) -> str:
    """Where a count was promised and none is told."""
    if stage(later) == PROGRESS:
        return "in_progress"
    return "completed" if _IN_FULL.search(later.quote) else "unknown"


def _by_stage(earlier: Subject, later: Subject, siblings: Sequence[Subject]) -> str:
    before, after = stage(earlier), stage(later)
    done = after in (COMPLETE, LEVEL)
    if done and partly_done(earlier, later) and before != START:
        return "partial" if before == COMPLETE else "in_progress"
    if is_prepared(earlier) and not is_prepared(later):
        return "completed"
    if before == START:
        if after == PLAN:
            return "in_progress"
        told = siblings
    elif done:
        told = [sibling for sibling in siblings if stage(sibling) in (COMPLETE, LEVEL)]
    else:
        return "in_progress"
    if len(works(earlier)) > 1 and covered(earlier, told) < 1:
        return "partial"
    return "completed"
