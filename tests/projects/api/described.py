"""Whether an answer is as the OpenAPI document says: its status, type, headers and content, formats included."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import orjson
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from jsonschema import Draft202012Validator, FormatChecker

from projects.api.problems import CONTENT_TYPE
from tests.projects.api.world import generated

if TYPE_CHECKING:
    from tests.projects.api.proposing import Answer

# What every HTTP server sends, and what concerns browsers or one exchange alone.
PLAIN: Final = frozenset(
    {
        *("allow", "content-language", "content-length", "content-type", "vary", "x-content-type-options"),
        *("content-security-policy", "cross-origin-opener-policy", "permissions-policy", "referrer-policy"),
        "x-frame-options",
    }
)
FORMATS: Final = FormatChecker(("date",))
_TYPES: Final[Mapping[str, str]] = {"integer": "[0-9]+", "boolean": "true|false", "string": ".+"}


@FORMATS.checks("uri", raises=ValidationError)
def _uri(value: object) -> bool:
    if isinstance(value, str):
        URLValidator(schemes=["http", "https"])(value)
    return True


@FORMATS.checks("date-time", raises=ValueError)
def _moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@FORMATS.checks("int64")
def _whole(value: object) -> bool:
    return not isinstance(value, int) or abs(value) < 2**63


@FORMATS.checks("double")
def _number(value: object) -> bool:
    return not isinstance(value, float) or isfinite(value)


class Described:
    """The document, and what it says of answers."""

    @cached_property
    def document(self) -> dict[str, Any]:
        """The document as it is sent."""
        document: dict[str, Any] = orjson.loads(orjson.dumps(generated(), default=float))
        return document

    @cached_property
    def _paths(self) -> "Mapping[re.Pattern[str], dict[str, Any]]":
        pairs = sorted(self.document["paths"].items(), key=lambda pair: pair[0].count("{"))
        return {re.compile(re.sub(r"\\{\w+\\}", r"[^/]+?", re.escape(path))): told for path, told in pairs}

    def faults(self, answer: "Answer") -> Iterator[str]:
        """Yield what about an answer is not as described."""
        request, content = answer.wsgi_request, answer.getvalue()
        path = next(told for pattern, told in self._paths.items() if pattern.fullmatch(request.path))
        response = path[str(request.method).lower()]["responses"].get(str(answer.status_code))
        if response is None:
            yield f"the status {answer.status_code} is not described"
            return
        yield from self._headers(response["headers"], answer.headers)
        kind, contents = answer.headers.get("Content-Type", "").partition(";")[0], response.get("content", {})
        if not contents and not content:
            return
        if kind not in contents:
            yield f"the type {kind} is not described"
        elif kind in ("application/json", CONTENT_TYPE):
            schema = {**contents[kind]["schema"], "components": self.document["components"]}
            found = Draft202012Validator(schema, format_checker=FORMATS).iter_errors(answer.json())
            yield from (f"{error.json_path}: {error.message}" for error in found)

    def _headers(self, described: Mapping[str, Any], sent: Mapping[str, str]) -> Iterator[str]:
        known = {name.lower(): self.document["components"]["headers"][name] for name in described}
        yield from (f"the header {name} is not described" for name in sent if name.lower() not in known.keys() | PLAIN)
        for name, told in known.items():
            value = sent.get(name)
            if value is None and told["required"]:
                yield f"the header {name} is lacking"
            if value is not None and not re.fullmatch(_TYPES[told["schema"]["type"]], value):
                yield f"the header {name} is {value}"
