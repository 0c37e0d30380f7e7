"""The way of a read through the code: few files, straight down, and never back to one that it has left."""

import sys
from pathlib import Path
from types import FrameType

import pytest
from django.test import Client

from tests.projects.api.world import World

ROOT = Path(__file__).resolve().parents[3]
OWN = ("backend/", "projects/")
MOST_FILES = 9


class Walk:
    """Records the files of ours that calls lead through; a file is left when none of its functions runs any more."""

    def __init__(self) -> None:
        self.entered: list[str] = []
        self._running: list[str] = []

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        """Follow a call or a return: what ``sys.setprofile`` calls."""
        name = frame.f_code.co_filename.removeprefix(f"{ROOT}/")
        if not name.startswith(OWN) or event not in ("call", "return"):
            return
        if event == "return":
            if self._running and self._running[-1] == name:
                self._running.pop()
            return
        if name not in self._running:
            self.entered.append(name)
        self._running.append(name)


def walk(client: Client, address: str) -> list[str]:
    """Return the files that a read enters, once its plan is known; a file that it comes back to stands there twice."""
    client.get(address)
    found = Walk()
    sys.setprofile(found)
    try:
        answer = client.get(address)
    finally:
        sys.setprofile(None)
    assert answer.status_code == 200
    return found.entered


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    "address", ["commitments/?category=education&year=2021", "commitments/?page_size=2", "stats/?by=category"]
)
def test_a_list_goes_straight_down(client: Client, address: str) -> None:
    files = walk(client, f"/api/v1/{address}")
    assert len(files) <= MOST_FILES, " ".join(files)
    assert len(set(files)) == len(files), files


def test_so_does_a_row(client: Client, made: World) -> None:
    files = walk(client, f"/api/v1/commitments/{made.school.pk}/")
    assert len(files) <= MOST_FILES, " ".join(files)
    assert len(set(files)) == len(files), files
    assert files[0] == "projects/api/response_cache.py"
    assert files[-1] == "projects/api/database.py"
