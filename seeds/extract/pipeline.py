"""The stages in order: text to statements."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from seeds.extract import deadlines
from seeds.extract.categories import decide, nouns
from seeds.extract.clauses import Piece, clauses, lead_verbs, mask, pieces
from seeds.extract.confidence import confidence
from seeds.extract.heading import heading_of
from seeds.extract.judge import Object, Verdict, judge
from seeds.extract.milestones import END_STATES, final_verbs
from seeds.extract.normalise import Normalised, normalise
from seeds.extract.outline import REVIEW, Outline, Sentence
from seeds.extract.statement import Statement

EXTRACTOR_VERSION = "1.0.0"


def _final_code(piece: Piece) -> str:
    final = final_verbs(piece.tokens, piece.end)
    closing = next((token.entry for token in final if token.entry.word in END_STATES or token.entry.verb == "start"), None)
    return closing.verb if closing else ""


def _verdicts(text: str, masked: str, sentence: Sentence) -> Iterator[tuple[Verdict, tuple[int, int]]]:
    """The verdicts of one sentence, each with its clause."""
    context = Object()
    for start, end in clauses(masked, sentence.start, sentence.end):
        found = pieces(masked, start, end)
        shared = []
        final = _final_code(found[-1]) if found else ""
        for piece in found:
            own = lead_verbs(masked, piece)
            verdict = judge(text, masked, piece, context, [] if own else shared, final)
            shared = own or shared
            if verdict is not None:
                yield verdict, (start, end)
            context = _next(text, piece, verdict, context)


def _next(text: str, piece: Piece, verdict: Verdict | None, context: Object) -> Object:
    """What a following piece without an object of its own speaks of."""
    if verdict is not None and verdict.inherited:
        return replace(context, code=verdict.milestone.code)
    noun = verdict.noun if verdict is not None else decide(nouns(text, piece.tokens, piece.start, piece.end))
    if noun is None or noun.weight < 2:
        return context
    return Object(noun, text[piece.start:piece.end], verdict.milestone.code if verdict else "")


class _Reader:
    """Turns the verdicts on one report into statements."""

    def __init__(self, clean: Normalised, source: str, year: int | None) -> None:
        self.clean, self.source, self.year = clean, source, year

    def statement(self, verdict: Verdict, sentence: Sentence, clause: tuple[int, int]) -> Statement:
        """Dates, offsets and title of one verdict."""
        part = sentence.part
        achieved = part.role == REVIEW
        due, rule, basis = self._due(sentence, clause, achieved)
        start, end = self.clean.span(verdict.start, verdict.end)
        figure = verdict.figure
        rules = (*verdict.rules, rule)
        return Statement(
            "achievement" if achieved else "commitment", start, end, self.source[start:end], part.section, verdict.slug,
            verdict.milestone.code, figure.quantity if figure else None, figure.unit if figure else None,
            figure.comparator if figure else None, due, verdict.names, self.clean.text[verdict.start:verdict.end],
            basis if due else None, rules, confidence(rules, verdict.milestone.code),
        )

    def _due(self, sentence: Sentence, clause: tuple[int, int], achieved: bool) -> tuple[date | None, str, str]:
        if not achieved:
            found = deadlines.stated(self.clean.text[clause[0]:clause[1]], self.year)
            if found is not None:
                return found[0], found[1], "stated"
        return sentence.part.due_on, "due.section", "implied"


def extract(text: str, *, year: int | None = None, jurisdiction: str | None = None) -> list[Statement]:
    """Find every statement of a report, ordered by start."""
    year = year or heading_of(text).year
    clean = normalise(text)
    masked = mask(clean.text)
    reader = _Reader(clean, text, year)
    found = [
        reader.statement(verdict, sentence, clause)
        for sentence in Outline(clean.text, year).sentences()
        for verdict, clause in _verdicts(clean.text, masked, sentence)
    ]
    found.sort(key=lambda statement: statement.start)
    return found
