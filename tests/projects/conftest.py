"""A curator and their browser. Static files are served by their plain names: hashed copies are made at deployment."""

from pathlib import Path
from typing import Final

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import Settings

from projects.admin.access_admin import CURATORS

PLAIN: Final = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings, tmp_path: Path) -> None:
    """Wait for no collection of static files, and have no snapshots."""
    settings.STATIC_ROOT = tmp_path
    settings.SNAPSHOT_ROOT = tmp_path / "snapshots"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN}


@pytest.fixture
def curator(db: None) -> User:
    """A curator, who is no superuser."""
    user = User.objects.create_user("li", is_staff=True)
    user.groups.add(Group.objects.get(name=CURATORS))
    return user


@pytest.fixture
def curator_client(curator: User) -> Client:
    """A browser in which the curator is logged in."""
    client = Client()
    client.force_login(curator)
    return client
