"""Each constraint and trigger of the database has its words, and an error of the database finds them."""

from typing import Any

import pytest
from django.db import Error, connection, transaction

from projects.choices import ReportState, RunState, Status
from projects.constraint_messages import CONSTRAINT_MESSAGES, message_for
from tests import factories

pytestmark = pytest.mark.django_db

# Tables that the program keeps for itself: search, totals, versions.
PROGRAM = ("words", "tally", "event", "version", "secondanswer")


def test_every_constraint_of_a_table_that_curators_edit_has_its_words() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, relname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
            " WHERE relname LIKE 'projects\\_%' AND contype IN ('c', 'u', 'f')"
            " UNION SELECT i.relname, t.relname FROM pg_index JOIN pg_class i ON i.oid = indexrelid"
            " JOIN pg_class t ON t.oid = indrelid"
            " WHERE indisunique AND NOT indisprimary AND t.relname LIKE 'projects\\_%'"
        )
        names = {name for name, table in cursor.fetchall() if not table.endswith(PROGRAM)}
    # Keys to one other table, and numbers that must not be negative, are checked by Django's own fields.
    own = {name for name in names if "_fk_" not in name and not name.endswith("_check")}
    assert own - set(CONSTRAINT_MESSAGES) == set()


def test_every_name_in_the_list_is_one_of_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'")
        known = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT string_agg(prosrc, '') FROM pg_proc WHERE proname LIKE 'pgtrigger%'")
        triggers = cursor.fetchone()[0]
    spoken = {name for name in CONSTRAINT_MESSAGES if name not in known}
    assert {name for name in spoken if name not in triggers and not name.endswith("_quote_is_in_report")} == set()


def broken(statement: str, *values: Any) -> Error:
    """Return the error that a statement runs into."""
    with pytest.raises(Error) as caught, transaction.atomic():
        _run(statement, values)
    return caught.value


