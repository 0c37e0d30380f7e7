"""How runs of the extractor are shown: progress, reason of failure, and what they changed."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy as _

from projects.models import Achievement, Commitment, ExtractionRun

_TITLES: dict[str, str | Promise] = {
    "added": _("新增"),
    "updated": _("更新"),
    "withdrawn": _("撤回（不再被提出，且没有人审核过）"),
    "kept": _("保留（审核过或改过，这次没有再提出）"),
}
_MODELS: dict[str, type[Commitment] | type[Achievement]] = {"commitment": Commitment, "achievement": Achievement}


class Changed(NamedTuple):
    """One kind of change and its statements."""

    title: str | Promise
    entries: list[dict[str, Any]]


def progress_bar(run: ExtractionRun) -> SafeString:
    """Return how far a run has come."""
    return format_html('<progress max="100" value="{}"></progress> {}%', run.progress, run.progress)


def reason_of(run: ExtractionRun) -> str:
    """Return why a run failed, in the reader's language."""
    return run.reason_en if (get_language() or "").startswith("en") else run.reason


def difference_by_change(run: ExtractionRun) -> list[Changed]:
    """Return what a run changed, each statement with its words, its kind and the way to it."""
    groups = []
    for change, title in _TITLES.items():
        entries = [_entry(entry) for entry in run.difference if entry["change"] == change]
        if entries:
            groups.append(Changed(title, entries))
    return groups


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    model = _MODELS[entry["kind"]]
    names = [_label(model, name) for name in entry.get("fields", ())]
    url = reverse(f"admin:projects_{entry['kind']}_change", args=[entry["id"]])
    return {**entry, "kind_name": model._meta.verbose_name, "field_names": "、".join(names), "url": url}


def _label(model: type[Commitment] | type[Achievement], name: str) -> str:
    """Return a column's name; a foreign key's column is named with its ending."""
    field: Any = model._meta.get_field(name.removesuffix("_id"))
    return str(field.verbose_name)
