"""Systems write with a token; nothing that they send is lost, doubled, or public by itself."""

from datetime import UTC, datetime, timedelta

import orjson
import psycopg
import pytest
from django.db import connection
from django.test import Client

from projects.models import ApiToken, Commitment, Evidence, IdempotencyKey
from tests.factories import (
    ApiTokenFactory,
    CommitmentFactory,
    JurisdictionFactory,
    ReportFactory,
)
from tests.projects.api.conftest import TOKEN_SECRET
from tests.projects.api.proposing import ADDRESS, body, faults, send


class TestTokens:
    """Who may propose."""

    def test_without_a_token_nothing_is_taken(self, commitment: Commitment) -> None:
        answer = send(body(commitment), secret=None)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="duixian"')

    @pytest.mark.parametrize(
        "state",
        [{"revoked_at": datetime(2021, 1, 1, tzinfo=UTC)}, {"expires_at": datetime(2021, 1, 1, tzinfo=UTC)}],
    )
    def test_a_revoked_or_expired_token_opens_nothing(
        self, token: ApiToken, commitment: Commitment, state: dict[str, datetime]
    ) -> None:
        ApiToken.objects.filter(pk=token.pk).update(**state)
        answer = send(body(commitment))
        assert answer.status_code == 401
        assert 'error="invalid_token"' in answer["WWW-Authenticate"]

    def test_a_made_up_token_opens_nothing(self, token: ApiToken, commitment: Commitment) -> None:
        assert send(body(commitment), secret="dxp_made-up").status_code == 401
        assert send(body(commitment), secret=token.digest).status_code == 401

    @pytest.mark.usefixtures("token")
    def test_another_scheme_is_told_the_right_one(self, commitment: Commitment) -> None:
        answer = send(body(commitment), secret=None, Authorization=f"Token {TOKEN_SECRET}")
        assert (answer.status_code, "Bearer" in answer.json()["detail"]) == (401, True)

    def test_a_limited_token_reaches_its_government_and_those_below(self, commitment: Commitment) -> None:
        city = JurisdictionFactory.create(code="500000")
        ApiTokenFactory.create(secret=TOKEN_SECRET, jurisdiction=city)
        assert send(body(commitment)).status_code == 201
        elsewhere = CommitmentFactory.create(report=ReportFactory.create(jurisdiction__code="110101"))
        answer = send(body(elsewhere))
        assert answer.status_code == 403
        assert 'error="insufficient_scope"' in answer["WWW-Authenticate"]
        assert "scope=" not in answer["WWW-Authenticate"]
        assert "500000" in answer["WWW-Authenticate"]
        assert (answer.json()["jurisdiction"], "110101" in answer.json()["detail"]) == ("500000", True)

    def test_its_use_is_written_down_to_the_minute(self, token: ApiToken, commitment: Commitment) -> None:
        send(body(commitment))
        token.refresh_from_db()
        first = token.last_used_at
        assert first is not None
        send(body(commitment))
        token.refresh_from_db()
        assert token.last_used_at == first

    @pytest.mark.django_db
    def test_reading_asks_nobody(self) -> None:
        assert Client().get(ADDRESS, headers={"Authorization": "Bearer dxp_made-up"}).status_code == 200


@pytest.mark.usefixtures("token")
class TestIdempotency:
    """A request may be repeated."""

    def test_the_same_key_and_body_get_the_same_answer(self, commitment: Commitment) -> None:
        first = send(body(commitment), **{"Idempotency-Key": "one"})
        again = send(orjson.dumps(body(commitment), option=orjson.OPT_INDENT_2), **{"Idempotency-Key": "one"})
        assert (again.status_code, again.content, again["Location"]) == (201, first.content, first["Location"])
        assert again["Idempotency-Replayed"] == "true"
        assert Evidence.objects.count() == 1

    def test_the_same_key_and_another_body_are_refused(self, commitment: Commitment) -> None:
        send(body(commitment), **{"Idempotency-Key": "one"})
        assert faults(send(body(commitment, note=""), **{"Idempotency-Key": "one"})) == {("", "idempotency_key")}
        assert Evidence.objects.count() == 1

    def test_a_refused_body_may_be_mended_under_its_key(self, commitment: Commitment) -> None:
        send(body(commitment, publisher=""), **{"Idempotency-Key": "one"})
        assert send(body(commitment), **{"Idempotency-Key": "one"}).status_code == 201

    def test_keys_of_two_tokens_have_nothing_in_common(self, commitment: Commitment) -> None:
        ApiTokenFactory.create(secret="dxp_another")
        send(body(commitment), **{"Idempotency-Key": "one"})
        other = body(commitment, url="https://news.example/2021/8")
        assert send(other, secret="dxp_another", **{"Idempotency-Key": "one"}).status_code == 201
        assert Evidence.objects.count() == 2

    def test_a_key_is_forgotten_after_a_day(self, commitment: Commitment) -> None:
        send(body(commitment), **{"Idempotency-Key": "one"})
        IdempotencyKey.objects.update(created_at=datetime.now(UTC) - timedelta(hours=24))
        other = body(commitment, url="https://news.example/2021/8")
        assert send(other, **{"Idempotency-Key": "one"}).status_code == 201

    @pytest.mark.parametrize("key", ["", "x" * 256, "键"])
    def test_a_key_that_is_none_is_refused(self, commitment: Commitment, key: str) -> None:
        assert send(body(commitment), **{"Idempotency-Key": key}).status_code == 400

    def test_a_request_in_progress_is_a_conflict(self, token: ApiToken, commitment: Commitment) -> None:
        params = connection.get_connection_params()
        kept = {name: params[name] for name in ("dbname", "user", "password", "host", "port")}
        with psycopg.connect(**kept) as other:
            other.execute("SELECT pg_advisory_xact_lock(hashtextextended('one', %s))", [token.pk])
            answer = send(body(commitment), **{"Idempotency-Key": "one"})
            assert (answer.status_code, answer["Retry-After"]) == (409, "1")
        assert send(body(commitment), **{"Idempotency-Key": "one"}).status_code == 201
