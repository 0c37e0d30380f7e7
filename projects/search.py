"""Keep the words of statements up with their text: see ``models.search``."""

from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

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

# Rows of the index for new statements that a load has only noted down. A row that is there already came with a later
# change of the statement, and its words are right.
_LIST = """
    WITH noted AS (
        DELETE FROM projects_newstatements WHERE id = (
               SELECT id FROM projects_newstatements WHERE words = %s ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING statements),
    listed AS (INSERT INTO {words} (statement_id) SELECT unnest(statements) FROM noted ON CONFLICT DO NOTHING)
    SELECT count(*) FROM noted
"""


def catch_up() -> int:
    """Read the words of statements that a large load left unread; return how many. Safe to repeat and to run twice."""
    return _catch_up(CommitmentWords, Commitment) + _catch_up(AchievementWords, Achievement)


def _catch_up(words: type[Any], statements: type[Any]) -> int:
    table = words._meta.db_table
    read = _READ.format(words=table, statements=statements._meta.db_table, text=TEXT.format(row="s"))
    done = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(read, [BATCH])
            done += int(cursor.rowcount)
            if not cursor.rowcount and not _list(cursor, table):
                return done


def _list(cursor: CursorWrapper, table: str) -> bool:
    """Give the statements of one note their rows, still without words; say whether there was a note."""
    cursor.execute(_LIST.format(words=table), [table])
    return bool(cursor.fetchone()[0])
