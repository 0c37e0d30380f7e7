"""Each client may ask so often; who is turned away is told when to come again."""

from typing import TYPE_CHECKING, Final, TypeAlias

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings
from redis.exceptions import ConnectionError as RedisConnectionError

from projects.api import throttling
from projects.api.throttling import Rate, ThrottleMiddleware, client_of, read_rate
from tests.factories import ApiTokenFactory, CommitmentFactory

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer: TypeAlias = _MonkeyPatchedWSGIResponse

LIST: Final = "/api/v1/categories/"


@pytest.fixture(autouse=True)
def rates(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two requests a minute without a token, three with one; the clock stands still ten seconds into a minute."""
    settings.API_RATES = {"anonymous": "2/minute", "token": "3/minute"}
    monkeypatch.setattr(throttling, "time", lambda: 6_000_010.0)
    caches[throttling.CACHE].clear()


def ask(path: str = LIST, address: str = "192.0.2.1", **headers: str) -> "Answer":
    """Ask from an address."""
    return Client(REMOTE_ADDR=address).get(path, headers=headers)


@pytest.mark.django_db
class TestThrottle:
    """The middleware."""

    def test_one_request_too_many_is_turned_away(self) -> None:
        answers = [ask() for _number in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert [answer["RateLimit"] for answer in answers] == [f'"anonymous";r={left};t=50' for left in (1, 0, 0)]
        assert answers[0]["RateLimit-Policy"] == '"anonymous";q=2;w=60'
        assert (answers[2]["Retry-After"], answers[2]["Content-Type"]) == ("50", "application/problem+json")

    def test_the_next_window_begins_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert [ask().status_code for _number in range(3)][-1] == 429
        monkeypatch.setattr(throttling, "time", lambda: 6_000_060.0)
        assert ask().status_code == 200

    def test_clients_are_counted_apart(self) -> None:
        assert [ask(address=f"192.0.2.{n}").status_code for n in (1, 1, 1, 2)] == [200, 200, 429, 200]

    def test_a_token_has_a_rate_of_its_own_wherever_it_is_used(self) -> None:
        ApiTokenFactory.create(secret="dxp_secret")
        shown = {"Authorization": "Bearer dxp_secret"}
        answers = [ask(address=f"192.0.2.{n}", **shown) for n in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[0]["RateLimit"] == '"token";r=2;t=50'

    def test_made_up_tokens_do_not_help(self) -> None:
        answers = [ask(Authorization=f"Bearer dxp_{number}") for number in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]

    def test_what_is_answered_from_memory_is_not_counted(self, settings: Settings) -> None:
        settings.PAGE_CACHE_BYTES = 1_000_000
        CommitmentFactory.create()
        client = Client(REMOTE_ADDR="192.0.2.1")
        tag = client.get("/api/v1/commitments/")["ETag"]
        again = [client.get("/api/v1/commitments/") for _number in range(5)]
        same = client.get("/api/v1/commitments/", headers={"If-None-Match": tag})
        assert {answer.status_code for answer in again} == {200}
        assert same.status_code == 304
        assert not any("RateLimit" in answer for answer in (*again, same))
        assert client.get("/api/v1/commitments/?year=2021")["RateLimit"] == '"anonymous";r=0;t=50'

    def test_pages_are_not_counted(self) -> None:
        assert "RateLimit" not in ask("/healthz")

    def test_off_counts_nothing(self, settings: Settings) -> None:
        settings.API_RATES = {"anonymous": "off", "token": "off"}
        answers = [ask() for _number in range(5)]
        assert {answer.status_code for answer in answers} == {200}
        assert "RateLimit" not in answers[0]

    def test_nobody_is_turned_away_while_counting_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(_key: str) -> int:
            raise RedisConnectionError

        monkeypatch.setattr(caches[throttling.CACHE], "incr", fail)
        assert [ask().status_code for _number in range(3)] == [200, 200, 200]

    def test_scripts_of_other_sites_may_read_what_is_left(self) -> None:
        exposed = ask(Origin="https://other.example")["Access-Control-Expose-Headers"]
        assert "RateLimit" in exposed


class TestRates:
    """How rates are written."""

    @pytest.mark.parametrize(
        ("text", "rate"),
        [("600/minute", Rate(600, 60)), ("1/second", Rate(1, 1)), ("9/day", Rate(9, 86_400)), ("off", None)],
    )
    def test_they_are_read(self, text: str, rate: Rate | None) -> None:
        assert read_rate(text) == rate

    @pytest.mark.parametrize("text", ["", "600", "0/minute", "600/min", "-1/minute", "600/minutes", "many"])
    def test_a_mistake_is_told_at_the_start(self, text: str, settings: Settings) -> None:
        settings.API_RATES = {"anonymous": text, "token": "off"}
        with pytest.raises(ImproperlyConfigured, match="API_RATE_ANONYMOUS"):
            ThrottleMiddleware(lambda _request: HttpResponse())


class TestClients:
    """Who is one client."""

    @pytest.mark.parametrize(
        ("address", "forwarded", "proxies", "client"),
        [
            ("192.0.2.1", "", 0, "192.0.2.1"),
            ("192.0.2.1", "198.51.100.7", 0, "192.0.2.1"),
            ("192.0.2.1", "203.0.113.9, 198.51.100.7", 1, "198.51.100.7"),
            ("192.0.2.1", "203.0.113.9, 198.51.100.7", 2, "203.0.113.9"),
            ("2001:db8::1:2:3:4", "", 0, "2001:db8::/64"),
            ("2001:db8::ffff:2:3:4", "", 0, "2001:db8::/64"),
            ("", "", 0, "unknown"),
        ],
    )
    def test_proxies_are_trusted_as_many_as_there_are(
        self, settings: Settings, address: str, forwarded: str, proxies: int, client: str
    ) -> None:
        settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}
        request = RequestFactory().get(LIST, REMOTE_ADDR=address, headers={"X-Forwarded-For": forwarded})
        assert client_of(request.META) == client
