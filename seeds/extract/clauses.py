"""Sentences into clauses, clauses into pieces that can each be one statement.

Rules: ``cl.list`` (、 between counted objects), ``cl.and`` (names 和 a counted object), ``cl.bare`` (分别 …、figure).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from seeds.extract.figures import Figure, figures
from seeds.extract.tokens import Token, tokenize

_QUOTED = re.compile(r"“[^“”\n]{1,60}”|（[^（）\n]{1,60}）|《[^《》\n]{1,80}》")
_INNER = str.maketrans("，。；：！？、\n", "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007")
_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_CUT = re.compile(r"、|(?:以及|和|及|与)(?=(?:约|近|超)?\d|[两三四五六七八九十]+[所座条家处栋个])")


@dataclass(slots=True)
class Piece:
    """A stretch of one clause with its known words and figures."""

    start: int
    end: int
    tokens: list[Token] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    joined_by: str = ""


def mask(text: str) -> str:
    """The text with the marks inside quotes and brackets hidden, same length."""
    return _QUOTED.sub(lambda match: match[0].translate(_INNER), text)


def clauses(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of one sentence."""
    for match in _CLAUSE.finditer(masked, start, end):
        yield match.start(), match.end()


def _parts(masked: str, start: int, end: int) -> Iterator[Piece]:
    at, joint = start, ""
    for cut in _CUT.finditer(masked, start, end):
        if cut.start() > at:
            yield Piece(at, cut.start(), joined_by=joint)
        at, joint = cut.end(), cut[0]
    if end > at:
        yield Piece(at, end, joined_by=joint)


def is_lead(token: Token) -> bool:
    """Whether a token can stand before the verb of a phrase."""
    return token.entry.adverb


def lead_verbs(masked: str, piece: Piece) -> list[Token]:
    """The verbs that open a piece, adverbs skipped; empty where it opens with a noun."""
    from seeds.extract.lexicon import SINGLE_ADVERBS

    at, verbs = piece.start, []
    for token in piece.tokens:
        while at < token.start and masked[at] in SINGLE_ADVERBS:
            at += 1
        if token.start > at:
            break
        if token.entry.verb and token.entry.verb != "level":
            verbs.append(token)
        elif not token.entry.adverb:
            break
        at = token.end
    return verbs


def _fill(masked: str, piece: Piece, tokens: list[Token], found: list[Figure]) -> Piece:
    piece.tokens = [token for token in tokens if token.start >= piece.start and token.end <= piece.end]
    piece.figures = [figure for figure in found if figure.start >= piece.start and figure.end <= piece.end]
    return piece


def _merge(first: Piece, second: Piece) -> Piece:
    return Piece(first.start, second.end, first.tokens + second.tokens, first.figures + second.figures, first.joined_by)


def _only_verbs(masked: str, piece: Piece) -> bool:
    verbs = lead_verbs(masked, piece)
    return bool(verbs) and verbs[-1].end >= piece.end - 1


def pieces(masked: str, start: int, end: int) -> list[Piece]:
    """One piece for each statement that the clause may hold, in order."""
    tokens = tokenize(masked, start, end)
    found = figures(masked, start, end)
    parts = [_fill(masked, part, tokens, found) for part in _parts(masked, start, end)]
    if len(parts) == 1:
        return parts
    done: list[Piece] = []
    open_piece: Piece | None = None
    for part in parts:
        opens_verb = bool(lead_verbs(masked, part)) and not _only_verbs(masked, part)
        if open_piece is not None and (
            opens_verb and not _only_verbs(masked, open_piece)
            or part.figures and part.joined_by not in ("、", "") and not masked.startswith("等", open_piece.end - 1)
        ):
            done.append(open_piece)
            open_piece = None
        if open_piece is not None:
            part = _merge(open_piece, part)
            open_piece = None
        if part.figures:
            done.append(part)
        else:
            open_piece = part
    if open_piece is not None:
        if done and not lead_verbs(masked, open_piece):
            done[-1] = _merge(done[-1], open_piece)
        else:
            done.append(open_piece)
    return done
