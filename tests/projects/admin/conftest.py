"""The admin site as a curator sees it, who is no superuser."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import translation

from projects.admin.access_admin import CURATORS


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Every test begins in Chinese, whatever language the one before it asked for."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def curator(db: None) -> User:
    """A curator."""
    user = User.objects.create_user("li", is_staff=True)
    user.groups.add(Group.objects.get(name=CURATORS))
    return user


@pytest.fixture
def curator_client(curator: User) -> Client:
    """A browser in which the curator is logged in."""
    client = Client()
    client.force_login(curator)
    return client
