"""A short title that stands alone: the verb and the object that a segment shares with its neighbours are put back.

Rules: ``title.own`` (the words of the segment), ``title.verb`` (a verb before the list), ``title.final``
(a verb behind the list), ``title.object`` (an object named before).
"""

from seeds.extract.candidate import Candidate, object_span
from seeds.extract.clauses import Document, Segment

_EACH = "分别"


def spoken_object(document: Document, segment: Segment) -> str:
    """The object of a segment without its verbs and figures: 新开工老旧小区改造项目15个 → 老旧小区改造项目."""
    start, end = object_span(segment)
    for figure in segment.figures:
        if start < figure.start < end:
            end = figure.start
        elif figure.start <= start:
            start = max(start, figure.end)
    level = [left for left, right, entry in segment.tokens if left > start and right == end and entry.verb == "level"]
    return document.text[start : level[0] if level else end].replace(_EACH, "")


def title_of(
    document: Document,
    segment: Segment,
    candidate: Candidate,
    shared: Segment | None,
    last: Segment,
    before: Segment | None,
) -> str:
    """The title of a candidate; ``shared`` opened the list, ``last`` closes it, ``before`` named the object."""
    own = document.text[candidate.start : candidate.end]
    if _EACH in own:
        own = own.replace(_EACH, "")
    if candidate.inherited:
        return spoken_object(document, before) + own if before else own
    if segment.lead:
        return own
    if shared is not None and shared.lead:
        return document.text[shared.lead[0][0] : shared.lead[-1][1]] + own
    if last is not segment and last.final and not segment.final:
        return own + document.text[last.final[-1][0] : last.final[0][1]]
    return own
