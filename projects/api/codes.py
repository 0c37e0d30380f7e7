"""The codes of the API: what each means in both languages, and its equivalents in international classifications."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import override

from projects.choices import (
    COFOG,
    CORE_LIVELIHOOD,
    LIVELIHOOD,
    OC4IDS_SECTORS,
    STATUS_EQUIVALENTS,
    Category,
    Comparator,
    Confidence,
    Coverage,
    DelayReason,
    DueBasis,
    DueState,
    Level,
    Light,
    Milestone,
    OverdueBasis,
    Precision,
    ResponsibilityRole,
    RestatementPhase,
    SourceKind,
    Speaker,
    Status,
)

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
    "speaker": Speaker,
    "due_state": DueState,
    "overdue_basis": OverdueBasis,
    "coverage": Coverage,
    "happened_precision": Precision,
}


def _entry(code: TextChoices) -> Entry:
    entry = {"code": code.value}
    for name, language in (("name", "zh-hans"), ("name_en", "en")):
        with override(language):
            entry[name] = str(code.label)
    return entry


def categories() -> list[Entry]:
    """Return the categories with their codes in COFOG and OC4IDS."""
    return [
        {
            **_entry(category),
            "cofog": list(COFOG[category]),
            "oc4ids": list(OC4IDS_SECTORS[category]),
            "livelihood": category in LIVELIHOOD,
            "core_livelihood": category in CORE_LIVELIHOOD,
        }
        for category in Category
    ]


def statuses() -> list[Entry]:
    """Return the statuses with their OGP and OC4IDS equivalents."""
    return [{**_entry(status), **STATUS_EQUIVALENTS[status]._asdict()} for status in Status]


def vocabularies() -> dict[str, list[Entry]]:
    """Return all other vocabularies, by the name of the field that uses them."""
    return {name: [_entry(code) for code in codes] for name, codes in VOCABULARIES.items()}
