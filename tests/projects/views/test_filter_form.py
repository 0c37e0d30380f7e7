import pytest
from django.http import QueryDict
from django.utils import translation

from projects.filters import COMMITMENTS, PROJECTS, REPORTS
from projects.filters.filters import CodesField
from projects.views.filter_form import COMMITMENT_FIELDS, NAMES, PROJECT_FIELDS, WORDS, Fields, chips, form
from tests.factories import JurisdictionFactory, ProjectFactory, ReportFactory

pytestmark = pytest.mark.django_db


def test_each_chosen_value_can_be_taken_back_by_itself() -> None:
    found = chips(QueryDict("category=education&category=health&year=2021"))
    assert [(chip.label, chip.value) for chip in found] == [
        ("类别", "教育"),
        ("类别", "医疗卫生"),
        ("报告年度", "2021"),
    ]
    assert [chip.without for chip in found] == [
        "category=health&year=2021",
        "category=education&year=2021",
        "category=education&category=health",
    ]


def test_places_and_projects_are_named() -> None:
    place = JurisdictionFactory.create(name="渝北区", name_en="Yubei")
    project = ProjectFactory.create(name="悦来中学", jurisdiction=place)
    given = QueryDict(f"jurisdiction={place.code}&project={project.slug}")
    assert [chip.value for chip in chips(given)] == ["渝北区", "悦来中学"]
    with translation.override("en"):
        assert [chip.value for chip in chips(given)] == ["Yubei", project.name_en]


def test_one_vocabulary_tells_of_what_is_overdue() -> None:
    given = QueryDict("due_state=not_kept&due_state=unverified&overdue=true&overdue_basis=evidence")
    assert [(chip.label, chip.value) for chip in chips(given)] == [
        ("兑现状态", "到期未兑现"),
        ("兑现状态", "到期待核实"),
        ("逾期", "已逾期"),
        ("逾期依据", "有证据"),
    ]


def test_the_form_shows_what_is_chosen_and_keeps_the_rest() -> None:
    ReportFactory.create(year=2025)
    found = form(QueryDict("q=学校&category=health&category=housing&unit=所&year=1999&light=red"), COMMITMENT_FIELDS)
    chosen = {field.name: [option.value for option in field.options if option.chosen] for field in found.main}
    assert found.q == "学校"
    assert chosen == {"category": ["health"], "due_state": [""], "year": ["1999"], "status": [""]}
    assert [option.value for option in found.main[2].options] == ["", "2025", "1999"]
    assert found.hidden == (("category", "housing"), ("unit", "所"))
    assert found.more_open
    assert not form(QueryDict("category=health"), COMMITMENT_FIELDS).more_open


def test_a_form_without_fields_keeps_everything() -> None:
    assert form(QueryDict("year=2021"), Fields()).hidden == (("year", "2021"),)


def test_every_field_and_every_parameter_of_the_lists_has_a_name() -> None:
    shaping = {"cursor", "fields"}
    for listing, fields in ((COMMITMENTS, COMMITMENT_FIELDS), (PROJECTS, PROJECT_FIELDS), (REPORTS, Fields())):
        assert set(listing.filterset.base_filters) - shaping - set(NAMES) == set()
        assert {*fields.main, *fields.more} <= set(listing.filterset.base_filters)


def test_the_words_of_a_vocabulary_are_those_that_the_filter_takes() -> None:
    parameters = COMMITMENTS.filterset.base_filters
    for name, words in WORDS.items():
        field = parameters[name].field
        taken = [field.clean([code] if isinstance(field, CodesField) else code) for code, _label in words]
        assert None not in taken, name
