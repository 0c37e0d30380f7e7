from collections.abc import Callable

import pytest

from seeds.extract import Statement, extract
from seeds.extract.clauses import Document, Segment
from seeds.extract.segmentation import segments

Read = Callable[[str], list[Statement]]
Cut = Callable[[str], tuple[Document, list[Segment]]]


@pytest.fixture
def plan() -> Read:
    """Reads a sentence as part of the work planned for 2030."""
    return lambda sentence: extract(f"二、2030年重点工作\n（一）改善民生。{sentence}", year=2030)


@pytest.fixture
def review() -> Read:
    """Reads a sentence as part of the review of 2029."""
    return lambda sentence: extract(f"一、2029年工作回顾\n（一）民生改善。{sentence}", year=2030)


@pytest.fixture
def cut() -> Cut:
    """Cuts one clause into its segments."""

    def one_clause(clause: str) -> tuple[Document, list[Segment]]:
        document = Document(clause)
        return document, segments(document, 0, len(clause))

    return one_clause
