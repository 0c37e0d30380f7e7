"""Official documents about Yubei's report of 2025, made for tests: its promises, with invented units and outcomes."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl

from projects.choices import Origin
from projects.models import ExtractionRun, Jurisdiction, Report
from seeds import ingest
from seeds.extract import extract
from seeds.load import load_statements
from tests import factories

TEXT = (Path(__file__).parents[2] / "seeds" / "reports" / "500112-2025.txt").read_text(encoding="utf-8")
PARKING = "新增公共停车位1000个"
TASK_TITLE = "渝北区2025年政府工作报告目标任务分解表"
TASK_HEADER = ("序号", "目标任务", "牵头单位", "配合单位", "完成时限")
TASKS = (
    ("1", PARKING, "区城市管理局", "区交通运输委", "9月底"),
    ("2", "新开工老旧小区改造项目15个，完工10个", "区住房城乡建委", "各镇街", "12月底"),
    ("3", "建成超充站59座", "区经济信息委", "区发展改革委、区住房城乡建委", "10月底前"),
    ("4", "建成花石中学等学校、幼儿园11所", "区教委", "区住房城乡建委", "8月底"),
    ("5", "新建、改建雨污管网48公里", "区住房城乡建委", "", "11月底"),
    ("6", "开展机关作风专项整治", "区纪委监委", "", ""),
)
OUTCOME_TITLE = "渝北区2025年政府工作报告目标任务完成情况表（截至2025年12月31日）"
OUTCOME_HEADER = ("序号", "目标任务", "责任单位", "完成情况", "评价")
OUTCOMES = (
    ("1", PARKING, "区城市管理局", "已新增公共停车位1020个。", "超额完成"),
    ("2", "建成超充站59座", "区经济信息委", "因征地拆迁滞后，仅建成40座，预计2026年6月建成。", "未完成"),
    ("3", "建成花石中学等学校、幼儿园11所", "区教育委员会", "花石中学等11所学校、幼儿园已建成投用。", "完成"),
    ("4", "开展机关作风专项整治", "区纪委监委", "已开展专项整治。", "完成"),
)
Rows = Sequence[Sequence[str]]


def xlsx(title: str, header: Sequence[str], rows: Rows) -> bytes:
    """Return a workbook with a title over its table."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(header))
    for row in (header, *rows):
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def word(title: str, header: Sequence[str], rows: Rows) -> bytes:
    """Return a Word document with a title and a table."""
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(0, len(header))
    for row in (header, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def task_table() -> bytes:
    """Return the task table as a workbook."""
    return xlsx(TASK_TITLE, TASK_HEADER, TASKS)


def outcome_table() -> bytes:
    """Return the table of outcomes as a workbook."""
    return xlsx(OUTCOME_TITLE, OUTCOME_HEADER, OUTCOMES)


def yubei() -> Jurisdiction:
    """Return the district."""
    return factories.JurisdictionFactory.create(code="500112", name="渝北区", name_en="Yubei District")


def report(**changes: Any) -> Report:
    """Return Yubei's report of 2025 with what the extractor finds in it, as candidates."""
    made = factories.ReportFactory.create(jurisdiction=yubei(), year=2025, text=TEXT, **changes)
    load_statements(made, extract(TEXT, year=2025), origin=Origin.EXTRACTED, extractor_version="1")
    return made


def submitted(content: bytes, name: str = "任务.xlsx", **hints: Any) -> ExtractionRun:
    """Return the run that waits for a document."""
    run = ingest.submit(name, content, ingest.Hints(**hints)).run
    assert run is not None
    return run


def processed(content: bytes, name: str = "任务.xlsx", **hints: Any) -> ExtractionRun:
    """Return the run of a document that was read."""
    run = submitted(content, name, **hints)
    assert ingest.process(run.pk, "worker@test")
    run.refresh_from_db()
    return run
