"""The coded vocabularies are complete, in Chinese, and tied to the standards."""

import re

import pytest
from django.db.models import TextChoices
from django.utils import translation

from projects import choices
from projects.choices import (
    COFOG,
    CORE_LIVELIHOOD,
    LIVELIHOOD,
    OC4IDS_SECTORS,
    OPEN_OUTCOMES,
    STATUS_EQUIVALENTS,
    Category,
    DueState,
    Outcome,
    Status,
)

VOCABULARIES = [
    found
    for found in vars(choices).values()
    if isinstance(found, type) and issubclass(found, TextChoices) and found is not TextChoices
]


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_code_has_a_chinese_name_of_its_own(vocabulary: type[TextChoices]) -> None:
    with translation.override("zh-hans"):
        labels = [str(label) for label in vocabulary.labels]
    assert all(re.search(r"[\u4e00-\u9fff]", label) for label in labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_codes_are_plain_words(vocabulary: type[TextChoices]) -> None:
    assert all(re.fullmatch(r"[a-z_:]+", code) for code in vocabulary.values)


def test_every_category_has_its_functions_of_government() -> None:
    assert set(COFOG) == set(Category)
    assert all(re.fullmatch(r"(0[1-9]|10)(\.[1-9])?", code) for codes in COFOG.values() for code in codes)


def test_every_category_has_its_sectors_of_infrastructure() -> None:
    assert set(OC4IDS_SECTORS) == set(Category)
    sectors = {sector for found in OC4IDS_SECTORS.values() for sector in found}
    assert sectors == {
        *("communications", "cultureSportsAndRecreation", "economy", "education", "energy", "governance", "health"),
        *("naturalResources", "socialHousing", "transport", "waterAndWaste"),
    }


def test_livelihood_is_all_but_economy_and_governance() -> None:
    assert len(LIVELIHOOD) == 12
    assert CORE_LIVELIHOOD < LIVELIHOOD
    assert {Category.ECONOMY, Category.GOVERNANCE}.isdisjoint(LIVELIHOOD)


def test_every_status_is_told_in_the_words_of_the_standards() -> None:
    assert set(STATUS_EQUIVALENTS) == set(Status)
    milestones = {"scheduled", "met", "notMet", "partiallyMet", None}
    assert {equivalent.oc4ids for equivalent in STATUS_EQUIVALENTS.values()} <= milestones


def test_a_due_state_is_an_outcome_less_what_is_open() -> None:
    assert set(Outcome.values) - set(DueState.values) == {Outcome.OPEN}
    assert set(DueState.values) - set(Outcome.values) == {DueState.UNVERIFIED, DueState.RUNNING}
    assert set(Outcome) - OPEN_OUTCOMES == {Outcome.KEPT, Outcome.KEPT_LATE, Outcome.ONGOING, Outcome.CLOSED}
