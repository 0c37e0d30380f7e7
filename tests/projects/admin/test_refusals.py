"""Each constraint and trigger of the database: what a curator who runs into it gets to read, and at which field."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse

from projects.admin.refusals import REFUSALS, explain
from projects.choices import Comparator, ReportState, RunState, Status
from projects.models import Jurisdiction
from tests import factories
from tests.projects.admin.posting import errors_of, post_form

pytestmark = pytest.mark.django_db

# Tables that the program keeps for itself: search, totals, versions.
PROGRAM = ("words", "tally", "event", "version")


def change(row: Any) -> str:
    return reverse(f"admin:projects_{row._meta.model_name}_change", args=[row.pk])


def add(model: str, query: str = "") -> str:
    return reverse(f"admin:projects_{model}_add") + query


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
    assert own - set(REFUSALS) == set()


def test_every_name_in_the_list_is_one_of_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'")
        known = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT string_agg(prosrc, '') FROM pg_proc WHERE proname LIKE 'pgtrigger%'")
        triggers = cursor.fetchone()[0]
    spoken = {name for name in REFUSALS if name not in known}
    assert {name for name in spoken if name not in triggers and not name.endswith("_quote_is_in_report")} == set()


Case = tuple[str, Callable[[Client], Any], str]


def _same_span(factory: Any) -> Callable[[Client], Any]:
    def send(desk: Client) -> Any:
        row = factory.create(position=1)
        other = factory.create(report=row.report, position=2)
        return post_form(desk, change(row), start=other.start, end=other.end, quote=other.quote)

    return send


def _changed(factory: Any, **values: Any) -> Callable[[Client], Any]:
    def send(desk: Client) -> Any:
        return post_form(desk, change(factory.create()), **values)

    return send


def _own_parent(desk: Client) -> Any:
    place = factories.JurisdictionFactory.create()
    return post_form(desk, change(place), parent=place.pk)


def _same_department(desk: Client) -> Any:
    first = factories.DepartmentFactory.create()
    second = factories.DepartmentFactory.create(jurisdiction=first.jurisdiction)
    return post_form(desk, change(second), name=first.name)


def _same_restatement(desk: Client) -> Any:
    first = factories.RestatementFactory.create()
    second = factories.RestatementFactory.create(earlier=first.earlier)
    return post_form(desk, change(second), later=first.later_id)


def _restated_by_itself(desk: Client) -> Any:
    row = factories.RestatementFactory.create()
    return post_form(desk, change(row), later=row.earlier_id)


def _second_report_of_the_year(desk: Client) -> Any:
    first = factories.ReportFactory.create(year=2021)
    second = factories.ReportFactory.create(year=2022, jurisdiction=first.jurisdiction)
    return post_form(desk, change(second), year=2021)


def _told_twice(desk: Client) -> Any:
    place = factories.JurisdictionFactory.create(code="500112")
    claim = factories.AchievementFactory.create(report__year=2022, report__jurisdiction=place)
    first = factories.EvidenceFactory.create(achievement=claim, commitment__report__jurisdiction=place)
    second = factories.EvidenceFactory.create(commitment=first.commitment)
    return post_form(desk, change(second), achievement=claim.pk, source="")


def _source_twice(desk: Client) -> Any:
    first = factories.EvidenceFactory.create()
    second = factories.EvidenceFactory.create(commitment=first.commitment)
    return post_form(desk, change(second), source=first.source_id)


def _source_again(desk: Client) -> Any:
    first = factories.EvidenceFactory.create()
    values = {"source": first.source_id, "verdict": "completed", "as_of": "2021-12-20"}
    return post_form(desk, add("evidence", f"?commitment={first.commitment_id}"), **values)


def _status_without_its_ground(desk: Client) -> Any:
    row = factories.EvidenceFactory.create()
    row.commitment.record_status(Status.COMPLETED, evidence=row, effective_on=row.as_of)
    return post_form(desk, change(row), verdict="in_progress")


def _succession_to_itself(desk: Client) -> Any:
    row = factories.SuccessionFactory.create()
    return post_form(desk, change(row), successor=row.predecessor_id)


def _same_succession(desk: Client) -> Any:
    first = factories.SuccessionFactory.create()
    places = {"predecessor": first.predecessor, "successor": first.successor}
    second = factories.SuccessionFactory.create(**places, on="2024-01-01")
    return post_form(desk, change(second), on=first.on)


def _two_roles(desk: Client) -> Any:
    first = factories.ResponsibilityFactory.create()
    second = factories.ResponsibilityFactory.create(commitment=first.commitment)
    return post_form(desk, change(second), department=first.department_id)


FALL = {"quantity": "-2", "unit": "%", "comparator": Comparator.EQ}
CASES: list[Case] = [
    ("commitment_span_is_unique", _same_span(factories.CommitmentFactory), "quote"),
    ("achievement_span_is_unique", _same_span(factories.AchievementFactory), "quote"),
    ("commitment_span_is_not_empty", _changed(factories.CommitmentFactory, start=30, end=20), "end"),
    ("achievement_span_is_not_empty", _changed(factories.AchievementFactory, start=30, end=20), "end"),
    ("commitment_figure_is_whole", _changed(factories.CommitmentFactory, quantity=4, unit="所"), "quantity"),
    ("commitment_figure_is_whole", _changed(factories.CommitmentFactory, comparator=Comparator.EQ), "quantity"),
    ("achievement_figure_is_whole", _changed(factories.AchievementFactory, unit="所"), "quantity"),
    ("commitment_quantity_is_not_negative", _changed(factories.CommitmentFactory, **FALL), "quantity"),
    ("achievement_quantity_is_not_negative", _changed(factories.AchievementFactory, **FALL), "quantity"),
    ("jurisdiction_is_not_its_own_parent", _own_parent, "parent"),
    ("department_name_is_unique_in_its_government", _same_department, "name"),
    ("restatement_is_told_once", _same_restatement, "later"),
    ("restatement_is_of_another_commitment", _restated_by_itself, "later"),
    ("report_is_the_only_one_of_its_government_and_year", _second_report_of_the_year, "year"),
    ("evidence_of_an_achievement_is_told_once", _told_twice, "achievement"),
    ("evidence_of_a_source_is_told_once", _source_twice, "source"),
    ("evidence_of_a_source_is_told_once", _source_again, "source"),
    ("evidence_has_a_source", _changed(factories.EvidenceFactory, source=""), "source"),
    ("evidence_happened_to_a_precision", _changed(factories.EvidenceFactory, happened_on="2021-12-01"), "happened_on"),
    ("evidence_happened_to_a_precision", _changed(factories.EvidenceFactory, happened_precision="day"), "happened_on"),
    ("evidence_value_is_whole", _changed(factories.EvidenceFactory, bound="eq"), "reported_value"),
    ("commitment_status_agrees_with_evidence", _status_without_its_ground, "verdict"),
    ("source_can_be_found", _changed(factories.SourceFactory, url=""), "url"),
    ("source_on_the_web_has_its_day", _changed(factories.SourceFactory, retrieved_on=""), "retrieved_on"),
    ("source_meets_no_more_than_all_indicators", _changed(factories.SourceFactory, indicators_met=7), "indicators_met"),
    (
        "source_does_no_more_than_all_tasks",
        _changed(factories.SourceFactory, tasks_total=106, tasks_done=107),
        "tasks_done",
    ),
    ("succession_names_one_successor", _changed(factories.SuccessionFactory, successor=""), "successor"),
    ("succession_names_one_successor", _changed(factories.SuccessionFactory, successor_name="两江新区"), "successor"),
    ("succession_is_to_another_government", _succession_to_itself, "successor"),
    ("succession_is_told_once", _same_succession, "on"),
    (
        "jurisdiction_ends_after_it_begins",
        _changed(factories.JurisdictionFactory, valid_from="2020-01-02", valid_until="2020-01-01"),
        "valid_until",
    ),
    ("responsibility_is_told_once", _two_roles, "department"),
]


@pytest.mark.parametrize(("name", "send", "field"), CASES, ids=[f"{name}-{n}" for n, (name, *_) in enumerate(CASES)])
def test_a_constraint_speaks_at_its_field(desk: Client, name: str, send: Callable[[Client], Any], field: str) -> None:
    assert str(REFUSALS[name].message) in errors_of(send(desk))[field]


STATEMENT = {"title": " ", "category": "cats", "milestone": "x", "comparator": "x", "quantity": "1e30", "start": -1}
WRONG: list[tuple[Any, dict[str, Any]]] = [
    (factories.CommitmentFactory, {**STATEMENT, "due_basis": "x", "due_on": "2021-02-30", "project": 999_999}),
    (factories.CommitmentFactory, {"title": "a\0b", "names": "长" * 121, "end": 10**12, "unit": "长" * 21}),
    (factories.CommitmentFactory, {"quote": "没有的话"}),
    (factories.AchievementFactory, {**STATEMENT, "period_end": "x"}),
    (factories.AchievementFactory, {"quote": "没有的话"}),
    (factories.CommitmentFactory, {"due_on": "9999-12-31", "last_verified_on": "2190-01-01"}),
    (factories.CommitmentFactory, {"due_on": "2019-12-31"}),
    (factories.AchievementFactory, {"period_end": "2190-01-01"}),
    (factories.ReportFactory, {"delivered_on": "2190-01-01"}),
    (factories.EvidenceFactory, {"as_of": "2190-01-01", "happened_on": "0001-01-01"}),
    (factories.EvidenceFactory, {"as_of": "x", "reported_value": "x", "value_from": "x", "announced_on": "x"}),
    (factories.SourceFactory, {"published_on": "2190-01-01", "retrieved_on": "0001-01-01", "kind": "x", "url": "no"}),
    (factories.JurisdictionFactory, {"level": "x", "name": ""}),
    (factories.ProjectFactory, {"category": "x", "slug": "a b", "jurisdiction": "x"}),
    (factories.ReportFactory, {"year": 1900, "title": "", "source_url": "no address"}),
    (
        factories.EvidenceFactory,
        {"verdict": "not_assessed", "coverage": "x", "bound": "x", "confidence": "x", "delay_reason": "x", "source": 0},
    ),
    (factories.RestatementFactory, {"phase": "x", "confidence": "x"}),
    (factories.ResponsibilityFactory, {"role": "x", "department": ""}),
]


@pytest.mark.parametrize(("factory", "wrong"), WRONG)
def test_what_a_field_cannot_hold_is_refused_there(desk: Client, factory: Any, wrong: dict[str, Any]) -> None:
    assert set(errors_of(post_form(desk, change(factory.create()), **wrong))) >= set(wrong)


def test_a_later_commitment_of_an_earlier_report_is_refused(desk: Client) -> None:
    row = factories.RestatementFactory.create(later__report__year=2025, earlier__report__year=2021)
    sent = post_form(desk, change(row), earlier=row.later_id, later=row.earlier_id)
    assert set(errors_of(sent)) == {"later"}


def test_an_address_that_is_taken_is_refused(desk: Client) -> None:
    first, second = factories.ProjectFactory.create_batch(2)
    assert set(errors_of(post_form(desk, change(second), slug=first.slug))) == {"slug"}


def test_a_span_beyond_the_report_is_refused(desk: Client) -> None:
    row = factories.CommitmentFactory.create()
    assert set(errors_of(post_form(desk, change(row), start=99_999, end=100_003))) == {"quote"}


def test_a_code_that_is_no_code_is_refused(desk: Client) -> None:
    response = post_form(desk, add("jurisdiction"), code="50011", name="某区", level="county")
    assert "code" in errors_of(response)


def test_a_code_that_is_taken_is_refused_not_overwritten(desk: Client) -> None:
    place = factories.JurisdictionFactory.create(name="原名区")
    response = post_form(desk, add("jurisdiction"), code=place.pk, name="新名区", level="county")
    assert "code" in errors_of(response)
    assert Jurisdiction.objects.get(pk=place.pk).name == "原名区"


def test_a_department_told_twice_on_a_commitment_is_refused_in_its_row(desk: Client) -> None:
    row = factories.ResponsibilityFactory.create()
    extra = {"responsibilities-TOTAL_FORMS": 2, "responsibilities-1-department": row.department_id}
    response = post_form(desk, change(row.commitment), **extra, **{"responsibilities-1-role": "lead"})
    assert response.status_code == 200
    formset = response.context["inline_admin_formsets"][0].formset
    assert "重复" in str(formset.non_form_errors())


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
    assert explain(error) == REFUSALS[name]


def test_a_status_whose_evidence_is_taken_back_is_explained() -> None:
    evidence = factories.EvidenceFactory.create()
    evidence.commitment.record_status(Status.COMPLETED, evidence=evidence, effective_on=evidence.as_of)
    error = broken("UPDATE projects_evidence SET review_state = 'rejected' WHERE id = %s", evidence.pk)
    assert explain(error) == REFUSALS["commitment_status_rests_on_accepted_evidence"]


def test_second_rows_are_explained() -> None:
    report = factories.ReportFactory.create()
    twin = factories.ReportFactory.create(jurisdiction=report.jurisdiction, year=2020, state=ReportState.WITHDRAWN)
    error = broken("UPDATE projects_report SET year = 2021, state = 'draft' WHERE id = %s", twin.pk)
    assert explain(error) == REFUSALS["report_is_the_only_one_of_its_government_and_year"]
    error = broken(
        "UPDATE projects_report SET text = %s, sha256 = %s WHERE id = %s", report.text, report.sha256, twin.pk
    )
    assert explain(error) == REFUSALS["projects_report_sha256_key"]
    for key in ("report", "file"):
        source = report if key == "report" else factories.ReportFileFactory.create()
        run = factories.ExtractionRunFactory.create(**{"report": None, key: source})
        done = factories.ExtractionRunFactory.create(**{"report": None, key: source}, state=RunState.DONE)
        error = broken("UPDATE projects_extractionrun SET state = %s WHERE id = %s", run.state, done.pk)
        assert explain(error) == REFUSALS[f"run_is_the_only_one_of_its_{key}"]


def test_a_file_kept_twice_is_explained() -> None:
    first, second = factories.ReportFileFactory.create_batch(2)
    error = broken("UPDATE projects_reportfile SET content = %s WHERE id = %s", bytes(first.content), second.pk)
    assert explain(error) == REFUSALS["report_file_is_kept_once"]


def test_deleting_is_explained() -> None:
    evidence = factories.EvidenceFactory.create()
    for row in (evidence, evidence.commitment, evidence.commitment.report):
        error = broken(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)
        assert "不删除" in str(explain(error).message)


def test_what_slips_past_the_form_is_said_in_the_form(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two curators at once: the second one's check passed before the first one saved."""
    first = factories.ReportFactory.create(year=2021)
    second = factories.ReportFactory.create(year=2022, jurisdiction=first.jurisdiction)
    monkeypatch.setattr("projects.admin.base.DeskForm._check_constraints", lambda _form, **_options: None)
    response = post_form(desk, change(second), year=2021, title_en="Changed")
    name = "report_is_the_only_one_of_its_government_and_year"
    assert errors_of(response)["year"] == [str(REFUSALS[name].message)]
    second.refresh_from_db()
    assert (second.year, second.title_en) == (2022, "")


def test_all_is_saved_where_nothing_is_wrong(desk: Client) -> None:
    row = factories.CommitmentFactory.create(position=3)
    response = post_form(desk, change(row), quantity="1.5", unit="", comparator="gte", names="甲校\r\n\r\n 乙校 ")
    assert response.status_code == 302
    row.refresh_from_db()
    assert (str(row.quantity), row.unit, row.comparator, row.names) == ("1.5000", "", "gte", ["甲校", "乙校"])
