"""The words of statements, for search: every Chinese character and pair of characters, every word of Latin letters.

PostgreSQL's own text search does not cut Chinese into words, and trigrams find nothing shorter than three characters;
most Chinese words have two. The function ``duixian_words`` that reads the words stands in migration 0005.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

# A statement that writes more rows than this leaves their words to the next run of ``search.catch_up``: reading words
# costs as much as the rest of a load. Until then its rows are found by comparing their text. New rows are only noted
# down, so many in one row: a row for each would make a first load a sixth slower.
AT_ONCE = 1000
NOTED_TOGETHER = 5000

# What is searched, of a row with this alias; a line end keeps the parts apart.
TEXT = (
    "({row}.title || chr(10) || {row}.quote || chr(10) || array_to_string({row}.names, chr(10))"
    " || chr(10) || {row}.title_en)"
)
_FILL = """
    INSERT INTO {words} (statement_id, words)
    SELECT n.id, {value} FROM {rows}
    ON CONFLICT (statement_id) DO UPDATE SET words = excluded.words;
"""
_NEW = """
    IF {few} THEN {fill}
    ELSE
        INSERT INTO projects_newstatements (words, statements)
        SELECT '{words}', array_agg(id) FROM new_rows GROUP BY id / {together};
    END IF;
    RETURN NULL;
"""
_CHANGED = """new_rows AS n JOIN old_rows AS o ON o.id = n.id
     WHERE (o.title, o.quote, o.names, o.title_en) IS DISTINCT FROM (n.title, n.quote, n.names, n.title_en)"""


class _StatementWords(models.Model):
    """The words of one statement; none as long as they have not been read."""

    # Read again from the statements.
    may_be_truncated = True

    words = SearchVectorField(_("词"), null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class CommitmentWords(_StatementWords):
    statement = models.OneToOneField("projects.Commitment", models.DO_NOTHING, primary_key=True, related_name="+")

    class Meta:
        verbose_name = _("承诺的词")
        verbose_name_plural = _("承诺的词")
        indexes = [
            GinIndex(fields=["words"], name="commitment_search", fastupdate=False),
            models.Index(fields=["statement"], name="commitment_words_to_read", condition=models.Q(words__isnull=True)),
        ]


class AchievementWords(_StatementWords):
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


class NewStatements(models.Model):
    """Statements of one large load that have no row of words yet, a few thousand of them in a row of this table."""

    words = models.CharField(_("词表"), max_length=63)
    statements = ArrayField(models.BigIntegerField(), verbose_name=_("条目"))

    class Meta:
        verbose_name = _("未读词的新条目")
        verbose_name_plural = _("未读词的新条目")

    def __str__(self) -> str:
        return f"{self.words} {self.pk}"


def search_triggers(words: str) -> list[pgtrigger.Trigger]:
    """Return the triggers by which a statement's words follow its text; ``words`` is the table that holds them."""
    few = f"(SELECT count(*) FROM new_rows) <= {AT_ONCE}"
    read = f"duixian_words({TEXT.format(row='n')})"
    fill = _FILL.format(words=words, value=read, rows="new_rows AS n")
    changed = _FILL.format(words=words, value=f"CASE WHEN {few} THEN {read} END", rows=_CHANGED) + "RETURN NULL;"
    return [
        pgtrigger.Trigger(
            name="words_of_new_rows",
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(new="new_rows"),
            func=_NEW.format(few=few, fill=fill, words=words, together=NOTED_TOGETHER),
        ),
        pgtrigger.Trigger(
            name="words_of_changed_rows",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
            func=changed,
        ),
    ]
