"""Whatever the schema allows, and much that it does not, is answered as the schema says, and never with a 5xx.

Bounded to a few examples an operation: the point is breadth, all operations and parameters in one run.
"""

from collections.abc import Iterator
from contextlib import closing
from functools import cache
from typing import Any, TypeAlias
from wsgiref.types import StartResponse

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings
from pytest_django import DjangoDbBlocker
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.projects.api.world import generated, world

pytestmark = pytest.mark.django_db
EXAMPLES = 40
Case: TypeAlias = "schemathesis.Case[Any]"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@cache
def application() -> WSGIHandler:
    """Return the site, made with the first request: the tests' own settings hold by then."""
    return get_wsgi_application()


def site(environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
    """Answer as the site does; the answer is read and closed, as a web server would."""
    with closing(application()(environ, start_response)) as answer:
        return list(answer)


# A few requests of every kind instead of every boundary of every parameter: this run has a minute.
config = schemathesis.Config()
config.projects.default.phases.coverage.enabled = False
schema = schemathesis.openapi.from_dict(generated(), config=config)
schema.app = site


@pytest.fixture(scope="module", autouse=True)
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One world for all operations: they only read."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(ALLOWED_HOSTS=["*"]):
        world()
        for signal in (request_started, request_finished):  # a request's end would end the transaction too
            signal.disconnect(close_old_connections)
        yield
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        transaction.set_rollback(True)


@schema.include(method="GET").parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case: Case) -> None:
    case.call_and_validate(checks=CHECKS)
