"""The fields of answers: each is written once, as a name, an expression and what it means.

From them come the JSON that the database writes, the columns of exports, and the serializers that the OpenAPI document
is made of. A field that is a column takes its meaning and its codes from the model.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable, OrderBy
from rest_framework import serializers

from projects.as_of import rows_as_of
from projects.expressions import TODAY, Code, Formula
from projects.serializers.rendering import Json, JsonRow, JsonRows, json_row

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "str | _StrPromise"
Order: TypeAlias = "tuple[str | OrderBy, ...]"
Rows: TypeAlias = "Callable[[], QuerySet[Any]]"
API = "/api/v1/"
# Where the site sends files from.
MEDIA = "/media/"
# Each character that is not plain as the bytes of its UTF-8: what filepath_to_uri does.
_URI = (
    "CASE WHEN {0} <> '' THEN SITE || (SELECT string_agg(CASE WHEN c ~ '^[-A-Za-z0-9_.~/!*()'']$' THEN c"
    " ELSE regexp_replace(upper(encode(convert_to(c, 'UTF8'), 'hex')), '(..)', '%%\\1', 'g') END, '' ORDER BY n)"
    " FROM regexp_split_to_table(replace({0}, '\\', '/'), '') WITH ORDINALITY AS s(c, n)) END"
)


class Address(Code):
    """The absolute address of something on this site."""


def absolute(path: str) -> str:
    """Return the address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def address_sql(path: str) -> str:
    """Return an absolute address as a literal of SQL, for a ``Formula`` or a statement with parameters."""
    return "'{}'".format(absolute(path).replace("'", "''").replace("%", "%%"))


@dataclass(frozen=True, eq=False)
class Field:
    """A field of an answer. ``kind`` is a model field: how the value is written, whether it may be null, its codes.

    ``build`` makes the expression; for a day in the past another one, whose rows inside the row are those known then.
    """

    build: "Callable[[bool], Combinable]"
    kind: "models.Field[Any, Any]"
    help_text: Text
    rows: "Resource | None" = None
    many: bool = False

    def expression(self, *, as_of: bool = False) -> "Combinable":
        """Return the expression of the value; ``as_of``: as known on the day."""
        return self.build(as_of)

    @property
    def type(self) -> str:
        """What the value is in JSON and in tables, in the words of Table Schema; ``uri`` for an address."""
        return ("array" if self.many else "object") if self.rows is not None else type_of(self.kind)

    @property
    def choices(self) -> list[tuple[str, Text]]:
        """The codes of the field, with their names; none where it has no vocabulary."""
        return [(code, label) for code, label in self.kind.flatchoices if code != ""]


Fields: TypeAlias = Mapping[str, Field]


@dataclass(frozen=True, eq=False)
class Resource:
    """What a row of a table shows: the ``name`` of its component in the OpenAPI document, what it is, its fields."""

    name: str
    help_text: Text
    fields: Fields = field(repr=False)

    def row(self, names: Iterable[str] = (), *, as_of: bool = False) -> JsonRow:
        """Return the expression of a row's JSON with the named fields, or all; ``as_of``: as known on the day."""
        chosen = frozenset(names)
        shown = {name: one for name, one in self.fields.items() if not chosen or name in chosen}
        return JsonRow(**{name: one.expression(as_of=as_of) for name, one in shown.items()})

    @property
    def serializer(self) -> "type[serializers.Serializer[Any]]":
        """The serializer that describes the row; the database writes it."""
        return _serializer(self)


def computed(expression: "Callable[[], Combinable]", kind: "models.Field[Any, Any]", help_text: Text) -> Field:
    """Return a field that follows from others."""
    return Field(lambda _as_of: expression(), kind, help_text)


def columns(model: type[models.Model], *names: str, **help_texts: Text) -> dict[str, Field]:
    """Return fields that are columns of the model; ``help_texts`` say what the model does not."""
    found: dict[str, Field] = {}
    for name in (*names, *help_texts):
        kind: Any = model._meta.get_field(name)
        found[name] = computed(partial(F, name), kind, help_texts.get(name, _meaning(kind)))
    return found


def _meaning(kind: "models.Field[Any, Any]") -> Text:
    return kind.help_text or kind.verbose_name


def code_or_null(model: type[models.Model], name: str, help_text: "Text | None" = None) -> Field:
    """Return a code, or null where the column is empty."""
    kind: Any = model._meta.get_field(name)
    null = Code(kind.verbose_name, choices=kind.choices, null=True)
    return computed(lambda: Formula("NULLIF({0}, '')", F(name), output_field=null), null, help_text or _meaning(kind))


def url(resource: str, key: str, help_text: Text, *, null: bool = False) -> Field:
    """Return the address of a row of a resource, from its key in this row."""
    kind = Address(null=null)
    return _joined(lambda: f"{_resource_sql(resource)} || {{0}} || '/'", F(key), kind=kind, help_text=help_text)


def _resource_sql(name: str) -> str:
    return address_sql(f"{API}{name}/")


def _joined(sql: Callable[[], str], *expressions: F, help_text: Text, kind: Code) -> Field:
    return computed(lambda: Formula(sql(), *expressions, output_field=kind), kind, help_text)


