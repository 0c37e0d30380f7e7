"""The page of the data: what can be downloaded, on which terms, what its fields mean, and how to cite it."""

from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import json_script
from django.views.decorators.http import conditional_page, require_safe

from projects.api.resources import ENDPOINTS, Endpoint
from projects.filters.problems import Text
from projects.serializers import Field
from projects.snapshots import store
from projects.snapshots.catalog import LICENCE, address, by_resource, dcat, fields, schema_org, title


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show the newest snapshot with its files, the earlier ones, and the codebook."""
    kept = store.kept()
    newest = kept[0] if kept else None
    shown: dict[str, Any] = {
        "nights": settings.SNAPSHOT_NIGHTS,
        "earlier": kept[1:],
        "resources": _codebook,
    }
    if newest:
        # Its text cannot end the script.
        linked = json_script(schema_org(newest)).replace("application/json", "application/ld+json", 1)
        shown |= {
            "newest": newest,
            "citation_address": address(newest, store.MANIFEST),
            "linked": linked,
            "files": [
                (one, title(one), files[0].rows, [(file, address(newest, file.name)) for file in files])
                for one, files in by_resource(newest)
            ],
        }
    return render(request, "projects/data.html", shown)


def _codebook() -> list[tuple[Endpoint, Text, list[tuple[str, Text, Field]]]]:
    """Return the resources with their fields; the template asks once a process and language, for it takes long."""
    return [(one, title(one), list(fields(one.row))) for one in ENDPOINTS]


@conditional_page
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """Tell every snapshot that is kept, the newest first, with the addresses of its files."""
    found = [
        {
            "version": one.version,
            "day": one.day,
            "made_at": one.made_at,
            "kept_until": one.kept_until,
            "url": address(one, store.MANIFEST),
            "files": [{"url": address(one, file.name), **orjson.loads(orjson.dumps(file))} for file in one.files],
        }
        for one in store.kept()
    ]
    return _published(orjson.dumps({"licence": LICENCE, "snapshots": found}), "application/json")


@conditional_page
@require_safe
def catalog(_request: HttpRequest) -> HttpResponse:
    """Tell catalogues of data what there is (DCAT)."""
    return _published(orjson.dumps(dcat(next(iter(store.kept()), None))), "application/ld+json")


def _published(content: bytes, content_type: str) -> HttpResponse:
    return HttpResponse(content, content_type, headers={"Cache-Control": settings.PUBLIC_CACHE_CONTROL})
