from datetime import date

import pytest
from hypothesis import given, strategies as st

from seeds.extract import extract, pipeline
from seeds.extract.pipeline import LEAST_PIECES, Piece, judged, pieces
from seeds.extract.score import Model, characters, features, probability, score, told
from seeds.extract.statement import Statement

PLAN = "二、2030年重点工作\n（一）改善民生。{}"
SENTENCES = "新建学校12所，惠及群众。加强教师队伍管理。建成花渡医院。坚持以人民为中心。"


def statement(quote: str = "新建学校12所", category: str = "education") -> Statement:
    rules = ("fig.count", "cat.education", "ms.lead", "due.section")
    return Statement(
        "commitment", 0, len(quote), quote, "", category, "complete", 12, "所", "eq", date(2030, 12, 31), (), quote,
        "implied", rules, 0.97,
    )  # fmt: skip


def test_a_figure_is_like_any_other_and_a_wrap_is_nothing() -> None:
    assert characters("新建学校12所") == characters("新建学\n校3.5所")
    assert {"^", "$", "0", "学校", "F新建", "L所"} <= characters("新建学校12所")


def test_what_the_rules_say_depends_on_whether_they_keep_the_piece() -> None:
    assert "kept rule fig.count" in told(statement(), kept=True)
    assert told(statement(), kept=True).isdisjoint(told(statement(), kept=False))
    assert features(statement(), kept=True) > characters("新建学校12所")


@given(st.floats(allow_nan=False, allow_infinity=True))
def test_whatever_the_odds_it_is_a_probability(odds: float) -> None:
    assert 0 < probability(odds) < 1
    assert probability(odds) + probability(-odds) == pytest.approx(1)


def test_what_has_no_weight_says_nothing() -> None:
    model = Model(0.0, {"学": 2.0, "会": -2.0})
    assert model.score(["路"]) == 0.5
    assert model.score(["会"]) < 0.5 < model.score(["学", "路"])


def test_a_counted_school_is_surer_than_a_slogan() -> None:
    assert score(statement(), kept=True) > 0.9
    assert score(statement("坚持以人民为中心"), kept=False) < 0.1


def test_every_piece_has_a_score_dropped_ones_too() -> None:
    text = PLAN.format(SENTENCES)
    found = pieces(text, year=2030)
    assert [(piece.statement.quote, piece.kept) for piece in found] == [
        ("新建学校12所", True),
        ("惠及群众", False),
        ("加强教师队伍管理", False),
        ("建成花渡医院", True),
        ("坚持以人民为中心", False),
    ]
    assert all(0 < piece.statement.confidence < 1 for piece in found)
    assert all(text[piece.statement.start : piece.statement.end] == piece.statement.quote for piece in found)
    assert [piece.statement for piece in found if piece.kept] == pipeline.extract(text, year=2030)


def test_the_judge_keeps_by_score_what_is_about_livelihood() -> None:
    livelihood, trade = statement(), statement("新建工厂3家", "economy")._replace(start=20, end=26)
    found = [
        Piece(livelihood, kept=False),
        Piece(livelihood, kept=True),
        Piece(trade, kept=False),
        Piece(trade, kept=True),
    ]
    assert judged(found, [0.9, 0.1, 0.9, 0.1]) == [livelihood, trade]


def test_what_the_rules_keep_stands_before_what_they_leave_out() -> None:
    kept = statement()
    around = statement()._replace(end=20)
    behind = statement()._replace(start=20, end=30)
    found = [Piece(around, kept=False), Piece(kept, kept=True), Piece(behind, kept=False)]
    assert judged(found, [0.9, 0.9, 0.9]) == [kept, behind]


def test_a_piece_that_no_verb_tells_of_still_has_a_milestone() -> None:
    found = pieces(PLAN.format("教师队伍。优秀校园。"), year=2030)
    assert [(piece.statement.milestone, piece.kept) for piece in found] == [("progress", False)] * 2


def test_in_an_excerpt_the_rules_decide_alone() -> None:
    text = PLAN.format(SENTENCES)
    assert extract(text, year=2030, judge=True) == extract(text, year=2030)


def test_in_a_whole_report_the_scores_decide() -> None:
    text = PLAN.format(SENTENCES * (LEAST_PIECES // 5 + 1))
    found = extract(text, year=2030, judge=True)
    assert {one.quote for one in found} == {"新建学校12所", "建成花渡医院"}
    assert [one.start for one in found] == sorted(one.start for one in found)
