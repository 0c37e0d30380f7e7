"""The codes of the API: what each means in both languages, and its equivalents in international classifications."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from rest_framework.request import Request

from projects.api.base import PublicView, as_json
from projects.choices import (
    COFOG,
    CORE_LIVELIHOOD,
    LIVELIHOOD,
    OPEN_STATUSES,
    STATUS_EQUIVALENTS,
    Category,
    Comparator,
    Confidence,
    DelayReason,
    DueBasis,
    Level,
    Light,
    Milestone,
    ResponsibilityRole,
    RestatementPhase,
    SourceKind,
    Status,
)
from projects.filters.problems import BadQuery, unknown

Entry = dict[str, Any]
VOCABULARIES: Mapping[str, type[TextChoices]] = {
    "comparator": Comparator,
    "confidence": Confidence,
    "delay_reason": DelayReason,
    "due_basis": DueBasis,
    "level": Level,
    "light": Light,
    "milestone": Milestone,
    "phase": RestatementPhase,
    "role": ResponsibilityRole,
    "source_kind": SourceKind,
}


def _entry(code: TextChoices) -> Entry:
    entry = {"code": code.value}
    for name, language in (("name", "zh-hans"), ("name_en", "en")):
        with override(language):
            entry[name] = str(code.label)
    return entry


def categories() -> list[Entry]:
    """Return the categories with their COFOG codes."""
    return [
        {
            **_entry(category),
            "cofog": list(COFOG[category]),
            "livelihood": category in LIVELIHOOD,
            "core_livelihood": category in CORE_LIVELIHOOD,
        }
        for category in Category
    ]


def statuses() -> list[Entry]:
    """Return the statuses with their OGP and OC4IDS equivalents."""
    return [
        {**_entry(status), "open": status in OPEN_STATUSES, **STATUS_EQUIVALENTS[status]._asdict()} for status in Status
    ]


def vocabularies() -> dict[str, list[Entry]]:
    """Return all other vocabularies, by the name of the field that uses them."""
    return {name: [_entry(code) for code in codes] for name, codes in VOCABULARIES.items()}


class FixedView(PublicView):
    """A view whose answer depends on nothing: it takes no parameters."""

    def read(self, request: HttpRequest, _parts: Mapping[str, str]) -> HttpResponse:
        """Answer the entries. Raises BadQuery when there is a parameter."""
        if request.GET:
            raise BadQuery(unknown(name, ()) for name in request.GET)
        return as_json(orjson.dumps(self.entries()))

    def get(self, request: Request) -> HttpResponse:
        """Answer the entries."""
        return self.read(request._request, {})

    def entries(self) -> Entry:
        """Return what is answered."""
        raise NotImplementedError


class CategoriesView(FixedView):
    """What statements are about, with the codes of the UN's Classification of the Functions of Government."""

    def entries(self) -> Entry:
        """Return the categories."""
        return {"results": categories()}


class StatusesView(FixedView):
    """What is known of a promise's fulfilment, with the words of the OGP and of OC4IDS."""

    def entries(self) -> Entry:
        """Return the statuses."""
        return {"results": statuses()}


class VocabulariesView(FixedView):
    """All other codes, by the name of the field that uses them."""

    def entries(self) -> Entry:
        """Return the vocabularies."""
        return {name: list(codes) for name, codes in vocabularies().items()}
