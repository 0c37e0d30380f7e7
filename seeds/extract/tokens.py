"""Words of a clause, by the longest known word, one word of look-ahead where words overlap."""

from dataclasses import dataclass

from seeds.extract.lexicon import RIVALS, TREE, Branch, Entry

# One known word of the text: its start, its end and what it can be. What lies between two tokens is unknown, so most
# likely a name. Tokens are by far the most numerous things here, and plain tuples are unpacked ten times as fast as
# named ones.
Token = tuple[int, int, Entry]
_NOTHING: Branch = {}
# A name has two characters at the least.
SHORTEST_GAP = 2


@dataclass(slots=True)
class Phrase:
    """A stretch: its known words, those of a category, the gaps that could hold a name, and what its words can do."""

    tokens: list[Token]
    nouns: list[Token]
    gaps: list[tuple[int, int]]
    traits: int
    end: int

    def gaps_within(self, start: int, end: int) -> list[tuple[int, int]]:
        """The gaps of ``start`` to ``end``; mostly these are all."""
        gaps = self.gaps
        if not gaps or (gaps[0][0] >= start and gaps[-1][1] <= end):
            return gaps
        cut = [(max(left, start), min(right, end)) for left, right in gaps if left < end and right > start]
        return [(left, right) for left, right in cut if right - left >= SHORTEST_GAP] if cut else cut


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


def _resolved(characters: list[str], at: int, entry: Entry) -> Entry:
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


def _close(gaps: list[tuple[int, int]], start: int, end: int) -> None:
    """Add the gap behind the last word, if it is one."""
    if end - start >= SHORTEST_GAP:
        gaps.append((start, end))


def read(text: str, start: int, end: int) -> Phrase:
    """The known words of ``text[start:end]`` in order, and what they tell of it."""
    # The busiest loop of the extractor: characters are looked up one by one, which takes less time than cutting out and
    # hashing parts of the text, and what _longest and phrase do stands here in place.
    words = Phrase([], [], [], 0, end)
    tokens, nouns, gaps = words.tokens, words.nouns, words.gaps
    characters, begins = [*text[start:end], ""], TREE.get
    traits, reach, at, last = 0, 0, 0, end - start - 1
    while at < last:
        node = begins(characters[at], _NOTHING).get(characters[at + 1])
        if node is None:
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
        if entry.ambiguous_with and characters[at + entry.size] in entry.ambiguous_with:
            entry = _resolved(characters, at, entry)
        if at - reach >= SHORTEST_GAP:
            gaps.append((start + reach, start + at))
        reach = at + entry.size
        token = (start + at, start + reach, entry)
        tokens.append(token)
        if entry.slug:
            nouns.append(token)
        traits |= entry.traits
        at = reach
    words.traits = traits
    _close(gaps, start + reach, end)
    return words


def phrase(tokens: list[Token], start: int, end: int) -> Phrase:
    """What the known words of ``start`` to ``end``, a part of a stretch that was read, tell of it."""
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
    _close(gaps, at, end)
    return Phrase(tokens, nouns, gaps, traits, end)
