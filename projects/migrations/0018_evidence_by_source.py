"""Brings evidence over: what stood on it of a page or a file becomes a source, with every version that there was.

Evidence of the same page with the same history shares one source, unless it is about the same commitment. Values get
what they cover by what the commitment counts; commitments get the days of the evidence that their status rests on.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.apps.registry import Apps
from django.core.files.storage import default_storage
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Now

# Evidence with a page or a file, and the versions that these had, oldest first.
_OLD = """
SELECT e.id, e.commitment_id, CASE WHEN e.source_kind = 'official_claim' THEN c.jurisdiction_id END,
       e.source_kind, e.url, e.file, e.publisher, e.published_on, (e.created_at AT TIME ZONE 'Asia/Shanghai')::date,
       coalesce((SELECT json_agg(json_build_array(v.url, v.file, v.publisher, v.published_on,
                                 v.pgh_created_at, v.pgh_context_id) ORDER BY v.pgh_id)
                   FROM projects_evidenceevent AS v WHERE v.pgh_obj_id = e.id), '[]')
  FROM projects_evidence AS e JOIN projects_commitment AS c ON c.id = e.commitment_id
 WHERE e.url <> '' OR e.file <> '' ORDER BY e.id
"""
_SOURCE = """
INSERT INTO projects_source (kind, jurisdiction_id, title, title_en, publisher, publisher_en, url, original_url,
    address_doubt, address_doubt_en, file, file_sha256, document_number, published_on, retrieved_on, is_public, note,
    note_en)
VALUES (%s, %s, %s, '', %s, '', %s, '', '', '', %s, %s, '', %s, %s, FALSE, '', '') RETURNING id
"""
_VERSION = """
INSERT INTO projects_sourceevent (pgh_created_at, pgh_label, pgh_context_id, pgh_obj_id, id, created_at, updated_at,
    slug, kind, jurisdiction_id, title, title_en, publisher, publisher_en, url, original_url, address_doubt,
    address_doubt_en, file, file_sha256, document_number, published_on, retrieved_on, report_id, is_public, note,
    note_en)
SELECT coalesce(%(at)s::timestamptz, s.created_at), %(label)s, %(context)s, s.id, s.id, s.created_at, s.updated_at,
    s.slug, s.kind, s.jurisdiction_id, s.title, s.title_en, %(publisher)s, s.publisher_en, %(url)s, s.original_url,
    s.address_doubt, s.address_doubt_en, %(file)s, s.file_sha256, s.document_number, %(published_on)s,
    s.retrieved_on, s.report_id, s.is_public, s.note, s.note_en
  FROM projects_source AS s WHERE s.id = %(source)s
"""
# What follows from the rows themselves. New columns of loaded rows count as loaded, so that the next load may fill them.
_VALUES = """
UPDATE projects_evidence AS e
   SET coverage = CASE c.milestone WHEN 'level' THEN 'level' ELSE 'cumulative' END, bound = 'eq', updated_at = now()
  FROM projects_commitment AS c
 WHERE c.id = e.commitment_id AND e.reported_value IS NOT NULL;
UPDATE projects_evidence AS e SET source_kind = evidence_speaker(e.commitment_id, e.achievement_id, e.source_id),
       updated_at = now()
 WHERE e.source_kind <> evidence_speaker(e.commitment_id, e.achievement_id, e.source_id);
UPDATE projects_evidence AS e
   SET seeded = e.seeded - 'source_kind' || jsonb_build_object(
       'quote', e.quote, 'place', e.place, 'item_number', e.item_number, 'official_word', e.official_word,
       'happened_on', e.happened_on, 'happened_precision', e.happened_precision, 'coverage', e.coverage,
       'value_from', e.value_from, 'bound', e.bound, 'is_forecast', e.is_forecast, 'delay_reason', e.delay_reason,
       'announced_on', e.announced_on)
 WHERE e.seeded IS NOT NULL;
