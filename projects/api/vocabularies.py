"""The codes of the API: what each means in both languages, and its equivalents in international classifications."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, override

from projects.choices import (
    COFOG,
    CORE_LIVELIHOOD,
    LIVELIHOOD,
    OC4IDS_SECTORS,
    STATUS_EQUIVALENTS,
    Answer,
    Category,
    Change,
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
from projects.filters.problems import Text

Entry = dict[str, Any]
VOCABULARIES: Mapping[str, type[TextChoices]] = {
    "answer": Answer,
    "change": Change,
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


def categories() -> dict[str, list[Entry]]:
    """Return the categories with their codes in COFOG, the UN's functions of government, and in OC4IDS."""
    entries = [
        {
            **_entry(category),
            "cofog": list(COFOG[category]),
            "oc4ids": list(OC4IDS_SECTORS[category]),
            "livelihood": category in LIVELIHOOD,
            "core_livelihood": category in CORE_LIVELIHOOD,
        }
        for category in Category
    ]
    return {"results": entries}


def statuses() -> dict[str, list[Entry]]:
    """Return the statuses with their OGP and OC4IDS equivalents."""
    return {"results": [{**_entry(status), **STATUS_EQUIVALENTS[status]._asdict()} for status in Status]}


def vocabularies() -> dict[str, list[Entry]]:
    """Return all other vocabularies, by the name of the field that uses them."""
    return {name: [_entry(code) for code in codes] for name, codes in VOCABULARIES.items()}


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Codes under one address: its name, what they are, and what is answered."""

    name: str
    help_text: Text
    entries: Callable[[], dict[str, Any]]


CATEGORIES = Vocabulary("categories", _("类别，及其在 COFOG 和 OC4IDS 中的代码"), categories)
STATUSES = Vocabulary("statuses", _("状态，及其在 OGP 和 OC4IDS 中的对应"), statuses)
OTHERS = Vocabulary("vocabularies", _("其余各字段的代码及其名称"), vocabularies)
