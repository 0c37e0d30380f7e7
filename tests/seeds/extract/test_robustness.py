"""Whatever the text: statements that are ordered, in range and true to it, found in the same way each time."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from seeds.extract import Statement, extract, heading_of, pipeline

REPORTS = Path(__file__).resolve().parents[3] / "seeds" / "reports"
KINDS = {"commitment", "achievement"}
CATEGORIES = {
    "education", "health", "transport", "housing", "elderly_childcare", "social_security", "culture_sports",
    "water_sanitation", "environment", "rural", "utilities", "public_safety", "economy", "governance",
}  # fmt: skip
MILESTONES = {"plan", "start", "progress", "complete", "level"}
COMPARATORS = {"eq", "gte", "lte", "approx"}

HEADING = "2021年某某区人民政府工作报告\n\n二、2021年重点工作\n\n（一）建设\n\n"

# What reports are made of, with the accidents of printing: breaks inside words, full-width forms, stray page marks.
HEADINGS = [
    "一、2020年工作回顾", "二、2021年主要目标任务", "（一）推动城乡融合", "1.教育", "## 三、“十四五”目标",
    "四、政府自身建设", "第二部分 2035年远景目标", "困难和问题",
]  # fmt: skip
VERBS = [
    "建成", "新建", "推进", "力争", "全面完成", "开工", "达到", "保持在", "新增", "提速", "续建", "加快", "推动",
    "控制在",
]  # fmt: skip
OBJECTS = [
    "悦来中学", "等学校", "轨道交通15号线", "《规划》", "城镇新增就业", "“百里绿廊”", "（一期）", "森林覆盖率",
    "停车位", "养老服务中心", "路",
]  # fmt: skip
FIGURES = [
    "3所", "1.2万个", "95%以上", "２００公里", "三分之一", "4867.7万人次、46.9万吨", "约40亩", "百分之五", "2.21∶1",
    "5 条 44.7 公里", "十四五", "全覆盖",
]  # fmt: skip
MARKS = [*"，。、；：“”（）—\n\u3000 \ufeff\x0c", "\r\n", "\n---\n", "分别", "到2027年", "年底前"]
reports = st.lists(
    st.one_of(*map(st.sampled_from, (HEADINGS, VERBS, OBJECTS, FIGURES, MARKS, MARKS))), max_size=60
).map("".join)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def assert_sound(text: str, found: Sequence[Statement]) -> None:
    """Every rule that holds for statements of whatever text."""
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert one.quote == text[one.start : one.end]
        assert one.quote == one.quote.strip()
        assert one.kind in KINDS
        assert one.category in CATEGORIES
        assert one.milestone in MILESTONES
        assert (one.quantity is None) == (one.comparator is None)
        assert one.comparator is None or one.comparator in COMPARATORS
        assert one.unit is None or one.quantity is not None
        assert one.unit != ""
        assert one.title.strip()
        assert isinstance(one.due_on, date)
        assert 0 <= one.confidence <= 1
        assert one.rules
        end = one.end


@given(anything)
def test_any_text(text: str) -> None:
    assert_sound(text, extract(text, year=2021))


@given(anything)
def test_any_text_under_a_heading(text: str) -> None:
    assert_sound(HEADING + text, extract(HEADING + text, year=2021))


@given(reports)
def test_texts_like_reports(text: str) -> None:
    assert_sound(HEADING + text, extract(HEADING + text, year=2021))


@given(st.one_of(reports, anything), st.integers(0, 2**16))
def test_whatever_the_scores_say_is_kept(text: str, chance: int) -> None:
    found = pipeline.pieces(HEADING + text, year=2021)
    scores = [chance >> at % 16 & 1 for at in range(len(found))]
    assert_sound(HEADING + text, pipeline.judged(found, scores))


@given(reports)
def test_the_same_text_gives_the_same_statements(text: str) -> None:
    once = extract(HEADING + text, year=2021)
    assert extract(HEADING + text, year=2021) == once
    assert [Statement.as_dict(one) for one in once] == [one.as_dict() for one in once]


@given(anything)
def test_the_heading_of_any_text(text: str) -> None:
    year = heading_of(text).year
    assert year is None or 1000 <= year <= 2999
    assert_sound(text, extract(text, year=year or 2021))


@given(st.integers(1, 9999))
def test_any_year(year: int) -> None:
    text = HEADING.replace("2021", f"{year:04d}") + "建成学校3所，明年底前完成改造5个，到2035年达到90%。"
    assert_sound(text, extract(text, year=year))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\ufeff",
        "English only: 5 schools will be built by 2025.",
        "没有标点没有标题只有一句建成学校3所",
        "2021年政府工作报告",
        HEADING,
        HEADING + "，。、；",
        HEADING + "3",
        HEADING + "所" * 50,
        HEADING + "建成学校99999999999999999999999999999999亿亿所。",
        HEADING + "建成学校" + "9" * 5000 + "所。",
        HEADING + "建成学校1." + "9" * 400 + "所，达到1e5个，完成0.0.0.0万套。",
        HEADING + "到99999年建成学校3所，2021年13月32日前完成改造5个，2月30日前开工学校2所。",
    ],
)
def test_odd_texts(text: str) -> None:
    assert_sound(text, extract(text, year=2021))


@pytest.mark.parametrize("year", [2021, 2025])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(year: int, ends: str) -> None:
    text = (REPORTS / f"500112-{year}.txt").read_bytes().decode("utf-8")
    other = text.replace("\n", ends)
    found = extract(other, year=year)
    assert_sound(other, found)
    plain = ["".join(one.quote.split()) for one in extract(text, year=year)]
    assert ["".join(one.quote.split()) for one in found] == plain


@given(st.integers(1, 99_999), st.integers(0, 2), st.sampled_from(["", "万", "亿"]))
def test_figures_carry_no_noise(digits: int, places: int, myriads: str) -> None:
    number = Decimal(digits).scaleb(-places)
    text = f"{HEADING}力争城镇居民人均可支配收入达到{number:f}{myriads}元。"
    exact = number * {"": 1, "万": 10**4, "亿": 10**8}[myriads]
    (one,) = extract(text, year=2021)
    assert one.quantity == (int(exact) if exact == int(exact) else float(exact))
    assert isinstance(one.quantity, int) == (exact == int(exact))


UNITS = [
    "、", "，", "8", "1.", "万亿", "９", "“", "（", "（建成（", "《", "建成", "悦来中学、", "建成学校3所、",
    "建成学校3所，", "分别达到3所、", "加快推进学校医院道路公园", "一二三四五六七八九十百千", "到2027年底前",
    "市第一人民", "\U0001f600", " ", "\n", "abc ", "一、重点工作\n", "建\n成\n学\n校\n3\n所\n",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_long_repetition(unit: str) -> None:
    text = HEADING + unit * (20_000 // len(unit))
    assert_sound(text, extract(text, year=2021))


@pytest.mark.slow
@settings(max_examples=30)
@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=4), st.integers(2, 300))
def test_repetition_of_any_mixture(units: list[str], times: int) -> None:
    text = HEADING + "".join(units) * times
    assert_sound(text, extract(text, year=2021))


@pytest.mark.slow
def test_ten_megabytes() -> None:
    report = (REPORTS / "500112-2025.txt").read_bytes().decode("utf-8")
    filler = "各位代表，我们将继续努力，不断增强人民群众的获得感、幸福感、安全感。\n"
    text = filler * ((10_000_000 - len(report.encode())) // len(filler.encode())) + report
    found = extract(text, year=2025)
    assert_sound(text, found)
    assert [one.quote for one in found] == [one.quote for one in extract(report, year=2025)]
