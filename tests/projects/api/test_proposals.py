"""Evidence as systems propose it: kept as it was sent, and refused field by field where it does not agree."""

import orjson
import pytest
from django.test import Client
from django.utils import timezone

from projects import evidence as decisions
from projects.choices import ReviewState, SourceKind, Status, Verification
from projects.models import ApiToken, Commitment, Evidence, Source
from projects.serializers import absolute
from tests.factories import (
    AchievementFactory,
    ApiTokenFactory,
    CommitmentFactory,
    EvidenceFactory,
    JurisdictionFactory,
    SourceFactory,
    SuccessionFactory,
)
from tests.projects.api.conftest import TOKEN_SECRET
from tests.projects.api.proposing import ADDRESS, SOURCE, bare, body, faults, later_claim, public_source, send


@pytest.mark.usefixtures("token")
class TestProposing:
    """What becomes of a proposal."""

    def test_it_waits_in_the_review_queue_and_changes_no_status(self, token: ApiToken, commitment: Commitment) -> None:
        answer = send(body(commitment))
        assert answer.status_code == 201, answer.content.decode()
        evidence = Evidence.objects.get()
        assert answer["Location"] == absolute(f"/api/v1/evidence/proposals/{evidence.pk}/")
        assert (evidence.review_state, evidence.proposal.token) == (Verification.PROPOSED, token)
        commitment.refresh_from_db()
        assert (commitment.status, commitment.reported_value) == (Status.NOT_ASSESSED, None)
        assert Client().get(ADDRESS).json()["results"] == []

    def test_its_answer_tells_what_was_stored(self, commitment: Commitment) -> None:
        told = send(body(commitment)).json()
        sent = bare(commitment)
        assert {name: told[name] for name in sent} == sent
        assert told["source"].items() >= {name: SOURCE[name] for name in SOURCE if name != "source_kind"}.items()
        assert (told["source"]["kind"], told["speaker"], told["bound"]) == ("media", "media", "eq")
        assert b'"reported_value":30,' in orjson.dumps(told)
        assert (told["state"], told["evidence_url"], told["reviewed_at"]) == ("proposed", None, None)

    def test_every_field_is_stored(self, commitment: Commitment) -> None:
        shown = {
            "place": "第2页",
            "item_number": "第10项",
            "official_word": "部分完成",
            "happened_on": "2021-06-30",
            "happened_precision": "quarter",
            "value_from": "2021-01-01",
            "bound": "gte",
            "is_forecast": True,
            "delay_reason": "approval",
            "announced_on": "2022-06-30",
            "confidence": "high",
        }
        told = send(body(commitment, **shown, original_url="https://first.example/1")).json()
        assert {name: told[name] for name in shown} == shown
        assert told["source"]["address"] == "https://first.example/1"

    def test_evidence_may_rest_on_an_achievement(self, commitment: Commitment) -> None:
        claim = later_claim(commitment)
        assert send(bare(commitment, achievement=claim.pk)).status_code == 201
        evidence = Evidence.objects.get()
        assert (evidence.achievement, evidence.source, evidence.speaker) == (claim, None, "official_claim")

    def test_what_is_left_blank_is_left_out(self, commitment: Commitment) -> None:
        claim = later_claim(commitment)
        blank = {"url": "", "publisher": "", "published_on": None, "source": None, "happened_on": None, "coverage": ""}
        fields = {**blank, "reported_value": None, "achievement": claim.pk}
        assert send(bare(commitment, **fields)).status_code == 201

    def test_evidence_may_rest_on_a_source_that_is_public(self, commitment: Commitment) -> None:
        source = public_source()
        told = send(bare(commitment, source=source.pk))
        assert (told.status_code, told.json()["source"]["id"]) == (201, source.pk)
        assert Source.objects.count() == 1

    @pytest.mark.parametrize("name", ["url", "original_url"])
    def test_an_address_that_is_on_file_is_used_and_not_doubled(self, commitment: Commitment, name: str) -> None:
        source = SourceFactory.create(**{"url": "https://mirror.example/", name: SOURCE["url"]}, title="存档的标题")
        told = send(body(commitment)).json()
        assert (told["source"]["id"], told["source"]["title"]) == (source.pk, "存档的标题")
        assert Source.objects.count() == 1

    def test_a_page_is_retrieved_today_unless_it_says_otherwise(self, commitment: Commitment) -> None:
        told = send(body(commitment, retrieved_on=None, published_on=None)).json()["source"]
        assert (told["retrieved_on"], told["published_on"]) == (str(timezone.localdate()), None)

    def test_who_speaks_follows_from_the_source(self, commitment: Commitment) -> None:
        city = JurisdictionFactory.create(code="500000").code
        own, kind = commitment.jurisdiction_id, "official_page"
        for number, (place, speaker) in enumerate([(own, "official_claim"), (city, "official_other")]):
            url = f"https://gov.example/{number}"
            answer = send(body(commitment, url=url, source_kind=kind, jurisdiction=place))
            assert (answer.json()["speaker"], answer.json()["source"]["jurisdiction"]) == (speaker, place)

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
        assert (told["state"], told["evidence_url"]) == ("accepted", absolute(f"{ADDRESS}{evidence.pk}/"))
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
            ("url", "not an address", "invalid"),
            ("url", "", "required"),
            ("url", "http://localhost/", "not_public"),
            ("url", "http://LOCALHOST:8000/a", "not_public"),
            ("url", "http://127.0.0.1/", "not_public"),
            ("url", "http://[::1]/", "not_public"),
            ("url", "http://10.1.2.3/notice", "not_public"),
            ("url", "http://oa.district.local/", "not_public"),
            ("url", "http://u:p@news.example/", "credentials"),
            ("original_url", "http://u@news.example/", "credentials"),
            ("reported_value", -1, "min_value"),
            ("original_url", "not an address", "invalid"),
            ("title", "", "required"),
            ("publisher", "", "required"),
            ("source_kind", "", "required"),
            ("source_kind", "rumour", "invalid_choice"),
            ("source_kind", "independent", "invalid_choice"),
            ("jurisdiction", "999999", "not_found"),
            ("published_on", "2021-02-30", "invalid"),
            ("published_on", "1899-01-01", "min_value"),
            ("published_on", "2199-01-01", "future"),
            ("retrieved_on", "2199-01-01", "future"),
            ("as_of", "2199-01-01", "future"),
            ("as_of", "9999-01-01", "max_value"),
            ("as_of", "2020-12-31", "before_promise"),
            ("as_of", "2021-07-03", "after_source"),
            ("happened_precision", "hour", "invalid_choice"),
            ("coverage", "", "required"),
            ("coverage", "all", "invalid_choice"),
            ("bound", "over", "invalid_choice"),
            ("value_from", "2021-07-02", "after_as_of"),
            ("reported_value", None, "required"),
            ("reported_value", "many", "invalid"),
            ("reported_value", 1.23456, "max_decimal_places"),
            ("verdict", "not_assessed", "invalid_choice"),
            ("delay_reason", "weather", "invalid_choice"),
            ("confidence", "sure", "invalid_choice"),
            ("note", "\x00", "null_characters_not_allowed"),
            ("speaker", "independent", "unknown"),
            ("status", "completed", "unknown"),
            ("review_state", "accepted", "unknown"),
        ],
    )
    def test_a_fault_names_its_field(self, commitment: Commitment, field: str, value: object, code: str) -> None:
        assert faults(send(body(commitment, **{field: value}))) == {(field, code)}
        assert not Evidence.objects.exists()
        assert not Source.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "missing"),
        [
            ({"source_kind": "outcome_notice"}, "jurisdiction"),
            ({"happened_on": "2021-06-01"}, "happened_precision"),
            ({"happened_precision": "day"}, "happened_on"),
            ({"reported_value": None, "coverage": "", "bound": "gte"}, "reported_value"),
            ({"reported_value": None, "coverage": "", "value_from": "2021-01-01"}, "reported_value"),
        ],
    )
    def test_a_field_asks_for_its_other_half(
        self, commitment: Commitment, fields: dict[str, object], missing: str
    ) -> None:
        assert faults(send(body(commitment, **fields))) == {(missing, "required")}
        assert not Source.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "fault"),
        [
            ({"happened_on": "2021-07-02", "happened_precision": "day"}, ("happened_on", "after_as_of")),
            ({"happened_on": "2020-12-31", "happened_precision": "day"}, ("happened_on", "before_promise")),
            ({"verdict": "completed", "note": ""}, ("reported_value", "contradicts")),
            ({"verdict": "not_met", "reported_value": 42, "note": " "}, ("reported_value", "contradicts")),
            ({"source_kind": "task_table", "jurisdiction": "110101"}, ("jurisdiction", "other_place")),
        ],
    )
    def test_what_disagrees_with_the_commitment_is_refused(
        self, commitment: Commitment, fields: dict[str, object], fault: tuple[str, str]
    ) -> None:
        JurisdictionFactory.create(code="110101")
        assert faults(send(body(commitment, **fields))) == {fault}
        chinese, english = (
            send(body(commitment, **fields), **{"Accept-Language": language}).json()["errors"][0]["detail"]
            for language in ("zh-hans", "en")
        )
        assert chinese != english
        assert not Source.objects.exists()

    def test_a_note_overrides_figures(self, commitment: Commitment) -> None:
        assert send(body(commitment, verdict="completed", note="其余12所并入其他项目。")).status_code == 201

    def test_a_forecast_may_lie_ahead(self, commitment: Commitment) -> None:
        assert send(body(commitment, as_of="2199-01-01", is_forecast=True)).status_code == 201

    def test_a_figure_needs_a_figure_to_compare_with(self) -> None:
        plain = CommitmentFactory.create()
        assert faults(send(body(plain))) == {("reported_value", "no_figure")}

    @pytest.mark.parametrize(
        ("place", "year", "state", "code"),
        [
            ("110101", 2025, ReviewState.PUBLISHED, "other_place"),
            (None, 2021, ReviewState.PUBLISHED, "not_later"),
            (None, 2025, ReviewState.CANDIDATE, "not_found"),
        ],
    )
    def test_an_achievement_is_of_the_place_later_and_public(
        self, commitment: Commitment, place: str | None, year: int, state: ReviewState, code: str
    ) -> None:
        claim = later_claim(commitment, place=place, year=year, review_state=state)
        assert faults(send(bare(commitment, achievement=claim.pk))) == {("achievement", code)}

    def test_a_successors_achievement_is_taken(self, commitment: Commitment) -> None:
        claim = later_claim(commitment, place="110101", year=2025)
        SuccessionFactory.create(predecessor=commitment.jurisdiction, successor=claim.report.jurisdiction)
        assert send(bare(commitment, achievement=claim.pk)).status_code == 201

    def test_a_source_of_another_place_is_refused(self, commitment: Commitment) -> None:
        source = SourceFactory.create(kind="task_table", jurisdiction=JurisdictionFactory.create(code="110101"))
        EvidenceFactory.create(source=source)
        assert faults(send(bare(commitment, source=source.pk))) == {("source", "other_place")}
        assert faults(send(body(commitment, url=source.url))) == {("url", "other_place")}

    def test_evidence_stands_in_one_place(self, commitment: Commitment) -> None:
        claim, source = later_claim(commitment), public_source()
        both = bare(commitment, achievement=claim.pk, source=source.pk)
        assert faults(send(both)) == {("source", "unwanted")}
        told = {(name, "unwanted") for name in SOURCE}
        assert faults(send(body(commitment, achievement=claim.pk))) == told
        assert faults(send(body(commitment, source=source.pk))) == told

    def test_a_code_that_there_is_not_comes_with_those_that_there_are(self, commitment: Commitment) -> None:
        (error,) = send(body(commitment, source_kind="rumour")).json()["errors"]
        assert error["allowed"] == SourceKind.values

    def test_all_faults_are_told_at_once(self) -> None:
        missing = {"commitment", "verdict", "as_of"}
        assert faults(send({})) == {(name, "required") for name in missing}

    @pytest.mark.parametrize("state", [ReviewState.CANDIDATE, ReviewState.WITHDRAWN])
    def test_what_is_not_public_is_not_found(self, state: ReviewState) -> None:
        hidden = CommitmentFactory.create(review_state=state)
        claim = AchievementFactory.create(review_state=state)
        source = public_source(review_state=Verification.PROPOSED)
        public = CommitmentFactory.create()
        assert faults(send(body(hidden))) == {("commitment", "not_found")}
        for name, row in (("achievement", claim), ("source", source)):
            fields = {"reported_value": None, "coverage": "", name: row.pk}
            assert faults(send(bare(public, **fields))) == {(name, "not_found")}

    def test_an_achievement_is_told_once(self, commitment: Commitment) -> None:
        claim = later_claim(commitment)
        EvidenceFactory.create(commitment=commitment, achievement=claim)
        assert faults(send(bare(commitment, achievement=claim.pk))) == {("achievement", "unique")}

    def test_a_source_is_told_once_of_a_commitment(self, commitment: Commitment) -> None:
        source = SourceFactory.create(url=SOURCE["url"])
        EvidenceFactory.create(commitment=commitment, source=source)
        assert faults(send(bare(commitment, source=source.pk))) == {("source", "unique")}
        assert faults(send(body(commitment))) == {("url", "unique")}
        other = CommitmentFactory.create(quantity=42, unit="所", comparator="eq")
        assert send(bare(other, source=source.pk)).status_code == 201

    def test_so_is_one_that_waits_for_a_decision(self, commitment: Commitment) -> None:
        assert send(body(commitment)).status_code == 201
        assert faults(send(body(commitment))) == {("url", "unique")}

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
