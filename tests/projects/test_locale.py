"""The English of the whole project: complete, in step with the sources, and what English readers get to see.

`python -m tests.projects.messages` renews and compiles the catalog.
"""

import re
from gettext import GNUTranslations
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from django.test import Client
from django.utils import translation

from tests.projects.messages import CATALOG, ROOT, Message, english, messages, messages_of, renewed, texts
from tests.projects.pages import CHINESE, unmarked_chinese, world

pytestmark = pytest.mark.slow

PLACEHOLDER: Final = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The English catalog."""
    return english()


@pytest.fixture(scope="module")
def sources() -> dict[Message, list[Path]]:
    """Every text of the sources with the files that hold it."""
    found: dict[Message, list[Path]] = {}
    for path, message in messages():
        found.setdefault(message, []).append(path.relative_to(ROOT))
    return found


def test_every_text_of_the_sources_has_an_english_translation(
    catalog: Catalog, sources: dict[Message, list[Path]]
) -> None:
    translated = texts(catalog)
    assert len(sources) > 500
    missing = {message: paths for message, paths in sources.items() if not all(translated.get(message, ("",)))}
    assert missing == {}


def test_the_catalog_holds_nothing_that_the_sources_do_not(
    catalog: Catalog, sources: dict[Message, list[Path]]
) -> None:
    assert set(texts(catalog)) - set(sources) == set()
    assert not catalog.obsolete


def test_renewing_a_complete_catalog_changes_nothing(catalog: Catalog) -> None:
    assert texts(renewed(texts(catalog))) == texts(catalog)


def test_a_new_text_comes_in_without_a_translation() -> None:
    assert set(texts(renewed({})).values()) == {("",), ("", "")}


def test_no_translation_is_marked_as_doubtful(catalog: Catalog) -> None:
    assert [message.id for message in catalog if message.id and message.fuzzy] == []


def test_translations_keep_the_placeholders(catalog: Catalog) -> None:
    wrong = {
        message: strings
        for message, strings in texts(catalog).items()
        for string in strings
        if sorted(PLACEHOLDER.findall(string)) != sorted(PLACEHOLDER.findall(message.singular))
    }
    assert wrong == {}


def test_identifiers_are_chinese_and_translations_are_not(catalog: Catalog) -> None:
    translated = texts(catalog)
    assert [message for message in translated if not CHINESE.search(message.singular)] == []
    assert {message: found for message, found in translated.items() if any(map(CHINESE.search, found))} == {}


def test_a_text_in_english_is_one_that_django_itself_has_in_chinese() -> None:
    with translation.override("zh-hans"):
        unknown = [text for _, (_, text, _) in messages(borrowed=True) if not CHINESE.search(translation.gettext(text))]
    assert unknown == []


def test_the_compiled_catalog_is_in_step(catalog: Catalog) -> None:
    with CATALOG.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    wrong = [message for message, strings in texts(catalog).items() if compiled_texts(compiled, message) != strings]
    assert wrong == []
    with CATALOG.with_suffix(".mo").open("rb") as file:
        assert len(read_mo(file)) == len(catalog)


def compiled_texts(compiled: GNUTranslations, message: Message) -> tuple[str, ...]:
    """Return what the compiled catalog gives for a text."""
    context, singular, plural = message
    if plural:
        return compiled.ngettext(singular, plural, 1), compiled.ngettext(singular, plural, 2)
    return (compiled.pgettext(context, singular) if context else compiled.gettext(singular),)


def test_texts_are_found_in_python_and_in_templates() -> None:
    python = 'x = _("一")\ny = pgettext("导航", "二")\nz = ngettext("三", "四", n)\nw = other("五")'
    assert messages_of(python) == [Message(None, "一", None), Message("导航", "二", None), Message(None, "三", "四")]
    template = (
        '{% translate "一" %}{% translate "二" context "导航" %}{% include "x" with y=_("三") %}'
        "{% blocktranslate count n=n trimmed %}\n{{ n }} 条{% plural %}{{ n }} 条{% endblocktranslate %}"
    )
    assert set(messages_of(template, template=True)) == {
        Message(None, "一", None),
        Message("导航", "二", None),
        Message(None, "三", None),
        Message(None, "%(n)s 条", "%(n)s 条"),
    }


@pytest.mark.django_db
def test_english_pages_show_chinese_only_where_it_is_marked(client: Client) -> None:
    rows = world()
    addresses = [
        *("/", "/commitments/?category=education&status=partial&light=yellow", "/projects/", "/reports/", "/about/"),
        *(
            "/data/",
            "/places/500112/",
            "/places/500000/",
            "/reports/500112/2021/",
            "/reports/500112/2025/",
            "/nowhere/",
        ),
        *("/commitments/?categroy=1", "/commitments/?category=x&year=y&cursor=z", f"/projects/{rows.project.slug}/"),
        *(f"/commitments/{row.pk}/" for row in (rows.commitment, rows.again)),
    ]
    found = {place: unmarked_chinese(client.get(f"/en{place}").content.decode()) for place in addresses}
    assert {place: runs for place, runs in found.items() if runs} == {}


@pytest.mark.parametrize(
    ("html", "runs"),
    [
        ("<p>兑现</p>", ["兑现"]),
        ('<p lang="zh-Hans">兑现</p><p>a<br>（</p>', ["（"]),
        ('<div lang="zh-Hans"><p>兑现</p><i lang="en">现</i></div>', ["现"]),
        ('<a title="兑现">x</a>', ["兑现"]),
        ('<a title="兑现" lang="zh-Hans">x</a>', []),
    ],
)
def test_unmarked_chinese_is_found(html: str, runs: list[str]) -> None:
    assert unmarked_chinese(html) == runs
