"""How tests propose evidence: a body without a fault, the sending of it, and what is found fault with."""

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson
from django.test import Client

from projects.models import Achievement, Commitment, Report, Source
from tests.factories import AchievementFactory, EvidenceFactory, ReportFactory, SourceFactory
from tests.projects.api.conftest import TOKEN_SECRET

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer: TypeAlias = _MonkeyPatchedWSGIResponse

ADDRESS: Final = "/api/v1/evidence/"
SOURCE: Final[dict[str, object]] = {
    "url": "https://news.example/2021/7",
    "title": "渝北30所学校建成",
    "publisher": "重庆日报",
    "published_on": "2021-07-02",
    "retrieved_on": "2021-08-01",
    "source_kind": "media",
}


def body(commitment: Commitment, /, **fields: object) -> dict[str, object]:
    """Return a proposal without a fault, with some fields changed."""
    return {
        "commitment": commitment.pk,
        **SOURCE,
        "quote": "30所学校已建成",
        "verdict": "in_progress",
        "as_of": "2021-07-01",
        "reported_value": 30,
        "coverage": "cumulative",
        "note": "已建成30所。",
        **fields,
    }


def bare(commitment: Commitment, /, **fields: object) -> dict[str, object]:
    """Return a proposal that tells nothing of a source, with some fields changed."""
    return {name: value for name, value in body(commitment).items() if name not in SOURCE} | fields


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


def later_claim(commitment: Commitment, *, place: str | None = None, year: int = 2025, **fields: Any) -> Achievement:
    """Return an achievement of a report of a year, of the commitment's government unless another is named."""
    where: dict[str, Any] = {"jurisdiction__code": place} if place else {"jurisdiction": commitment.jurisdiction}
    known = Report.objects.filter(year=year, jurisdiction=place or commitment.jurisdiction_id).first()
    claim: Achievement
    claim = AchievementFactory.create(report=known or ReportFactory.create(year=year, **where), **fields)
    return claim


def public_source(**fields: Any) -> Source:
    """Return a source that evidence makes public; ``fields`` are the evidence's."""
    source: Source = SourceFactory.create()
    EvidenceFactory.create(source=source, **fields)
    return source
