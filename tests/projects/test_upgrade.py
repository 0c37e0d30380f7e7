"""An installation of the version before sources is upgraded with all its rows and all their versions."""

import os
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from projects import changes, integrity
from projects.models import Commitment, CommitmentTally, DatasetVersion, Evidence, OverdueEvent, Source, StatusChange

# One database for all of them.
pytestmark = pytest.mark.xdist_group("upgrade")

BEFORE = "0015_projects_of_statements"
TEXT = "建成第一中学。达到百分之五十五。开工建设码头。"

# What a desk of that version held: pages and a file as evidence, the same page for two promises, a corrected publisher,
# a claim wrongly called independent, a status, a reason written by hand, and a flag of the sweep.
ROWS = """
INSERT INTO projects_jurisdiction (code, name, name_en, pinyin, level, created_at, updated_at, seeded)
VALUES ('510199', '某区', 'District', 'mou qu', 'county', now(), now(), '{"name": "某区"}');
INSERT INTO projects_report (id, jurisdiction_id, year, title, title_en, session, session_en, document_number,
    publisher, publisher_en, source_url, text, sha256, outline, state, created_at, updated_at)
SELECT y, '510199', y, y || '年报告', '', '', '', '', '', '', '', '<text>' || y,
    encode(sha256(convert_to('<text>' || y, 'UTF8')), 'hex'), '[]', 'published', now(), now()
  FROM unnest(ARRAY[2021, 2022]) AS y;
INSERT INTO projects_commitment (id, report_id, jurisdiction_id, year, report_state, start, "end", quote, section,
    title, title_en, category, milestone, quantity, unit, comparator, names, review_state, origin, rules,
    extractor_version, due_on, due_basis, status, delay_reason, delay_note, created_at, updated_at)
SELECT n, 2021, '510199', 2021, 'published', first, beyond, substr('<text>', first + 1, beyond - first),
    '', '标题', '',
    'education', milestone, quantity, unit, comparator, '{}', 'published', 'hand', '{}', '',
    '2021-12-31', 'stated', 'not_assessed', reason, '', now(), now()
  FROM (VALUES (1, 0, 6, 'complete', NULL::numeric, NULL, NULL, ''),
               (2, 7, 15, 'level', 55, '%', 'gte', ''),
               (3, 16, 22, 'start', NULL, NULL, NULL, 'land')) AS v (n, first, beyond, milestone, quantity, unit,
                                                                    comparator, reason);
INSERT INTO projects_achievement (id, report_id, jurisdiction_id, year, report_state, start, "end", quote, section,
    title, title_en, category, milestone, names, review_state, origin, rules, extractor_version, period_end, created_at,
    updated_at)
VALUES (1, 2022, '510199', 2022, 'published', 0, 6, '建成第一中学', '', '标题', '', 'education', 'complete', '{}',
    'published', 'hand', '{}', '', '2021-12-31', now(), now());
INSERT INTO projects_evidence (id, commitment_id, achievement_id, url, file, publisher, published_on, source_kind,
    verdict, as_of, reported_value, note, note_en, confidence, review_state, created_at, updated_at, seeded)
VALUES (1, 1, 1, '', '', '', NULL, 'independent', 'completed', '2021-12-31', NULL, '', '', 'high', 'accepted', now(),
        now(), '{"verdict": "completed", "source_kind": "independent"}'),
       (2, 1, NULL, 'https://a.example/1', '', '日报', '2022-01-05', 'independent', 'completed', '2021-12-20', NULL, '',
        '', 'high', 'accepted', now(), now(), NULL),
       (3, 2, NULL, 'https://a.example/1', '', '日报', '2022-01-05', 'independent', 'in_progress', '2021-06-30', 42, '',
        '', 'high', 'accepted', now(), now(), NULL),
       (4, 2, NULL, 'https://a.example/1', '', '日报', '2022-01-05', 'independent', 'partial', '2021-06-30', NULL, '',
        '', 'high', 'proposed', now(), now(), NULL),
       (5, 3, NULL, '', 'evidence/2022/a.pdf', '办公室', '2022-02-10', 'official_claim', 'in_progress', '2022-02-10',
        NULL, '', '', 'high', 'accepted', now(), now(), NULL);
UPDATE projects_evidence SET publisher = '政府办公室' WHERE id = 5;
UPDATE projects_commitment SET status = 'completed', status_evidence_id = 2, status_since = '2021-12-20' WHERE id = 1;
UPDATE projects_commitment SET status = 'in_progress', status_evidence_id = 5, status_since = '2022-02-10' WHERE id = 3;
INSERT INTO projects_statuschange (commitment_id, from_status, to_status, effective_on, reason_code, note, note_en,
    evidence_id, recorded_at)
VALUES (1, 'not_assessed', 'completed', '2021-12-20', '', '', '', 2, now()),
       (3, 'not_assessed', 'in_progress', '2022-02-10', '', '', '', 5, now());
UPDATE projects_commitment SET overdue_since = '2022-01-01' WHERE id IN (2, 3);
INSERT INTO projects_overdueevent (commitment_id, kind, "on", overdue_since)
VALUES (2, 'flagged', '2022-01-01', '2022-01-01'), (3, 'flagged', '2022-01-01', '2022-01-01');
""".replace("<text>", TEXT)


