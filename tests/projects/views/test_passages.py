from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from projects.views.passages import Passage, Span, blocks, parts, passage_around, passages, unwrapped


def spans(*stretches: tuple[int, int]) -> list[Span]:
    return [Span(start, end, f"c{start}-{end}", "commitment") for start, end in stretches]


def marked(passage: Passage) -> list[tuple[str, str]]:
    return [(piece.text, piece.span.key if piece.span else "") for piece in passage.pieces]


def texts(text: str, headings: dict[int, int] | None = None) -> list[str]:
    return [passage.text for passage in passages(text, headings or {}, [])]


def test_a_span_is_marked_in_its_paragraph() -> None:
    [passage] = passages("今年建成学校4所。", {}, spans((2, 8)))
    assert marked(passage) == [("今年", ""), ("建成学校4所", "c2-8"), ("。", "")]
    assert passage.pieces[1].anchors == ("c2-8",)


def test_where_spans_overlap_the_shorter_one_marks_and_both_have_anchors() -> None:
    [passage] = passages("零一二三四五六七。", {}, spans((1, 7), (3, 5)))
    assert marked(passage) == [("零", ""), ("一二", "c1-7"), ("三四", "c3-5"), ("五六", "c1-7"), ("七。", "")]
    [same] = passages("零一二三。", {}, spans((1, 4), (1, 2)))
    assert same.pieces[1].anchors == ("c1-4", "c1-2")


def test_a_long_span_that_began_before_a_shorter_one_still_marks_the_next_paragraph() -> None:
    first, second = passages("零一二三。\n四五六七。", {}, spans((1, 9), (2, 3)))
    assert marked(first)[-1] == ("三。", "c1-9")
    assert marked(second) == [("四五六", "c1-9"), ("七。", "")]


def test_a_page_break_inside_a_word_is_shown_and_tears_nothing() -> None:
    text = "全年空\n\n---\n\n气质量优良。\n\n下一段。"
    first, second = passages(text, {}, spans((0, 15)))
    assert (first.text, second.text) == ("全年空气质量优良。", "下一段。")
    assert marked(first)[0] == ("全年空", "c0-15")
    assert [piece.after_page_break for piece in first.pieces] == [False, True, False]


@pytest.mark.parametrize("mark", ["---", "——————", "12", "第 3 页", "- 4 -"])
def test_a_page_mark_is_no_paragraph(mark: str) -> None:
    assert texts(f"上一段。\n\n{mark}\n\n下一段。") == ["上一段。", "下一段。"]


@pytest.mark.parametrize("line", ["2025", "4所", "——共享发展", "第三"])
def test_other_short_lines_are_paragraphs(line: str) -> None:
    assert texts(f"上一段。\n\n{line}\n\n下一段。") == ["上一段。", line, "下一段。"]


def test_a_wrap_ends_no_paragraph_but_a_sentence_at_a_line_end_does() -> None:
    assert texts("推进四\n山保护。\n下一段。") == ["推进四山保护。", "下一段。"]
    assert texts("各位代表\n\n现在报告") == ["各位代表", "现在报告"]


def test_headings_come_from_the_outline() -> None:
    found = passages("## 一、回顾\n\n正文。", {3: 1}, [])
    assert [(passage.level, passage.heading, passage.text) for passage in found] == [
        (1, "一、回顾", "一、回顾"),
        (0, "", "正文。"),
    ]
    assert found[0].anchor == "p3"


def test_a_heading_may_open_its_paragraph() -> None:
    [passage] = passages("（一）稳住经济。出台政策。", {}, [])
    assert (passage.level, passage.heading, passage.block.level) == (2, "（一）稳住经济", 0)
    [plain] = passages("（一）没有句号的一段", {}, [])
    assert (plain.level, plain.heading) == (0, "")


def test_an_unfinished_heading_is_not_joined_to_its_text() -> None:
    assert texts("一、回顾\n正文。", {0: 1}) == ["一、回顾", "正文。"]


def test_the_passage_around_a_span_holds_only_that_mark() -> None:
    text = "第一段。\n\n第二段建成学校。"
    found = passage_around(text, {}, Span(9, 13, "c1", "commitment"))
    assert found is not None
    assert marked(found) == [("第二段", ""), ("建成学校", "c1"), ("。", "")]
    assert passage_around(text, {}, Span(99, 100, "c1", "commitment")) is None


def test_a_quote_is_read_without_its_page_break() -> None:
    assert parts("全年空\n\n---\n\n气质量") == ["全年空", "气质量"]
    assert unwrapped("推进“四\n山”保护") == "推进“四山”保护"
    assert unwrapped("World\nBank") == "World Bank"


@given(st.text(alphabet="学校建成。，\n -#一、（）A1", max_size=60), st.data())
def test_any_text_keeps_every_character_and_every_anchor(text: str, data: st.DataObject) -> None:
    found = blocks(text, {})
    stretches = [stretch for block in found for stretch in block.ranges]
    assert all(start < end for start, end in stretches)
    assert all(before[1] <= after[0] for before, after in pairwise(stretches))
    if not stretches:
        return
    within = st.sampled_from(stretches).flatmap(lambda s: st.tuples(st.integers(s[0], s[1] - 1), st.just(s[1])))
    chosen = spans(*data.draw(st.lists(within, max_size=5, unique=True)))
    shown = [piece for passage in passages(text, {}, chosen) for piece in passage.pieces]
    assert sorted(key for piece in shown for key in piece.anchors) == sorted(span.key for span in chosen)
    assert "".join(piece.text for piece in shown).replace(" ", "") == "".join(
        unwrapped(text[start:end]) for start, end in stretches
    ).replace(" ", "")
