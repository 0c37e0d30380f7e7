CREATE OR REPLACE FUNCTION evidence_speaker(commitment bigint, achievement bigint, source bigint)
RETURNS text LANGUAGE sql STABLE AS $$
SELECT CASE
    WHEN a.id IS NULL AND s.kind NOT IN ('livelihood_list', 'official_page', 'outcome_notice', 'outcome_table', 'task_table') THEN
        CASE s.kind WHEN 'audit' THEN 'independent' ELSE 'media' END
    WHEN coalesce(a.jurisdiction_id, s.jurisdiction_id) = c.jurisdiction_id OR EXISTS (
        SELECT FROM public.projects_succession AS r
         WHERE (r.predecessor_id, r.successor_id) IN (
             (c.jurisdiction_id, coalesce(a.jurisdiction_id, s.jurisdiction_id)),
             (coalesce(a.jurisdiction_id, s.jurisdiction_id), c.jurisdiction_id)))
        THEN 'official_claim'
    ELSE 'official_other' END
  FROM public.projects_commitment AS c
  LEFT JOIN public.projects_achievement AS a ON a.id = achievement
  LEFT JOIN public.projects_source AS s ON s.id = source
 WHERE c.id = commitment
$$;
