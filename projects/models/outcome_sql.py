"""The rules that the database applies itself, as triggers and as the SQL functions of ``migrations/sql/``.

``commitment_outcome`` is ``rules.outcome``, ``is_comparable`` is ``rules.comparable`` and ``evidence_speaker`` is
``rules.speaker``: tests hold each pair together. A changed rule needs a migration that replaces its function.
"""

from collections.abc import Iterable

import pgtrigger
from django.db.models import CharField, Func

from projects.choices import Status, Verification
from projects.rules import CARRIED


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(f"'{code}'" for code in sorted(codes))


class CommitmentOutcome(Func):
    function = "commitment_outcome"
    arity = 6
    output_field = CharField(max_length=12)


def outcome_of(row: str) -> str:
    """Return the outcome of a row of commitments, such as NEW, as SQL; in it generated columns are not there yet."""
    columns = ("milestone", "status", "status_as_of", "happened_on", "happened_precision", "due_on")
    return f"commitment_outcome({', '.join(f'{row}.{column}' for column in columns)})"


_CARRIES = " OR ".join(
    f"ground.verdict = '{verdict.value}' AND NEW.status IN ({_codes(statuses)})"
    for verdict, statuses in CARRIED.items()
)

# Sorted before the trigger that clears the overdue flag: that one reads what this one writes.
CARRY_GROUND = pgtrigger.Trigger(
    name="carry_ground",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("status", "status_evidence_id"),
    condition=pgtrigger.Condition(
        "((OLD.status, OLD.status_evidence_id) IS DISTINCT FROM (NEW.status, NEW.status_evidence_id))"
    ),
    declare=[("ground", "record")],
    func=f"""
        SELECT verdict, as_of, happened_on, happened_precision INTO ground
          FROM projects_evidence WHERE id = NEW.status_evidence_id;
        IF ground.verdict IS NOT NULL AND NEW.status <> '{Status.NOT_ASSESSED}' AND NOT ({_CARRIES}) THEN
            RAISE EXCEPTION 'evidence % says %, which does not carry the status %',
                NEW.status_evidence_id, ground.verdict, NEW.status
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_status_agrees_with_evidence';
        END IF;
        NEW.status_as_of := ground.as_of;
        NEW.happened_on := ground.happened_on;
        NEW.happened_precision := coalesce(ground.happened_precision, '');
        RETURN NEW;
    """,
)

# The days of a status's ground follow it.
GROUND_DAYS = pgtrigger.Trigger(
    name="ground_days",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("as_of", "happened_on", "happened_precision"),
    condition=pgtrigger.Condition(
        "((OLD.as_of, OLD.happened_on, OLD.happened_precision)"
        " IS DISTINCT FROM (NEW.as_of, NEW.happened_on, NEW.happened_precision))"
    ),
    func="""
        UPDATE projects_commitment
           SET status_as_of = NEW.as_of, happened_on = NEW.happened_on, happened_precision = NEW.happened_precision
         WHERE status_evidence_id = NEW.id;
        RETURN NULL;
    """,
)
_CARRIES_NOW = " OR ".join(
    f"e.verdict = '{verdict.value}' AND c.status IN ({_codes(statuses)})" for verdict, statuses in CARRIED.items()
)
# What a status rests on goes on saying so; at the end of the transaction, which may change both.
GROUND_STAYS = pgtrigger.Trigger(
    name="ground_stays",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Q(old__verdict__df=pgtrigger.F("new__verdict")),
    func=f"""
        IF EXISTS (
            SELECT FROM projects_commitment AS c JOIN projects_evidence AS e ON e.id = c.status_evidence_id
             WHERE e.id = NEW.id AND NOT ({_CARRIES_NOW})) THEN
            RAISE EXCEPTION 'the status of a commitment rests on evidence %, which would no longer carry it', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_status_agrees_with_evidence';
        END IF;
        RETURN NULL;
    """,
)

SET_SPEAKER = pgtrigger.Trigger(
    name="set_speaker",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("commitment_id", "achievement_id", "source_id", "source_kind"),
    func="""
        NEW.source_kind := evidence_speaker(NEW.commitment_id, NEW.achievement_id, NEW.source_id);
        RETURN NEW;
    """,
)

# The newest accepted figure that measures what the commitment counts is copied to it, so that lists can be narrowed
# by it.
COPY_REPORTED_VALUE = pgtrigger.Trigger(
    name="copy_reported_value",
    when=pgtrigger.After,
    operation=pgtrigger.Insert
    | pgtrigger.UpdateOf("reported_value", "as_of", "review_state", "coverage", "bound", "is_forecast"),
    func=f"""
        UPDATE projects_commitment AS c
           SET reported_value = newest.reported_value, reported_on = newest.as_of,
               reported_bound = coalesce(newest.bound, '')
          FROM (SELECT 1) AS one
          LEFT JOIN LATERAL (
               SELECT e.reported_value, e.as_of, e.bound
                 FROM projects_evidence AS e JOIN projects_commitment AS p ON p.id = e.commitment_id
                WHERE e.commitment_id = NEW.commitment_id
                  AND e.review_state = '{Verification.ACCEPTED}' AND e.reported_value IS NOT NULL
                  AND is_comparable(p.milestone, p.year, p.due_on, e.coverage, e.as_of, e.is_forecast)
                ORDER BY e.as_of DESC, e.id DESC
                LIMIT 1) AS newest ON TRUE
         WHERE c.id = NEW.commitment_id
           AND (c.reported_value, c.reported_on, c.reported_bound)
               IS DISTINCT FROM (newest.reported_value, newest.as_of, coalesce(newest.bound, ''));
        RETURN NULL;
    """,
)

# A reason lives in the record of the transition; the commitment shows that of its last one.
COPY_REASON = pgtrigger.Trigger(
    name="copy_reason",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        UPDATE projects_commitment
           SET delay_reason = NEW.reason_code,
               delay_note = CASE WHEN NEW.reason_code <> '' THEN NEW.note ELSE '' END
         WHERE id = NEW.commitment_id;
        RETURN NULL;
    """,
)
