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
        # The answer is made once the outermost function has returned; what Django's signals do then is not its way.
        self._is_over = False

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        """Follow a call or a return: what ``sys.setprofile`` calls."""
        name = frame.f_code.co_filename.removeprefix(f"{ROOT}/")
        if self._is_over or not name.startswith(OWN) or event not in ("call", "return"):
            return
        if event == "return":
            if self._running and self._running[-1] == name:
                self._running.pop()
            self._is_over = not self._running
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
    ("address", "most"),
    [
        ("commitments/?category=education&year=2021", MOST_FILES),
        ("commitments/?page_size=2", MOST_FILES + 1),  # and to the cursor of the next page
        ("stats/?by=category", MOST_FILES),
    ],
)
def test_a_list_goes_straight_down(client: Client, address: str, most: int) -> None:
    files = walk(client, f"/api/v1/{address}")
    assert len(files) <= most, " ".join(files)
    assert len(set(files)) == len(files), files


def test_so_does_a_row(client: Client, made: World) -> None:
    files = walk(client, f"/api/v1/commitments/{made.school.pk}/")
    assert len(files) <= MOST_FILES, " ".join(files)
    assert len(set(files)) == len(files), files
    assert files[0] == "backend/request_id.py"
    assert files[-1] == "projects/api/database.py"
