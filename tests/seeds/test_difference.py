"""What a pass changed, told without what is no news."""

from typing import Any

import pytest

from projects.models import Commitment
from seeds.difference import difference_of
from seeds.load import LoadResult, TableResult
from tests.factories import CommitmentFactory

pytestmark = pytest.mark.django_db


def result(**commitments: Any) -> LoadResult:
    return LoadResult({"commitments": TableResult(**commitments), "achievements": TableResult()})


@pytest.fixture
def row() -> Commitment:
    made: Commitment = CommitmentFactory.create(origin="extracted")
    return made


def changes(row: Commitment, loaded: LoadResult) -> list[tuple[str, list[str] | None]]:
    entries = difference_of(row.report, [], loaded).entries
    assert [(entry["id"], entry["title"], entry["quote"]) for entry in entries] == [(row.pk, row.title, row.quote)]
    return [(entry["change"], entry.get("fields")) for entry in entries]


def test_each_change_has_its_name(row: Commitment) -> None:
    assert changes(row, result(created=(row.pk,))) == [("added", None)]
    assert changes(row, result(withdrawn=(row.pk,))) == [("withdrawn", None)]
    assert changes(row, result(updated={row.pk: ("title", "rules")})) == [("updated", ["title"])]
    assert changes(row, result(updated={row.pk: ("review_state",)})) == [("added", None)]


def test_a_row_that_stays_although_it_is_no_longer_found_is_told(row: Commitment) -> None:
    assert changes(row, result()) == [("kept", None)]


def test_how_the_program_came_to_a_statement_is_no_news(row: Commitment) -> None:
    assert changes(row, result(updated={row.pk: ("extractor_version", "rules", "confidence")})) == [("kept", None)]
