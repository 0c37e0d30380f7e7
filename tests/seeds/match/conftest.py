from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from seeds.match import Subject

Make = Callable[..., Subject]


@pytest.fixture
def promise() -> Make:
    """Makes a commitment of 2030, due at the end of that year unless told otherwise."""

    def make(title: str, **fields: Any) -> Subject:
        given = {"kind": "commitment", "year": 2030, "until": date(2030, 12, 31), "category": "transport", **fields}
        return Subject(**{"key": title, "title": title, "quote": title, **given})

    return make


@pytest.fixture
def claim() -> Make:
    """Makes an achievement that the report of 2031 tells of 2030."""

    def make(title: str, **fields: Any) -> Subject:
        given = {"kind": "achievement", "year": 2031, "until": date(2030, 12, 31), "category": "transport", **fields}
        return Subject(**{"key": title, "title": title, "quote": title, **given})

    return make


@pytest.fixture
def again() -> Make:
    """Makes a commitment of the report of 2031."""

    def make(title: str, **fields: Any) -> Subject:
        given = {"kind": "commitment", "year": 2031, "until": date(2031, 12, 31), "category": "transport", **fields}
        return Subject(**{"key": title, "title": title, "quote": title, **given})

    return make
