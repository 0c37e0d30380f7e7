"""Tables for people: readable in every spreadsheet, in two languages, and harmless."""

import csv
import io
from datetime import date, datetime
from typing import Final
from urllib.parse import unquote

import orjson
import pytest
from hypothesis import given, strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from projects import serializers
from projects.api.exports.delimited import BOM, harmless, lines
from projects.api.exports.table import Column, columns
from projects.api.views import CommitmentViewSet
from projects.filters import COMMITMENTS
from tests.factories import CommitmentFactory, ReportFactory
from tests.projects.api.test_exports import LIST, NAMES, get, head
from tests.projects.api.world import World

CSV_SERIALIZERS: Final = [
    getattr(serializers, name) for name in serializers.__all__ if not name.endswith("DetailSerializer")
]


def table(path: str) -> list[list[str]]:
    """Return the cells of a CSV file."""
    return list(csv.reader(io.StringIO(get(path).decode(), newline="")))


def sheet(path: str) -> Worksheet:
    """Return the only sheet of a workbook."""
    book = load_workbook(io.BytesIO(get(path)))
    assert len(book.worksheets) == 1
    return book.worksheets[0]


class TestColumns:
    """The columns of every list."""

    @pytest.mark.parametrize("serializer", CSV_SERIALIZERS)
    def test_every_column_has_a_name_of_its_own_in_both_languages(self, serializer: type) -> None:
        found = columns(serializer())
        for language in ("zh-hans", "en"):
            labels = [column.label(language) for column in found]
            assert all(labels)
            assert len(set(labels)) == len(labels)

    def test_an_object_in_a_row_gives_a_column_for_each_of_its_fields(self) -> None:
        codes = [column.code for column in columns(serializers.EvidenceSerializer(), ("id", "achievement"))]
        assert codes[:3] == ["id", "achievement.id", "achievement.url"]

    def test_an_object_that_is_missing_leaves_its_cells_empty(self) -> None:
        assert Column(("achievement", "id"), None).cell({"achievement": None}) is None

    def test_lists_become_one_cell(self) -> None:
        assert Column(("names",), None).cell({"names": ["一中", "二中"]}) == "一中；二中"


class TestCsv:
    """CSV of RFC 4180."""

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
    def test_what_a_spreadsheet_would_run_is_made_harmless(self, text: str) -> None:
        assert harmless(text) == f"'{text}"

    @pytest.mark.parametrize("cell", [-1, -2.5, "1-1", "a=b", "建成=开工"])
    def test_what_it_would_not_run_stays(self, cell: str | float) -> None:
        assert harmless(cell) == cell

    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
    def test_any_text_comes_back_as_it_was(self, text: str) -> None:
        row = b'{"id":%s}' % orjson.dumps(text)
        written = b"".join(lines([Column(("id",), None)], ["id"], [[row]], bom=False)).decode()
        assert written.endswith("\r\n")
        assert list(csv.reader(io.StringIO(written, newline="")))[1:] in ([[harmless(text)]], [[]] if not text else [])

    @pytest.mark.usefixtures("made")
    @pytest.mark.parametrize("name", NAMES)
    def test_every_row_has_a_cell_for_each_column(self, name: str) -> None:
        header, *rows = table(f"/api/v1/{name}/?format=csv")
        assert rows
        assert {len(row) for row in rows} == {len(header)}

    @pytest.mark.usefixtures("made")
    def test_the_header_is_in_the_language_that_is_asked_for(self) -> None:
        path = f"{LIST}?format=csv&fields=title,due_on"
        english = ["Title", "Due date"]
        assert table(path)[0] == ["标题", "到期日"]
        assert table(f"{path}&lang=en")[0] == english
        assert get(path, **{"Accept-Language": "en"}).decode().splitlines()[0] == ",".join(english)
        assert get(f"{path}&lang=zh-hans", **{"Accept-Language": "en"}).decode().startswith("标题")
        assert table(f"{path}&lang=en&header=codes")[0] == ["title", "due_on"]

    @pytest.mark.usefixtures("made")
    def test_the_byte_order_mark_comes_when_it_is_asked_for(self) -> None:
        mark = BOM.encode()
        assert get(f"{LIST}?format=csv&bom=true").startswith(mark)
        assert mark not in get(f"{LIST}?format=csv&bom=false")

    def test_cells_hold_what_the_list_says(self, made: World) -> None:
        row = dict(zip(*table(f"{LIST}?format=csv&header=codes&category=health"), strict=True))
        assert row["id"] == str(made.hospital.pk)
        assert (row["quantity"], row["due_on"], row["overdue"], row["reported_value"]) == (
            "5.5",
            "2021-06-30",
            "true",
            "",
        )
        assert row["title"] == "新建5.5公里“管网”\\"
        assert row["delay_note"] == "用地未批\n待定"