def _run(statement: str, values: tuple[Any, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        # What would only be checked at the end of the transaction is checked now.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


BARE: list[tuple[str, Any, str]] = [
    ("commitment_has_a_title", factories.CommitmentFactory, "title = ''"),
    ("achievement_has_a_title", factories.AchievementFactory, "title = ''"),
    ("commitment_confidence_is_a_share", factories.CommitmentFactory, "confidence = 2"),
    ("achievement_confidence_is_a_share", factories.AchievementFactory, "confidence = 2"),
    ("commitment_category_is_known", factories.CommitmentFactory, "category = 'x'"),
    ("achievement_category_is_known", factories.AchievementFactory, "category = 'x'"),
    ("commitment_milestone_is_known", factories.CommitmentFactory, "milestone = 'x'"),
    ("achievement_milestone_is_known", factories.AchievementFactory, "milestone = 'x'"),
    ("commitment_comparator_is_known", factories.CommitmentFactory, "quantity = 1, unit = '', comparator = 'x'"),
    ("achievement_comparator_is_known", factories.AchievementFactory, "quantity = 1, unit = '', comparator = 'x'"),
    ("commitment_review_state_is_known", factories.CommitmentFactory, "review_state = 'x'"),
    ("achievement_review_state_is_known", factories.AchievementFactory, "review_state = 'x'"),
    ("commitment_origin_is_known", factories.CommitmentFactory, "origin = 'x'"),
    ("achievement_origin_is_known", factories.AchievementFactory, "origin = 'x'"),
    ("commitment_due_basis_is_known", factories.CommitmentFactory, "due_basis = 'x'"),
    ("commitment_due_on_is_plausible", factories.CommitmentFactory, "due_on = '9999-12-31'"),
    ("commitment_status_has_evidence", factories.CommitmentFactory, "status = 'completed'"),
    ("commitment_copies_its_report", factories.CommitmentFactory, "year = 1999"),
    ("achievement_copies_its_report", factories.AchievementFactory, "year = 1999"),
    ("projects_commitment_quote_is_in_report", factories.CommitmentFactory, "quote = 'x'"),
    ("projects_achievement_quote_is_in_report", factories.AchievementFactory, "quote = 'x'"),
    ("jurisdiction_code_is_six_digits", factories.JurisdictionFactory, "code = 'x'"),
    ("jurisdiction_level_is_known", factories.JurisdictionFactory, "level = 'x'"),
    ("project_category_is_known", factories.ProjectFactory, "category = 'x'"),
    ("project_review_state_is_known", factories.ProjectFactory, "review_state = 'x'"),
    ("restatement_phase_is_known", factories.RestatementFactory, "phase = 'x'"),
    ("restatement_confidence_is_known", factories.RestatementFactory, "confidence = 'x'"),
    ("restatement_review_state_is_known", factories.RestatementFactory, "review_state = 'x'"),
    ("report_year_is_plausible", factories.ReportFactory, "year = 1900"),
    ("report_state_is_known", factories.ReportFactory, "state = 'x'"),
    ("report_sha256_belongs_to_text", factories.ReportFactory, "sha256 = repeat('0', 64)"),
    ("report_text_stays_under_statements", factories.ReportFactory, "text = text || 'x'"),
    ("evidence_verdict_is_known", factories.EvidenceFactory, "verdict = 'x'"),
    ("source_kind_is_known", factories.SourceFactory, "kind = 'x'"),
    ("source_days_are_plausible", factories.SourceFactory, "published_on = '9999-12-31'"),
    ("evidence_confidence_is_known", factories.EvidenceFactory, "confidence = 'x'"),
    ("evidence_review_state_is_known", factories.EvidenceFactory, "review_state = 'x'"),
    ("responsibility_role_is_known", factories.ResponsibilityFactory, "role = 'x'"),
    ("department_is_merged_into_another", factories.DepartmentFactory, "merged_into_id = id"),
    ("row_link_score_is_a_share", factories.RowLinkFactory, "score = 2"),
    ("row_link_review_state_is_known", factories.RowLinkFactory, "review_state = 'x'"),
    ("run_has_a_source", factories.ExtractionRunFactory, "report_id = NULL"),
    ("run_state_is_known", factories.ExtractionRunFactory, "state = 'x'"),
    ("run_progress_is_a_percentage", factories.ExtractionRunFactory, "progress = 101"),
    ("run_failure_has_a_reason", factories.ExtractionRunFactory, "state = 'failed'"),
    ("run_at_work_has_a_heartbeat", factories.ExtractionRunFactory, "state = 'reading'"),
]


@pytest.mark.parametrize(("name", "factory", "change_to"), BARE, ids=[name for name, *_ in BARE])
def test_the_database_s_own_word_is_explained(name: str, factory: Any, change_to: str) -> None:
    row = factory.create()
    if name == "report_text_stays_under_statements":
        factories.CommitmentFactory.create(report=row)
        change_to += ", sha256 = encode(sha256(convert_to(text || 'x', 'UTF8')), 'hex')"
    table, key = row._meta.db_table, row._meta.pk.column
    error = broken(f"UPDATE {table} SET {change_to} WHERE {key} = %s", row.pk)
    assert message_for(error) == CONSTRAINT_MESSAGES[name]


def test_a_status_whose_evidence_is_taken_back_is_explained() -> None:
    evidence = factories.EvidenceFactory.create()
    evidence.commitment.record_status(Status.COMPLETED, evidence=evidence, effective_on=evidence.as_of)
    error = broken("UPDATE projects_evidence SET review_state = 'rejected' WHERE id = %s", evidence.pk)
    assert message_for(error) == CONSTRAINT_MESSAGES["commitment_status_rests_on_accepted_evidence"]


def test_second_rows_are_explained() -> None:
    report = factories.ReportFactory.create()
    twin = factories.ReportFactory.create(jurisdiction=report.jurisdiction, year=2020, state=ReportState.WITHDRAWN)
    error = broken("UPDATE projects_report SET year = 2021, state = 'draft' WHERE id = %s", twin.pk)
    assert message_for(error) == CONSTRAINT_MESSAGES["report_is_the_only_one_of_its_government_and_year"]
    error = broken(
        "UPDATE projects_report SET text = %s, sha256 = %s WHERE id = %s", report.text, report.sha256, twin.pk
    )
    assert message_for(error) == CONSTRAINT_MESSAGES["projects_report_sha256_key"]
    for key in ("report", "file"):
        source = report if key == "report" else factories.ReportFileFactory.create()
        run = factories.ExtractionRunFactory.create(**{"report": None, key: source})
        done = factories.ExtractionRunFactory.create(**{"report": None, key: source}, state=RunState.DONE)
        error = broken("UPDATE projects_extractionrun SET state = %s WHERE id = %s", run.state, done.pk)
        assert message_for(error) == CONSTRAINT_MESSAGES[f"run_is_the_only_one_of_its_{key}"]


def test_a_file_kept_twice_is_explained() -> None:
    first, second = factories.ReportFileFactory.create_batch(2)
    error = broken("UPDATE projects_reportfile SET content = %s WHERE id = %s", bytes(first.content), second.pk)
    assert message_for(error) == CONSTRAINT_MESSAGES["report_file_is_kept_once"]


def test_deleting_is_explained() -> None:
    evidence = factories.EvidenceFactory.create()
    for row in (evidence, evidence.commitment, evidence.commitment.report):
        error = broken(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)
        assert "不删除" in str(message_for(error).message)
