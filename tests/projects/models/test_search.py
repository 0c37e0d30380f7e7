"""The words of statements follow their text, at once for a few rows, later for a large load."""

import pytest
from django.db import connection

from projects import search
from projects.models import Achievement, AchievementWords, Commitment, CommitmentWords
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


def test_a_large_load_leaves_its_words_to_the_next_run() -> None:
    report = ReportFactory.create(text="学" * (AT_ONCE + 1))
    common = {"report": report, "jurisdiction": report.jurisdiction, "year": report.year, "report_state": report.state}
    Achievement.objects.bulk_create(
        AchievementFactory.build(**common, start=n, end=n + 1, quote="学", title="学") for n in range(AT_ONCE + 1)
    )
    assert AchievementWords.objects.filter(words=None).count() == AT_ONCE + 1
    assert search.catch_up() == AT_ONCE + 1
    assert not AchievementWords.objects.filter(words=None).exists()
    assert search.catch_up() == 0
