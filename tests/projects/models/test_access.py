"""Tokens open what they should for as long as they should; kept answers are forgotten."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from projects.choices import TokenScope
from projects.models import ApiToken, IdempotencyKey
from projects.models.access import KEY_LIFETIME, PREFIX, digest_of
from projects.tasks import purge_idempotency_keys
from tests.factories import ApiTokenFactory, IdempotencyKeyFactory, JurisdictionFactory, ProposalFactory

NOW: Final = datetime(2026, 1, 31, 12, tzinfo=UTC)
SECOND: Final = timedelta(seconds=1)


class TestSecrets:
    """What is kept of a secret."""

    def test_it_has_256_random_bits_and_is_kept_as_a_digest(self) -> None:
        token = ApiToken()
        first, second = token.renew(), token.renew()
        assert first != second
        assert len(first) == len(PREFIX) + 43
        assert token.digest == digest_of(second)
        assert second.startswith(token.prefix)
        assert len(token.prefix) == 12

    @pytest.mark.django_db
    def test_it_is_not_in_any_column_or_in_the_history(self) -> None:
        token = ApiToken(name="报送", holder="教委", scopes=[TokenScope.EVIDENCE_WRITE])
        secret = token.renew()
        token.save()
        rows = [*ApiToken.objects.values_list(), *token.events.values_list()]  # type: ignore[attr-defined]  # pghistory's
        assert len(rows) == 2
        assert not any(secret in str(value) for row in rows for value in row)

    @pytest.mark.django_db
    @pytest.mark.parametrize("digest", ["", "dxp_clear-text", "Z" * 64])
    def test_the_database_keeps_digests_only(self, digest: str) -> None:
        with pytest.raises(IntegrityError, match="token_is_kept_as_digest"):
            ApiTokenFactory.create(digest=digest)


@pytest.mark.django_db
class TestValidity:
    """When a token opens something."""

    @pytest.mark.parametrize(
        ("fields", "valid"),
        [
            ({}, True),
            ({"expires_at": NOW + SECOND}, True),
            ({"expires_at": NOW}, False),
            ({"revoked_at": NOW}, False),
            ({"revoked_at": NOW, "expires_at": NOW + SECOND}, False),
        ],
    )
    def test_row_and_query_agree(self, fields: dict[str, datetime], valid: bool) -> None:
        token = ApiTokenFactory.create(secret="dxp_secret", **fields)
        assert token.is_valid(NOW) is valid
        assert (ApiToken.objects.find("dxp_secret", NOW) == token) is valid

    def test_only_its_own_kind_of_secret_is_looked_up(self) -> None:
        ApiTokenFactory.create(secret="other_secret")
        assert ApiToken.objects.find("other_secret", NOW) is None

    @pytest.mark.parametrize("scopes", [[], ["evidence:read"]])
    def test_scopes_are_known_ones(self, scopes: list[str]) -> None:
        with pytest.raises(IntegrityError, match="token_has_known_scopes"):
            ApiTokenFactory.create(scopes=scopes)

    @pytest.mark.parametrize(
        ("limit", "code", "reached"),
        [
            (None, "110101", True),
            ("500000", "500112", True),
            ("500112", "500112", True),
            ("500112", "500113", False),
            ("510100", "510112", True),
            ("510100", "510212", False),
        ],
    )
    def test_it_reaches_its_government_and_those_below(self, limit: str | None, code: str, reached: bool) -> None:
        place = JurisdictionFactory.create(code=limit) if limit else None
        assert ApiTokenFactory.create(jurisdiction=place).reaches(code) is reached

    def test_tokens_and_proposals_stay(self) -> None:
        proposal = ProposalFactory.create()
        for row in (proposal, proposal.token):
            with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
                type(row).objects.filter(pk=row.pk)._raw_delete("default")


@pytest.mark.django_db
class TestKeptAnswers:
    """Answers to requests that may be repeated."""

    def test_they_are_forgotten_after_their_time(self) -> None:
        IdempotencyKeyFactory.create(created_at=NOW - KEY_LIFETIME)
        young = IdempotencyKeyFactory.create(created_at=NOW - KEY_LIFETIME + SECOND)
        assert list(IdempotencyKey.objects.kept(NOW)) == [young]
        assert [IdempotencyKey.objects.purge(NOW), IdempotencyKey.objects.purge(NOW)] == [1, 0]
        assert IdempotencyKey.objects.get() == young

    def test_the_task_forgets_them(self) -> None:
        IdempotencyKeyFactory.create(created_at=NOW - KEY_LIFETIME * 400)
        IdempotencyKeyFactory.create()
        assert purge_idempotency_keys() == 1

    def test_a_key_is_used_once_by_a_token(self) -> None:
        first = IdempotencyKeyFactory.create(key="one")
        IdempotencyKeyFactory.create(key="one")
        with pytest.raises(IntegrityError, match="idempotency_key_is_used_once"):
            IdempotencyKeyFactory.create(key="one", token=first.token)
