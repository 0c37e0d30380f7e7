"""The words by which statements are found, the totals of commitments, and the version of the data."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from projects.migrations._tables import CHOICES, ID, Fields, replaced, sql, table

_ACHIEVEMENT_WORDS: Fields = [
    ("words", SearchVectorField("词", null=True)),
    (
        "statement",
        models.OneToOneField(
            "projects.achievement", models.DO_NOTHING, primary_key=True, serialize=False, related_name="+"
        ),
    ),
]
_COMMITMENT_WORDS: Fields = [
    ("words", SearchVectorField("词", null=True)),
    (
        "statement",
        models.OneToOneField(
            "projects.commitment", models.DO_NOTHING, primary_key=True, serialize=False, related_name="+"
        ),
    ),
]
_NEW_STATEMENTS: Fields = [
    *ID,
    ("words", models.CharField("词表", max_length=63)),
    ("statements", ArrayField(models.BigIntegerField(), verbose_name="条目")),
]
_COMMITMENT_TALLY: Fields = [
    *ID,
    ("year", models.PositiveSmallIntegerField("报告年度")),
    ("category", models.CharField("类别", max_length=20, choices=CHOICES["category"])),
    ("status", models.CharField("状态", max_length=20, choices=CHOICES["status"])),
    ("due_basis", models.CharField("到期日依据", max_length=10, choices=CHOICES["due_basis"])),
    ("due_on", models.DateField("到期日")),
    ("commitments", models.BigIntegerField("承诺数")),
    ("outcome", models.CharField("证据所示", max_length=12, db_default="open", choices=CHOICES["outcome"])),
]
_DATASET_CHANGE: Fields = [("transaction", models.BigIntegerField("事务", primary_key=True, serialize=False))]
_DATASET_VERSION: Fields = [
    *ID,
    ("number", models.BigIntegerField("版本")),
    ("changed_at", models.DateTimeField("变更时间")),
]


class Migration(migrations.Migration):
    initial = True
    replaces = replaced("0005_totals_and_words", "0006_dataset_version", "0010_statements_noted_together")
    dependencies = [("projects", "0003_access_and_extraction")]
    operations = [
        sql("duixian_words"),
        table(
            "AchievementWords",
            _ACHIEVEMENT_WORDS,
            "成绩的词",
            indexes=[
                GinIndex(fields=["words"], fastupdate=False, name="achievement_search"),
                Index(fields=["statement"], condition=Q(words__isnull=True), name="achievement_words_to_read"),
            ],
        ),
        table(
            "CommitmentWords",
            _COMMITMENT_WORDS,
            "承诺的词",
            indexes=[
                GinIndex(fields=["words"], fastupdate=False, name="commitment_search"),
                Index(fields=["statement"], condition=Q(words__isnull=True), name="commitment_words_to_read"),
            ],
        ),
        table("NewStatements", _NEW_STATEMENTS, "未读词的新条目"),
        table(
            "CommitmentTally",
            _COMMITMENT_TALLY,
            "承诺计数",
            constraints=[
                UniqueConstraint(
                    fields=("year", "category", "status", "outcome", "due_basis", "due_on"), name="commitment_tally_key"
                )
            ],
        ),
        table("DatasetChange", _DATASET_CHANGE, "进行中的变更"),
        table(
            "DatasetVersion",
            _DATASET_VERSION,
            "数据版本",
            constraints=[CheckConstraint(condition=Q(id=1), name="dataset_version_is_one_row")],
        ),
        sql("words_statistics", table="achievement"),
        sql("words_statistics", table="commitment"),
    ]
