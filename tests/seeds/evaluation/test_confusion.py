"""worst and tally: the errors with their words, the ones that mislead most first."""

from seeds.evaluation.confusion import tally, worst
from seeds.evaluation.measures import compare
from tests.seeds.evaluation.rows import row

TEXT = "今年，建成学校3所，新增学位800个，完成医院扩建，改造道路5公里，其余从略。"


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_errors_with_their_words() -> None:
    gold = [row(*span("建成学校3所")), row(*span("完成医院扩建"), category="health"), row(*span("新增学位800个"))]
    found = [
        row(*span("建成学校3所"), category="health", unit="座"),
        row(*span("改造道路5公里"), confidence=0.9),
        row(*span("新增学位800个")),
    ]
    errors = worst("r", TEXT, compare(gold, found))
    assert [(error.error, error.words) for error in errors] == [
        ("missed", "学校3所，新增学位800个，【完成医院扩建】，改造道路5公里，其余从略。"),
        ("wrong", "今年，【建成学校3所】，新增学位800个，完成医院"),
        ("spurious", "学位800个，完成医院扩建，【改造道路5公里】，其余从略。"),
    ]
    assert errors[1].wrong == (("category", "education", "health"), ("unit", "所", "座"))
    assert worst("r", TEXT, compare(gold, found), limit=1) == errors[:1]


def test_no_errors_no_words() -> None:
    assert worst("r", TEXT, compare([row(0, 5)], [row(0, 5)])) == []


def test_line_breaks_do_not_break_the_list() -> None:
    error = worst("r", "建成\n学校", compare([row(0, 5)], []))[0]
    assert error.words == "【建成 学校】"


def test_tally_counts_what_was_taken_for_what() -> None:
    gold = [row(start, start + 5) for start in (0, 10, 20)]
    found = [row(0, 5, category="health"), row(10, 15, category="health"), row(20, 25, comparator=None)]
    assert tally(compare(gold, found)) == [
        ("category", "education", "health", 2),
        ("comparator", "eq", "None", 1),
    ]
