"""Serializer fields of our own, each with its Python and its SQL form."""

from collections.abc import Callable
from datetime import UTC
from decimal import Decimal
from typing import Any, TypeAlias

from django.db.models import CharField, Model, QuerySet
from django.db.models.expressions import OrderBy, RawSQL
from django.db.models.fields.files import FieldFile
from django.utils.encoding import filepath_to_uri
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from projects.asof import as_known
from projects.models import Achievement, Commitment, Report
from projects.serializers.sql import Kind, json_array, json_object, without_parameters

API = "/api/v1/"
# Where the site sends evidence files from.
MEDIA = "/media/"
AnyField: TypeAlias = serializers.Field[Any, Any, Any, Any]


class NumberField(serializers.DecimalField):
    """A decimal as a JSON number without idle zeros: 4, not 4.0000."""

    kind = Kind.NUMBER

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=20, decimal_places=4, coerce_to_string=False, **kwargs)

    def to_representation(self, value: Decimal) -> Decimal:  # type: ignore[override]  # not coerced to a string
        """Drop the zeros behind the last digit."""
        return Decimal(format(value.normalize(), "f"))

    def sql(self, row: str) -> str:
        """Drop the zeros behind the last digit."""
        return f'trim_scale({row}."{self.source}")'


class MomentField(serializers.DateTimeField):
    """A moment in UTC, to the second."""

    kind = Kind.CODE

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M:%SZ", default_timezone=UTC, **kwargs)

    def sql(self, row: str) -> str:
        """Write it in UTC."""
        return f"""to_char({row}."{self.source}" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""


class OptionalCodeField(serializers.ChoiceField):
    """A code, or null where the column is empty."""

    def to_representation(self, value: str) -> str | None:  # type: ignore[override]  # null is the point
        """Return null for an empty code."""
        return str(super().to_representation(value)) or None

    def sql(self, row: str) -> str:
        """Return null for an empty code."""
        return f"NULLIF({row}.\"{self.source}\", '')"


@extend_schema_field(OpenApiTypes.STR)
class PathField(AnyField):
    """The path of another resource, from its key in this row; null when there is none."""

    kind = Kind.CODE

    def __init__(self, path: str, **kwargs: Any) -> None:
        self.before, self.after = f"{API}{path}".split("{}")
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: str | int) -> str:
        """Put the key into the path."""
        return f"{self.before}{value}{self.after}"

    def sql(self, row: str) -> str:
        """Put the key into the path."""
        return f"'{self.before}' || {row}.\"{self.source}\" || '{self.after}'"


# Each character that is not plain, as the bytes of its UTF-8: what filepath_to_uri does.
_URI = """(SELECT string_agg(CASE WHEN c ~ '^[-A-Za-z0-9_.~/!*()'']$' THEN c
    ELSE regexp_replace(upper(encode(convert_to(c, 'UTF8'), 'hex')), '(..)', '%%\\1', 'g') END, '' ORDER BY n)
    FROM regexp_split_to_table(replace({name}, '\\', '/'), '') WITH ORDINALITY AS s(c, n))"""


@extend_schema_field(OpenApiTypes.STR)
class FilePathField(AnyField):
    """The path under which a file is downloaded; null without a file."""

    kind = Kind.CODE

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: FieldFile) -> str | None:
        """Write its name as a part of an address."""
        return f"{MEDIA}{filepath_to_uri(value.name)}" if value else None

    def sql(self, row: str) -> str:
        """Write its name as a part of an address."""
        name = f'{row}."{self.source}"'
        return f"CASE WHEN {name} <> '' THEN '{MEDIA}' || {_URI.format(name=name)} END"


@extend_schema_field(OpenApiTypes.STR)
class ReportKeyField(AnyField):
    """A report's key, government and year, from the row's copies of them: 500112-2021; with ``path``, its path."""

    kind = Kind.CODE

    def __init__(self, *, path: bool = False, **kwargs: Any) -> None:
        self.before, self.after = (f"{API}reports/", "/") if path else ("", "")
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, value: Commitment | Achievement | Report) -> str:
        """Join government and year."""
        return f"{self.before}{value.jurisdiction_id}-{value.year}{self.after}"

    def sql(self, row: str) -> str:
        """Join government and year."""
        return f"'{self.before}' || {row}.jurisdiction_id || '-' || {row}.year || '{self.after}'"


@extend_schema_field(OpenApiTypes.STR)
class ForeignField(AnyField):
    """A column of a row that this row points at, null when the public does not see that row."""

    kind = Kind.TEXT

    def __init__(
        self,
        rows: "Callable[[], QuerySet[Any]]",
        column: str,
        *,
        by: str,
        path: str = "{}",
        **kwargs: Any,
    ) -> None:
        self.rows, self.column, self.by, self.path = rows, column, by, path
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, value: Model) -> str | int | None:
        """Look the row up."""
        found: str | int | None
        found = self.rows().filter(pk=getattr(value, self.by)).values_list(self.column, flat=True).first()
        return found if found is None or self.path == "{}" else self.path.format(found)

    def sql(self, row: str) -> str:
        """Look the row up."""
        query = self.rows().filter(pk=RawSQL(f"{row}.{self.by}", [])).order_by().values(self.column)
        before, after = self.path.split("{}")
        found = f"({without_parameters(query)})"
        return found if self.path == "{}" else f"'{before}' || {found} || '{after}'"


@extend_schema_field(OpenApiTypes.INT)
class ForeignNumberField(ForeignField):
    """The number of a row that this row points at, null when the public does not see that row."""

    kind = Kind.NUMBER


class ForeignReportField(ForeignField):
    """The key of the report that this row points at, null when there is none or the public does not see it."""

    def __init__(self, *, by: str = "report_id", path: str = "{}", **kwargs: Any) -> None:
        super().__init__(_keyed_reports, "key", by=by, path=path, allow_null=True, **kwargs)


def _keyed_reports() -> "QuerySet[Any]":
    key = RawSQL("jurisdiction_id || '-' || year", [], CharField())
    return Report.objects.published().annotate(key=key)


class RowsField(AnyField):
    """The public rows that point at this one.

    ``rows`` is a published() queryset, ``by`` its column and ``key`` this row's. When the context holds ``as_of``, the
    rows are those known on that day.
    """

    kind = Kind.JSON

    def __init__(
        self,
        child: "serializers.Serializer[Any]",
        rows: "Callable[[], QuerySet[Any]]",
        *,
        by: str,
        order: tuple[str | OrderBy, ...],
        key: str = "id",
        **kwargs: Any,
    ) -> None:
        self.child, self.rows, self.by, self.order = child, rows, by, order
        self.key = key
        super().__init__(read_only=True, source="*", **kwargs)

    def bind(self, field_name: str, parent: serializers.BaseSerializer[Any]) -> None:
        """Take the place in the serializer, and give the child its own."""
        super().bind(field_name, parent)
        self.child.bind(field_name="", parent=parent)

    def to_representation(self, value: Model) -> list[dict[str, Any]]:
        """Read the rows."""
        rows = self.rows().filter(**{self.by: getattr(value, self.key)})
        if self.context.get("as_of"):
            rows = as_known(rows, self.context["as_of"])
        return [self.child.to_representation(row) for row in rows.order_by(*self.order)]

    def query(self, row: str) -> "QuerySet[Any]":
        """Return the rows in order, as a part of the statement that reads this one."""
        rows = self.rows().filter(**{self.by: RawSQL(f'{row}."{self.key}"', [])})
        if self.context.get("as_of"):
            rows = as_known(rows, RawSQL("day.today", []))
        return rows.order_by(*self.order)

    def sql(self, row: str) -> str:
        """Read the rows."""
        inner = f"{row}_{self.field_name}"
        found = without_parameters(self.query(row))
        rows = f"(SELECT {json_object(self.child, inner)} AS o FROM ({found}) AS {inner})"
        return f"(SELECT {json_array('n.o')} FROM {rows} AS n)"


class RowField(RowsField):
    """The public row that this one points at, or null; the first of them when they have an order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allow_null = True

    def to_representation(self, value: Model) -> dict[str, Any] | None:  # type: ignore[override]  # one, not many
        """Read the row."""
        return next(iter(super().to_representation(value)), None)

    def sql(self, row: str) -> str:
        """Read the row."""
        inner = f"{row}_{self.field_name}"
        rows = self.query(row)
        found = without_parameters(rows[:1] if self.order else rows)
        return f"(SELECT {json_object(self.child, inner)} FROM ({found}) AS {inner})"
