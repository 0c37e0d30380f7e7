"""The links of a pair of reports and what follows from them, scored; Yubei's never get worse."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from seeds.evaluation.gold import GoldError
from seeds.evaluation.linkage import Linkage, Share, calibrated, linkage, page, touch
from seeds.evaluation.pairs import folder, shipped

OLD = "一、2029年工作回顾\n建成公园2个。\n二、2030年重点工作\n建成花渡大桥。建成公办幼儿园3所。开工柳湾隧道。\n"
NEW = "一、2030年工作回顾\n花渡大桥建成通车。\n二、2031年重点工作\n建成柳湾隧道。建成公办幼儿园5所。\n"


@pytest.fixture(scope="module")
def yubei() -> Linkage:
    (pair,) = shipped()
    return linkage(pair)


# Rounded down from what was reached; raise them with the scores, never lower them.
@pytest.mark.parametrize(
    ("figure", "floor"),
    [
        ("recall", 0.88),
        ("recall_high", 1.0),
        ("precision", 0.97),
        ("verdict", 0.85),
        ("verdict_by_figure", 1.0),
        ("silent", 0.8),
        ("no_result", 0.8),
    ],
)
def test_floors_hold(yubei: Linkage, figure: str, floor: float) -> None:
    assert getattr(yubei, figure).value >= floor


def test_what_the_curators_told_apart_is_not_proposed(yubei: Linkage) -> None:
    assert yubei.negatives == Share(0, 8)


Labelled = Callable[..., Path]


@pytest.fixture
def labelled(tmp_path: Path) -> Labelled:
    """Writes a folder of one labelled pair; each label is relation, words before, words behind, and more fields."""

    def write(*labels: tuple[str, str, str | None, dict[str, object]]) -> Path:
        for name in ("links", "gold", "reports"):
            (tmp_path / name).mkdir()
        (tmp_path / "reports" / "500112-2031.txt").write_text(NEW, encoding="utf-8")
        promises = ("建成花渡大桥", "建成公办幼儿园3所", "开工柳湾隧道")
        gold = [
            {"kind": "commitment", **place(OLD, words), "title": words, "quote": words, "due_on": "2030-12-31"}
            for words in promises
        ]
        links = [
            {
                "relation": relation,
                "commitment": place(OLD, earlier),
                "statement": later and place(NEW, later),
                **fields,
            }
            for relation, earlier, later, fields in labels
        ]
        for path, rows in (("gold/500112-2030", gold), ("links/500112-2030-2031", links)):
            text = "".join(json.dumps(row) + "\n" for row in rows)
            (tmp_path / f"{path}.jsonl").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def place(text: str, words: str) -> dict[str, object]:
    return {"start": text.index(words), "end": text.index(words) + len(words)}


def test_a_folder_of_labels(labelled: Labelled) -> None:
    path = labelled(
        ("evidence", "建成花渡大桥", "花渡大桥建成通车", {"verdict": "completed", "confidence": "high"}),
        ("restated", "开工柳湾隧道", "建成柳湾隧道", {"change": "lowered", "confidence": "medium"}),
        ("negative", "建成公办幼儿园3所", "建成公办幼儿园5所", {}),
    )
    (pair,) = folder(path)
    found = linkage(pair)
    assert pair.name == "500112-2030-2031"
    assert (found.recall, found.recall_high) == (Share(2, 2), Share(1, 1))
    assert found.precision == Share(2, 3)
    assert found.negatives == Share(1, 1)
    assert (found.verdict, found.change) == (Share(1, 1), Share(0, 1))
    assert found.no_result == Share(2, 2)


def test_silence_is_right_where_no_label_contradicts_it(labelled: Labelled) -> None:
    path = labelled(("silent", "建成花渡大桥", None, {}), ("silent", "开工柳湾隧道", None, {}))
    (pair,) = folder(path)
    assert linkage(pair, heard=1.0).silent == Share(2, 2)
    assert linkage(pair).silent == Share(0, 0)


def test_a_folder_that_cannot_be_used(labelled: Labelled, tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="links"):
        folder(tmp_path)
    path = labelled(("perhaps", "建成花渡大桥", None, {}))
    with pytest.raises(GoldError, match="relation must be one of"):
        folder(path)
    (path / "links" / "yubei.jsonl").write_text("", encoding="utf-8")
    (path / "links" / "500112-2030-2031.jsonl").unlink()
    with pytest.raises(GoldError, match="CODE-YEAR-YEAR"):
        folder(path)
    (path / "links" / "yubei.jsonl").rename(path / "links" / "500112-2030-2032.jsonl")
    with pytest.raises(GoldError, match=r"500112-2032\.txt"):
        folder(path)


@pytest.mark.parametrize(
    ("one", "other", "same"), [((0, 10), (5, 30), True), ((0, 10), (6, 30), False), ((0, 10), (10, 20), False)]
)
def test_spans_touch(one: tuple[int, int], other: tuple[int, int], *, same: bool) -> None:
    assert touch(one, other) is same


def test_figures_add_up() -> None:
    one = Linkage(recall=Share(1, 2), judged=((0.75, True),))
    both = one + Linkage(recall=Share(2, 2), judged=((0.75, False),))
    assert both.recall == Share(3, 4)
    (row,) = calibrated(both.judged)
    assert (row.count, row.predicted, row.precision) == (2, 0.75, 0.5)
    lines = list(page({"a": one, "b": both}))
    assert "links all" in lines
    assert "  recall             0.667 (4/6)" in lines
    assert "  change             –" in lines
