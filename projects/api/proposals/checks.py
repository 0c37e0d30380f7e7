"""What is wrong with proposed evidence whose fields can each be read: its ground, its pairs of fields, its days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from secrets import token_hex
from typing import Any
from urllib.parse import urldefrag

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.api.proposals.fields import FieldError
from projects.choices import Comparator
from projects.filters.problems import Text
from projects.models import Achievement, ApiToken, Commitment, Evidence, Jurisdiction, Proposal, Source
from projects.models.files import FILE_TYPES, WRONG_CONTENT, AnyFile, check
from projects.serializers import API, absolute

REQUIRED: Text = _("不能留空：证据若不是报告中的成绩，也不是已有的来源，须有网址或文件，并有标题、发布者和来源的种类。")
TWICE: Text = _("这个来源已是这条承诺的证据，或已经提出过。")
ACHIEVEMENT_TWICE: Text = _("这条成绩已是这条承诺的证据，或已经提出过。")
# What the model says of a file that is of no kind that it takes.
WRONG_FILES = frozenset({"invalid_extension", WRONG_CONTENT})
# The fields of the body that tell of a new source; two have another name in it.
SOURCE_FIELDS = {
    **{name: name for name in ("url", "original_url", "title", "publisher", "published_on", "retrieved_on", "file")},
    "source_kind": "kind",
    "jurisdiction": "jurisdiction",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """Where proposed evidence stands, and the field of the body that says so; ``new`` when the source comes along."""

    field: str
    achievement: Achievement | None = None
    source: Source | None = None
    new: bool = False

    @property
    def names(self) -> Mapping[str, str]:
        """What the body calls the fields of the models."""
        other = {"kind": "source_kind"} if self.new else {}
        return {**other, "source": "jurisdiction" if self.new else self.field}


def ground_of(
    fields: dict[str, Any], commitment: Commitment | None, token: ApiToken, today: date
) -> tuple[Ground | None, list[FieldError]]:
    """Return the ground of evidence, and what is wrong with it; takes what tells of it out of the fields.

    What was told of the commitment before is named where the token may see it.
    """
    told = {name: fields.pop(name, None) for name in SOURCE_FIELDS}
    told = {name: value for name, value in told.items() if value not in (None, "")}
    achievement, source = fields.pop("achievement", None), fields.pop("source", None)
    if achievement is not None:
        unwanted = [*(["source"] if source is not None else []), *told]
        ground, wrong = _achievement(achievement, commitment, token)
        return ground, [*_unwanted(unwanted, "achievement"), *wrong]
    if source is not None:
        found = Source.objects.published().filter(pk=source).first()
        wrong = [] if found else [FieldError("source", "not_found", _("没有这个公开的来源。"))]
        return _once(Ground("source", source=found), commitment, token, [*_unwanted(list(told), "source"), *wrong])
    return _told_source(told, commitment, token, today)


def _unwanted(names: list[str], other: str) -> Iterator[FieldError]:
    detail = _("已给出 %(other)s，不要再填这一项。证据出自一处。") % {"other": other}
    return (FieldError(name, "unwanted", detail) for name in names)


def _achievement(number: int, commitment: Commitment | None, token: ApiToken) -> tuple[Ground | None, list[FieldError]]:
    found = Achievement.objects.published().filter(pk=number).first()
    if found is None:
        return None, [FieldError("achievement", "not_found", _("没有这条公开的成绩。"))]
    wrong = _told_before("achievement", ACHIEVEMENT_TWICE, token, commitment=commitment, achievement=number)
    return None if wrong else Ground("achievement", achievement=found), wrong


def _once(
    ground: Ground, commitment: Commitment | None, token: ApiToken, wrong: list[FieldError]
) -> tuple[Ground | None, list[FieldError]]:
    """Refuse a source that was told of the commitment before."""
    if ground.source is None:
        return ground, wrong
    return ground, [*wrong, *_told_before(ground.field, TWICE, token, commitment=commitment, source=ground.source)]


def _told_before(field: str, detail: Text, token: ApiToken, **which: Any) -> list[FieldError]:
    """Refuse what is evidence already or waits to be, and say where it is as far as the token may see it."""
    found = Evidence.objects.filter(**which).order_by("pk").first()
    if found is None:
        return []
    if Evidence.objects.published().filter(pk=found.pk).exists():
        path = f"evidence/{found.pk}/"
    elif Proposal.objects.filter(evidence=found, token=token).exists():
        path = f"evidence/proposals/{found.pk}/"
    else:
        return [FieldError(field, "unique", detail)]
    shown = _("%(detail)s见 %(url)s。") % {"detail": detail, "url": absolute(f"{API}{path}")}
    return [FieldError(field, "unique", shown)]


def _told_source(
    told: dict[str, Any], commitment: Commitment | None, token: ApiToken, today: date
) -> tuple[Ground | None, list[FieldError]]:
    """Return the source on file that has the address, else the new one that the body tells."""
    known = _on_file(*(told[name] for name in ("url", "original_url") if name in told))
    if known is not None:
        detail = _("这个网址已是来源 %(id)s，不能再带文件。请不带文件提出，或请编辑把文件存入那个来源。")
        wrong = [FieldError("file", "unwanted", detail % {"id": known.pk})] if "file" in told else []
        return _once(Ground("url", source=known), commitment, token, wrong)
    needed = ("source_kind", "title", "publisher", *(() if "file" in told else ("url",)))
    wrong = [FieldError(name, "required", REQUIRED) for name in needed if name not in told]
    code = told.pop("jurisdiction", None)
    place = Jurisdiction.objects.published().filter(code=code).first() if code else None
    if code and place is None:
        wrong.append(FieldError("jurisdiction", "not_found", _("没有这个代码的政府。")))
    if "file" in told and _is_sound(told["file"]):
        wrong += _told_before("file", TWICE, token, commitment=commitment, source__file_sha256=_digest(told["file"]))
    values = {SOURCE_FIELDS[name]: value for name, value in told.items()}
    if "url" in told:
        values.setdefault("retrieved_on", today)
    source = Source(**values, jurisdiction=place)
    if source.file:
        # In a folder of its own it keeps its sender's name, whoever sent another one of that name.
        source.file.name = f"{token_hex(4)}/{source.file.name}"
    return Ground("url", source=source, new=True), wrong


def _on_file(*urls: str) -> Source | None:
    """Return the source that was read at one of the addresses, or that first stood there, however it was spelt."""
    for url in sorted(urls):
        _lock(url)
    spellings = {spelling for url in urls for spelling in _spellings(url)}
    found = Source.objects.filter(Q(url__in=spellings) | Q(original_url__in=spellings))
    return min(found, key=lambda source: (source.url not in urls, source.pk), default=None)


def _spellings(url: str) -> Iterator[str]:
    """Yield an address with and without TLS and its last slash: servers hardly ever tell these apart."""
    yield url
    _scheme, _colon, rest = url.partition(":")
    bare = urldefrag(rest).url.rstrip("/")
    yield from (f"{scheme}:{bare}{end}" for scheme in ("http", "https") for end in ("", "/"))


def _lock(text: str) -> None:
    """Let nobody else bring the same along until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [text])


