"""Tables for people: readable in every spreadsheet, in two languages, and harmless."""

import csv
import errno
import io
from collections.abc import Iterator
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import orjson
import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from hypothesis import given, strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from projects import serializers
from projects.api.exports import export as export_module
from projects.api.exports.table import Column, LabelFormatter, columns
from projects.api.exports.writers import BOM, csv_lines, harmless, write_workbook
from projects.api.resources import COMMITMENTS, ENDPOINTS, Endpoint
from projects.choices import (
    Category,
    Coverage,
    DueBasis,
    DueState,
    Level,
    Milestone,
    OverdueBasis,
    Precision,
    SourceKind,
    Speaker,
    Status,
)
from tests.factories import CommitmentFactory, ReportFactory
from tests.projects.api.test_exports import LIST, NAMES, ask, get, head
from tests.projects.api.world import World

VOCABULARIES: Final = (
    *(Category, Status, Milestone, DueBasis, DueState, OverdueBasis, Level, SourceKind, Speaker, Coverage, Precision),
)


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

    @pytest.mark.django_db
    @pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
    def test_every_column_has_a_name_of_its_own_in_both_languages(self, endpoint: Endpoint) -> None:
        for language, formatter in product(("zh-hans", "en"), (None, LabelFormatter("en"))):
            labels = [column.label(language) for column in columns(endpoint.row, (), formatter)]
            assert all(label[0].upper() == label[0] for label in labels)
            assert len(set(labels)) == len(labels)

    def test_an_object_in_a_row_gives_a_column_for_each_of_its_fields(self) -> None:
        codes = [column.code for column in columns(serializers.EVIDENCE, ("id", "achievement"))]
        assert codes[:3] == ["id", "achievement.id", "achievement.url"]

    def test_an_object_that_is_missing_leaves_its_cells_empty(self) -> None:
        assert Column(("achievement", "id"), ("成绩", "编号")).cell({"achievement": None}) is None

    def test_lists_become_one_cell(self) -> None:
        (names,) = columns(serializers.COMMITMENT, ("names",))
        assert names.cell({"names": ["一中", "二中"]}) == "一中；二中"


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
        written = b"".join(csv_lines([Column(("id",), ("编号",))], ["id"], [[row]], bom=False)).decode()
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
        assert (row["due_state"], row["overdue_basis"], row["status_as_of"]) == ("not_kept", "evidence", "2022-01-31")

    def test_evidence_holds_its_source_in_columns_of_its_own(self, made: World) -> None:
        header, *rows = table("/api/v1/evidence/?format=csv&header=codes")
        row = next(row for row in rows if row[header.index("commitment")] == str(made.hospital.pk))
        told = dict(zip(header, row, strict=True))
        assert (told["source.title"], told["source.address"]) == ("完成情况“通报”", "https://yubei.example/1")
        assert (told["achievement.id"], told["speaker"], told["item_number"]) == ("", "official_claim", "第10项")
        header, *_rows = table("/api/v1/evidence/?format=csv")
        assert {"来源 · 标题", "来源 · 应打开的网址", "来源 · 网址存疑之处", "谁说的"} <= set(header)

    @pytest.mark.usefixtures("made")
    def test_reports_hold_their_score_and_governments_their_years(self) -> None:
        header, *rows = table("/api/v1/reports/?format=csv&header=codes&ordering=year")
        told = dict(zip(header, rows[0], strict=True))
        assert (told["score.tasks_total"], told["score.tasks_done"], told["score.tasks_partly"]) == ("106", "94", "12")
        header, *rows = table("/api/v1/jurisdictions/?format=csv&fields=code,report_years,missing_years")
        assert header == ["代码", "有报告的年度", "缺报告的年度"]
        assert ["500112", "2021；2025", "2022；2023；2024"] in rows


