"""The words of statements, for search: every Chinese character and pair of characters, every word of Latin letters.

PostgreSQL's own text search does not cut Chinese into words, and trigrams find nothing shorter than three characters;
most Chinese words have two. The function ``duixian_words`` that reads the words stands in migration 0005.
"""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

# A statement that writes more rows than this leaves their words to the next run of ``search.catch_up``: reading words
# costs as much as the rest of a load. Until then its rows are found by comparing their text.
AT_ONCE = 1000

# What is searched, of a row with this alias; a line end keeps the parts apart.
TEXT = (
    "({row}.title || chr(10) || {row}.quote || chr(10) || array_to_string({row}.names, chr(10))"
    " || chr(10) || {row}.title_en)"
)
FILL = """
    INSERT INTO {words} (statement_id, words)
    SELECT n.id, CASE WHEN {count} THEN duixian_words({text}) END FROM {rows}
    ON CONFLICT (statement_id) DO UPDATE SET words = excluded.words;
"""
_CHANGED = """new_rows AS n JOIN old_rows AS o ON o.id = n.id
     WHERE (o.title, o.quote, o.names, o.title_en) IS DISTINCT FROM (n.title, n.quote, n.names, n.title_en)"""


class _StatementWords(models.Model):
    """The words of one statement; none as long as they have not been read."""

    words = SearchVectorField(_("词"), null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class CommitmentWords(_StatementWords):
    """The words of a commitment."""

    statement = models.OneToOneField("projects.Commitment", models.DO_NOTHING, primary_key=True, related_name="+")

    class Meta:
        verbose_name = _("承诺的词")
        verbose_name_plural = _("承诺的词")
        indexes = [
            GinIndex(fields=["words"], name="commitment_search", fastupdate=False),
            models.Index(fields=["statement"], name="commitment_words_to_read", condition=models.Q(words__isnull=True)),
        ]


class AchievementWords(_StatementWords):
    """The words of an achievement."""

    statement = models.OneToOneField("projects.Achievement", models.DO_NOTHING, primary_key=True, related_name="+")

    class Meta:
        verbose_name = _("成绩的词")
        verbose_name_plural = _("成绩的词")
        indexes = [
            GinIndex(fields=["words"], name="achievement_search", fastupdate=False),
            models.Index(
                fields=["statement"], name="achievement_words_to_read", condition=models.Q(words__isnull=True)
            ),
        ]


def search_triggers(words: str) -> list[pgtrigger.Trigger]:
    """Return the triggers by which a statement's words follow its text; ``words`` is the table that holds them."""
    few = f"(SELECT count(*) FROM new_rows) <= {AT_ONCE}"
    filled = FILL.format(words=words, count=few, text=TEXT.format(row="n"), rows="{rows}") + "RETURN NULL;"
    return [
        pgtrigger.Trigger(
            name="words_of_new_rows",
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(new="new_rows"),
            func=filled.format(rows="new_rows AS n"),
        ),
        pgtrigger.Trigger(
            name="words_of_changed_rows",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
            func=filled.format(rows=_CHANGED),
        ),
    ]
