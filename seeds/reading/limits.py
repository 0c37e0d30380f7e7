"""How much of a file reading will take on."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one bad file from taking the service down; each is settable.

    The longest reports have some 60,000 characters and 100 pages, so the defaults leave a wide margin. Elements count
    the tags of the XML in an archive, each of which takes some hundred bytes of memory however short it is.
    """

    max_bytes: int = 32 * MEGABYTE
    max_unpacked_bytes: int = 32 * MEGABYTE
    max_elements: int = 1_000_000
    max_pages: int = 2_000
    max_characters: int = 5_000_000
