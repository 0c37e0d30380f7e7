import pytest
from hypothesis import given, strategies as st

from seeds.extract.normalise import continues, normalise, widths, wrap_width

PIECES = st.sampled_from(
    [
        "建成学校",
        "５所",
        " ",
        "\u3000",
        "\n",
        "\r\n",
        "\n\n---\n\n",
        "，",
        "。",
        "（一）",
        "12",
        "%",
        "［3］",
        "ab c",
        "第 3 页\n",
        "**",
    ]
)


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("新增学位 6 万余个", "新增学位6万余个"),
        ("全长 5 条 44.7 公里", "全长5条44.7公里"),
        ("新增城镇就业\u30003 万人", "新增城镇就业3万人"),
        ("建成学校［7］12所", "建成学校12所"),
        ("**建成**学校", "建成学校"),
        ("PM_2.5浓度", "PM2.5浓度"),
        ("PM₂.₅浓度", "PM2.5浓度"),
    ],
)
def test_stray_marks_go(source: str, clean: str) -> None:
    assert normalise(source).text == clean


def test_blanks_between_latin_words_stay() -> None:
    assert normalise("the new school").text == "the new school"


@pytest.mark.parametrize(
    "source",
    [
        "加快推进城区道路建设，全年空\n\n---\n\n气质量优良天数达到300天。",
        "加快推进城区道路建设，全年空\n- 12 -\n气质量优良天数达到300天。",
        "加快推进城区道路建设，全年空\r\n第 3 页 共 20 页\r\n气质量优良天数达到300天。",
        "加快推进城区道路建设，全年空\n气质量优良天数达到300天。",
    ],
)
def test_a_word_broken_by_a_page_or_a_wrap_is_joined(source: str) -> None:
    assert "全年空气质量优良天数达到300天" in normalise(source).text


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("一、2030年工作回顾", "过去一年，我们做了以下工作。"),
        ("全年建成学校5所。", "新增学位800个。"),
        ("建成学校5所", "新增学位800个"),
        ("完成了全年的主要任务，成绩来之不易", "（一）城乡面貌改善。"),
        ("新建小学5所，新增学位900个", "②加装电梯30部"),
        ("新建小学5所，新增学位900个", "02 加装电梯30部"),
    ],
)
def test_a_paragraph_that_ended_is_not_joined(line: str, following: str) -> None:
    assert not continues(line, following, wrap_width([line, following]))


def test_lines_of_one_length_without_marks_were_wrapped() -> None:
    wrapped = (
        "加快推进城区东部片区道路和桥梁建设以及学校\n医院等公共服务设施和沿线绿化照明工程建设并\n同步实施周边管网改造。"
    )
    assert "\n" not in normalise(wrapped).text


def test_a_list_without_marks_keeps_its_lines() -> None:
    listed = """新增三岁以下婴幼儿普惠托位四千五百个
新增公办幼儿园学位一万五千个
为适龄妇女免费筛查三万三千人次并建立健康档案和随访制度
培训高素质农民两千人以上
新改建农村公路一百二十公里以上"""
    assert normalise(listed).text == listed


def test_a_blank_line_ends_a_line_without_punctuation() -> None:
    assert normalise("新建小学5所，新增学位900个\n\n加装电梯30部").text == "新建小学5所，新增学位900个\n加装电梯30部"
    assert normalise("新建小学5所。推进城区\n\n道路改造。").text == "新建小学5所。推进城区道路改造。"


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("２０３０年", "2030年"),
        ("增长５．２％", "增长5.2%"),
        ("一;二", "一；二"),
        ("1,200人,", "1,200人，"),
        ("2：1", "2:1"),
        ('"两山"', "“两山”"),
    ],
)
def test_widths_are_unified_and_lengths_stay(source: str, same: str) -> None:
    assert widths(source) == same
    assert len(widths(source)) == len(source)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_clean_character_points_at_its_source(source: str) -> None:
    clean = normalise(source)
    unified = widths(source)
    positions = [clean.source(at) for at, char in enumerate(clean.text) if char != "\n"]
    assert [unified[there] for there in positions] == [char for char in clean.text if char != "\n"]
    assert positions == sorted(set(positions))


@given(st.text(max_size=200))
def test_spans_of_any_text_lie_within_it_and_keep_their_order(source: str) -> None:
    clean = normalise(source)
    for at in range(len(clean.text.rstrip("\n"))):
        start, end = clean.span(at, at + 1)
        assert 0 <= start < end <= len(source)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("新建车位5，000个", "新建车位5,000个"),
        ("新建公租房12 500套", "新建公租房12500套"),
        ("新建幼儿园 1 2 所", "新建幼儿园12所"),
        ("7 4 7 7 2 亿元", "74772亿元"),
        ("新建公厕12 50座", "新建公厕12 50座"),
        ("增长5%，120所学校", "增长5%，120所学校"),
        ("第3，2026年", "第3，2026年"),
        ("比例1∶15", "比例1:15"),
        ("实施《\n无障碍环境建设法\n》，新建坡道8处。", "实施《无障碍环境建设法》，新建坡道8处。"),
        ("⼩学和⽼旧⼩区", "小学和老旧小区"),
    ],
)
def test_digits_set_apart_and_radicals(text: str, clean: str) -> None:
    assert normalise(text).text == clean
