"""Words of a clause, by the longest known word, one word of look-ahead where words overlap."""

from dataclasses import dataclass

from seeds.extract.lexicon import RIVALS, TREE, Entry

# One known word of the text: its start, its end and what it can be. What lies between two tokens is unknown, so most
# likely a name. Tokens are by far the most numerous things here, and plain tuples are unpacked ten times as fast as
# named ones.
Token = tuple[int, int, Entry]
# A name has two characters at the least.
SHORTEST_GAP = 2


@dataclass(slots=True)
class Phrase:
    """A stretch: its known words, those of a category, the gaps that could hold a name, and what its words can do."""

    tokens: list[Token]
    nouns: list[Token]
    gaps: list[tuple[int, int]]
    traits: int

    def gaps_within(self, start: int, end: int) -> list[tuple[int, int]]:
        """The gaps of ``start`` to ``end``; mostly these are all."""
        gaps = self.gaps
        if not gaps or (gaps[0][0] >= start and gaps[-1][1] <= end):
            return gaps
        cut = [(max(left, start), min(right, end)) for left, right in gaps]
        return [(left, right) for left, right in cut if right - left >= SHORTEST_GAP]


def _longest(characters: list[str], at: int) -> Entry | None:
    """The longest word that begins at ``at``; behind the last character stands an empty one."""
    branch = TREE.get(characters[at])
    longest = None
    while branch is not None and (node := branch.get(characters[at + 1])) is not None:
        word, branch = node
        longest = word or longest
        at += 1
    return longest


def _covered(characters: list[str], at: int, entry: Entry) -> int:
    """How many characters a word covers together with the word behind it."""
    behind = _longest(characters, at + entry.size)
    return entry.size + behind.size if behind else entry.size


def _contested(characters: list[str], at: int, entry: Entry) -> Entry:
    """Of words that begin alike, the one that covers most together with the word behind it; the longest on a tie."""
    best, reach = entry, 0
    for rival in RIVALS[entry.word]:
        covered = _covered(characters, at, rival)
        if covered > entry.size:
            # Only now it matters what stands behind the longest word.
            reach = reach or _covered(characters, at, entry)
            if covered > reach:
                best, reach = rival, covered
    return best


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The known words of ``text[start:end]`` in order.

    The busiest loop of the extractor: single characters are looked up in less time than it takes to cut out and hash
    parts of the text, and ``_longest`` stands here in place.
    """
    found: list[Token] = []
    characters = [*text[start:end], ""]
    begins = TREE.get
    at, last = 0, end - start - 1
    while at < last:
        branch = begins(characters[at])
        if branch is None or (node := branch.get(characters[at + 1])) is None:
            at += 1
            continue
        entry, branch = node
        ahead = at + 2
        while branch is not None and (node := branch.get(characters[ahead])) is not None:
            word, branch = node
            entry = word or entry
            ahead += 1
        if entry is None:
            at += 1
            continue
        stop = at + entry.size
        if entry.contested and characters[stop] in entry.contested:
            entry = _contested(characters, at, entry)
            stop = at + entry.size
        found.append((start + at, start + stop, entry))
        at = stop
    return found


def phrase(tokens: list[Token], start: int, end: int) -> Phrase:
    """What the known words of ``start`` to ``end`` tell of it, in one pass over them."""
    nouns: list[Token] = []
    gaps: list[tuple[int, int]] = []
    traits, at = 0, start
    for token in tokens:
        left, right, entry = token
        if left - at >= SHORTEST_GAP:
            gaps.append((at, left))
        if entry.slug:
            nouns.append(token)
        traits |= entry.traits
        at = right
    if end - at >= SHORTEST_GAP:
        gaps.append((at, end))
    return Phrase(tokens, nouns, gaps, traits)


def read(text: str, start: int, end: int) -> Phrase:
    """The words of ``text[start:end]`` and what they tell of it."""
    return phrase(tokenize(text, start, end), start, end)
