"""The admin site in Chinese."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Every test begins in Chinese, whatever language the one before it asked for."""
    with translation.override("zh-hans"):
        yield
