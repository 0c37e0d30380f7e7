"""The triggers that keep statements true to their report, and the overdue flag true to the commitment."""

import pgtrigger

from projects.choices import OPEN_OUTCOMES, Outcome, OverdueBasis, ReportState, ReviewState
from projects.models.outcome_sql import outcome_of

# Finding a character in UTF-8 means counting from the front of the text. So each report is cut once into pieces of 250
# characters (a regular expression's limit is 255), and a quote is looked up in its own piece: the time grows with the
# length of the text, not with its square.
QUOTES_OF_NEW_ROWS = pgtrigger.Trigger(
    name="quotes_of_new_rows",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(new="new_rows"),
    declare=[("spot", "record"), ("cut", "bigint"), ("pieces", "text[]"), ("piece", "integer"), ("words", "text")],
    func="""
        FOR spot IN
            SELECT report_id AS report, start AS first, "end" AS beyond, quote FROM new_rows ORDER BY report_id
        LOOP
            IF cut IS DISTINCT FROM spot.report THEN
                SELECT r.id, ARRAY(SELECT match[1] FROM regexp_matches(r.text, '.{1,250}', 'g') AS match)
                  INTO cut, pieces FROM projects_report AS r WHERE r.id = spot.report;
            END IF;
            piece := spot.first / 250 + 1;
            words := pieces[piece];
            WHILE piece * 250 < spot.beyond LOOP
                piece := piece + 1;
                words := words || pieces[piece];
            END LOOP;
            IF substr(words, spot.first % 250 + 1, spot.beyond - spot.first) IS DISTINCT FROM spot.quote
                OR char_length(spot.quote) <> spot.beyond - spot.first THEN
                RAISE EXCEPTION 'the quote at %-% is not what report % says there', spot.first, spot.beyond, spot.report
                    USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_quote_is_in_report';
            END IF;
        END LOOP;
        RETURN NULL;
    """,
)


def quote_of_changed_row() -> pgtrigger.Trigger:
    """Return the trigger for the rare row whose span, quote or report is changed."""
    return pgtrigger.Trigger(
        name="quote_of_changed_row",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("report_id", "start", "end", "quote"),
        condition=pgtrigger.Condition(
            '((OLD.report_id, OLD.start, OLD."end", OLD.quote) IS DISTINCT FROM'
            ' (NEW.report_id, NEW.start, NEW."end", NEW.quote))'
        ),
        func="""
            IF substr((SELECT text FROM projects_report WHERE id = NEW.report_id), NEW.start + 1, NEW."end" - NEW.start)
                <> NEW.quote OR char_length(NEW.quote) <> NEW."end" - NEW.start THEN
                RAISE EXCEPTION 'the quote at %-% is not what report % says there', NEW.start, NEW."end", NEW.report_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_quote_is_in_report';
            END IF;
            RETURN NEW;
        """,
    )


_OPEN = ", ".join(f"'{outcome}'" for outcome in sorted(OPEN_OUTCOMES))

CLEAR_OVERDUE_WHEN = pgtrigger.Condition(
    "(OLD.overdue_since IS NOT NULL AND NEW.overdue_since IS NOT NULL AND ("
    f"{outcome_of('NEW')} NOT IN ({_OPEN})"
    f" OR ({outcome_of('NEW')} = '{Outcome.OPEN}') <> (OLD.overdue_basis = '{OverdueBasis.NONE}')"
    " OR (OLD.due_on, OLD.due_basis) IS DISTINCT FROM (NEW.due_on, NEW.due_basis)"
    f" OR NEW.review_state <> '{ReviewState.PUBLISHED}' OR NEW.report_state <> '{ReportState.PUBLISHED}'))"
)

# Whatever changes the commitment, the admin, the loader or a bare UPDATE, the flag goes in the same statement.
CLEAR_OVERDUE_FLAG = """
    INSERT INTO projects_overdueevent (commitment_id, kind, "on", overdue_since, basis)
    VALUES (OLD.id, 'cleared', (now() AT TIME ZONE 'Asia/Shanghai')::date, OLD.overdue_since, OLD.overdue_basis);
    NEW.overdue_since := NULL;
    NEW.overdue_basis := '';
    RETURN NEW;
"""