def _is_sound(file: AnyFile) -> bool:
    """Say whether a file is what its name says; what is wrong with it else, the model tells."""
    try:
        check(file)
    except ValidationError:
        return False
    return True


def _digest(file: AnyFile) -> str:
    file.seek(0)
    digest = file_digest(file, "sha256").hexdigest()
    file.seek(0)
    _lock(digest)
    return digest


def unpaired(fields: dict[str, Any]) -> list[FieldError]:
    """Say which fields lack the other that gives them their meaning; a value's bound is "equal" unless told."""
    value = fields.get("reported_value")
    if value is not None:
        fields["bound"] = fields.get("bound") or Comparator.EQ
    pairs = (
        ("coverage", value is not None and not fields.get("coverage")),
        ("reported_value", value is None and any(fields.get(name) for name in ("coverage", "bound", "value_from"))),
        ("happened_precision", fields.get("happened_on") is not None and not fields.get("happened_precision")),
        ("happened_on", fields.get("happened_on") is None and bool(fields.get("happened_precision"))),
    )
    details = {
        "coverage": _("报告值须写明口径：当时的水平、累计，还是仅本期。"),
        "reported_value": _("口径、界限和起算日说的是报告值。请填报告值，或都不填。"),
        "happened_precision": _("发生日期须写明精度：知道到哪一天、哪个月、哪一季、哪一年，还是只知道不晚于。"),
        "happened_on": _("精度说的是发生日期。请填发生日期，或都不填。"),
    }
    return [FieldError(name, "required", details[name]) for name, is_missing in pairs if is_missing]


def too_early(fields: Mapping[str, Any], source: Source | None, today: date) -> list[FieldError]:
    """Say which days have not come yet: nobody can have seen them, unless it is a forecast."""
    seen = {} if fields.get("is_forecast") else {name: fields.get(name) for name in ("as_of", "happened_on")}
    if source is not None:
        seen |= {"published_on": source.published_on, "retrieved_on": source.retrieved_on}
    detail = _("不能晚于今天。")
    return [FieldError(name, "future", detail) for name, day in seen.items() if day is not None and day > today]


def told(error: ValidationError, names: Mapping[str, str]) -> list[FieldError]:
    """Return what the models say of their fields, by the names that the body has for them."""
    return [
        FieldError(
            "" if name == NON_FIELD_ERRORS else names.get(name, name), code, " ".join(one.messages), _allowed(code)
        )
        for name, errors in error.error_dict.items()
        for one in errors
        for code in [str(one.code or "invalid")]
    ]


def _allowed(code: str) -> tuple[str, ...]:
    return tuple(FILE_TYPES) if code in WRONG_FILES else ()
