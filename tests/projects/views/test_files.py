"""The stored copy of a source is as public as the evidence that rests on it."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import Settings

from projects.choices import ReviewState, Verification
from projects.models import Commitment, Evidence, Source
from tests.factories import EvidenceFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def evidence(settings: Settings, tmp_path: Path) -> Evidence:
    """Accepted evidence from a source with a stored web page."""
    settings.MEDIA_ROOT = tmp_path / "media"
    page = ContentFile(b"<script>alert(1)</script>", name="page.html")
    row: Evidence = EvidenceFactory.create(source=SourceFactory.create(file=page))
    return row


def address(evidence: Evidence) -> str:
    """Return the address of the file."""
    assert evidence.source is not None
    return str(evidence.source.file.url)


def status(client: Client, evidence: Evidence) -> int:
    """Return the status of the answer for the file's own address."""
    answer = client.get(address(evidence))
    for part in getattr(answer, "_resource_closers", []):
        part()  # as the server does; closing the answer itself would close the database's connection, too
    return answer.status_code


def test_a_file_of_accepted_evidence_is_a_download(client: Client, evidence: Evidence) -> None:
    answer = client.get(address(evidence))
    assert answer.getvalue() == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_proposed_evidence_is_not_found(client: Client, evidence: Evidence) -> None:
    Evidence.objects.filter(pk=evidence.pk).update(review_state=Verification.PROPOSED)
    assert status(client, evidence) == 404


def test_a_file_of_a_source_about_a_whole_public_report_is_public(client: Client, evidence: Evidence) -> None:
    Evidence.objects.filter(pk=evidence.pk).update(review_state=Verification.PROPOSED)
    Source.objects.update(report=evidence.commitment.report, is_public=True)
    assert status(client, evidence) == 200


def test_a_file_of_a_withdrawn_commitment_is_not_found(client: Client, evidence: Evidence) -> None:
    Commitment.objects.update(review_state=ReviewState.WITHDRAWN)
    assert status(client, evidence) == 404


def test_who_reviews_sources_gets_their_files(client: Client, evidence: Evidence) -> None:
    Evidence.objects.filter(pk=evidence.pk).update(review_state=Verification.PROPOSED)
    user = User.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert status(client, evidence) == 404
    user.user_permissions.add(Permission.objects.get(codename="view_source"))
    assert status(client, evidence) == 200


@pytest.mark.parametrize("name", ["evidence/none.pdf", "../settings.py", "%2e%2e/x", "evidence/"])
def test_what_no_source_names_is_not_found(client: Client, evidence: Evidence, name: str) -> None:
    assert client.get(f"/media/{name}").status_code == 404


def test_a_file_that_is_gone_is_not_found(client: Client, evidence: Evidence) -> None:
    assert evidence.source is not None
    file = evidence.source.file
    file.storage.delete(str(file.name))
    assert status(client, evidence) == 404
