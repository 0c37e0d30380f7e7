"""The stages in order: text to statements."""

from collections.abc import Iterator
from datetime import date

from seeds.extract import deadlines
from seeds.extract.clauses import Piece, clauses, lead_verbs, mask, pieces
from seeds.extract.confidence import confidence
from seeds.extract.heading import heading_of
from seeds.extract.judge import Object, Verdict, judge
from seeds.extract.milestones import final_verbs
from seeds.extract.normalise import Normalised, normalise
from seeds.extract.outline import REVIEW, Outline, Sentence
from seeds.extract.statement import Statement

EXTRACTOR_VERSION = "1.0.0"


def _final_code(piece: Piece) -> str:
    final = final_verbs(piece.tokens, piece.end)
    return final[0].entry.verb if final and final[0].entry.verb != "level" else ""


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
                if not verdict.inherited:
                    noun_rule = next(rule for rule in verdict.rules if rule.startswith("cat."))
                    from seeds.extract.categories import Noun
                    context = Object(Noun(0, 2, verdict.slug, noun_rule), text[verdict.object_start:verdict.object_end])


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
