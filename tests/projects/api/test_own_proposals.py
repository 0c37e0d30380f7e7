"""Who proposed something sees what became of it all, and takes back what still waits."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from projects import evidence as decisions
from projects.choices import Verification
from projects.models import ApiToken, Commitment, Evidence
from projects.serializers import absolute
from tests.factories import ApiTokenFactory, CommitmentFactory
from tests.projects.api.conftest import TOKEN_SECRET
from tests.projects.api.proposing import ADDRESS, bare, body, faults, later_claim, public_source, send

if TYPE_CHECKING:
    from tests.projects.api.proposing import Answer

LIST = f"{ADDRESS}proposals/"


def ask(query: str = "", *, secret: str = TOKEN_SECRET, status: int = 200) -> dict[str, Any]:
    """Ask for the token's proposals."""
    answer = Client().get(f"{LIST}?{query}", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def withdraw(answer: "Answer", *, secret: str = TOKEN_SECRET) -> "Answer":
    """Take a proposal back."""
    client = Client(enforce_csrf_checks=True)
    return client.delete(answer["Location"], headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"})


def propose(commitment: Commitment, number: int, **headers: str) -> "Answer":
    """Propose something that was not proposed before."""
    answer = send(body(commitment, url=f"https://news.example/{number}"), **headers)
    assert answer.status_code == 201, answer.content
    return answer


@pytest.mark.usefixtures("token")
class TestList:
    """What a token has proposed."""

    def test_it_is_the_same_as_one_by_one_and_newest_first(self, commitment: Commitment) -> None:
        told = [propose(commitment, number).json() for number in range(3)]
        found = ask()
        assert (found["count"], found["results"], found["next"]) == (3, told[::-1], None)

    def test_pages_lead_on(self, commitment: Commitment) -> None:
        ids = [propose(commitment, number).json()["id"] for number in range(3)]
        first = ask("page_size=2&ordering=id")
        second = Client().get(first["next"], headers={"Authorization": f"Bearer {TOKEN_SECRET}"}).json()
        assert [row["id"] for row in first["results"] + second["results"]] == ids
        assert second["next"] is None

    def test_of_another_token_nothing_is_told(self, commitment: Commitment) -> None:
        ApiTokenFactory.create(secret="dxp_another")
        propose(commitment, 1)
        assert ask(secret="dxp_another")["results"] == []
        assert len(ask()["results"]) == 1

    def test_who_shows_no_token_is_refused(self) -> None:
        assert Client().get(LIST).status_code == 401
        ask(secret="dxp_made-up", status=401)

    def test_it_is_narrowed(self, commitment: Commitment) -> None:
        other = CommitmentFactory.create(report=commitment.report, quantity=42, unit="所", comparator="eq")
        taken, waiting = propose(commitment, 1).json()["id"], propose(other, 2).json()["id"]
        decisions.accept(Evidence.objects.get(pk=taken), None)
        for query, ids in (
            ("state=accepted", [taken]),
            ("state=proposed,accepted", [waiting, taken]),
            ("state=rejected", []),
            (f"commitment={other.pk}", [waiting]),
        ):
            assert [row["id"] for row in ask(query)["results"]] == ids

    def test_what_it_does_not_know_is_refused(self) -> None:
        assert ask("status=proposed", status=400)["did_you_mean"] == "state"
        assert ask("state=waiting", status=400)["allowed"] == ["proposed", "accepted", "rejected"]


@pytest.mark.usefixtures("token")
class TestWithdrawal:
    """Taking back."""

    def test_what_waits_is_withdrawn_and_kept(self, token: ApiToken, commitment: Commitment) -> None:
        answer = propose(commitment, 1)
        gone = withdraw(answer)
        told = gone.json()
        assert (gone.status_code, told["state"], told["withdrawn"]) == (200, "rejected", True)
        assert told["reviewed_at"]
        evidence = Evidence.objects.get()
        assert (evidence.review_state, evidence.reviewed_by, evidence.proposal.token) == ("rejected", None, token)
        assert ask("state=rejected")["results"] == [told]

    def test_again_changes_nothing(self, commitment: Commitment) -> None:
        answer = propose(commitment, 1)
        first, again = withdraw(answer), withdraw(answer)
        assert (again.status_code, again.content) == (200, first.content)

    def test_what_was_decided_stays(self, commitment: Commitment) -> None:
        accepted, rejected = propose(commitment, 1), propose(commitment, 2)
        decisions.accept(Evidence.objects.get(pk=accepted.json()["id"]), None)
        decisions.reject(Evidence.objects.get(pk=rejected.json()["id"]), User.objects.create_user("curator"))
        for answer, state in ((accepted, Verification.ACCEPTED), (rejected, Verification.REJECTED)):
            refused = withdraw(answer)
            assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
            assert Evidence.objects.get(pk=answer.json()["id"]).review_state == state
            assert not ask(f"state={state}")["results"][0]["withdrawn"]

    def test_of_another_token_there_is_none(self, commitment: Commitment) -> None:
        ApiTokenFactory.create(secret="dxp_another")
        assert withdraw(propose(commitment, 1), secret="dxp_another").status_code == 404
        assert Evidence.objects.get().review_state == Verification.PROPOSED


@pytest.mark.usefixtures("token")
class TestTwice:
    """The same source on the same commitment."""

    @pytest.mark.parametrize(
        "other",
        [
            "https://news.example/2021/7",
            "http://news.example/2021/7",
            "https://news.example/2021/7/",
            "https://news.example/2021/7#top",
        ],
    )
    def test_an_address_is_refused_however_it_is_spelt(self, commitment: Commitment, other: str) -> None:
        first = send(body(commitment))
        answer = send(body(commitment, url=other))
        assert faults(answer) == {("url", "unique")}
        assert first["Location"] in answer.json()["detail"]

    @pytest.mark.parametrize("other", ["https://news.example/2021/7?page=2", "https://news.example/2021"])
    def test_another_address_is_another_source(self, commitment: Commitment, other: str) -> None:
        send(body(commitment))
        assert send(body(commitment, url=other)).status_code == 201

    def test_a_mirror_of_a_page_on_file_is_that_page(self, commitment: Commitment) -> None:
        send(body(commitment))
        other = body(commitment, url="https://mirror.example/", original_url="https://news.example/2021/7")
        assert faults(send(other)) == {("url", "unique")}

    def test_another_commitment_may_rest_on_it(self, commitment: Commitment) -> None:
        send(body(commitment))
        other = CommitmentFactory.create(report=commitment.report, quantity=42, unit="所", comparator="eq")
        assert send(body(other)).status_code == 201

    def test_public_evidence_is_named_and_what_others_proposed_is_not(self, commitment: Commitment) -> None:
        source = public_source(commitment=commitment)
        told = send(bare(commitment, source=source.pk)).json()["detail"]
        assert absolute(f"{ADDRESS}{Evidence.objects.get().pk}/") in told
        ApiTokenFactory.create(secret="dxp_another")
        claim = later_claim(commitment)
        assert send(bare(commitment, achievement=claim.pk), secret="dxp_another").status_code == 201
        answer = send(bare(commitment, achievement=claim.pk))
        assert faults(answer) == {("achievement", "unique")}
        assert "http" not in answer.json()["detail"]

    def test_a_file_of_the_same_content_is_refused(
        self, settings: Settings, tmp_path: Path, commitment: Commitment
    ) -> None:
        settings.MEDIA_ROOT = tmp_path

        def upload(name: str, content: bytes) -> "Answer":
            sent = {"commitment": commitment.pk, "title": "t", "publisher": "p", "source_kind": "audit"}
            sent |= {"verdict": "in_progress", "as_of": "2021-07-01", "file": SimpleUploadedFile(name, content)}
            return Client().post(ADDRESS, sent, headers={"Authorization": f"Bearer {TOKEN_SECRET}"})

        assert upload("a.pdf", b"%PDF-1").status_code == 201
        assert faults(upload("b.pdf", b"%PDF-1")) == {("file", "unique")}
        assert upload("b.docx", b"%PDF-1").status_code == 415
        assert upload("a.pdf", b"%PDF-2").status_code == 201
        assert len(list(tmp_path.rglob("*.pdf"))) == 2