class TestWorkbook:
    """XLSX."""

    def test_cells_are_real_dates_and_numbers(self, made: World) -> None:
        page = sheet(f"{LIST}?format=xlsx&header=codes&category=health")
        codes, values = [[cell.value for cell in row] for row in page.iter_rows(min_row=1, max_row=2)]
        row = dict(zip(codes, values, strict=True))
        assert (row["id"], row["quantity"], row["overdue"]) == (made.hospital.pk, 5.5, True)
        assert row["due_on"] == datetime.fromisoformat("2021-06-30")
        assert isinstance(row["updated_at"], datetime)
        assert row["reported_value"] is None

    @pytest.mark.usefixtures("made")
    def test_the_header_stays_and_filters(self) -> None:
        page = sheet(f"{LIST}?format=xlsx&lang=en&fields=title,due_on")
        assert (page.freeze_panes, page.title) == ("A2", "commitments")
        assert [cell.value for cell in page[1]] == ["Title", "Due date"]
        assert page.auto_filter.ref == f"A1:B{page.max_row}"

    @pytest.mark.django_db
    def test_text_stays_text(self) -> None:
        report = ReportFactory.create()
        titles = ["=1+1", "https://example.org", "007", "长" * 200]
        for number, title in enumerate(titles):
            CommitmentFactory.create(report=report, position=number, title=title)
        page = sheet(f"{LIST}?format=xlsx&ordering=id&fields=title")
        assert [(cell.value, cell.data_type, cell.hyperlink) for cell in page["A"][1:]] == [
            (title, "s", None) for title in titles
        ]


@pytest.mark.usefixtures("made")
class TestNames:
    """What the file is called."""

    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("format=csv", "承诺"),
            ("format=xlsx&category=education,health&year=2021", "承诺_category-education-health_year-2021"),
            ("format=ndjson&overdue=true&as_of=2024-06-30", "承诺_overdue-true_as-of-2024-06-30"),
            ("format=csv&lang=en&q=../学 校", "commitments_q-学-校"),
        ],
    )
    def test_it_tells_what_is_in_it(self, query: str, name: str) -> None:
        header = head(f"{LIST}?{query}")["Content-Disposition"]
        shown = unquote(header.split("filename*=UTF-8''")[1])
        stem, _dot, ending = shown.rpartition(".")
        assert stem.rpartition("_")[0] == name
        assert date.fromisoformat(stem.rpartition("_")[2]).year > 2020
        assert ending == query.split("&", maxsplit=1)[0].removeprefix("format=")
        assert header.isascii()

    def test_a_long_question_makes_no_endless_name(self) -> None:
        header = head(f"{LIST}?format=csv&q={'校' * 100}&name={'校' * 100}")["Content-Disposition"]
        assert len(unquote(header.split("''")[1])) < 150


def test_files_take_every_parameter_that_narrows_the_list() -> None:
    assert set(COMMITMENTS.filterset.base_filters) <= set(CommitmentViewSet.whole.parameters())
