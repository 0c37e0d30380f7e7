"""A short title that stands alone: the verb and the object that a piece shares with its neighbours are put back.

Rules: ``title.own`` (the words of the piece), ``title.verb`` (a verb before the list), ``title.final``
(a verb behind the list), ``title.object`` (an object named before).
"""

from seeds.extract.clauses import Document, Piece
from seeds.extract.verdict import Verdict, object_span

_EACH = "分别"


def spoken_object(document: Document, piece: Piece) -> str:
    """The object of a piece without its verbs and figures: 新开工老旧小区改造项目15个 → 老旧小区改造项目."""
    start, end = object_span(piece)
    for figure in piece.figures:
        if start < figure.start < end:
            end = figure.start
        elif figure.start <= start:
            start = max(start, figure.end)
    level = [left for left, right, entry in piece.tokens if left > start and right == end and entry.verb == "level"]
    return document.text[start : level[0] if level else end].replace(_EACH, "")


def title_of(
    document: Document, piece: Piece, verdict: Verdict, shared: Piece | None, last: Piece, before: Piece | None
) -> str:
    """The title of a verdict; ``shared`` opened the list, ``last`` closes it, ``before`` named the object."""
    own = document.text[verdict.start : verdict.end]
    if _EACH in own:
        own = own.replace(_EACH, "")
    if verdict.inherited:
        return spoken_object(document, before) + own if before else own
    if piece.lead:
        return own
    if shared is not None and shared.lead:
        return document.text[shared.lead[0][0] : shared.lead[-1][1]] + own
    if last is not piece and last.final and not piece.final:
        return own + document.text[last.final[-1][0] : last.final[0][1]]
    return own
