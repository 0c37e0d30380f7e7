"""How many of the project's own files a read goes through, once its question has been asked before."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final

import pytest
from django.test import Client

from tests import factories

ROOT: Final = Path(__file__).parents[3]
ADDRESS: Final = "/api/v1/commitments/?category=education&year=2021"

pytestmark = pytest.mark.django_db


def walk(work: Callable[[], object]) -> list[str]:
    """Return the project's files in the order in which they are entered.

    A file is entered by a call while none of its functions runs; one that is turned back to stands there twice.
    """
    found: list[str] = []
    running: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        file = Path(frame.f_code.co_filename)
        if event not in ("call", "return") or not file.is_relative_to(ROOT):
            return
        name = str(file.relative_to(ROOT))
        if not name.startswith(("backend/", "projects/")):
            return
        if event == "call":
            if not running[name]:
                found.append(name)
            running[name] += 1
        elif running[name]:
            running[name] -= 1

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return found


def test_a_list_by_category_and_year_goes_straight_down(client: Client) -> None:
    factories.CommitmentFactory.create()
    client.get(ADDRESS)
    # The same question, whose answer is not kept: the key of an answer has the header.
    way = walk(lambda: client.get(ADDRESS, headers={"Accept": "application/json"}))
    assert {"projects/api/response_cache.py", "projects/api/views.py", "projects/api/database.py"} <= set(way)
    assert len(set(way)) <= 9, way
    # The request's id is forgotten when all is over.
    assert way.pop() == "backend/request_id.py"
    assert [name for name, times in Counter(way).items() if times > 1] == []
    assert way[-1] == "projects/api/database.py"
