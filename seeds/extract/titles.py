"""A short title that stands alone: the verb and the object that a segment shares with its neighbours are put back."""

from seeds.extract.candidate import Candidate, object_span
from seeds.extract.clauses import Document, Segment
from seeds.extract.rules import rule

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


@rule("title.object", must=["新开工老旧小区改造项目15个、完工10个。"], never=["新开工老旧小区改造项目15个。"])
def _with_object(document: Document, candidate: Candidate, own: str, before: Segment | None) -> str:
    """The object named before, where a segment leaves its own out: 老旧小区改造项目|完工10个."""
    return spoken_object(document, before) + own if candidate.inherited and before else ""


@rule("title.verb", must=["新建学校12所、医院3所。"], never=["新建学校12所。"])
def _with_verb(document: Document, own: str, shared: Segment | None) -> str:
    """The verb before the list: 新建|医院3所."""
    opens = shared is not None and shared.lead
    return document.text[shared.lead[0][0] : shared.lead[-1][1]] + own if shared is not None and opens else ""


@rule("title.final", must=["花渡小学、柳湾小学和3所幼儿园建成投用。"], never=["花渡小学建成投用。"])
def _with_final(document: Document, segment: Segment, own: str, last: Segment) -> str:
    """The verb behind the list: 花渡小学、柳湾小学|建成投用."""
    closes = last is not segment and last.final and not segment.final
    return own + document.text[last.final[-1][0] : last.final[0][1]] if closes else ""


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
        return _with_object(document, candidate, own, before) or own
    if segment.lead:
        return own
    return _with_verb(document, own, shared) or _with_final(document, segment, own, last) or own
