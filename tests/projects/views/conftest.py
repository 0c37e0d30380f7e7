"""How tests of pages read them."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

Read = Callable[[str], str]


@pytest.fixture
def read(client: Client) -> Read:
    """Return a page's HTML with its runs of white space made one blank."""

    def reading(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return re.sub(r"\s+", " ", response.content.decode())

    return reading
