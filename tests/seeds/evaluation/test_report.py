"""evaluate and its page, with an extractor that is known to err in known ways."""

from datetime import date
from typing import Any

from seeds.evaluation.gold import GoldReport, Row
from seeds.evaluation.report import evaluate, found_rows, page
from seeds.extract import Statement

TEXT = "建成学校3所，新增学位800个，改造道路5公里。"
SCHOOLS = Statement(
    "commitment", 0, 6, TEXT[0:6], "", "education", "complete", 3, "所", "eq", date(2021, 12, 31), (), "建成学校3所",
    confidence=0.9,
)  # fmt: skip
PLACES = SCHOOLS._replace(start=7, end=15, quote=TEXT[7:15], quantity=800, unit="个")
ROADS = SCHOOLS._replace(start=16, end=23, quote=TEXT[16:23], category="transport", quantity=5, unit="公里")


def gold() -> GoldReport:
    return GoldReport("r", TEXT, tuple(Row.of(one.as_dict()) for one in (SCHOOLS, PLACES)), 2021, "500112")


def erring(text: str, **known: Any) -> list[Statement]:
    assert (text, known) == (TEXT, {"year": 2021, "jurisdiction": "500112"})
    return [SCHOOLS._replace(unit="个"), ROADS]


def test_rows_of_statements() -> None:
    assert found_rows(gold(), erring)[1] == Row(
        16, 23, "改造道路5公里", "commitment", "transport", "complete", 5.0, "公里", "eq", "2021-12-31", 0.9
    )


def test_figures() -> None:
    result = evaluate([gold()], extractor=erring)
    assert (result.total.precision, result.total.recall, result.total.record_f1) == (0.5, 0.5, 0.0)
    assert result.reports["r"] == result.total
    assert set(result.categories) == {"education", "transport"}
    assert [error.error for error in result.confusions] == ["missed", "spurious", "wrong"]


def test_values_for_machines() -> None:
    values = evaluate([gold()], extractor=erring).as_dict()
    assert values["reports"] == {"r": values["total"]}
    assert set(values) == {"reports", "total", "kinds", "categories", "calibration", "confusions", "tally"}


def test_the_page_names_every_part_and_error() -> None:
    text = "\n".join(page(evaluate([gold()], extractor=erring), errors=2))
    for part in ("r ", "all", "commitment", "education", "confidence", "unit: 所 -> 个", "worst errors (2 of 3)"):
        assert part in text
    assert "【新增学位800个】" in text
    assert "【建成学校3所】" not in text


def test_nothing_to_evaluate() -> None:
    result = evaluate([])
    assert result.total.span_f1 == 0.0
    assert list(page(result))[1].startswith("all")
