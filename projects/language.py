"""Which of the two languages an answer is in."""

from django.utils.translation import get_language


def is_english() -> bool:
    """Say whether it is English; every other language gets Chinese."""
    return (get_language() or "").startswith("en")
