"""Static files are served by their plain names: their hashed copies are made at deployment."""

from pathlib import Path
from typing import Final

import pytest
from pytest_django import Settings

PLAIN: Final = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings, tmp_path: Path) -> None:
    """Wait for no collection of static files."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN}
