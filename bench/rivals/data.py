"""A national set of commitments, made inside the database in a minute: places, reports, promises, evidence, words.

Numbers run as a real collection would: year by year, place by place, so that a year or a place lies together and the
latest year is the last. Titles are made of common words, of rarer ones and of names, so that search meets all kinds.
"""

import psycopg

from projects.models.search import TEXT
from projects.models.tally import RECOUNT

YEARS = range(2006, 2026)
A_REPORT = 200
CATEGORIES = [
    "education",
    "health",
    "transport",
    "housing",
    "elderly_childcare",
    "social_security",
    "culture_sports",
    "water_sanitation",
    "environment",
    "rural",
    "utilities",
    "public_safety",
    "economy",
    "governance",
]
# From common to rare; the two after them stand in one row of ten thousand, and in none.
WORDS = [
    "建设",
    "学校",
    "医院",
    "道路",
    "公园",
    "老旧小区",
    "养老",
    "水厂",
    "管网",
    "公交",
    "图书馆",
    "地铁",
    "高速",
    "机场",
    "湿地",
    "书院",
]
RARE, ABSENT = "麒麟", "鲲鹏"

_SETUP = """
SET session_replication_role = replica;
SET maintenance_work_mem = '512MB';
SELECT setseed(0.5);
INSERT INTO projects_jurisdiction (code, name, name_en, pinyin, level)
SELECT (110101 + n)::text, '第' || n || '区', 'District ' || n, n::text, 'county'
  FROM generate_series(0, {places} - 1) n;
INSERT INTO projects_report (id, jurisdiction_id, year, title, title_en, delivered_on, session, session_en,
    document_number, publisher, publisher_en, source_url, text, sha256, outline, state)
SELECT (y - {first}) * {places} + n + 1, (110101 + n)::text, y, y || '年政府工作报告', 'Work report ' || y,
    make_date(y, 1, 15), '', '', '', '', '', '', '全文', md5(y || '-' || n) || md5(n || '-' || y), '[]', 'published'
  FROM generate_series({first}, {last}) y, generate_series(0, {places} - 1) n;
"""
_COMMITMENTS = """
INSERT INTO projects_commitment (id, report_id, jurisdiction_id, year, report_state, start, "end", quote, section,
    title, title_en, category, milestone, quantity, unit, comparator, names, review_state, origin, rules,
    extractor_version, due_on, due_basis, status, status_evidence_id, status_since, status_as_of, delay_reason,
    delay_note, reported_value, reported_on, reported_bound)
SELECT i, report, (110101 + (report - 1) % {places})::text, year, 'published', slot * 30, slot * 30 + 24,
    title || '并投入使用，惠及群众' || (i % 9973) || '户', '三、重点工作 / （一）着力改善民生', title,
    'Build ' || CASE i % 3 WHEN 0 THEN 'a school' WHEN 1 THEN 'a hospital' ELSE 'roads' END || ' in block ' || i,
    ('{categories}'::text[])[1 + floor(random() * 14)::int], 'complete',
    CASE WHEN figure THEN 1 + i % 500 END, CASE WHEN figure THEN '个' END, CASE WHEN figure THEN 'eq' END,
    ARRAY[name], 'published', 'extracted', '{{}}', '1', make_date(year + (i % 5 = 0)::int * 2, 12, 31),
    CASE WHEN i % 10 = 0 THEN 'stated' ELSE 'implied' END, status,
    CASE WHEN status <> 'not_assessed' THEN i END, CASE WHEN status <> 'not_assessed' THEN make_date(year, 12, 1) END,
    CASE WHEN status <> 'not_assessed' THEN make_date(year + i % 3, 12, 1) END,
    '', '', CASE WHEN figure AND status <> 'not_assessed' THEN 1 + i % 400 END,
    CASE WHEN figure AND status <> 'not_assessed' THEN make_date(year + i % 3, 12, 1) END,
    CASE WHEN figure AND status <> 'not_assessed' THEN 'eq' ELSE '' END
  FROM (SELECT i, report, {first} + (report - 1) / {places} AS year, (i - 1) % {a_report} AS slot, i % 3 = 0 AS figure,
               name, '建成' || name || CASE WHEN i % 10000 = 77 THEN '{rare}' ELSE '' END
                     || ('{words}'::text[])[1 + floor(pow(random(), 2) * 16)::int] || '一期工程' AS title,
               CASE WHEN dice < 0.6 THEN 'not_assessed' WHEN dice < 0.8 THEN 'completed' WHEN dice < 0.9
                    THEN 'in_progress' WHEN dice < 0.95 THEN 'partial' WHEN dice < 0.98 THEN 'not_met'
                    ELSE 'suspended' END AS status
          FROM (SELECT i, (i - 1) / {a_report} + 1 AS report, random() AS dice,
                       chr(19968 + floor(pow(random(), 3) * 3000)::int) || chr(19968 + floor(random() * 1500)::int)
                       || CASE WHEN i % 2 = 0 THEN '路' ELSE '镇' END AS name
                  FROM generate_series(1, {n}) i) AS numbers) AS rows;
"""
_REST = """
INSERT INTO projects_source (id, kind, title, title_en, publisher, publisher_en, url, original_url, address_doubt,
    address_doubt_en, file, file_sha256, document_number, published_on, retrieved_on, is_public, note, note_en)
SELECT id, 'audit', '现场核实', 'Seen on the spot', '日报', 'Daily', 'https://news.example/' || id, '', '', '', '', '',
    '', status_as_of + 30, status_as_of + 31, FALSE, '', ''
  FROM projects_commitment WHERE status <> 'not_assessed';
INSERT INTO projects_evidence (id, commitment_id, source_id, source_kind, verdict, as_of, reported_value, coverage,
    bound, note, note_en, confidence, review_state)
SELECT id, id, id, 'independent', status, status_as_of, reported_value,
    CASE WHEN reported_value IS NULL THEN '' ELSE 'cumulative' END, reported_bound, '现场核实', 'Seen on the spot',
    'high', 'accepted'
  FROM projects_commitment WHERE status <> 'not_assessed';
INSERT INTO projects_statuschange (commitment_id, from_status, to_status, effective_on, reason_code, note, note_en,
    evidence_id, recorded_at)
SELECT id, 'not_assessed', status, status_since, '', '', '', id, now() FROM projects_commitment
 WHERE status <> 'not_assessed';
INSERT INTO projects_commitmentwords (statement_id, words)
SELECT c.id, duixian_words({text}) FROM projects_commitment c;
"""
_TABLES = (
    *("projects_commitment", "projects_source", "projects_evidence", "projects_statuschange"),
    "projects_commitmentwords",
)


