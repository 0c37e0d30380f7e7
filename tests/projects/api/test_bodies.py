"""Evidence comes with its file: checked as the desk does, kept once, and never left behind by what was refused."""

from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings

from projects.choices import Verification
from projects.models import ApiToken, Commitment, Evidence, IdempotencyKey, Proposal, Source
from tests.factories import AchievementFactory, ApiTokenFactory, CommitmentFactory, ReportFactory, SourceFactory
from tests.projects.api.conftest import TOKEN_SECRET

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer: TypeAlias = _MonkeyPatchedWSGIResponse

ADDRESS: Final = "/api/v1/evidence/"
PDF: Final = b"%PDF-1.7\n\x00 four schools"
KEY: Final = {"Idempotency-Key": "one"}


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """An empty place for files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def form(commitment: Commitment, /, **fields: object) -> dict[str, Any]:
    """Return a proposal without a fault that rests on a file, with some fields changed; None leaves one out."""
    sent = {
        "commitment": commitment.pk,
        "file": SimpleUploadedFile("督查通报.pdf", PDF),
        "title": "督查通报",
        "publisher": "渝北区督查室",
        "published_on": "2021-07-02",
        "source_kind": "audit",
        "verdict": "in_progress",
        "as_of": "2021-07-01",
        "reported_value": "30",
        "coverage": "cumulative",
        **fields,
    }
    return {name: value for name, value in sent.items() if value is not None}


def send(content: dict[str, Any], *, secret: str = TOKEN_SECRET, **headers: str) -> "Answer":
    """Send a form."""
    sent = {"Authorization": f"Bearer {secret}", "Accept-Language": "en", **headers}
    return Client(enforce_csrf_checks=True, raise_request_exception=False).post(ADDRESS, content, headers=sent)


def file(name: str, content: bytes) -> SimpleUploadedFile:
    """Return a file to send."""
    return SimpleUploadedFile(name, content)


def stored(media: Path) -> list[Path]:
    """Return the files that were left in the storage."""
    return [path for path in media.rglob("*") if path.is_file()]


def errors(answer: "Answer", status: int) -> list[dict[str, Any]]:
    """Return the faults that a problem document tells."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    found: list[dict[str, Any]] = orjson.loads(answer.content)["errors"]
    return found


@pytest.mark.usefixtures("token", "media")
class TestFiles:
    """What becomes of a file."""

    def test_it_is_stored_with_a_proposal_that_waits(self, media: Path, commitment: Commitment) -> None:
        answer = send(form(commitment))
        assert answer.status_code == 201, answer.content
        evidence = Evidence.objects.get()
        (path,) = stored(media)
        source = Source.objects.get()
        assert (path.read_bytes(), str(path.relative_to(media))) == (PDF, source.file.name)
        assert (source.file_sha256, evidence.speaker) == (sha256(PDF).hexdigest(), "independent")
        told = answer.json()["source"]
        assert (told["file_name"], told["url"], told["retrieved_on"]) == ("督查通报.pdf", "", None)
        assert answer.json()["reported_value"] == 30
        assert evidence.review_state == Verification.PROPOSED

    def test_nobody_reads_it_before_it_is_accepted(self, commitment: Commitment) -> None:
        send(form(commitment))
        assert Client().get(Source.objects.get().file.url).status_code == 404

    def test_two_of_one_name_are_two_files(self, media: Path, commitment: Commitment) -> None:
        both = [file("督查通报.pdf", PDF), file("督查通报.pdf", PDF + b"!")]
        assert [send(form(commitment, file=one)).status_code for one in both] == [201, 201]
        assert len(stored(media)) == 2

    def test_its_sender_finds_it_under_its_name(self, commitment: Commitment) -> None:
        for number, name in enumerate(("a.pdf", "a.pdf", "督查 通报.pdf")):
            told = send(form(commitment, file=file(name, PDF + bytes([number])))).json()
            assert told["source"]["file_name"] == name.replace(" ", "_")

    def test_its_name_leads_nowhere_else(self, media: Path, commitment: Commitment) -> None:
        assert send(form(commitment, file=file("../../../settings.pdf", PDF))).status_code == 201
        assert [path.name for path in stored(media)] == ["settings.pdf"]

    def test_a_form_needs_no_file(self, commitment: Commitment) -> None:
        fields = {"file": None, "url": "https://news.example/2021/7"}
        answer = send(form(commitment, **fields))
        assert (answer.status_code, answer.json()["source"]["file_name"]) == (201, None)

    def test_what_is_left_empty_in_a_form_is_left_out(self, commitment: Commitment) -> None:
        empty = dict.fromkeys(
            ("achievement", "source", "reported_value", "coverage", "happened_on", "bound", "url"), ""
        )
        answer = send(form(commitment, **empty, confidence=None))
        assert (answer.status_code, answer.json()["reported_value"]) == (201, None)

    def test_a_copy_may_come_with_the_address_of_a_page(self, media: Path, commitment: Commitment) -> None:
        told = send(form(commitment, url="https://news.example/2021/7", source_kind="media")).json()["source"]
        assert (told["file_name"], told["url"]) == ("督查通报.pdf", "https://news.example/2021/7")
        assert len(stored(media)) == 1


