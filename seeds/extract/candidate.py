"""What a segment says, before dates, offsets and title; and the object that the next segment may leave out."""

from dataclasses import dataclass, field
from datetime import date

from seeds.extract import categories, names
from seeds.extract.categories import HEAD, Noun
from seeds.extract.clauses import Document, Segment
from seeds.extract.figures import Figure
from seeds.extract.milestones import Milestone
from seeds.extract.tokens import read
from seeds.extract.wordlist import having

# Zones, which end so.
_ZONES = having("zone")


@dataclass(slots=True)
class Candidate:
    """What a segment would say as a statement."""

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
    """What the sentence spoke of so far, for a segment that leaves its own object out."""

    document: Document
    title: str = ""
    noun: Noun | None = None
    code: str = ""
    segment: Segment | None = None
    unread: list[tuple[int, int]] = field(default_factory=list)
    index: int = 0

    def partner(self) -> Noun | None:
        """The subject of the next figure behind 分别 (学校、医院分别新增3所、5所), if it tells a category."""
        segment, text = self.segment, self.document.text
        each = text.find("分别", segment.start, segment.end) if segment and not self.unread else -1
        if segment is None or each < 0:
            return None
        self.index += 1
        subjects = names.items(self.document.masked, segment.start, each)
        if self.index >= len(subjects):
            return None
        noun = categories.head(text, segment.phrase(), *subjects[self.index])
        return noun if noun is not None and noun.weight >= HEAD else None

    def resolve(self) -> Noun | None:
        """The noun of the last stretch that had one; stretches that made no statement are read only now."""
        while self.unread:
            start, end = self.unread.pop()
            phrase = read(self.document.masked, start, end)
            noun = categories.head(self.document.text, phrase, start, end)
            if noun is not None and noun.weight >= HEAD:
                self.noun, self.code = noun, ""
                self.segment = self.document.segment(start, end, phrase.tokens, self.document.figures(start, end))
                self.unread.clear()
        return self.noun

    @property
    def heading(self) -> Noun | None:
        """The noun of the section's title."""
        return categories.head(self.title, read(self.title, 0, len(self.title)), 0, len(self.title))

    def follow(self, candidate: Candidate, segment: Segment) -> None:
        """Take over what a candidate speaks of."""
        if candidate.inherited:
            self.code = candidate.milestone.code
        elif candidate.noun is not None and candidate.noun.weight >= HEAD:
            self.noun, self.code, self.segment = candidate.noun, candidate.milestone.code, segment
            self.unread.clear()
            self.index = 0


def object_span(segment: Segment) -> tuple[int, int]:
    """From behind the opening verbs to before the closing ones and their adverbs."""
    start = segment.lead[-1][1] if segment.lead else segment.start
    if not segment.final or segment.final[-1][0] <= start:
        return start, segment.end
    end = segment.final[-1][0]
    for left, right, entry in reversed(segment.tokens):
        if right == end and entry.adverb and left > start:
            end = left
    return start, end


def listed_noun(document: Document, segment: Segment, start: int, end: int) -> Noun | None:
    """The noun of a list of names: what 等 sums them up as, else the first name's own (cat.first)."""
    text, masked = document.text, document.masked
    also = masked.find("等", start, end)
    if also < 0 and masked.find("、", start, end) < 0:
        return None
    if also >= 0:
        noun = categories.head(text, segment.phrase(), also + 1, segment.end)
        if noun is not None and noun.weight >= HEAD:
            return noun
    deed = segment.final[-1][1] if segment.final and segment.final[-1][0] == end and segment.final[-1][2].slug else end
    for left, stop in names.items(masked, start, end):
        right = deed if stop == end else stop
        noun = categories.head(text, segment.phrase(), left, right)
        if text.endswith(_ZONES, left, right) and right < end:
            # 花渡经开区、柳湾消防站: where a thing stands does not tell what it is.
            continue
        if noun is not None and noun.weight >= HEAD and (also >= 0 or noun.rule != "cat.suffix"):
            return noun._replace(rule="cat.first")
    return None
