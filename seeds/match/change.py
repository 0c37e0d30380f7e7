"""How a promise that is made again differs from the first: by its figure where there is one, else by its words.

``next_share`` (next year's part of a yearly count), ``same``, ``raised`` and ``lowered`` (by the direction that the
bound gives), ``softened`` (a figure dropped, 建成 become 推进), ``strengthened`` (a figure added, 推进 become 建成),
``next_stage``, ``redated`` (due again, nothing else changed), ``narrowed`` (names left out).
"""

import re
from dataclasses import dataclass

from seeds.match import figures
from seeds.match.coverage import covered
from seeds.match.likeness import measures
from seeds.match.stages import COMPLETE, LEVEL, PLAN, PROGRESS, START, is_prepared, rank, stage
from seeds.match.subject import Subject

# Yearly counts of people that are set anew as a level, not handed out in parts.
_RENEWED = re.compile("就业|参保|城镇新增")
_WHOLE = re.compile("全部|全面完成|全覆盖|全域|应.尽.")
_FULL = 100
# A title that is sought again is sought as before.
_TITLE = re.compile("争创|创建")
_SOUGHT = re.compile("争创|创建|推进|推动|积极|力争")
_WON = re.compile("^(?:确保)?(?:完成|创成|实现|建成|成功)")


@dataclass(frozen=True, slots=True)
class Derived:
    """A code with what it rests on: ``figure``, ``name`` or ``words``; only figures are sure enough to be preset."""

    code: str
    basis: str

    @property
    def preset(self) -> bool:
        """Whether it may stand before a person looked; else it is a suggestion."""
        return self.basis == "figure"


def change(earlier: Subject, later: Subject) -> Derived:
    """How a later commitment changes an earlier one."""
    if figures.comparable(earlier, later):
        return Derived(_by_figure(earlier, later), "figure")
    counted = later.quantity is not None and not earlier.names
    if earlier.quantity is not None or counted:
        return Derived(_by_loss(earlier, later), "words")
    return Derived(_by_stage(earlier, later), "name" if earlier.names else "words")


def _by_figure(earlier: Subject, later: Subject) -> str:
    level = LEVEL in (earlier.milestone, stage(later)) or bool(
        _RENEWED.search(earlier.words) or measures(earlier.words)
    )
    if not level and (earlier.quantity != later.quantity or not earlier.lasting):
        return "next_share"
    if earlier.quantity == later.quantity:
        return "same"
    more = (later.quantity or 0) > (earlier.quantity or 0)
    return "raised" if more != figures.is_ceiling(earlier) else "lowered"


def _by_loss(earlier: Subject, later: Subject) -> str:
    """Where only one side has a figure, or both have figures of different things."""
    if later.quantity is None:
        return "strengthened" if _WHOLE.search(later.quote) and earlier.unit != "%" else "softened"
    if earlier.quantity is None:
        return "strengthened"
    return "softened" if (earlier.quantity, earlier.unit) == (_FULL, "%") and stage(later) == PROGRESS else "same"


def _by_stage(earlier: Subject, later: Subject) -> str:
    before, after = stage(earlier), stage(later)
    if is_prepared(later) and not is_prepared(earlier) and before != PLAN:
        return "softened"
    if is_prepared(earlier) and not is_prepared(later):
        return "strengthened" if after in (START, COMPLETE) else "next_stage"
    if _TITLE.search(earlier.words) and _TITLE.search(later.words):
        return "same"
    if _SOUGHT.search(earlier.words) and _WON.search(later.quote):
        return "strengthened"
    if rank(after) != rank(before):
        forward = "next_stage" if before == START else "softened"
        return "strengthened" if rank(after) > rank(before) else forward
    if len(earlier.names) > 1 and later.names and covered(earlier, [later]) < 1 == covered(later, [earlier]):
        return "narrowed"
    return "same" if before in (PROGRESS, LEVEL, PLAN) else "redated"
