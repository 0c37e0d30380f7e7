"""The tables as they could be known on an earlier day, to anybody who had read what was published by then.

A report is known from the day of its delivery, or from the first day of its year where that is not on file; what a
source says, from the day on which it was published, and in no case before the day of which it tells. A commitment's
status on a day is the last one recorded among those that were in effect and rest on what was known; its figure the
newest accepted one. When a curator recorded it does not count: what is found late was public all the same.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from django.db.models import DateField, Exists, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.datastructures import BaseTable

from projects.choices import ReportState, Status, Verification
from projects.models import Achievement, Commitment, Evidence, Report, Restatement, StatusChange

Rows: TypeAlias = "QuerySet[Any]"
# A day, or the SQL expression that holds it.
Day: TypeAlias = "date | RawSQL"

# The columns of a commitment that change with what becomes known.
_COLUMNS = {
    "status": f"coalesce(s.to_status, '{Status.NOT_ASSESSED}')",
    "status_since": f"""CASE WHEN s.to_status IS NULL OR s.to_status = '{Status.NOT_ASSESSED}' THEN NULL
        WHEN c.status = s.to_status AND c.status_since <= {{day}} THEN c.status_since ELSE s.effective_on END""",
    "status_evidence_id": "s.evidence_id",
    "status_as_of": "g.as_of",
    "happened_on": "g.happened_on",
    "happened_precision": "coalesce(g.happened_precision, '')",
    "outcome": f"""commitment_outcome(c.milestone, coalesce(s.to_status, '{Status.NOT_ASSESSED}'), g.as_of,
        g.happened_on, coalesce(g.happened_precision, ''), c.due_on)""",
    "delay_reason": "coalesce(s.reason_code, '')",
    "delay_note": "CASE WHEN s.reason_code <> '' THEN s.note ELSE '' END",
    "reported_value": "e.reported_value",
    "reported_on": "e.as_of",
    "reported_bound": "coalesce(e.bound, '')",
    "last_verified_on": "CASE WHEN c.last_verified_on <= {day} THEN c.last_verified_on END",
}
# Evidence ``v`` is known from the last of these days; a source without a day of publication, from the day it tells of.
_GROUND = """LEFT JOIN projects_source so ON so.id = v.source_id
        LEFT JOIN projects_achievement a ON a.id = v.achievement_id
        LEFT JOIN projects_report ar ON ar.id = a.report_id"""
_KNOWN_FROM = "greatest(v.as_of, so.published_on, coalesce(ar.delivered_on, make_date(ar.year, 1, 1)))"
_TABLE = f"""(SELECT {{columns}} FROM projects_commitment c
    JOIN projects_report r ON r.id = c.report_id AND coalesce(r.delivered_on, make_date(r.year, 1, 1)) <= {{day}}
    LEFT JOIN LATERAL (SELECT h.to_status, h.effective_on, h.reason_code, h.note, h.evidence_id
        FROM projects_statuschange h LEFT JOIN projects_evidence v ON v.id = h.evidence_id {_GROUND}
        WHERE h.commitment_id = c.id AND h.effective_on <= {{day}} AND coalesce({_KNOWN_FROM} <= {{day}}, TRUE)
        ORDER BY h.id DESC LIMIT 1) s ON TRUE
    LEFT JOIN projects_evidence g ON g.id = s.evidence_id
    LEFT JOIN LATERAL (SELECT v.reported_value, v.as_of, v.bound FROM projects_evidence v {_GROUND}
        WHERE v.commitment_id = c.id AND {_KNOWN_FROM} <= {{day}} AND v.reported_value IS NOT NULL
            AND is_comparable(c.milestone, c.year, c.due_on, v.coverage, v.as_of, v.is_forecast)
            AND v.review_state = '{Verification.ACCEPTED}' ORDER BY v.as_of DESC, v.id DESC LIMIT 1) e ON TRUE)"""


def _columns(day: str) -> str:
    names = [field.column for field in Commitment._meta.concrete_fields]
    return ", ".join(
        f'{_COLUMNS[name].format(day=day)} AS "{name}"' if name in _COLUMNS else f'c."{name}"' for name in names
    )


class CommitmentsAsOf(BaseTable):
    """The table of commitments as it was known on a day, under the table's own name."""

    def __init__(self, table_name: str, alias: str | None, day: Day = date.max) -> None:
        super().__init__(table_name, alias)
        self.day = day

    def as_sql(self, compiler: SQLCompiler, _connection: object) -> tuple[str, tuple[Any, ...]]:
        """Return the derived table for the FROM clause."""
        day, params = _sql(self.day)
        table = _TABLE.format(columns=_columns(day), day=day)
        alias = compiler.quote_name_unless_alias(str(self.table_alias))
        return f"{table} {alias}", tuple(params * table.count(day))

    def relabeled_clone(self, change_map: dict[str | None, str]) -> "CommitmentsAsOf":
        """Return it under another alias."""
        return CommitmentsAsOf(self.table_name, change_map.get(self.table_alias, self.table_alias), self.day)


def _sql(day: Day) -> tuple[str, list[Any]]:
    return (day.sql, list(day.params)) if isinstance(day, RawSQL) else ("%s::date", [day])


def rows_as_of(rows: Rows, day: Day) -> Rows:
    then = _AS_OF.get(rows.model)
    return then(rows.all(), day) if then else rows


def _commitments(rows: Rows, day: Day) -> Rows:
    alias = rows.query.get_initial_alias()
    rows.query.alias_map[alias] = CommitmentsAsOf(rows.model._meta.db_table, alias, day)
    return rows


def _known_reports(day: Day) -> "QuerySet[Report, Any]":
    first = RawSQL("1", [])
    delivered = Coalesce("delivered_on", Func("year", first, first, function="make_date", output_field=DateField()))
    return Report.objects.filter(LessThanOrEqual(delivered, day))


def _through(path: str) -> Callable[[Rows, Day], Rows]:
    return lambda rows, day: rows.filter(**{f"{path}__in": _known_reports(day).values("pk")})


def _evidence(rows: Rows, day: Day) -> Rows:
    published = Q(source__published_on=None) | Q(source__published_on__lte=day)
    delivered = Q(achievement=None) | Q(achievement__report__in=_known_reports(day).values("pk"))
    return rows.filter(published, delivered, as_of__lte=day)


def _status_changes(rows: Rows, day: Day) -> Rows:
    known = _evidence(Evidence.objects.filter(pk=OuterRef("evidence_id")), day)
    return rows.filter(Q(evidence=None) | Exists(known), effective_on__lte=day)


_AS_OF: dict[type[Any], Callable[[Rows, Day], Rows]] = {
    Commitment: _commitments,
    Achievement: _through("report"),
    Report: _through("pk"),
    Restatement: _through("later__report"),
    Evidence: _evidence,
    StatusChange: _status_changes,
}


def within_known_years(rows: Rows, column: str, day: date) -> Rows:
    """Keep all statements of a list as known on the day, and tell the database where a list by year begins.

    What is not known yet lies at its beginning: years of rows to read over, one by one.
    """
    if column != "year":
        return rows
    known = _known_reports(day).filter(state=ReportState.PUBLISHED)
    last = known.order_by("-year").values("year")[:1]
    return rows.filter(year__lte=Subquery(last))
