"""The desk as a curator sees it, who is no superuser."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import Settings

from projects.admin.roles import CURATORS


@pytest.fixture(autouse=True)
def static_files(settings: Settings, tmp_path: Path) -> None:
    """Static files by their plain names: no test waits for their collection."""
    settings.STATIC_ROOT = tmp_path
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def curator(db: None) -> User:
    """A curator."""
    user = User.objects.create_user("li", is_staff=True)
    user.groups.add(Group.objects.get(name=CURATORS))
    return user


@pytest.fixture
def desk(curator: User) -> Client:
    """A browser in which the curator is logged in."""
    client = Client()
    client.force_login(curator)
    return client
