CREATE OR REPLACE FUNCTION commitment_outcome(
    milestone text, status text, as_of date, happened_on date, precision_ text, due_on date
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE
    WHEN status IN ('cancelled', 'suspended', 'unverifiable') THEN 'closed'
    WHEN milestone = 'plan' AND status IN ('completed') OR milestone = 'start' AND status IN ('completed', 'in_progress') OR milestone = 'progress' AND status IN ('completed') OR milestone = 'complete' AND status IN ('completed') OR milestone = 'level' AND status IN ('completed') THEN
        CASE WHEN milestone <> 'progress' AND (CASE precision_
    WHEN 'day' THEN happened_on
    WHEN 'month' THEN make_date(extract(year FROM happened_on)::integer,
        extract(month FROM happened_on)::integer, 1)
    WHEN 'quarter' THEN make_date(extract(year FROM happened_on)::integer,
        (extract(month FROM happened_on)::integer - 1) / 3 * 3 + 1, 1)
    WHEN 'year' THEN make_date(extract(year FROM happened_on)::integer, 1, 1) END) > due_on
            THEN 'kept_late' ELSE 'kept' END
    WHEN milestone = 'progress' THEN 'ongoing'
    WHEN status = 'not_met' THEN 'not_kept'
    WHEN status = 'not_assessed' OR as_of IS NULL OR as_of < due_on THEN 'open'
    WHEN status = 'partial' THEN 'partly_kept'
    ELSE 'not_kept' END
$$;