@pytest.fixture(scope="module")
def upgraded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    """A database that was filled at the schema before and then upgraded; how many versions each row had then."""
    settings = connection.settings_dict
    tests, name = settings["NAME"], f"upgrade_{os.getpid()}"
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        connection.close()
        settings["NAME"] = name
        try:
            executor = MigrationExecutor(connection)
            others = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "projects"]
            executor.migrate([*others, ("projects", BEFORE)])
            with connection.cursor() as cursor:
                cursor.execute(ROWS)
                cursor.execute("SELECT pgh_obj_id, count(*) FROM projects_evidenceevent GROUP BY 1")
                versions = {str(pk): number for pk, number in cursor.fetchall()}
            call_command("migrate", verbosity=0)
            yield versions
        finally:
            connection.close()
            settings["NAME"] = tests
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}"')


def rows(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: list[Any] = cursor.fetchall()
        return found


@pytest.fixture
def upgrade(upgraded: dict[str, int], django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    with django_db_blocker.unblock():
        yield upgraded


def test_every_row_is_there(upgrade: dict[str, int]) -> None:
    assert Commitment.objects.count() == 3
    assert Evidence.objects.count() == 5
    assert StatusChange.objects.count() == 2


def test_pages_and_files_are_sources_told_once_a_promise(upgrade: dict[str, int]) -> None:
    one, two, three, four, five = Evidence.objects.order_by("pk").select_related("source")
    assert one.source is None
    assert two.source == three.source != four.source
    assert [row.source and row.source.url for row in (two, three, four)] == ["https://a.example/1"] * 3
    assert two.source is not None
    assert (two.source.kind, two.source.publisher, two.source.title) == ("audit", "日报", "日报")
    assert five.source is not None
    assert (five.source.file.name, five.source.kind) == ("evidence/2022/a.pdf", "official_page")
    assert (five.source.publisher, five.source.jurisdiction_id) == ("政府办公室", "510199")
    assert all(source.retrieved_on for source in Source.objects.all())


def test_who_speaks_follows_from_the_source(upgrade: dict[str, int]) -> None:
    speakers = list(Evidence.objects.order_by("pk").values_list("speaker", flat=True))
    assert speakers == ["official_claim", "independent", "independent", "independent", "official_claim"]


def test_every_version_is_there_also_of_what_moved(upgrade: dict[str, int]) -> None:
    now = {str(pk): number for pk, number in rows("SELECT pgh_obj_id, count(*) FROM projects_evidenceevent GROUP BY 1")}
    assert all(now[pk] >= number for pk, number in upgrade.items())
    told = rows(
        "SELECT v.pgh_label, v.publisher FROM projects_sourceevent AS v"
        " JOIN projects_evidence AS e ON e.source_id = v.id WHERE e.id = 5 ORDER BY v.pgh_id"
    )
    assert told == [("insert", "办公室"), ("update", "政府办公室")]


def test_the_history_agrees_with_the_rows(upgrade: dict[str, int]) -> None:
    assert [fault for table in integrity.verify(limit=10) for fault in table.first] == []


def test_values_say_what_they_cover(upgrade: dict[str, int]) -> None:
    row = Evidence.objects.get(pk=3)
    assert (row.reported_value, row.coverage, row.bound) == (Decimal(42), "level", "eq")
    promise = Commitment.objects.get(pk=2)
    assert (promise.reported_value, promise.reported_bound, promise.outcome) == (Decimal(42), "eq", "open")


def test_what_became_of_each_is_told(upgrade: dict[str, int]) -> None:
    found = list(Commitment.objects.order_by("pk").values_list("outcome", "status_as_of", "delay_reason"))
    assert [outcome for outcome, _, _ in found] == ["kept", "open", "kept"]
    assert [str(day) for _, day, _ in found] == ["2021-12-20", "None", "2022-02-10"]
    # A reason that a person wrote stays until the next transition tells another.
    assert [reason for _, _, reason in found] == ["", "", "land"]
    counted = CommitmentTally.objects.filter(commitments__gt=0).values_list("outcome", "commitments")
    assert sorted(counted) == [("kept", 1), ("kept", 1), ("open", 1)]


def test_a_flag_that_no_longer_follows_is_cleared_with_its_event(upgrade: dict[str, int]) -> None:
    assert list(Commitment.objects.exclude(overdue_basis="").values_list("pk", "overdue_basis")) == [(2, "none")]
    last = OverdueEvent.objects.order_by("pk").last()
    assert last is not None
    assert (last.commitment_id, last.kind, last.basis) == (3, "cleared", "none")


def test_new_columns_of_loaded_rows_count_as_loaded(upgrade: dict[str, int]) -> None:
    seeded = Evidence.objects.get(pk=1).seeded
    assert seeded is not None
    assert (seeded["coverage"], seeded["happened_on"]) == ("", None)
    assert "source_kind" not in seeded


def test_the_ledger_begins_with_all_that_is_public_at_the_present_version(upgrade: dict[str, int]) -> None:
    version = DatasetVersion.objects.get().number
    told = rows("SELECT resource, key FROM projects_publicchange ORDER BY 1, 2")
    assert {("commitments", "3"), ("evidence", "2"), ("reports", "510199-2021"), ("jurisdictions", "510199")} <= {*told}
    # Evidence 4 is only proposed.
    assert ("evidence", "4") not in told
    assert rows("SELECT DISTINCT version, removed FROM projects_publicchange") == [(version, False)]
    # Nothing is missing and nothing too much.
    assert changes.reconcile() == 0
