"""Brings the database in line with reports and what was found in them; safe to repeat, all or nothing.

``seed(directory)`` loads a directory of reports and curated data, as ``manage.py seed`` does.

``load_statements(report, statements, origin=Origin.EXTRACTED, extractor_version="1.0.0")`` loads what a reading of
one report found (``seeds.extract.extract``). New statements become candidates; rows that nobody has reviewed follow
the new reading; reviewed and hand-made rows stay; candidates that vanished are withdrawn. Both return a LoadResult:
``result["commitments"].created``, ``.updated`` (id → changed fields), ``.withdrawn``, ``.kept`` (id → fields that a
person changed and that therefore stay) and ``.unchanged``; ``result.lines()`` says it in words. Both raise LoadError,
whose ``problems`` name file and line (or the statement), the field and the fix; then nothing has been written.
"""

from seeds.load.directory import seed
from seeds.load.result import LoadError, LoadResult, Problem, TableResult
from seeds.load.statements import load_statements

__all__ = ["LoadError", "LoadResult", "Problem", "TableResult", "load_statements", "seed"]
