"""The words of statements follow their text, at once for a few rows, later for a large load."""

import pytest
from django.db import connection

from projects import search
from projects.models import Achievement, AchievementWords, Commitment, CommitmentWords, NewStatements
from projects.models.search import AT_ONCE
from tests.factories import AchievementFactory, CommitmentFactory, ReportFactory

pytestmark = pytest.mark.django_db


def words(text: str) -> set[str]:
    """Return the words that the database reads in a text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(duixian_words(%s))", [text])
        return set(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", set()),
        ("学", {"学"}),
        ("学校", {"学", "校", "学校"}),
        ("建 学", {"建", "学"}),
        ("5G基站", {"5g", "基", "站", "基站"}),
        ("Build 4 Schools’", {"build", "4", "schools"}),
        ("𠮷野", {"𠮷", "野", "𠮷野"}),
        ("%_'\\", set()),
    ],
)
def test_words_of_a_text(text: str, expected: set[str]) -> None:
    assert words(text) == expected


def test_words_follow_a_change_of_text_and_of_nothing_else() -> None:
    row = CommitmentFactory.create(title="旧校", names=["老名"])
    assert "旧校" in str(CommitmentWords.objects.get(pk=row.pk).words)
    Commitment.objects.filter(pk=row.pk).update(title="新院")
    found = str(CommitmentWords.objects.get(pk=row.pk).words)
    assert "新院" in found
    assert "旧校" not in found
    assert "老名" in found
    CommitmentWords.objects.filter(pk=row.pk).update(words=None)
    Commitment.objects.filter(pk=row.pk).update(delay_note="用地")
    assert CommitmentWords.objects.get(pk=row.pk).words is None


def test_achievements_have_words_too() -> None:
    row = AchievementFactory.create(title="医院开诊")
    assert "医院" in str(AchievementWords.objects.get(pk=row.pk).words)


@pytest.fixture
def large() -> list[int]:
    """Return the numbers of achievements that one large statement wrote."""
    report = ReportFactory.create(text="学" * (AT_ONCE + 1))
    common = {"report": report, "jurisdiction": report.jurisdiction, "year": report.year, "report_state": report.state}
    rows = [AchievementFactory.build(**common, start=n, end=n + 1, quote="学", title="学") for n in range(AT_ONCE + 1)]
    return [row.pk for row in Achievement.objects.bulk_create(rows)]


def unread() -> set[int]:
    """Return the numbers of statements that are noted down."""
    return {pk for note in NewStatements.objects.filter(words="projects_achievementwords") for pk in note.statements}


def test_a_large_load_leaves_its_words_to_the_next_run(large: list[int]) -> None:
    assert unread() == set(large)
    assert not AchievementWords.objects.exists()
    assert search.catch_up() == len(large)
    assert set(AchievementWords.objects.exclude(words=None).values_list("pk", flat=True)) == set(large)
    assert not NewStatements.objects.exists()
    assert search.catch_up() == 0


def test_a_change_before_the_next_run_is_what_it_leaves(large: list[int]) -> None:
    Achievement.objects.filter(pk=large[3]).update(title="新院")
    assert "新院" in str(AchievementWords.objects.get(pk=large[3]).words)
    assert search.catch_up() == len(large) - 1
    assert "新院" in str(AchievementWords.objects.get(pk=large[3]).words)


def test_a_large_change_leaves_its_words_to_the_next_run(large: list[int]) -> None:
    search.catch_up()
    Achievement.objects.update(title="新院")
    assert AchievementWords.objects.filter(words=None).count() == len(large)
    assert search.catch_up() == len(large)
    assert "新院" in str(AchievementWords.objects.get(pk=large[0]).words)


def test_one_note_holds_a_few_thousand_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "BATCH", 2)
    rows = [AchievementFactory.create(position=position) for position in range(5)]
    AchievementWords.objects.all().delete()
    for some in (rows[:3], rows[3:]):
        NewStatements.objects.create(words="projects_achievementwords", statements=[row.pk for row in some])
    assert search.catch_up() == 5
    assert AchievementWords.objects.exclude(words=None).count() == 5
