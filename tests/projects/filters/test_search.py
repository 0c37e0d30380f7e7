"""Search finds what stands in the text, through the index or past it."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from projects.filters import COMMITMENTS, BadQuery, search
from projects.filters.search import filter_search, lexemes
from projects.models import Achievement, Commitment, CommitmentWords, NewStatements
from tests.factories import AchievementFactory, CommitmentFactory, ReportFactory

LETTERS = st.text(alphabet="学校医院5Gab (，%_", min_size=1, max_size=5)


def titles(text: str) -> set[str]:
    """Return the titles that a search finds."""
    return set(filter_search(Commitment.objects.published(), text).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("学", ["'学'"]),
        ("学校", ["'学校'"]),
        ("新学校", ["'新学'", "'学校'"]),
        ("school", ["'school':*"]),
        ("5g基站", ["'基站'"]),
        ("建5g站", ["'建'", "'5g'", "'站'"]),
        ("建5g", ["'建'", "'5g':*"]),
        ("11,052", ["'052':*"]),
        ("%", []),
    ],
)
def test_what_the_index_must_hold(term: str, expected: list[str]) -> None:
    assert list(lexemes(term)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("學校", {"建成学校"}),
        ("地鐵", {"轨道交通9号线"}),
        ("地铁", {"轨道交通9号线"}),
        ("５Ｇ", {"新建5G医院达80％"}),
        ("80%", {"新建5G医院达80％"}),
        ("８０％", {"新建5G医院达80％"}),
        ("90%", set()),
        ("schools", {"建成学校"}),
        ("school", {"建成学校"}),
        ("the schools of a district", {"建成学校"}),
        ("districts schools", {"建成学校"}),
        ("the", {"建成学校"}),
        ("community", {"新建5G医院达80％"}),
        ("communities", {"新建5G医院达80％"}),
        ("bus", set()),
        ("schoolsx", set()),
    ],
)
def test_a_search_forgives_how_a_word_is_written(text: str, found: set[str]) -> None:
    report = ReportFactory.create(text="一" * 100)
    titled = {"建成学校": "The school in the district", "新建5G医院达80％": "Communities", "轨道交通9号线": ""}
    for start, (title, title_en) in enumerate(titled.items(), 1):
        CommitmentFactory.create(report=report, start=start, end=start + 1, title=title, title_en=title_en)
    assert titles(text) == found


@pytest.mark.parametrize("name", ["traditional.tsv", "synonyms.tsv"])
def test_a_data_file_is_sorted_and_says_nothing_twice(name: str) -> None:
    path = Path(search.__file__).with_name(name)
    words = [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert words == sorted(set(words))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("学", {"建成4所学校"}),
        ("学校", {"建成4所学校"}),
        ("4所", {"建成4所学校"}),
        ("医院", {"新建5G医院"}),
        ("5g医", {"新建5G医院"}),
        ("5G", {"新建5G医院"}),
        ("hospital", {"新建5G医院"}),
        ("hosp new", {"新建5G医院"}),
        ("ospital", set()),
        ("新建 学校", set()),
        ("悦来", {"建成4所学校"}),
        ("校医", set()),
        ("%", set()),
        ("_", set()),
        ("'", set()),
        ("院校", set()),
    ],
)
def test_a_search_finds_what_is_said(text: str, found: set[str]) -> None:
    report = ReportFactory.create(text="一" * 100)
    elsewhere = {"report": report, "section": "医院学校"}
    CommitmentFactory.create(**elsewhere, start=1, end=2, title="建成4所学校", title_en="Schools", names=["悦来"])
    CommitmentFactory.create(**elsewhere, start=2, end=3, title="新建5G医院", title_en="A new hospital")
    assert titles(text) == found


class TestBothWays(TestCase):
    """The index finds what reading all rows finds."""

    @settings(max_examples=40)
    @given(texts=st.lists(LETTERS, min_size=1, max_size=4), sought=LETTERS)
    def test_through_the_index_and_past_it(self, texts: list[str], sought: str) -> None:
        report = ReportFactory.create(text="一" * 100)
        for number, text in enumerate(texts):
            CommitmentFactory.create(report=report, start=number, end=number + 1, title=text, title_en="")
        rows = Commitment.objects.published()
        through = set(filter_search(rows, sought).values_list("pk", flat=True))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(search, "_is_common", lambda *_words: True)
            assert set(filter_search(rows, sought).values_list("pk", flat=True)) == through
        CommitmentWords.objects.update(words=None)
        assert set(filter_search(rows, sought).values_list("pk", flat=True)) == through
        CommitmentWords.objects.all().delete()
        NewStatements.objects.create(
            words="projects_commitmentwords", statements=list(rows.values_list("pk", flat=True))
        )
        assert set(filter_search(rows, sought).values_list("pk", flat=True)) == through


@pytest.mark.django_db
def test_common_words_are_read_in_order() -> None:
    report = ReportFactory.create()
    for position in range(120):
        AchievementFactory.create(report=report, position=position, title="建设" if position else "麒麟")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE projects_achievementwords")
    common, rare = (str(filter_search(Achievement.objects.all(), word).query) for word in ("建设", "麒麟"))
    assert "projects_achievementwords" not in common
    assert "projects_achievementwords" in rare


@pytest.mark.django_db
def test_a_search_of_blanks_is_refused() -> None:
    with pytest.raises(BadQuery):
        COMMITMENTS.parse(QueryDict("q=%20%20"), today=date(2026, 1, 1))
