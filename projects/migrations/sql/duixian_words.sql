-- Every Chinese character (from U+2E80 on) and pair of characters, and every word of Latin letters and digits.
CREATE OR REPLACE FUNCTION duixian_words(body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT coalesce(array_to_tsvector(array_agg(DISTINCT word)), ''::tsvector) FROM (
        SELECT found[1] AS word FROM regexp_matches(lower(body), '[a-z0-9]+', 'g') AS found
        UNION ALL
        SELECT unnest(CASE WHEN ascii(next) >= 11904 THEN ARRAY[sign, sign || next] ELSE ARRAY[sign] END)
          FROM (SELECT sign, lead(sign) OVER (ORDER BY place) AS next
                  FROM unnest(string_to_array(lower(body), NULL)) WITH ORDINALITY AS signs (sign, place)) AS pairs
         WHERE ascii(sign) >= 11904
    ) AS words
$$;
