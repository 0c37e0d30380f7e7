"""Rows of JSON become subjects, or an error that names the field."""

from datetime import date
from typing import Any

import pytest

from seeds.match import Subject, SubjectError, year_of

ROW: dict[str, Any] = {
    "kind": "commitment",
    "start": 5,
    "end": 9,
    "quote": "建成花渡大桥",
    "category": "transport",
    "milestone": "complete",
    "quantity": None,
    "unit": None,
    "comparator": None,
    "due_on": "2030-12-31",
    "names": ["花渡大桥"],
    "title": "建成花渡大桥",
}


def test_a_row() -> None:
    subject = Subject.of(ROW, 2030)
    assert (subject.key, subject.until, subject.names, subject.mention) == (5, date(2030, 12, 31), ("花渡大桥",), False)
    assert subject.promised
    assert not subject.lasting


@pytest.mark.parametrize(("part", "kind"), [("review", "achievement"), ("plan", "commitment")])
def test_a_mention_is_what_its_part_makes_it(part: str, kind: str) -> None:
    subject = Subject.of(
        {"kind": "mention", "part": part, "start": 5, "end": 9, "quote": "推进建桥", "title": None}, 2030
    )
    assert (subject.kind, subject.mention, subject.title) == (kind, True, "推进建桥")
    assert subject.until.year == (2030 if kind == "commitment" else 2029)


def test_names_that_a_title_leaves_out_are_spoken_of() -> None:
    subject = Subject.of({**ROW, "title": "建设19条道路", "names": ["花渡大道", "柳湾路"]}, 2030)
    assert subject.words == "花渡大道、柳湾路等建设19条道路"
    assert Subject.of(ROW, 2030).words == "建成花渡大桥"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "promise"),
        ("kind", None),
        ("start", "5"),
        ("start", -1),
        ("start", True),
        ("quantity", "10"),
        ("unit", 3),
        ("names", "花渡大桥"),
        ("names", [1]),
        ("due_on", "2030年"),
    ],
)
def test_a_bad_field_is_named(field: str, value: object) -> None:
    with pytest.raises(SubjectError, match=rf"^{field}: "):
        Subject.of({**ROW, field: value}, 2030)


def test_a_mention_without_its_part_and_a_row_without_words() -> None:
    with pytest.raises(SubjectError, match=r"^part: "):
        Subject.of({**ROW, "kind": "mention"}, 2030)
    with pytest.raises(SubjectError, match=r"^title: "):
        Subject.of({**ROW, "title": "", "quote": ""}, 2030)


def test_the_year_of_a_report() -> None:
    reviewed = [{"kind": "achievement", "due_on": "2029-12-31"}] * 2 + [{"kind": "achievement", "due_on": "2025-12-31"}]
    assert year_of([*reviewed, {"kind": "commitment", "due_on": "2034-12-31"}]) == 2030
    assert year_of([{"kind": "commitment", "due_on": f"{year}-12-31"} for year in (2034, 2030)]) == 2030
    with pytest.raises(SubjectError, match="due_on"):
        year_of([{"kind": "commitment", "due_on": None}])
