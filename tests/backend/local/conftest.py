"""Real servers and programs for the tests of the launcher."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.local.data_dir import temporary_folder


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """An empty folder that the servers' account can reach, as pytest's own are not."""
    with temporary_folder() as folder:
        yield folder
