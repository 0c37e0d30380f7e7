"""Which texts the sources hold for translation, and the catalog that translates them.

`python -m tests.projects.messages` brings the English catalog in step with the sources and compiles it: new texts
come in without a translation and are listed, texts that are gone go. It needs no GNU gettext.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).parents[2]
CATALOG: Final = ROOT / "projects" / "locale" / "en" / "LC_MESSAGES" / "django.po"
# A few texts of Django that its own Chinese catalog lacks.
CHINESE: Final = ROOT / "projects" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
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
# A catalog that depends on its texts alone changes only where they do.
_DATED: Final = datetime(2025, 1, 1, tzinfo=UTC)


class Message(NamedTuple):
    """A text in the sources, as catalogs identify it."""

    context: str | None
    singular: str
    plural: str | None


Texts = dict[Message, tuple[str, ...]]


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


def texts(catalog: Catalog) -> Texts:
    """Return the translations of a catalog; a text with a plural has two."""
    found: Texts = {}
    for message in catalog:
        if message.id:
            singular, plural = message.id if isinstance(message.id, tuple | list) else (message.id, None)
            strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
            found[Message(message.context, singular, plural)] = tuple(str(string or "") for string in strings)
    return found


def english() -> Catalog:
    """Return the English catalog."""
    with CATALOG.open("rb") as file:
        return read_po(file, locale="en")


def compile_catalog(path: Path) -> None:
    """Write the form of a catalog that programs read beside it."""
    with path.open("rb") as source, path.with_suffix(".mo").open("wb") as file:
        write_mo(file, read_po(source))


def renewed(known: Texts) -> Catalog:
    """Return the catalog of the sources' texts, with the translations that are known."""
    catalog = Catalog(
        locale="en",
        project="Duixian",
        version="1.0",
        header_comment="# English texts of Duixian. The identifiers are the Chinese texts in the sources.",
        msgid_bugs_address="the issue tracker of the project",
        last_translator="Duixian contributors",
        language_team="English",
        creation_date=_DATED,
        revision_date=_DATED,
        fuzzy=False,
        charset="utf-8",
    )
    for message in sorted({message for _, message in messages()}, key=lambda one: (one.singular, one.context or "")):
        strings = known.get(message, ("", "") if message.plural else ("",))
        identifier = (message.singular, message.plural) if message.plural else message.singular
        catalog.add(identifier, strings if message.plural else strings[0], context=message.context)
    return catalog


def main() -> None:
    """Renew the catalog, compile both, and list what has no translation."""
    settings.configure(USE_I18N=True)
    catalog = renewed(texts(english()))
    with CATALOG.open("wb") as file:
        write_po(file, catalog, width=120, no_location=True)
    compile_catalog(CATALOG)
    compile_catalog(CHINESE)
    missing = [message.singular for message, strings in texts(catalog).items() if not all(strings)]
    sys.stdout.write("".join(f"no translation: {text}\n" for text in missing))


if __name__ == "__main__":
    main()
