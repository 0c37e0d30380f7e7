"""An answer is repeated while it is right, and never a moment longer."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils.http import http_date
from pytest_django import DjangoAssertNumQueries, Settings

from projects.api.response_cache import ResponseCache
from projects.choices import ReviewState
from projects.models import Commitment, DatasetVersion
from tests.factories import ApiTokenFactory, CommitmentFactory

LIST = "/api/v1/commitments/?category=education"


@pytest.fixture
def client(settings: Settings) -> Client:
    """A client of a process that keeps answers."""
    settings.PAGE_CACHE_BYTES = 1_000_000
    return Client()


def _commitment() -> Commitment:
    commitment: Commitment = CommitmentFactory.create()
    connection.check_constraints()  # as a commit would
    return commitment


def _settled() -> None:
    """Let the last change lie back far enough to be told apart by a date in seconds."""
    DatasetVersion.objects.update(changed_at=datetime.now(UTC) - timedelta(days=3))


@pytest.mark.django_db
class TestMiddleware:
    """The middleware in front of the API."""

    def test_a_tag_that_still_holds_gets_304_for_one_look_at_the_version(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        _commitment()
        tag = client.get(LIST)["ETag"]
        with django_assert_num_queries(1):
            answer = client.get(LIST, headers={"If-None-Match": f'"other", W/{tag}'})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)

    def test_a_repeated_question_is_answered_from_memory(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        _commitment()
        first = client.get(LIST)
        with django_assert_num_queries(1):
            again = client.get(LIST)
        assert again.content == first.content
        assert again["Content-Type"] == first["Content-Type"]

    def test_a_change_is_seen_at_once(self, client: Client) -> None:
        commitment = _commitment()
        tag = client.get(LIST)["ETag"]
        Commitment.objects.filter(pk=commitment.pk).update(review_state=ReviewState.WITHDRAWN)
        connection.check_constraints()  # as a commit would
        answer = client.get(LIST, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert answer.json()["results"] == []

    def test_questions_are_kept_apart(self, client: Client) -> None:
        _commitment()
        tags = {
            client.get(LIST)["ETag"],
            client.get(LIST + "&year=2021")["ETag"],
            client.get(LIST, headers={"Accept-Language": "en"})["ETag"],
            client.get(LIST, headers={"Accept": "application/json"})["ETag"],
        }
        assert len(tags) == 4

    def test_an_error_is_not_kept_and_has_no_tag(self, client: Client) -> None:
        for _again in range(2):
            answer = client.get("/api/v1/commitments/?categroy=education")
            assert (answer.status_code, "ETag" in answer) == (400, False)

    def test_shared_caches_are_told_what_an_answer_depends_on(self, client: Client) -> None:
        _commitment()
        answer = client.get(LIST)
        assert "public" in answer["Cache-Control"]
        assert {"accept", "accept-language"} <= {part.strip().lower() for part in answer["Vary"].split(",")}
        assert "Set-Cookie" not in answer.headers

    def test_a_date_counts_once_no_other_change_can_bear_it(self, client: Client) -> None:
        _commitment()
        # Changed just now, however long the test takes to get here.
        DatasetVersion.objects.update(changed_at=datetime.now(UTC) + timedelta(hours=1))
        assert "Last-Modified" not in client.get(LIST)
        _settled()
        answer = client.get(LIST)
        assert client.get(LIST, headers={"If-Modified-Since": answer["Last-Modified"]}).status_code == 304
        older = http_date((datetime.now(UTC) - timedelta(days=9)).timestamp())
        assert client.get(LIST, headers={"If-Modified-Since": older}).status_code == 200

    def test_an_answer_of_yesterday_is_not_modified_by_today(self, client: Client) -> None:
        _commitment()
        _settled()
        yesterday = http_date((datetime.now(UTC) - timedelta(days=1)).timestamp())
        assert client.get(LIST, headers={"If-Modified-Since": yesterday}).status_code == 200

    def test_who_says_who_is_asking_is_counted_and_not_answered_from_memory(
        self, client: Client, settings: Settings
    ) -> None:
        settings.API_RATES = {"anonymous": "10/minute", "token": "20/minute"}
        _commitment()
        _settled()
        ApiTokenFactory.create(secret="dxp_reader")
        tag = client.get(LIST)["ETag"]
        known = {"Authorization": "Bearer dxp_reader"}
        for left, more, status in ((19, {}, 200), (18, {"If-None-Match": tag}, 304), (17, {"If-None-Match": "x"}, 200)):
            answer = client.get(LIST, headers=known | more)
            assert (answer.status_code, answer["ETag"]) == (status, tag)
            if status == 200:
                assert answer["RateLimit"].startswith(f'"token";r={left};')

    def test_a_client_that_has_anything_at_all_gets_what_there_is_not(self, client: Client) -> None:
        """RFC 9110, 13.1.2: an asterisk stands for any answer, but none of an error."""
        _commitment()
        for query, status in (("", 304), ("&year=1", 400)):
            for _time in range(2):
                assert client.get(LIST + query, headers={"If-None-Match": "*"}).status_code == status

    def test_what_is_for_one_token_has_no_tag(self, client: Client) -> None:
        ApiTokenFactory.create(secret="dxp_reader")
        known = {"Authorization": "Bearer dxp_reader"}
        private = client.get("/api/v1/evidence/proposals/", headers=known)
        assert (private.status_code, private["Cache-Control"]) == (200, "private, no-store")
        assert not {"ETag", "Last-Modified", "X-Dataset-Version"} & set(private.headers)

    @pytest.mark.parametrize("form", ["", "&format=csv", "&format=ndjson", "&format=xlsx"])
    def test_every_answer_tells_the_version_of_the_data(self, client: Client, form: str) -> None:
        _commitment()
        _settled()
        version = str(DatasetVersion.objects.get().number)
        first = client.get(LIST + form)
        assert first.getvalue()
        for headers in ({}, {"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
            answer = client.get(LIST + form, headers=headers)
            assert (answer.status_code, answer["X-Dataset-Version"]) == (304 if headers else 200, version)
            assert bool(answer.getvalue()) == (not headers)

    def test_another_site_may_read_what_was_first_asked_without_an_origin(self, client: Client) -> None:
        _commitment()
        client.get(LIST)
        answer = client.get(LIST, headers={"Origin": "https://news.example"})
        assert answer["Access-Control-Allow-Origin"] == "*"

    def test_a_client_that_has_something_else_gets_the_answer(self, client: Client) -> None:
        _commitment()
        assert client.get(LIST, headers={"If-None-Match": '"other"'}).status_code == 200

    def test_what_one_client_is_told_is_not_repeated_to_others(self, client: Client, settings: Settings) -> None:
        settings.API_RATES = {"anonymous": "10/minute", "token": "off"}
        _commitment()
        _settled()
        assert client.get(LIST).has_header("RateLimit")
        again = client.get(LIST)
        assert not again.has_header("RateLimit")
        assert again.has_header("ETag")

    def test_a_made_up_host_is_refused_and_fills_no_memory(self, client: Client) -> None:
        _commitment()
        for _again in range(2):
            answer = client.get(LIST, headers={"Host": "evil.example"})
            assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")

    def test_a_file_has_a_tag_and_is_not_written_again_for_who_has_it(self, client: Client) -> None:
        _commitment()
        first = client.get(f"{LIST}&format=csv")
        assert first.getvalue()
        again = client.get(f"{LIST}&format=csv", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

    def test_pages_pass_by(self, client: Client) -> None:
        assert "ETag" not in client.get("/")


class TestResponseCache:
    """The bounded memory of answers."""

    def test_the_least_recently_used_leaves_first(self) -> None:
        cache = ResponseCache(64)
        for key in "abcdefghijklmnop":
            cache.put("1", (key,), HttpResponse(b"1234"))
        cache.get("1", ("a",))
        cache.put("1", ("q",), HttpResponse(b"1234"))
        assert cache.get("1", ("a",)) is not None
        assert cache.get("1", ("b",)) is None

    def test_a_new_version_clears_the_old(self) -> None:
        cache = ResponseCache(64)
        cache.put("1", ("a",), HttpResponse(b"1234"))
        cache.put("2", ("b",), HttpResponse(b"1234"))
        assert cache.get("1", ("a",)) is None
        assert cache.get("2", ("a",)) is None
        assert cache.get("2", ("b",)) is not None

    def test_a_large_answer_does_not_push_out_all_others(self) -> None:
        cache = ResponseCache(64)
        cache.put("1", ("a",), HttpResponse(b"1" * 5))
        assert cache.get("1", ("a",)) is None

    def test_no_room_keeps_nothing(self) -> None:
        cache = ResponseCache(0)
        cache.put("1", ("a",), HttpResponse(b"1"))
        assert cache.get("1", ("a",)) is None