@pytest.mark.usefixtures("token", "media")
class TestFaults:
    """What is refused leaves nothing behind."""

    @pytest.mark.parametrize(
        ("change", "status", "field", "code"),
        [
            ({"file": file("a.exe", b"MZ")}, 415, "file", "invalid_extension"),
            ({"file": file("a", PDF)}, 415, "file", "invalid_extension"),
            ({"file": file("a.pdf", b"MZ\x90")}, 415, "file", "wrong_content"),
            ({"file": file("a.docx", PDF)}, 415, "file", "wrong_content"),
            ({"file": file("a.pdf", b"")}, 422, "file", "empty"),
            ({"file": file("a" * 100 + ".pdf", PDF)}, 422, "file", "max_length"),
            ({"file": "not a file"}, 422, "file", "invalid"),
            ({"file": [file("a.pdf", PDF), file("b.pdf", PDF)]}, 422, "file", "repeated"),
            ({"note": ["one", "two"]}, 422, "note", "repeated"),
            ({"attachment": file("a.pdf", PDF)}, 422, "attachment", "unknown"),
            ({"file": None}, 422, "url", "required"),
            ({"publisher": None}, 422, "publisher", "required"),
            ({"verdict": "finished"}, 422, "verdict", "invalid_choice"),
            ({"title": None}, 422, "title", "required"),
            ({"source_kind": "official_page"}, 422, "jurisdiction", "required"),
            ({"as_of": "2021-07-03"}, 422, "as_of", "after_source"),
            ({"verdict": "completed"}, 422, "reported_value", "contradicts"),
            ({"url": "not an address"}, 422, "url", "invalid"),
        ],
    )
    def test_a_fault_names_its_field_and_keeps_no_file(
        self, media: Path, commitment: Commitment, change: dict[str, Any], status: int, field: str, code: str
    ) -> None:
        (error,) = errors(send(form(commitment, **change)), status)
        assert (error["field"], error["code"]) == (field, code)
        assert not Evidence.objects.exists()
        assert stored(media) == []

    def test_one_beside_another_ground_is_refused_and_not_lost_in_silence(
        self, media: Path, commitment: Commitment
    ) -> None:
        claim = AchievementFactory.create(report=ReportFactory.create(jurisdiction=commitment.jurisdiction, year=2025))
        url = SourceFactory.create().url
        for other in ({"achievement": claim.pk}, {"url": url, "source_kind": "media"}):
            told = errors(send(form(commitment, **other)), 422)
            assert ("file", "unwanted") in {(error["field"], error["code"]) for error in told}
        assert stored(media) == []

    def test_a_wrong_kind_comes_with_those_that_are_taken(self, commitment: Commitment) -> None:
        for sent in (file("a.exe", b"MZ"), file("a.pdf", b"MZ")):
            (error,) = errors(send(form(commitment, file=sent)), 415)
            assert error["allowed"] == ["pdf", "docx", "xlsx", "txt", "html", "jpg", "jpeg", "png"]

    @pytest.mark.parametrize("more", [1, 100_000])
    def test_one_that_is_too_large_is_told_the_limit(
        self, settings: Settings, media: Path, commitment: Commitment, more: int
    ) -> None:
        settings.EVIDENCE_FILE_BYTES = 10_000
        answer = send(form(commitment, file=file("a.pdf", PDF + b"x" * (10_000 - len(PDF) + more))))
        (error,) = errors(answer, 413)
        assert (error["field"], error["code"], answer.json()["limit"]) == ("file", "too_large", 10_000)
        assert "9.8" in error["detail"]
        assert stored(media) == []
        fits = file("a.pdf", PDF + b"x" * (10_000 - len(PDF)))
        assert send(form(commitment, file=fits)).status_code == 201

    def test_json_brings_no_file(self, commitment: Commitment) -> None:
        body = {**form(commitment), "file": "JVBERi0="}
        headers = {"Authorization": f"Bearer {TOKEN_SECRET}"}
        answer = Client().post(ADDRESS, orjson.dumps(body), content_type="application/json", headers=headers)
        (error,) = errors(answer, 422)
        assert (error["field"], error["code"]) == ("file", "unknown")
        assert "multipart/form-data" in error["detail"]

    @pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
    def test_half_a_form_is_refused(self, kind: str) -> None:
        headers = {"Authorization": f"Bearer {TOKEN_SECRET}"}
        answer = Client().post(ADDRESS, b"--x\r\nContent-Disposition", content_type=kind, headers=headers)
        assert answer.status_code in (400, 422)
        assert answer["Content-Type"] == "application/problem+json"

    def test_fields_that_are_too_large_are_refused(self, commitment: Commitment) -> None:
        answer = send(form(commitment, note="x" * 3_000_000))
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")

    def test_a_token_for_elsewhere_leaves_no_file(self, media: Path, commitment: Commitment) -> None:
        other = CommitmentFactory.create(report__jurisdiction__code="110101").report.jurisdiction
        ApiTokenFactory.create(secret="dxp_elsewhere", jurisdiction=other)
        assert send(form(commitment), secret="dxp_elsewhere").status_code == 403
        assert stored(media) == []

    def test_who_has_no_token_is_not_read(self, media: Path, commitment: Commitment) -> None:
        assert send(form(commitment), secret="dxp_made-up").status_code == 401
        assert stored(media) == []

    @pytest.mark.parametrize(
        ("model", "error"), [(Proposal, DatabaseError), (IdempotencyKey, DatabaseError), (Proposal, SystemExit)]
    )
    def test_what_fails_later_takes_the_file_back(
        self,
        media: Path,
        commitment: Commitment,
        monkeypatch: pytest.MonkeyPatch,
        model: type[Proposal] | type[IdempotencyKey],
        error: type[BaseException],
    ) -> None:
        seen: list[int] = []

        def fail(**_fields: object) -> None:
            seen.append(len(stored(media)))
            raise error

        monkeypatch.setattr(model.objects, "create", fail)
        with nullcontext() if error is DatabaseError else pytest.raises(error):
            assert send(form(commitment), **KEY).status_code == 500
        assert seen == [1]
        assert stored(media) == []
        assert not Evidence.objects.exists()


