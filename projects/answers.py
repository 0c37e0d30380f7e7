"""What later reports make of a promise, each told once as an ORM expression over commitments: answer, change, delay.

It follows from accepted links alone and from the pairs of reports that a person has gone through; ``rules.py`` says the
same of a single commitment, and a test holds both together. What was not known on the day does not count.
"""

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual

from projects.choices import NOT_A_DELAY, Answer, Change, ReportState, Verification
from projects.expressions import TODAY, Code, Day, Formula
from projects.models import Commitment, Evidence, LinkProposal, ReportPair, Restatement
from projects.rules import CAN_BE_LATE

_NO_DELAY = ", ".join(f"'{code}'" for code in sorted(NOT_A_DELAY))
_LATE = ", ".join(f"'{code}'" for code in sorted(CAN_BE_LATE))
_LINK = f"""projects_restatement AS r ON r.review_state = '{Verification.ACCEPTED}' AND {{on}}
      JOIN projects_commitment AS l ON l.id = r.later_id AND l.is_public
      JOIN projects_report AS lr ON lr.id = l.report_id
       AND coalesce(lr.delivered_on, make_date(lr.year, 1, 1)) <= {{{{1}}}}"""
# The latest date to which a promise was put off, by links that are no other year's part and no next stage; what is
# counted is promised anew, not put off.
_PUT_OFF_TO = f"""(WITH RECURSIVE again(id, due_on, milestone, quantity) AS (
    SELECT {{0}}, {{2}}, {{3}}::varchar, {{4}}::numeric
     UNION
    SELECT l.id, l.due_on, l.milestone, l.quantity::numeric FROM again
      JOIN {_LINK.format(on=f"r.earlier_id = again.id AND r.change NOT IN ({_NO_DELAY})")}
     WHERE again.milestone IN ({_LATE}) AND again.quantity IS NULL)
    SELECT max(due_on) FROM again)"""
# All promises that are linked with this one, whichever came first, itself among them.
_CHAIN = f"""ARRAY(WITH RECURSIVE chain(id) AS (
    SELECT {{0}}::bigint
     UNION
    SELECT CASE WHEN r.earlier_id = chain.id THEN r.later_id ELSE r.earlier_id END FROM chain
      JOIN {_LINK.format(on="chain.id IN (r.earlier_id, r.later_id)")}
      JOIN projects_commitment AS e ON e.id = r.earlier_id AND e.is_public)
    SELECT id FROM chain)"""


def known(report: str, on: Day) -> LessThanOrEqual:
    """Return the condition that the report under this name was known on a day."""
    first = Formula("make_date({0}, 1, 1)", F(f"{report}__year"), output_field=DateField())
    return LessThanOrEqual(Coalesce(F(f"{report}__delivered_on"), first), on)


def _gone_through(on: Day) -> "QuerySet[Any]":
    return ReportPair.objects.published().filter(known("later", on), earlier=OuterRef("report_id")).order_by()


def _promised_again(on: Day) -> "QuerySet[Any]":
    links = Restatement.objects.published().filter(known("later__report", on), earlier=OuterRef("pk"))
    return links.order_by("-later__year", "-pk")


def _mentioned(on: Day) -> "QuerySet[Any]":
    public = {"pair__later__state": ReportState.PUBLISHED}
    return (
        LinkProposal.objects.mentioned().filter(known("pair__later", on), earlier=OuterRef("pk"), **public).order_by()
    )


def _undecided() -> "Q":
    """Return the condition that a link to a later report waits for a person's decision."""
    waits: dict[str, Any] = {"review_state": Verification.PROPOSED}
    result = Evidence.objects.filter(**waits, commitment=OuterRef("pk"), achievement__isnull=False)
    again, link = (
        model._default_manager.filter(**waits, earlier=OuterRef("pk")) for model in (Restatement, LinkProposal)
    )
    return Q(Exists(result.order_by())) | Q(Exists(again.order_by())) | Q(Exists(link.order_by()))


def answer(on: Day = TODAY) -> Case:
    """Return what the reports gone through make of a promise.

    Null while there is none, and where nothing was found while it is not due or a link waits for a decision.
    """
    results = Evidence.objects.published().filter(
        known("achievement__report", on), commitment=OuterRef("pk"), achievement__isnull=False
    )
    last = Subquery(_gone_through(on).values("earlier").annotate(last=Max("later__year")).values("last"))
    reviewed = Formula("({0} < make_date({1}, 1, 1))", F("due_on"), last, output_field=BooleanField())
    return Case(
        When(~Exists(_gone_through(on)), then=Value(None)),
        When(Exists(results.order_by()), then=Value(Answer.REPORTED)),
        When(Exists(_promised_again(on).order_by()) | Exists(_mentioned(on)), then=Value(Answer.PROMISED_AGAIN)),
        When(Q(reviewed) & ~_undecided(), then=Value(Answer.SILENT)),
        default=Value(None),
        output_field=Code(choices=Answer, null=True),
    )


def change(on: Day = TODAY) -> Subquery:
    """Return how the promise was changed when it was last made again; null where it was not, or nobody has said."""
    told = _promised_again(on).exclude(change="").values("change")[:1]
    return Subquery(told, output_field=Code(choices=Change, null=True))


def years_slipped(on: Day = TODAY) -> Case:
    """Return by how many years the promise was put off by being made again; 0 where it was not."""
    sql = f"greatest(0, extract(year FROM {_PUT_OFF_TO}) - extract(year FROM {{2}}))::integer"
    columns = (F("pk"), on, F("due_on"), F("milestone"), F("quantity"))
    slipped = Formula(sql, *columns, output_field=IntegerField())
    return Case(
        When(Exists(_promised_again(on).order_by()), then=slipped), default=Value(0), output_field=IntegerField()
    )


def chained(key: "Combinable", on: Day = TODAY) -> "QuerySet[Commitment]":
    """Return the public promises that are linked with the one of this key, itself among them."""
    linked = Formula(f"({{2}} = ANY({_CHAIN}))", key, on, F("pk"), output_field=BooleanField())
    return Commitment.objects.published().filter(linked)
