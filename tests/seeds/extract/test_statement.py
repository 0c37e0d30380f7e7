import json
from datetime import date

import pytest

from seeds.extract import Statement

GUIDELINE_KEYS = (
    "kind",
    "start",
    "end",
    "quote",
    "section",
    "category",
    "milestone",
    "quantity",
    "unit",
    "comparator",
    "due_on",
    "names",
    "title",
)


@pytest.fixture
def statement() -> Statement:
    return Statement(
        kind="commitment",
        start=3,
        end=9,
        quote="建成学校2所",
        section="一、今年工作",
        category="education",
        milestone="complete",
        quantity=2,
        unit="所",
        comparator="eq",
        due_on=date(2030, 12, 31),
        names=("清河小学",),
        title="建成学校2所",
        due_basis="implied",
        rules=("fig.count",),
        confidence=0.97,
    )


def test_the_guidelines_keys_come_first(statement: Statement) -> None:
    assert list(statement.as_dict())[: len(GUIDELINE_KEYS)] == list(GUIDELINE_KEYS)


def test_values_are_ready_for_json(statement: Statement) -> None:
    read = json.loads(json.dumps(statement.as_dict()))
    assert (read["due_on"], read["names"], read["quantity"]) == ("2030-12-31", ["清河小学"], 2)


@pytest.mark.parametrize("field", ["quantity", "quote"])
def test_a_statement_cannot_be_changed(statement: Statement, field: str) -> None:
    with pytest.raises(AttributeError):
        setattr(statement, field, 3)
