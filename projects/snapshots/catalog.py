"""What describes the public data: the codebook, and as JSON-LD DCAT for catalogues, schema.org for search engines."""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override

from projects.api.exports.formats import FORMATS
from projects.api.exports.table import label_of
from projects.api.resources import ENDPOINTS, Endpoint
from projects.filters.problems import Text
from projects.serializers import API, Field, Resource, absolute
from projects.snapshots.store import File, Snapshot

LICENCE: Final = "https://www.apache.org/licenses/LICENSE-2.0"
TITLE: Final = _("兑现：政府工作报告的承诺、证据和结果")
DESCRIPTION: Final = _(
    "政府工作报告中逐条的承诺和成绩：原话及其在报告中的位置、类别、数字、单位、期限，以及状态、证据、来源和兑现状态。"
)
MEDIA_TYPES: Final = {
    **{name: one.media_type for name, one in FORMATS.items()},
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
_LANGUAGES: Final = {"zh-hans": "zh-Hans", "en": "en"}
_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_DAILY: Final = "http://publications.europa.eu/resource/authority/frequency/DAILY"


def fields(resource: Resource, above: str = "") -> Iterator[tuple[str, Text, Field]]:
    """Yield the fields of a resource and of the objects in its rows: path, as in the header of CSV, and label."""
    for name, field in resource.fields.items():
        yield above + name, label_of(name, field), field
        if field.rows is not None:
            yield from fields(field.rows, f"{above}{name}.")


def codebook() -> dict[str, Any]:
    """Return every field with its type, label, meaning and codes, in all languages."""
    return {
        "resources": [
            {
                "name": one.name,
                "title": _in_all(title(one)),
                "meaning": _in_all(one.row.help_text),
                "fields": [
                    {
                        "name": path,
                        "type": field.type,
                        "nullable": field.kind.null,
                        "label": _in_all(label),
                        "meaning": _in_all(field.help_text),
                        "codes": [{"code": code, "label": _in_all(told)} for code, told in field.choices],
                    }
                    for path, label, field in fields(one.row)
                ],
            }
            for one in ENDPOINTS
        ]
    }


def title(endpoint: Endpoint) -> Text:
    """Return what people call the rows of a resource."""
    found: Text = endpoint.definition.queryset().model._meta.verbose_name_plural
    return found


def by_resource(snapshot: Snapshot) -> Iterator[tuple[Endpoint, list[File]]]:
    """Yield the resources of a snapshot with their files; one that is newer than the snapshot has none."""
    for endpoint in ENDPOINTS:
        files = [file for file in snapshot.files if file.resource == endpoint.name]
        if files:
            yield endpoint, files


def _in_all(text: Text) -> dict[str, str]:
    told = {}
    for language in _LANGUAGES:
        with override(language):
            told[language] = str(text)
    return told


def address(snapshot: Snapshot, name: str) -> str:
    """Return the address of a file of a snapshot."""
    with override(settings.LANGUAGE_CODE):
        return absolute(reverse("pages:snapshot-file", args=[snapshot.name, name]))


def _page() -> str:
    with override(settings.LANGUAGE_CODE):
        return absolute(reverse("pages:data"))


def dcat(snapshot: Snapshot | None) -> dict[str, Any]:
    """Return the catalogue of the newest snapshot, a dataset for each resource (DCAT 3)."""
    about = {
        "dcterms:license": {"@id": LICENCE},
        "dcterms:language": list(_LANGUAGES.values()),
        "dcat:landingPage": {"@id": _page()},
    }
    return {
        "@context": _CONTEXT,
        "@id": _page(),
        "@type": "dcat:Catalog",
        "dcterms:title": _literals(TITLE),
        "dcterms:description": _literals(DESCRIPTION),
        **about,
        "dcat:service": {
            "@type": "dcat:DataService",
            "dcterms:title": "Duixian API",
            "dcat:endpointURL": {"@id": absolute(API)},
            "dcat:endpointDescription": {"@id": absolute(reverse("schema"))},
        },
        "dcat:dataset": [
            {
                "@id": f"{_page()}#{one.name}",
                "@type": "dcat:Dataset",
                "dcterms:identifier": one.name,
                "dcterms:title": _literals(title(one)),
                "dcterms:description": _literals(one.row.help_text),
                **about,
                "dcat:version": str(snapshot.version),
                "dcterms:issued": _moment(snapshot),
                "dcterms:accrualPeriodicity": {"@id": _DAILY},
                "dcat:distribution": [_distribution(snapshot, file) for file in files],
            }
            for one, files in by_resource(snapshot)
        ]
        if snapshot
        else [],
    }


def _literals(text: Text) -> list[dict[str, str]]:
    return [{"@language": _LANGUAGES[code], "@value": told} for code, told in _in_all(text).items()]


def _moment(snapshot: Snapshot) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": snapshot.made_at.isoformat()}


def _distribution(snapshot: Snapshot, file: File) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dcterms:title": file.name,
        "dcat:downloadURL": {"@id": address(snapshot, file.name)},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{MEDIA_TYPES[file.format]}"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.bytes)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
        },
    }


def schema_org(snapshot: Snapshot) -> dict[str, Any]:
    """Return the newest snapshot as search engines for data read it, in the active language."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": str(TITLE),
        "description": str(DESCRIPTION),
        "url": _page(),
        "license": LICENCE,
        "version": str(snapshot.version),
        "dateModified": snapshot.made_at.isoformat(),
        "inLanguage": list(_LANGUAGES.values()),
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "兑现 Duixian", "url": absolute("/")},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "encodingFormat": MEDIA_TYPES[file.format],
                "contentUrl": address(snapshot, file.name),
                "contentSize": f"{file.bytes} B",
                "sha256": file.sha256,
            }
            for file in snapshot.files
            if file.resource
        ],
    }
