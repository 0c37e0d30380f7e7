"""The triggers that keep statements true to their report, and the overdue flag true to the commitment."""

import pgtrigger

from projects.choices import OPEN_STATUSES, ReportState, ReviewState

# Each report's text is read once a statement, not once a row; `|| ''` unpacks it before the rows are walked.
QUOTES_OF_NEW_ROWS = pgtrigger.Trigger(
    name="quotes_of_new_rows",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(new="new_rows"),
    declare=[("batch", "record"), ("body", "text"), ("wrong", "record")],
    func="""
        FOR batch IN
            SELECT report_id, array_agg(start) AS starts, array_agg("end") AS ends, array_agg(quote) AS quotes
              FROM new_rows GROUP BY report_id
        LOOP
            SELECT text || '' INTO body FROM projects_report WHERE id = batch.report_id;
            SELECT s.start_at, s.end_at INTO wrong
              FROM unnest(batch.starts, batch.ends, batch.quotes) AS s (start_at, end_at, quote)
             WHERE substr(body, s.start_at + 1, s.end_at - s.start_at) <> s.quote
                OR char_length(s.quote) <> s.end_at - s.start_at
             LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'the quote at %-% is not what report % says there',
                    wrong.start_at, wrong.end_at, batch.report_id
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


_OPEN = ", ".join(f"'{status}'" for status in sorted(OPEN_STATUSES))

CLEAR_OVERDUE_WHEN = pgtrigger.Condition(
    "(OLD.overdue_since IS NOT NULL AND NEW.overdue_since IS NOT NULL AND ("
    f"NEW.status NOT IN ({_OPEN})"
    " OR (OLD.due_on, OLD.due_basis) IS DISTINCT FROM (NEW.due_on, NEW.due_basis)"
    f" OR NEW.review_state <> '{ReviewState.PUBLISHED}' OR NEW.report_state <> '{ReportState.PUBLISHED}'))"
)

# Whatever changes the commitment, the admin, the loader or a bare UPDATE, the flag goes in the same statement.
CLEAR_OVERDUE_FLAG = """
    INSERT INTO projects_overdueevent (commitment_id, kind, "on", overdue_since)
    VALUES (OLD.id, 'cleared', (now() AT TIME ZONE 'Asia/Shanghai')::date, OLD.overdue_since);
    NEW.overdue_since := NULL;
    RETURN NEW;
"""
