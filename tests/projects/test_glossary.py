"""Code, documents and desk use one word for one thing."""

from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation

from projects.glossary import Word, as_markdown, glossary

MODELS = {model.__name__: model for model in apps.get_app_config("projects").get_models()}
PAIRS = [
    (code, chinese)
    for word in glossary()
    for code, chinese in zip(word.code.split(", "), word.chinese.split("、"), strict=False)
    if code in MODELS
]


def test_the_document_is_made_of_the_table() -> None:
    text = (Path(__file__).parents[2] / "docs/glossary.md").read_text(encoding="utf-8")
    assert text.endswith(as_markdown())


@pytest.mark.parametrize("word", glossary(), ids=lambda word: word.code)
def test_a_word_is_told_in_both_languages(word: Word) -> None:
    assert all(word)
    assert word.meaning_english.isascii()
    assert not word.meaning_chinese.isascii()


@pytest.mark.parametrize(("code", "chinese"), PAIRS)
def test_a_table_is_called_what_the_glossary_calls_it(code: str, chinese: str) -> None:
    with translation.override("zh-hans"):
        assert str(MODELS[code]._meta.verbose_name) == chinese


def test_each_thing_that_citizens_read_has_its_word() -> None:
    told = {code for code, _chinese in PAIRS}
    assert told >= {
        "Jurisdiction",
        "Report",
        "Commitment",
        "Achievement",
        "Project",
        "Source",
        "Evidence",
        "Restatement",
    }
