"""Each constraint and trigger of the database: what a curator who runs into it gets to read, and at which field."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.choices import Comparator, Status
from projects.constraint_messages import CONSTRAINT_MESSAGES
from projects.models import Jurisdiction
from tests import factories
from tests.projects.admin.posting import errors_of, post_form

pytestmark = pytest.mark.django_db


def change(row: Any) -> str:
    return reverse(f"admin:projects_{row._meta.model_name}_change", args=[row.pk])


def add(model: str, query: str = "") -> str:
    return reverse(f"admin:projects_{model}_add") + query


Case = tuple[str, Callable[[Client], Any], str]


def _same_span(factory: Any) -> Callable[[Client], Any]:
    def send(curator_client: Client) -> Any:
        row = factory.create(position=1)
        other = factory.create(report=row.report, position=2)
        return post_form(curator_client, change(row), start=other.start, end=other.end, quote=other.quote)

    return send


def _changed(factory: Any, **values: Any) -> Callable[[Client], Any]:
    def send(curator_client: Client) -> Any:
        return post_form(curator_client, change(factory.create()), **values)

    return send


def _own_parent(curator_client: Client) -> Any:
    place = factories.JurisdictionFactory.create()
    return post_form(curator_client, change(place), parent=place.pk)


def _same_restatement(curator_client: Client) -> Any:
    first = factories.RestatementFactory.create()
    second = factories.RestatementFactory.create(earlier=first.earlier)
    return post_form(curator_client, change(second), later=first.later_id)


def _restated_by_itself(curator_client: Client) -> Any:
    row = factories.RestatementFactory.create()
    return post_form(curator_client, change(row), later=row.earlier_id)


def _second_report_of_the_year(curator_client: Client) -> Any:
    first = factories.ReportFactory.create(year=2021)
    second = factories.ReportFactory.create(year=2022, jurisdiction=first.jurisdiction)
    return post_form(curator_client, change(second), year=2021)


def _told_twice(curator_client: Client) -> Any:
    place = factories.JurisdictionFactory.create(code="500112")
    claim = factories.AchievementFactory.create(report__year=2022, report__jurisdiction=place)
    first = factories.EvidenceFactory.create(achievement=claim, commitment__report__jurisdiction=place)
    second = factories.EvidenceFactory.create(commitment=first.commitment)
    return post_form(curator_client, change(second), achievement=claim.pk, source="")


def _source_twice(curator_client: Client) -> Any:
    first = factories.EvidenceFactory.create()
    second = factories.EvidenceFactory.create(commitment=first.commitment)
    return post_form(curator_client, change(second), source=first.source_id)


def _source_again(curator_client: Client) -> Any:
    first = factories.EvidenceFactory.create()
    values = {"source": first.source_id, "verdict": "completed", "as_of": "2021-12-20"}
    return post_form(curator_client, add("evidence", f"?commitment={first.commitment_id}"), **values)


def _status_without_its_ground(curator_client: Client) -> Any:
    row = factories.EvidenceFactory.create()
    row.commitment.record_status(Status.COMPLETED, evidence=row, effective_on=row.as_of)
    return post_form(curator_client, change(row), verdict="in_progress")


def _succession_to_itself(curator_client: Client) -> Any:
    row = factories.SuccessionFactory.create()
    return post_form(curator_client, change(row), successor=row.predecessor_id)


def _same_succession(curator_client: Client) -> Any:
    first = factories.SuccessionFactory.create()
    places = {"predecessor": first.predecessor, "successor": first.successor}
    second = factories.SuccessionFactory.create(**places, on="2024-01-01")
    return post_form(curator_client, change(second), on=first.on)


def _two_roles(curator_client: Client) -> Any:
    first = factories.ResponsibilityFactory.create()
    second = factories.ResponsibilityFactory.create(commitment=first.commitment)
    return post_form(curator_client, change(second), department=first.department_id)


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
def test_a_constraint_speaks_at_its_field(
    curator_client: Client, name: str, send: Callable[[Client], Any], field: str
) -> None:
    assert str(CONSTRAINT_MESSAGES[name].message) in errors_of(send(curator_client))[field]


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
def test_what_a_field_cannot_hold_is_refused_there(curator_client: Client, factory: Any, wrong: dict[str, Any]) -> None:
    assert set(errors_of(post_form(curator_client, change(factory.create()), **wrong))) >= set(wrong)


def test_a_later_commitment_of_an_earlier_report_is_refused(curator_client: Client) -> None:
    row = factories.RestatementFactory.create(later__report__year=2025, earlier__report__year=2021)
    sent = post_form(curator_client, change(row), earlier=row.later_id, later=row.earlier_id)
    assert set(errors_of(sent)) == {"later"}


def test_an_address_that_is_taken_is_refused(curator_client: Client) -> None:
    first, second = factories.ProjectFactory.create_batch(2)
    assert set(errors_of(post_form(curator_client, change(second), slug=first.slug))) == {"slug"}


def test_a_span_beyond_the_report_is_refused(curator_client: Client) -> None:
    row = factories.CommitmentFactory.create()
    assert set(errors_of(post_form(curator_client, change(row), start=99_999, end=100_003))) == {"quote"}


def test_a_code_that_is_no_code_is_refused(curator_client: Client) -> None:
    response = post_form(curator_client, add("jurisdiction"), code="50011", name="某区", level="county")
    assert "code" in errors_of(response)


def test_a_code_that_is_taken_is_refused_not_overwritten(curator_client: Client) -> None:
    place = factories.JurisdictionFactory.create(name="原名区")
    response = post_form(curator_client, add("jurisdiction"), code=place.pk, name="新名区", level="county")
    assert "code" in errors_of(response)
    assert Jurisdiction.objects.get(pk=place.pk).name == "原名区"


def test_a_department_told_twice_on_a_commitment_is_refused_in_its_row(curator_client: Client) -> None:
    row = factories.ResponsibilityFactory.create()
    extra = {"responsibilities-TOTAL_FORMS": 2, "responsibilities-1-department": row.department_id}
    response = post_form(curator_client, change(row.commitment), **extra, **{"responsibilities-1-role": "lead"})
    assert response.status_code == 200
    formset = response.context["inline_admin_formsets"][0].formset
    assert "重复" in str(formset.non_form_errors())


def test_what_slips_past_the_form_is_said_in_the_form(curator_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two curators at once: the second one's check passed before the first one saved."""
    first = factories.ReportFactory.create(year=2021)
    second = factories.ReportFactory.create(year=2022, jurisdiction=first.jurisdiction)
    monkeypatch.setattr("projects.admin.base_admin.BaseAdminForm._check_constraints", lambda _form, **_options: None)
    response = post_form(curator_client, change(second), year=2021, title_en="Changed")
    name = "report_is_the_only_one_of_its_government_and_year"
    assert errors_of(response)["year"] == [str(CONSTRAINT_MESSAGES[name].message)]
    second.refresh_from_db()
    assert (second.year, second.title_en) == (2022, "")


def test_all_is_saved_where_nothing_is_wrong(curator_client: Client) -> None:
    row = factories.CommitmentFactory.create(position=3)
    response = post_form(
        curator_client, change(row), quantity="1.5", unit="", comparator="gte", names="甲校\r\n\r\n 乙校 "
    )
    assert response.status_code == 302
    row.refresh_from_db()
    assert (str(row.quantity), row.unit, row.comparator, row.names) == ("1.5000", "", "gte", ["甲校", "乙校"])
