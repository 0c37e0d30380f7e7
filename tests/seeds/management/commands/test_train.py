import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from seeds.extract import extract

TEXT = "二、2030年重点工作\n（一）改善民生。" + "新建学校12所。加强教师队伍管理。建成花渡医院。坚持以人民为中心。" * 5


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("train", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    for name in ("gold", "reports"):
        (tmp_path / name).mkdir()
    rows = [json.dumps(one.as_dict(), ensure_ascii=False) for one in extract(TEXT, year=2030)]
    for code in ("111111", "222222", "333333"):
        (tmp_path / "gold" / f"{code}-2030.jsonl").write_text("\n".join(rows), encoding="utf-8")
        (tmp_path / "reports" / f"{code}-2030.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_it_says_what_the_judge_is_worth_and_writes_the_weights(labels: Path) -> None:
    out = labels / "weights.json.gz"
    page = run(labels, "--aside", "333333-2030", "--out", out)
    assert page.index("## each place left out in turn") < page.index("111111-2030  span 1.000 record 1.000  ->")
    assert page.index("## aside") < page.index("333333-2030  span 1.000 record 1.000  ->")
    assert f"{out.stat().st_size} bytes" in page


def test_without_out_nothing_is_written(labels: Path) -> None:
    before = sorted(labels.rglob("*"))
    assert "weights" in run(labels)
    assert sorted(labels.rglob("*")) == before


def test_a_folder_without_labels_and_a_report_that_is_not_there_are_told(labels: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no gold"):
        run(tmp_path / "reports")
    with pytest.raises(CommandError, match="no such report: 444444-2030"):
        run(labels, "--aside", "444444-2030")
