"""Systems propose evidence with a token; nothing that they send is lost, doubled, or public by itself."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

import orjson
import psycopg
import pytest
from django.db import connection
from django.test import Client

from projects import evidence as decisions
from projects.choices import ReviewState, Status, Verification
from projects.models import ApiToken, Commitment, Evidence, IdempotencyKey
from tests.factories import (
    AchievementFactory,
    ApiTokenFactory,
    CommitmentFactory,
    EvidenceFactory,
    JurisdictionFactory,
    ReportFactory,
)
from tests.projects.api.conftest import TOKEN_SECRET

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer: TypeAlias = _MonkeyPatchedWSGIResponse

ADDRESS: Final = "/api/v1/evidence/"


def body(commitment: Commitment, /, **fields: object) -> dict[str, object]:
    """Return a proposal without a fault, with some fields changed."""
    return {
        "commitment": commitment.pk,
        "url": "https://news.example/2021/7",
        "publisher": "重庆日报",
        "published_on": "2021-07-02",
        "source_kind": "independent",
        "verdict": "in_progress",
        "as_of": "2021-07-01",
        "reported_value": 30,
        "note": "已建成30所。",
        **fields,
    }


def send(
    content: object, *, secret: str | None = TOKEN_SECRET, kind: str = "application/json", **headers: str
) -> "Answer":
    """Send a proposal."""
    if secret is not None:
        headers["Authorization"] = f"Bearer {secret}"
    data = content if isinstance(content, bytes) else orjson.dumps(content)
    return Client(enforce_csrf_checks=True).post(ADDRESS, data, content_type=kind, headers=headers)


def faults(answer: "Answer") -> set[tuple[str, str]]:
    """Return the fields that an answer finds fault with, and how."""
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    return {(error["field"], error["code"]) for error in orjson.loads(answer.content)["errors"]}


@pytest.mark.usefixtures("token")
class TestProposing:
    """What becomes of a proposal."""

    def test_it_waits_in_the_review_queue_and_changes_no_status(self, token: ApiToken, commitment: Commitment) -> None:
        answer = send(body(commitment))
        assert answer.status_code == 201
        evidence = Evidence.objects.get()
        assert answer["Location"] == f"/api/v1/evidence/proposals/{evidence.pk}/"
        assert (evidence.review_state, evidence.proposal.token) == (Verification.PROPOSED, token)
        commitment.refresh_from_db()
        assert (commitment.status, commitment.reported_value) == (Status.NOT_ASSESSED, None)
        assert Client().get(ADDRESS).json()["results"] == []

    def test_its_answer_tells_what_was_stored(self, commitment: Commitment) -> None:
        told = send(body(commitment)).json()
        sent = body(commitment)
        assert {name: told[name] for name in sent} == sent
        assert b'"reported_value":30,' in orjson.dumps(told)
        assert (told["state"], told["evidence_url"], told["reviewed_at"]) == ("proposed", None, None)

    def test_evidence_may_rest_on_an_achievement(self, commitment: Commitment) -> None:
        claim = AchievementFactory.create()
        fields = {"achievement": claim.pk, "url": "", "publisher": "", "published_on": None}
        assert send(body(commitment, **fields)).status_code == 201
        assert Evidence.objects.get().achievement == claim

    def test_its_state_is_read_by_its_token_alone(self, commitment: Commitment) -> None:
        address = send(body(commitment))["Location"]
        mine, other = {"Authorization": f"Bearer {TOKEN_SECRET}"}, {"Authorization": "Bearer dxp_another"}
        ApiTokenFactory.create(secret="dxp_another")
        assert Client().get(address, headers=mine).json()["state"] == "proposed"
        assert Client().get(address, headers=other).status_code == 404
        assert Client().get(address).status_code == 401

    def test_acceptance_shows_in_its_state(self, commitment: Commitment) -> None:
        address = send(body(commitment))["Location"]
        evidence = Evidence.objects.get()
        decisions.accept(evidence, None)
        told = Client().get(address, headers={"Authorization": f"Bearer {TOKEN_SECRET}"}).json()
        assert (told["state"], told["evidence_url"]) == ("accepted", f"{ADDRESS}{evidence.pk}/")
        assert Client().get(told["evidence_url"]).status_code == 200

    def test_answers_are_kept_by_no_cache(self, commitment: Commitment) -> None:
        assert send(body(commitment))["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("token")
class TestFaults:
    """Every fault names its field."""

    @pytest.mark.parametrize(
        ("field", "value", "code"),
        [
            ("commitment", 10**9, "not_found"),
            ("commitment", "x", "invalid"),
            ("achievement", 10**9, "not_found"),
            ("url", "not an address", "invalid"),
            ("url", "", "required"),
            ("publisher", "", "required"),
            ("published_on", None, "required"),
            ("published_on", "2021-02-30", "invalid"),
            ("as_of", "9999-01-01", "future"),
            ("source_kind", "rumour", "invalid_choice"),
            ("verdict", "not_assessed", "invalid_choice"),
            ("confidence", "sure", "invalid_choice"),
            ("reported_value", "many", "invalid"),
            ("reported_value", 1.23456, "max_decimal_places"),
            ("note", "\x00", "null_characters_not_allowed"),
            ("status", "completed", "unknown"),
            ("review_state", "accepted", "unknown"),
        ],
    )
    def test_a_fault_names_its_field(self, commitment: Commitment, field: str, value: object, code: str) -> None:
        assert faults(send(body(commitment, **{field: value}))) == {(field, code)}
        assert not Evidence.objects.exists()

    def test_a_code_that_there_is_not_comes_with_those_that_there_are(self, commitment: Commitment) -> None:
        (error,) = send(body(commitment, source_kind="rumour")).json()["errors"]
        assert error["allowed"] == ["official_claim", "independent"]

    def test_all_faults_are_told_at_once(self) -> None:
        missing = {"commitment", "source_kind", "verdict", "as_of"}
        assert faults(send({})) == {(name, "required") for name in missing}

    @pytest.mark.parametrize("state", [ReviewState.CANDIDATE, ReviewState.WITHDRAWN])
    def test_what_is_not_public_is_not_found(self, state: ReviewState) -> None:
        hidden = CommitmentFactory.create(review_state=state)
        claim = AchievementFactory.create(review_state=state)
        assert faults(send(body(hidden))) == {("commitment", "not_found")}
        assert faults(send(body(CommitmentFactory.create(), achievement=claim.pk))) == {("achievement", "not_found")}

    def test_an_achievement_is_told_once(self, commitment: Commitment) -> None:
        claim = AchievementFactory.create()
        EvidenceFactory.create(commitment=commitment, achievement=claim)
        assert faults(send(body(commitment, achievement=claim.pk))) == {("achievement", "unique")}

    @pytest.mark.parametrize(
        ("content", "kind", "status", "problem"),
        [
            (b"{", "application/json", 400, "bad-request"),
            (b"[]", "application/json", 400, "bad-request"),
            (b'{"note": "\\ud800"}', "application/json", 400, "bad-request"),
            (b"{}", "text/plain", 415, "unsupported-media-type"),
            (b'"' + b"x" * 70_000 + b'"', "application/json", 413, "too-large"),
        ],
    )
    def test_what_cannot_be_read_is_refused(self, content: bytes, kind: str, status: int, problem: str) -> None:
        answer = send(content, kind=kind)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
        assert answer.json()["type"] == f"/api/problems/{problem}/"

    def test_what_may_be_sent_is_said(self) -> None:
        assert "multipart/form-data" in send(b"{}", kind="text/plain").json()["detail"]

    def test_the_fault_is_told_in_the_clients_language(self, commitment: Commitment) -> None:
        answer = send(body(commitment, publisher=""), **{"Accept-Language": "en"})
        assert answer.json()["errors"][0]["detail"].isascii()


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
        send(body(commitment), secret="dxp_another", **{"Idempotency-Key": "one"})
        assert Evidence.objects.count() == 2

    def test_a_key_is_forgotten_after_a_day(self, commitment: Commitment) -> None:
        send(body(commitment), **{"Idempotency-Key": "one"})
        IdempotencyKey.objects.update(created_at=datetime.now(UTC) - timedelta(hours=24))
        assert send(body(commitment, note=""), **{"Idempotency-Key": "one"}).status_code == 201

    @pytest.mark.parametrize("key", ["", "x" * 256, "键"])
    def test_a_key_that_is_none_is_refused(self, commitment: Commitment, key: str) -> None:
        assert send(body(commitment), **{"Idempotency-Key": key}).status_code == 400

    def test_a_request_in_progress_is_a_conflict(self, token: ApiToken, commitment: Commitment) -> None:
        params = connection.get_connection_params()
        kept = {name: params[name] for name in ("dbname", "user", "password", "host", "port")}
        with psycopg.connect(**kept) as other:
            other.execute("SELECT pg_advisory_xact_lock(hashtextextended('one', %s))", [token.pk])
            assert send(body(commitment), **{"Idempotency-Key": "one"}).status_code == 409
        assert send(body(commitment), **{"Idempotency-Key": "one"}).status_code == 201
