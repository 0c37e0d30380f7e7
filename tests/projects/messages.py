"""Which texts the sources hold for translation: Python files and templates, without the GNU gettext programs."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = ("backend", "projects", "seeds")
# The functions that mark a text, and which of their arguments are the context (c), the text and its plural.
KEYWORDS: Final[dict[str, Any]] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


class Message(NamedTuple):
    """A text in the sources, as catalogs identify it."""

    context: str | None
    singular: str
    plural: str | None


def messages_of(source: str, *, template: bool = False) -> list[Message]:
    """Return the texts of one source."""
    python = templatize(source) if template else source
    found = extract("python", BytesIO(python.encode()), KEYWORDS, options={"encoding": "utf-8"})
    return [_message(text, context) for _line, text, _comments, context in found]


def _message(text: str | tuple[str, ...], context: str | None) -> Message:
    if isinstance(text, str):
        return Message(context, text, None)
    return Message(context, text[0], text[1] if len(text) > 1 else None)


def messages(*, borrowed: bool = False) -> Iterator[tuple[Path, Message]]:
    """Yield every text of the project with the file that holds it.

    Texts of Django's own admin site that our templates repeat have Django's English identifiers; ``borrowed`` yields
    those instead.
    """
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix == ".py" or ("templates" in path.parts and path.suffix in {".html", ".txt", ".xml"}):
                for message in messages_of(path.read_text(encoding="utf-8"), template=path.suffix != ".py"):
                    if message.singular.isascii() == borrowed:
                        yield path, message