@pytest.mark.usefixtures("made")
class TestLabels:
    """Cells that a person reads."""

    READ: Final = f"{LIST}?format=csv&header=codes&cells=labels"

    def row(self, query: str = "") -> dict[str, str]:
        """Return the first row by the codes of its columns."""
        return dict(zip(*table(f"{self.READ}&category=health{query}")[:2], strict=True))

    def test_codes_are_told_by_their_names(self) -> None:
        row = self.row()
        told = {name: row[name] for name in ("category", "status", "due_basis", "comparator", "light", "delay_reason")}
        assert told == {
            "category": "医疗卫生", "status": "未完成", "due_basis": "原文写明", "comparator": "约",
            "light": "严重欠进度或未达到", "delay_reason": "用地",
        }  # fmt: skip
        assert (row["due_state"], row["overdue_basis"], row["happened_precision"]) == ("到期未兑现", "有证据", "")
        assert (row["overdue"], row["jurisdiction"]) == ("是", "渝北区")
        assert (row["quantity"], row["due_on"], row["unit"]) == ("5.5", "2021-06-30", "公里")

    def test_names_are_in_the_language_that_is_asked_for(self) -> None:
        row = self.row("&lang=en")
        assert (row["category"], row["status"], row["overdue"]) == ("Health", "Not met", "Yes")
        assert row["due_state"].isascii()
        assert table(f"{LIST}?format=csv&cells=labels&lang=en&fields=jurisdiction")[0] == ["Government"]

    def test_codes_stay_unless_names_are_asked_for(self) -> None:
        for query in ("", "&cells=codes"):
            header, row = table(f"{LIST}?format=csv&fields=jurisdiction,category,overdue&category=health{query}")
            assert dict(zip(header, row, strict=True)) == {
                "行政区划代码": "500112",
                "类别": "health",
                "是否逾期": "true",
            }

    @pytest.mark.parametrize("name", NAMES)
    def test_no_code_is_left_in_any_list(self, name: str) -> None:
        _header, *rows = table(f"/api/v1/{name}/?format=csv&header=codes&cells=labels")
        codes = {code for vocabulary in VOCABULARIES for code in vocabulary.values}
        assert rows
        assert not codes & {cell for row in rows for cell in row}
        assert not {"true", "false"} & {cell for row in rows for cell in row}

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    @pytest.mark.parametrize(
        "name", ["commitments", "achievements", "projects", "reports", "jurisdictions", "evidence", "sources"]
    )
    def test_addresses_open(self, name: str, language: str) -> None:
        _header, *rows = table(f"/api/v1/{name}/?format=csv&header=codes&cells=labels&lang={language}")
        own = [cell for row in rows for cell in row if cell.startswith(settings.SITE_URL)]
        assert own
        for address in {cell for cell in own if "/media/" not in cell}:
            path = address.removeprefix(settings.SITE_URL)
            assert Client().get(path).status_code == 200, path
            assert path.startswith("/en/") == (language == "en") or path.startswith("/api/")
        assert not [cell for row in rows for cell in row if cell.startswith("/")]

    def test_a_workbook_says_the_same(self) -> None:
        page = sheet(f"{LIST}?format=xlsx&cells=labels&fields=category,overdue,due_on&category=health")
        assert [cell.value for cell in page[2]] == ["医疗卫生", datetime.fromisoformat("2021-06-30"), "是"]

    @pytest.mark.parametrize("query", ["cells=labels", "format=ndjson&cells=labels", "format=csv&cells=names"])
    def test_only_tables_have_cells(self, query: str) -> None:
        answer = ask(f"{LIST}?{query}")
        assert (answer.status_code, answer.json()["parameter"]) == (400, "cells")


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
    def test_a_list_without_rows_has_its_header(self) -> None:
        page = sheet(f"{LIST}?format=xlsx&year=1999&fields=title,due_on")
        assert [[cell.value for cell in row] for row in page.iter_rows()] in (
            [["标题", "到期日"]],
            [["标题", "到期日"], [None, None]],
        )

    def test_what_has_no_place_in_a_cell_is_cut_or_written_out(self, tmp_path: Path) -> None:
        found = columns(serializers.REPORT, ("title", "delivered_on"))
        row = orjson.dumps({"title": "长" * 40_000, "delivered_on": "1898-06-11"})
        write_workbook(tmp_path / "book.xlsx", found, ["a", "b"], [[row]], sheet="x")
        title, day = load_workbook(tmp_path / "book.xlsx").worksheets[0][2]
        assert (len(str(title.value)), day.value) == (32_767, "1898-06-11")

    @pytest.mark.usefixtures("made")
    def test_a_full_disk_is_told_as_every_other_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_arguments: object, **_options: object) -> None:
            raise OSError(errno.ENOSPC, "no space left")

        monkeypatch.setattr(export_module, "write_workbook", full)
        answer = Client(raise_request_exception=False).get(f"{LIST}?format=xlsx")
        assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
        monkeypatch.undo()
        assert sheet(f"{LIST}?format=xlsx").max_row > 1

    def test_what_the_rows_raise_comes_through(self, tmp_path: Path) -> None:
        def rows() -> Iterator[list[bytes]]:
            yield [b'{"title":"x"}']
            raise OperationalError

        found = columns(serializers.REPORT, ("title",))
        with pytest.raises(OperationalError):
            write_workbook(tmp_path / "book.xlsx", found, ["a"], rows(), sheet="x")


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
    narrowing = {name for name, one in COMMITMENTS.definition.filterset.base_filters.items() if one.narrowing}
    assert narrowing <= set(COMMITMENTS.list.filterset.base_filters)