def report_key(help_text: Text) -> Field:
    """Return a report's key from the row's copies of government and year: 500112-2021."""
    return _joined(lambda: "{0} || '-' || {1}", F("jurisdiction_id"), F("year"), kind=Code(), help_text=help_text)


def report_url(help_text: Text) -> Field:
    """Return a report's address from the row's copies of government and year."""
    keys = (F("jurisdiction_id"), F("year"))
    return _joined(
        lambda: f"{_resource_sql('reports')} || {{0}} || '-' || {{1}} || '/'",
        *keys,
        kind=Address(),
        help_text=help_text,
    )


def file_url(name: str, help_text: Text) -> Field:
    """Return the address under which a file is downloaded; null without a file."""
    return _joined(
        lambda: _URI.replace("SITE", address_sql(MEDIA)), F(name), kind=Address(null=True), help_text=help_text
    )


def related(rows: Rows, value: str, *, key: str, kind: "models.Field[Any, Any]", help_text: Text) -> Field:
    """Return a value of the row that ``key`` of this row points at; null when the public does not see that row."""

    def expression(_as_of: bool) -> Subquery:
        return Subquery(rows().filter(pk=OuterRef(key)).order_by().values(value), output_field=kind)

    return Field(expression, kind, help_text)


def related_url(rows: Rows, value: str, *, key: str, resource: str, help_text: Text) -> Field:
    """Return the address of the row that ``key`` points at; null when the public does not see it."""
    found = related(rows, value, key=key, kind=Address(null=True), help_text=help_text)

    def build(as_of: bool) -> Formula:
        sql = f"{_resource_sql(resource)} || {{0}} || '/'"
        return Formula(sql, found.build(as_of), output_field=Address(null=True))

    return replace(found, build=build)


def nested(rows: Rows, shown: Resource, *, key: str, by: str = "pk", order: Order = (), help_text: Text) -> Field:
    """Return the one row whose ``by`` is this row's ``key``, or null; the first of them where there is an order."""

    def expression(as_of: bool) -> Subquery:
        return json_row(_matching(rows, by, key, as_of).order_by(*order), shown.row(as_of=as_of))

    return Field(expression, Json(null=True), help_text, shown)


def nested_list(rows: Rows, shown: Resource, *, by: str, key: str = "pk", order: Order, help_text: Text) -> Field:
    """Return the public rows that point at this one."""

    def expression(as_of: bool) -> JsonRows:
        return JsonRows(_matching(rows, by, key, as_of).order_by(*order), shown.row(as_of=as_of))

    return Field(expression, Json(), help_text, shown, many=True)


def _matching(rows: Rows, by: str, key: str, as_of: bool) -> "QuerySet[Any]":
    found = rows().filter(**{by: OuterRef(key)})
    return rows_as_of(found, TODAY) if as_of else found


@cache
def _serializer(resource: Resource) -> "type[serializers.Serializer[Any]]":
    members = {name: serializer_field(one) for name, one in resource.fields.items()}
    return type(resource.name, (serializers.Serializer,), {**members, "__doc__": resource.help_text})


def serializer_field(shown: Field) -> "serializers.Field[Any, Any, Any, Any]":
    """Return the serializer field that describes a field of an answer."""
    told: dict[str, Any] = {"help_text": shown.help_text, "allow_null": shown.kind.null, "read_only": True}
    if shown.rows is not None:
        return shown.rows.serializer(many=shown.many, **(told if not shown.many else {**told, "allow_null": False}))
    return _described(shown.kind, shown.choices, told)


# The first that fits says what a value is; all others are strings.
_TYPES: "tuple[tuple[type[models.Field[Any, Any]], str], ...]" = (
    (Address, "uri"),
    (models.BooleanField, "boolean"),
    (models.IntegerField, "integer"),
    (models.DecimalField, "number"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (ArrayField, "array"),
)
_SERIALIZERS: "Mapping[str, Callable[..., Any]]" = {
    "uri": serializers.URLField,
    "boolean": serializers.BooleanField,
    "integer": serializers.IntegerField,
    "number": partial(serializers.DecimalField, 20, 4, coerce_to_string=False),
    "datetime": serializers.DateTimeField,
    "date": serializers.DateField,
}


def type_of(kind: "models.Field[Any, Any]") -> str:
    """Return what a value of the model field is, in the words of Table Schema."""
    kind = getattr(kind, "target_field", kind)
    return next((word for known, word in _TYPES if isinstance(kind, known)), "string")


def _described(
    kind: "models.Field[Any, Any]", choices: list[tuple[str, Text]], told: dict[str, Any]
) -> "serializers.Field[Any, Any, Any, Any]":
    kind = getattr(kind, "target_field", kind)
    if choices:
        return serializers.ChoiceField(choices=choices, **told)
    if isinstance(kind, ArrayField):
        return serializers.ListField(child=_described(kind.base_field, [], {}), **told)
    described: serializers.Field[Any, Any, Any, Any] = _SERIALIZERS.get(type_of(kind), serializers.CharField)(**told)
    return described
