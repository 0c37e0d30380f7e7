"""Every answer and every log line of a request tell the same id."""

import logging
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as site
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from backend.request_id import HEADER, RequestIdFilter, RequestIdMiddleware
from projects.models import DatasetVersion

LIST = "/api/v1/commitments/"
LOGGING: Any = site.LOGGING
NEW = re.compile(r"[0-9a-f]{32}")
OF_A_PROXY = "3f2a9c1e-77aa-4c1b-8a5e-0f6d2f0f7c11"


@pytest.fixture
def lines() -> StringIO:
    """What is logged, as the site writes it."""
    return StringIO()


@pytest.fixture
def logged(lines: StringIO) -> Iterator[logging.Logger]:
    """A logger that writes like the site's console."""
    made = logging.getLogger("logged")
    handler = logging.StreamHandler(lines)
    handler.addFilter(RequestIdFilter())
    line = LOGGING["formatters"]["line"]
    handler.setFormatter(logging.Formatter(line["format"], line["datefmt"], line["style"]))
    made.addHandler(handler)
    yield made
    made.removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        (LIST, 200),
        (f"{LIST}?colour=red", 400),
        (f"{LIST}?format=csv", 200),
        ("/api/nowhere/", 404),
        ("/api/schema/", 200),
        ("/", 200),
        ("/nowhere/", 404),
        ("/admin/login/", 200),
        ("/healthz", 200),
        ("/media/nothing.pdf", 404),
    ],
)
def test_every_answer_tells_it(path: str, status: int) -> None:
    answer = Client().get(path)
    assert (answer.status_code, bool(NEW.fullmatch(answer[HEADER]))) == (status, True)


@pytest.mark.django_db
def test_a_foreign_host_and_a_write_are_told_it_too() -> None:
    assert NEW.fullmatch(Client().get(LIST, headers={"Host": "evil.example"})[HEADER])
    assert NEW.fullmatch(Client().post("/api/v1/evidence/")[HEADER])


@pytest.mark.django_db
def test_a_fault_of_ours_is_told_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("projects.api.views.page", fail)
    answer = Client(raise_request_exception=False).get(LIST)
    assert (answer.status_code, bool(NEW.fullmatch(answer[HEADER]))) == (500, True)


@pytest.mark.django_db
def test_answers_from_memory_and_unchanged_ones_have_one_each(settings: Settings) -> None:
    settings.PAGE_CACHE_BYTES = 1_000_000
    DatasetVersion.objects.update(changed_at="2021-01-01T00:00:00Z")
    client = Client()
    answers = [client.get(LIST) for _time in range(3)]
    answers.append(client.get(LIST, headers={"If-None-Match": answers[0]["ETag"]}))
    assert [answer.status_code for answer in answers] == [200, 200, 200, 304]
    assert len({answer[HEADER] for answer in answers}) == 4


@pytest.mark.django_db
@pytest.mark.parametrize("given", [OF_A_PROXY, "a" * 8, "Root=1-67891233-abcdef012345678912345678", "x" * 128])
def test_a_well_formed_one_is_kept(given: str) -> None:
    assert Client().get(LIST, headers={HEADER: given})[HEADER] == given


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given", ["", "short", "x" * 129, "two words", "a\tb" * 4, "<script>alert", "编号" * 8, "-" * 9]
)
def test_another_is_replaced(given: str) -> None:
    assert NEW.fullmatch(Client().get(LIST, headers={HEADER: given})[HEADER])


@pytest.mark.django_db
def test_scripts_of_other_sites_may_read_it() -> None:
    answer = Client().get(LIST, headers={"Origin": "https://elsewhere.example"})
    assert HEADER in answer["Access-Control-Expose-Headers"]


@pytest.mark.django_db
def test_log_lines_tell_it_until_the_request_is_finished(logged: logging.Logger, lines: StringIO) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        logged.warning("within")
        return HttpResponse()

    RequestIdMiddleware(view)(RequestFactory().get("/", headers={HEADER: OF_A_PROXY}))
    logged.warning("while it is sent")
    request_finished.send(sender=None)
    logged.warning("afterwards")
    told = [f"{OF_A_PROXY}] within", f"{OF_A_PROXY}] while it is sent", "-] afterwards"]
    assert [line.split(maxsplit=1)[1] for line in lines.getvalue().splitlines()] == [
        f"WARNING logged [{line}" for line in told
    ]


def test_the_site_writes_it() -> None:
    handler = LOGGING["handlers"]["console"]
    assert LOGGING["filters"] == {"request_id": {"()": "backend.request_id.RequestIdFilter"}}
    assert handler["filters"] == ["request_id"]
    assert site.MIDDLEWARE[0] == "backend.request_id.RequestIdMiddleware"
