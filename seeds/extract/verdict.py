"""What a piece says, before dates, offsets and title; and the object that the next piece may leave out."""

from dataclasses import dataclass, field
from datetime import date

from seeds.extract import categories, names
from seeds.extract.categories import HEAD, Noun
from seeds.extract.clauses import Document, Piece
from seeds.extract.figures import Figure
from seeds.extract.milestones import Milestone
from seeds.extract.tokens import read

# Zones, which end so.
_ZONES = ("经开区", "开发区", "高新区", "保税区", "新区")


@dataclass(slots=True)
class Verdict:
    """What a piece says."""

    start: int
    end: int
    noun: Noun | None
    milestone: Milestone
    figure: Figure | None
    names: tuple[str, ...]
    rules: tuple[str, ...]
    inherited: bool = False
    due: tuple[date, str] | None = None
    title: str = ""


@dataclass(slots=True)
class Context:
    """What the sentence spoke of so far, for a piece that leaves its own object out."""

    document: Document
    title: str = ""
    noun: Noun | None = None
    code: str = ""
    piece: Piece | None = None
    unread: list[tuple[int, int]] = field(default_factory=list)
    told: int = 0

    def partner(self) -> Noun | None:
        """The subject of the next figure behind 分别 (学校、医院分别新增3所、5所), if it tells a category."""
        piece, text = self.piece, self.document.text
        each = text.find("分别", piece.start, piece.end) if piece and not self.unread else -1
        if piece is None or each < 0:
            return None
        self.told += 1
        subjects = names.items(self.document.masked, piece.start, each)
        if self.told >= len(subjects):
            return None
        noun = categories.head(text, piece.phrase(), *subjects[self.told])
        return noun if noun is not None and noun.weight >= HEAD else None

    def resolve(self) -> Noun | None:
        """The noun of the last stretch that had one; stretches that made no statement are read only now."""
        while self.unread:
            start, end = self.unread.pop()
            phrase = read(self.document.masked, start, end)
            noun = categories.head(self.document.text, phrase, start, end)
            if noun is not None and noun.weight >= HEAD:
                self.noun, self.code = noun, ""
                self.piece = self.document.piece(start, end, phrase.tokens, self.document.figures(start, end))
                self.unread.clear()
        return self.noun

    @property
    def heading(self) -> Noun | None:
        """The noun of the section's title."""
        return categories.head(self.title, read(self.title, 0, len(self.title)), 0, len(self.title))

    def follow(self, verdict: Verdict, piece: Piece) -> None:
        """Take over what a verdict speaks of."""
        if verdict.inherited:
            self.code = verdict.milestone.code
        elif verdict.noun is not None and verdict.noun.weight >= HEAD:
            self.noun, self.code, self.piece = verdict.noun, verdict.milestone.code, piece
            self.unread.clear()
            self.told = 0


def object_span(piece: Piece) -> tuple[int, int]:
    """From behind the opening verbs to before the closing ones and their adverbs."""
    start = piece.lead[-1][1] if piece.lead else piece.start
    if not piece.final or piece.final[-1][0] <= start:
        return start, piece.end
    end = piece.final[-1][0]
    for left, right, entry in reversed(piece.tokens):
        if right == end and entry.adverb and left > start:
            end = left
    return start, end


def listed_noun(document: Document, piece: Piece, start: int, end: int) -> Noun | None:
    """The noun of a list of names: what 等 sums them up as, else the first name's own (cat.first)."""
    text, masked = document.text, document.masked
    also = masked.find("等", start, end)
    if also < 0 and masked.find("、", start, end) < 0:
        return None
    if also >= 0:
        noun = categories.head(text, piece.phrase(), also + 1, piece.end)
        if noun is not None and noun.weight >= HEAD:
            return noun
    deed = piece.final[-1][1] if piece.final and piece.final[-1][0] == end and piece.final[-1][2].slug else end
    for left, stop in names.items(masked, start, end):
        right = deed if stop == end else stop
        noun = categories.head(text, piece.phrase(), left, right)
        if text.endswith(_ZONES, left, right) and right < end:
            # 花渡经开区、柳湾消防站: where a thing stands does not tell what it is.
            continue
        if noun is not None and noun.weight >= HEAD and (also >= 0 or noun.rule != "cat.suffix"):
            return noun._replace(rule="cat.first")
    return None
