"""Helpers for word lists written as plain text."""


def words(listed: str) -> frozenset[str]:
    """The words of a text, for membership."""
    return frozenset(listed.split())


def one_of(listed: str) -> str:
    """A pattern for any of the words of a text, in their order; the words may be patterns themselves."""
    return f"(?:{'|'.join(listed.split())})"
