"""How much of a file reading will take on."""

from dataclasses import dataclass

from seeds.reading.messages import UnreadableDocumentError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one bad file from taking the service down; each is settable.

    The longest reports have some 60,000 characters and 100 pages, so the defaults leave a wide margin. Elements count
    the tags of markup, each of which takes some hundred bytes of memory however short it is, and two attributes as one.
    """

    max_bytes: int = 32 * MEGABYTE
    max_unpacked_bytes: int = 32 * MEGABYTE
    max_elements: int = 1_000_000
    max_pages: int = 2_000
    max_characters: int = 2_000_000

    def check_length(self, text: str) -> None:
        """Refuse a text of too many characters."""
        if len(text) > self.max_characters:
            raise UnreadableDocumentError("too_long", limit=self.max_characters)

    def check_elements(self, markup: bytes, before: int = 0) -> int:
        """Refuse markup of too many elements, and return their number with those counted before."""
        found = before + markup.count(b"<") + markup.count(b"=") // 2
        if found > self.max_elements:
            raise UnreadableDocumentError("too_many_elements", limit=self.max_elements)
        return found