UPDATE projects_commitment AS c SET status_as_of = e.as_of
  FROM projects_evidence AS e WHERE e.id = c.status_evidence_id;
UPDATE projects_commitment SET reported_bound = 'eq' WHERE reported_value IS NOT NULL;
"""
# A flag that no longer follows is cleared with its event; the next sweep sets those that rest on evidence.
_FLAGS = """
UPDATE projects_commitment SET overdue_basis = 'none' WHERE overdue_since IS NOT NULL;
WITH stale AS (
    SELECT id, overdue_since FROM projects_commitment WHERE overdue_since IS NOT NULL AND outcome <> 'open'
),
cleared AS (
    UPDATE projects_commitment AS c SET overdue_since = NULL, overdue_basis = '' FROM stale WHERE stale.id = c.id
    RETURNING c.id, stale.overdue_since
)
INSERT INTO projects_overdueevent (commitment_id, kind, "on", overdue_since, basis)
SELECT id, 'cleared', (now() AT TIME ZONE 'Asia/Shanghai')::date, overdue_since, 'none' FROM cleared;
"""
_RECOUNT = """
TRUNCATE projects_commitmenttally;
INSERT INTO projects_commitmenttally (year, category, status, outcome, due_basis, due_on, commitments)
SELECT year, category, status, outcome, due_basis, due_on, count(*)
  FROM projects_commitment WHERE is_public GROUP BY year, category, status, outcome, due_basis, due_on;
"""


def _sha256(name: str) -> str:
    """Return the checksum of a stored file; empty when it is gone."""
    if not name or not default_storage.exists(name):
        return ""
    with default_storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _states(versions: list[list[Any]], now: list[Any]) -> list[list[Any]]:
    """Return the versions in which url, file, publisher or day changed; the present one last."""
    states: list[list[Any]] = []
    for version in versions:
        if not states or states[-1][:4] != version[:4]:
            states.append(version)
    if not states or states[-1][:4] != now:
        states.append([*now, None, None])
    return states


def make_sources(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give all evidence of a page or a file its source."""
    evidence = apps.get_model("projects", "Evidence")._default_manager.using(schema_editor.connection.alias)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_OLD)
        shared: dict[Any, int] = {}
        taken: set[tuple[int, int]] = set()
        for pk, commitment, place, speaker, url, file, publisher, day, retrieved, versions in cursor.fetchall():
            states = _states(versions, [url, file, publisher, day and day.isoformat()])
            key = (place, speaker, tuple(states[0][:4])) if len(states) == 1 else pk
            source = shared.get(key)
            if source is None or (source, commitment) in taken:
                kind = "official_page" if speaker == "official_claim" else "audit"
                name = publisher or url or file
                columns = [kind, place, name[:300], name[:120], url, file, _sha256(file), day, retrieved]
                cursor.execute(_SOURCE, columns)
                (source,) = cursor.fetchone()
                shared[key] = source
                _write_versions(cursor.execute, source, states)
            taken.add((source, commitment))
            evidence.filter(pk=pk).update(source_id=source, updated_at=Now())


def _write_versions(execute: Callable[..., Any], source: int, states: list[list[Any]]) -> None:
    for place, (url, file, publisher, day, at, context) in enumerate(states):
        values = {"url": url, "file": file, "publisher": (publisher or url or file)[:120], "published_on": day}
        label = "update" if place else "insert"
        execute(_VERSION, {**values, "at": at, "context": context, "label": label, "source": source})


class Migration(migrations.Migration):
    dependencies = [("projects", "0017_sources_and_outcomes")]

    operations = [
        migrations.RunPython(make_sources, migrations.RunPython.noop),
        migrations.RunSQL(_VALUES, migrations.RunSQL.noop),
        migrations.RunSQL(_FLAGS, migrations.RunSQL.noop),
        migrations.RunSQL(_RECOUNT, migrations.RunSQL.noop),
    ]
