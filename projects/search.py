"""Keep the words of statements up with their text: see ``models.search``."""

from typing import Any

from django.db import connection

from projects.models import Achievement, AchievementWords, Commitment, CommitmentWords
from projects.models.search import TEXT

# So many rows take a second or two: a run that is killed loses no more.
BATCH = 5_000
_READ = """
    UPDATE {words} AS w SET words = duixian_words({text})
      FROM {statements} AS s
     WHERE s.id = w.statement_id AND w.statement_id IN (
           SELECT statement_id FROM {words} WHERE words IS NULL ORDER BY statement_id LIMIT %s FOR UPDATE SKIP LOCKED)
"""


def catch_up() -> int:
    """Read the words of statements that a large load left unread; return how many. Safe to repeat and to run twice."""
    return _catch_up(CommitmentWords, Commitment) + _catch_up(AchievementWords, Achievement)


def _catch_up(words: type[Any], statements: type[Any]) -> int:
    sql = _READ.format(words=words._meta.db_table, statements=statements._meta.db_table, text=TEXT.format(row="s"))
    done = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(sql, [BATCH])
            if not cursor.rowcount:
                return done
            done += cursor.rowcount
