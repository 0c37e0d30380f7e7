"""A fresh installation with the data that ships with the project."""

from pathlib import Path
from typing import Final

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from seeds.load import seed
from tests.docs.tutorial import TOKEN
from tests.factories import ApiTokenFactory

SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture
def site(db: None, settings: Settings, tmp_path: Path) -> Client:
    """A fresh installation, whose numbers begin at 1, with a token for the tutorial."""
    settings.STATIC_ROOT = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.relname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid JOIN pg_class t ON t.oid = d.refobjid"
            " WHERE s.relkind = 'S' AND t.relname LIKE 'projects\\_%%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER SEQUENCE "{name}" RESTART')
    seed(SEEDS, rehearse=False)
    ApiTokenFactory.create(secret=TOKEN)
    return Client(headers={"Host": "127.0.0.1:8000"})