@pytest.mark.usefixtures("token", "media")
class TestIdempotency:
    """A form may be sent again."""

    def test_the_same_bytes_get_the_same_answer(self, media: Path, commitment: Commitment) -> None:
        first, again = send(form(commitment), **KEY), send(form(commitment), **KEY)
        assert (again.status_code, again.content) == (201, first.content)
        assert again["Idempotency-Replayed"] == "true"
        assert (Evidence.objects.count(), len(stored(media))) == (1, 1)

    @pytest.mark.parametrize(
        "change",
        [
            {"file": file("督查通报.pdf", PDF + b"!")},
            {"file": file("other.pdf", PDF)},
            {"note": "x"},
            {"file": None, "url": "https://news.example/2021/7"},
        ],
    )
    def test_another_file_under_the_same_key_is_refused(
        self, media: Path, commitment: Commitment, change: dict[str, Any]
    ) -> None:
        send(form(commitment), **KEY)
        (error,) = errors(send(form(commitment, **change), **KEY), 422)
        assert error["code"] == "idempotency_key"
        assert (Evidence.objects.count(), len(stored(media))) == (1, 1)

    def test_a_refused_file_may_be_mended_under_its_key(self, commitment: Commitment) -> None:
        assert send(form(commitment, file=file("a.pdf", b"MZ")), **KEY).status_code == 415
        assert send(form(commitment), **KEY).status_code == 201


def test_uploads_are_counted(settings: Settings, media: Path, token: ApiToken, commitment: Commitment) -> None:
    settings.API_RATES = {"anonymous": "off", "token": "1/day"}
    assert send(form(commitment)).status_code == 201
    answer = send(form(commitment))
    assert (answer.status_code, len(stored(media))) == (429, 1)
    assert int(answer["Retry-After"]) > 0
