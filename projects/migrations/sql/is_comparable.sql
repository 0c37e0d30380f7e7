CREATE OR REPLACE FUNCTION is_comparable(
    milestone text, year integer, due_on date, coverage text, as_of date, is_forecast boolean
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT NOT is_forecast AND CASE coverage
    WHEN 'period' THEN milestone <> 'level'
        AND extract(year FROM due_on) = year AND extract(year FROM as_of) = year
    ELSE (coverage = 'level') = (milestone = 'level') END
$$;