def build(url: str, rows: int) -> None:
    """Fill an empty, migrated database."""
    places = max(1, rows // (A_REPORT * len(YEARS)))
    names = {"places": places, "first": YEARS[0], "last": YEARS[-1], "a_report": A_REPORT, "rare": RARE}
    with psycopg.connect(url, autocommit=True) as connection:
        indexes = _without_indexes(connection)
        connection.execute(_SETUP.format(**names))
        lists = {"categories": "{" + ",".join(CATEGORIES) + "}", "words": "{" + ",".join(WORDS) + "}"}
        connection.execute(_COMMITMENTS.format(n=places * A_REPORT * len(YEARS), **lists, **names))
        connection.execute(_REST.format(text=TEXT.format(row="c")))
        connection.execute(RECOUNT)
        for index in indexes:
            connection.execute(index)
        connection.execute("VACUUM ANALYZE")


def _without_indexes(connection: psycopg.Connection) -> list[str]:
    """Drop the indexes that no constraint rests on, and return how to make them: at the end it is ten times faster."""
    found = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes JOIN pg_class c ON c.relname = indexname"
        " JOIN pg_index i ON i.indexrelid = c.oid WHERE tablename = ANY(%s) AND NOT indisunique",
        [list(_TABLES)],
    ).fetchall()
    for name, _definition in found:
        connection.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]
