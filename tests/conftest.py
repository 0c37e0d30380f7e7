"""Servers for the tests: a PostgreSQL and a Valkey of their own for each pytest process.

They start with the first test that needs the database, whose tables are migrated once and kept
(``tests/template_database.py``), and end with the process. With DATABASE_URL or CELERY_BROKER_URL in the environment,
those servers are used instead. A test without a database starts nothing.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import dj_database_url
import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from drf_spectacular.settings import spectacular_settings
from hypothesis import HealthCheck, settings as hypothesis_settings

from backend.celery import app as celery_app
from backend.local.valkey import temporary_valkey
from tests.template_database import NAME, postgres_with_template

# Every run tries the same examples, so a red run means that the code changed; `--hypothesis-profile=explore` looks
# further.
hypothesis_settings.register_profile(
    "default", derandomize=True, max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("explore", parent=hypothesis_settings.get_profile("default"), derandomize=False)
# For `make test-fast`: what it leaves untried, `make test` tries.
hypothesis_settings.register_profile("fast", hypothesis_settings.get_profile("default"), max_examples=15)
hypothesis_settings.load_profile("default")


BROWSER_TESTS = Path(__file__).parent / "browser"
STATIC_FILES = Path(__file__).parent.parent / "projects" / "static"
CHROMIUM = Path("/usr/bin/chromium")


def needs_servers(item: pytest.Item) -> bool:
    """Tell whether a test asks for the database or the broker of this file, by whichever of their names."""
    asked = set(getattr(item, "fixturenames", ()))
    group = getattr(item, "cls", None)
    return (
        bool(asked & {"db", "transactional_db", "django_db_setup", "postgres_url", "broker_url"})
        or item.get_closest_marker("django_db") is not None
        or (isinstance(group, type) and issubclass(group, TransactionTestCase))
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out at once the modules whose every test needs servers, where none is wanted: to import them takes long."""
    if config.option.markexpr.startswith("not servers") and collection_path.suffix == ".py":
        return "\npytestmark = pytest.mark.django_db" in collection_path.read_text(encoding="utf-8") or None
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that need servers, so that others can run without; ask for a browser where tests need one."""
    for item in items:
        if needs_servers(item):
            item.add_marker("servers")
    _leave_out_browser_tests(config, items)


def _leave_out_browser_tests(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Insist on a browser; only BROWSER_TESTS=0 leaves these tests out."""
    others = [item for item in items if BROWSER_TESTS not in item.path.parents]
    if len(others) == len(items):
        return
    if os.environ.get("BROWSER_TESTS") == "0":
        config.hook.pytest_deselected(items=[item for item in items if item not in others])
        items[:] = others
    elif not CHROMIUM.exists():
        raise pytest.UsageError(
            "The tests in a browser need Chromium and a Chinese font: apt-get install chromium fonts-noto-cjk. "
            "To leave them out, set BROWSER_TESTS=0."
        )


@pytest.fixture(scope="session")
def postgres_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """The address of a PostgreSQL server whose databases tests may make and drop."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    is_movable = pytestconfig.pluginmanager.has_plugin("tests.clock.plugin")
    with postgres_with_template(pytestconfig.cache.mkdir("postgres"), is_movable=is_movable) as server:
        yield server.url()


@pytest.fixture(scope="session")
def database_template(postgres_url: str) -> str:
    """The database that new ones are copied from: with all tables on the tests' own server, without on a given one."""
    return "template1" if os.environ.get("DATABASE_URL") else NAME


@pytest.fixture(scope="session")
def broker_url() -> Iterator[str]:
    """The address of an empty message broker, which the Celery app of this process uses."""
    given = os.environ.get("CELERY_BROKER_URL")
    if given:
        yield given
        return
    with temporary_valkey() as server:
        yield server.url()


@pytest.fixture(scope="session")
def celery_uses_broker(broker_url: str) -> None:
    """Point the Celery app of this process at the tests' broker."""
    celery_app.conf.update(broker_url=broker_url, result_backend=broker_url)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres_url: str, database_template: str, celery_uses_broker: None) -> None:
    """Point Django at the tests' server, with a database name that no other pytest process uses."""
    database = connections.settings["default"]
    database.update(dj_database_url.parse(postgres_url, conn_max_age=0))
    database["TEST"].update(NAME=f"test_duixian_{os.getpid()}", TEMPLATE=database_template)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Let the tests that commit empty the database afterwards: its tables refuse it, so triggers are off meanwhile.

    Only a superuser may do that; the tests' own servers make one of their account.
    """
    operations = connections["default"].ops
    flush = operations.execute_sql_flush
    with pytest.MonkeyPatch.context() as patch:
        off = "SET LOCAL session_replication_role = replica"
        patch.setattr(operations, "execute_sql_flush", lambda statements: flush([off, *statements]))
        yield


# What the OpenAPI document tells with addresses of the site.
_DESCRIBED = ("CONTACT", "EXTERNAL_DOCS")


def pytest_configure() -> None:
    """Answer from the rows, not from memory: what a test rolls back never counted as a change.

    Static files are served from where they are written; there may be no folder of collected ones. Tests ask as often as
    they like; those of the rates set their own.
    """
    _use_site_url("http://127.0.0.1:8000")  # not that of a running `make run`
    django_settings.PAGE_CACHE_BYTES = 0
    django_settings.DATASET_LISTEN = False
    django_settings.STATIC_ROOT = STATIC_FILES
    django_settings.API_RATES = {"anonymous": "off", "token": "off"}


def _use_site_url(url: str) -> None:
    """Change the site's address also where other settings were made of it."""
    own, described = django_settings.SITE_URL, cast("dict[str, Any]", django_settings.SPECTACULAR_SETTINGS)
    django_settings.SITE_URL = url
    made = {name: {**described[name], "url": described[name]["url"].replace(own, url)} for name in _DESCRIBED}
    patched: Any = spectacular_settings
    patched.apply_patches({**made, "SERVERS": [{"url": url}]})


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """Begin in the language of the settings, whatever the test before was answered in."""
    translation.deactivate()
