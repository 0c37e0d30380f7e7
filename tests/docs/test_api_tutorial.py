"""Every call and program of the API's pages does what they say, on the data that ships with the project."""

import re
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import orjson
import pytest
from django.test import Client
from lxml import etree
from pytest_django import Settings

from projects.api.schema import HEADERS
from projects.snapshots.writing import take
from tests.docs.tutorial import PAGES, TOKEN, Program, Step, call, content, shape, steps

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer: TypeAlias = _MonkeyPatchedWSGIResponse

NOTICE: Final = b"%PDF-1.7\n33 of 42 schools are built."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_step_of_a_page_does_what_it_says(
    site: Client, page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings
) -> None:
    settings.SNAPSHOT_ROOT = tmp_path / "snapshots"
    take()
    program = Program(site, TOKEN)
    monkeypatch.setattr(urllib.request, "urlopen", program.urlopen)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notice.pdf").write_bytes(NOTICE)
    for step in steps(page.read_text(encoding="utf-8")):
        if step.kind == "python":
            assert program.run(step.source) == step.shown, step.source
        else:
            _compare(step, call(step.source, site, TOKEN))


def test_both_pages_take_the_same_steps() -> None:
    english, chinese = (list(steps(page.read_text(encoding="utf-8"))) for page in PAGES)
    assert len(english) > 25
    assert [(step.kind, step.shown_as) for step in chinese] == [(step.kind, step.shown_as) for step in english]
    asked = [[re.findall(r"/api/v1/([^?']*)", step.source) for step in page] for page in (english, chinese)]
    assert asked[0] == asked[1]
    heads = [len(re.findall(r"^## ", page.read_text(encoding="utf-8"), re.MULTILINE)) for page in PAGES]
    assert heads[0] == heads[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_header_stands_in_the_table(page: Path) -> None:
    rows = re.findall(r"^\| (`[A-Z][^|]*) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"`([^`]+)`", " ".join(rows))) == {*HEADERS, "Deprecation", "Sunset"}


def _compare(step: Step, answer: "Answer") -> None:
    if step.shown_as == "json":
        _compare_json(step, answer)
        return
    assert answer.status_code == 200, step.source
    text = content(answer).decode().replace("\r\n", "\n")
    if step.shown_as == "csv":
        assert text == step.shown
    elif step.shown_as == "xml":
        assert _tags(text) == _tags(step.shown)
    elif step.shown_as == "calendar":
        assert _properties(text) == _properties(step.shown)


def _compare_json(step: Step, answer: "Answer") -> None:
    shown = orjson.loads(step.shown)
    is_problem = answer["Content-Type"] == "application/problem+json"
    expected = shown["status"] if is_problem else (201 if "-X POST" in step.source else 200)
    assert answer.status_code == expected, step.source
    assert shape(orjson.loads(content(answer))) == shape(shown), step.source


def _tags(text: str) -> list[str]:
    return [str(element.tag) for element in etree.fromstring(text.encode()).iter()]


def _properties(text: str) -> list[str]:
    lines = text.replace("\n ", "").splitlines()
    return [line.replace(";", ":").split(":")[0] for line in lines]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("```sh\ncurl x\n```\n```json\n{}\n```\n", [("sh", "json", "{}\n")]),
        ("```python\n1\n```\ntext\n```sh\ncurl x\n```\n", [("python", None, ""), ("sh", None, "")]),
        ("no code", []),
    ],
)
def test_steps_are_read_with_their_outcomes(page: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert [(step.kind, step.shown_as, step.shown) for step in steps(page)] == expected


def test_shapes_tell_differences() -> None:
    assert shape({"a": [1, 2]}) == shape({"a": [3.5]})
    assert shape({"a": []}) != shape({"a": [1]})
    assert shape({"a": True}) != shape({"a": 1})
