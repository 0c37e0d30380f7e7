"""The headings of a report, with the place where each stands."""

from seeds.headings import outline_of

TEXT = "政府工作报告\n一、去年工作\n建成第一中学。\n（一）教育\n# 今年任务\n"


def test_headings_have_their_level_and_place() -> None:
    found = outline_of(TEXT)
    assert [(row["level"], row["title"]) for row in found] == [(1, "一、去年工作"), (2, "（一）教育"), (1, "今年任务")]
    assert [TEXT[int(row["start"]) : int(row["end"])] for row in found] == [row["title"] for row in found]


def test_a_sentence_is_no_heading() -> None:
    assert outline_of("建成第一中学。\n改造老旧小区5个。\n") == []
