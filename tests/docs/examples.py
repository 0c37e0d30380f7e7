"""The calls whose answers stand in the OpenAPI document as examples, and how they are asked for again."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson
from django.test import Client

from tests.docs.tutorial import content

if TYPE_CHECKING:
    from tests.docs.tutorial import Answer

API: Final = "/api/v1/"
LANGUAGES: Final = ("zh-hans", "en")
JSON, PROBLEM, FORM = "application/json", "application/problem+json", "multipart/form-data"
# What changes with the clock alone is asked for as of a day.
DAY: Final = "as_of=2025-06-30"
SCHOOLS: Final = {
    "commitment": 6,
    "url": "https://news.example/2025/1",
    "title": "渝北新建改扩建学校30所",
    "publisher": "重庆日报",
    "published_on": "2025-01-15",
    "source_kind": "media",
    "quote": "已建成30所",
    "verdict": "in_progress",
    "as_of": "2025-01-10",
    "reported_value": 30,
    "coverage": "cumulative",
    "note": "42所学校已建成30所。",
}
NOTICE: Final = {
    **{name: value for name, value in SCHOOLS.items() if name not in ("url", "quote", "note")},
    "title": "督查通报",
    "publisher": "渝北区督查室",
    "source_kind": "outcome_notice",
    "jurisdiction": "500112",
    "file": "notice.pdf",
}
READS: Final[Mapping[str, tuple[str, ...]]] = {
    "index": ("",),
    "commitments_list": (
        f"commitments/?category=education&page_size=1&{DAY}",
        "commitments/?category=education&fields=id,title,due_on&format=csv",
        "commitments/?category=education&fields=id,title,due_on&format=ndjson",
        "commitments/?categroy=education",
    ),
    "commitments_retrieve": (f"commitments/112/?{DAY}",),
    "history_list": ("commitments/112/history/",),
    "achievements_list": (f"achievements/?page_size=1&{DAY}",),
    "achievements_retrieve": (f"achievements/219/?{DAY}",),
    "projects_list": ("projects/?page_size=1",),
    "projects_retrieve": ("projects/second-hospital-extension/",),
    "evidence_list": ("evidence/?page_size=1",),
    "evidence_retrieve": ("evidence/24/",),
    "sources_list": ("sources/?page_size=1",),
    "sources_retrieve": ("sources/1/",),
    "status_changes_list": ("status-changes/?page_size=1",),
    "status_changes_retrieve": ("status-changes/28/",),
    "restatements_list": ("restatements/?page_size=1",),
    "restatements_retrieve": ("restatements/1/",),
    "reports_list": ("reports/?page_size=1",),
    "reports_retrieve": ("reports/500112-2021/?fields=key,url,jurisdiction,year,title,title_en,delivered_on,score",),
    "jurisdictions_list": ("jurisdictions/?page_size=1",),
    "jurisdictions_retrieve": ("jurisdictions/500112/",),
    "departments_list": ("departments/?page_size=1",),
    "departments_retrieve": ("departments/1/",),
    "changes_list": ("changes/?page_size=2",),
    "stats_list": (f"stats/?by=category,status&cross=true&sum=quantity&year=2021&category=housing,rural&{DAY}",),
    "categories_list": ("categories/",),
    "statuses_list": ("statuses/",),
    "vocabularies_list": ("vocabularies/",),
    "commitments_atom": ("commitments.atom?page_size=1",),
    "commitments_ics": ("commitments.ics?year=2021&category=education",),
}


class Example(NamedTuple):
    """An example: its operation, the status of the answer or ``request``, the media type, the call and its language."""

    operation: str
    place: str
    media_type: str
    call: str
    language: str
    value: Any


def examples(client: Client, token: str) -> Iterator[Example]:
    """Ask a site for all examples, in both languages."""
    for language in LANGUAGES:
        for operation, paths in READS.items():
            for path in paths:
                answer = client.get(API + path, headers={"Accept-Language": language})
                yield _example(operation, f"GET {API}{path}", language, answer)
    yield Example("evidence_propose", "request", JSON, f"POST {API}evidence/", LANGUAGES[0], SCHOOLS)
    yield Example("evidence_propose", "request", FORM, f"POST {API}evidence/", LANGUAGES[0], NOTICE)
    known = {"Authorization": f"Bearer {token}"}
    for language, body in (
        *((language, {**SCHOOLS, "verdict": "finished"}) for language in LANGUAGES),
        *((language, {**SCHOOLS, "note": "。" * 40_000}) for language in LANGUAGES),
        (LANGUAGES[0], SCHOOLS),
    ):
        headers = known | {"Accept-Language": language}
        answer = client.post(f"{API}evidence/", orjson.dumps(body), content_type=JSON, headers=headers)
        yield _example("evidence_propose", f"POST {API}evidence/", language, answer)
    proposal = client.get(f"{API}evidence/proposals/", headers=known).json()["results"][0]["id"]
    path = f"{API}evidence/proposals/{proposal}/"
    for operation, method, address in (
        ("evidence_proposals_list", "GET", f"{API}evidence/proposals/"),
        ("evidence_proposal", "GET", path),
        ("evidence_withdraw", "DELETE", path),
    ):
        yield _example(operation, f"{method} {address}", LANGUAGES[0], client.generic(method, address, headers=known))


def _example(operation: str, call: str, language: str, answer: "Answer") -> Example:
    media_type = answer["Content-Type"].partition(";")[0]
    body = content(answer)
    value = orjson.loads(body) if media_type in (JSON, PROBLEM) else body.decode()
    return Example(operation, str(answer.status_code), media_type, call, language, value)


def as_document(found: Iterator[Example]) -> dict[str, Any]:
    """Return the examples as ``examples.json`` holds them: what one language says like the other, once."""
    told: dict[str, Any] = {}
    for one in found:
        by_type = told.setdefault(one.operation, {}).setdefault(one.place, {})
        kept = by_type.setdefault(one.media_type, {"call": one.call, "value": one.value})
        if one.value != kept["value"]:
            kept[one.language] = one.value
    return told
