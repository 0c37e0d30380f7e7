"""Statements read from JSON Lines and proposals written to them: the fixed forms of ``extract`` and ``match``."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from seeds.match import tables
from seeds.match.pairing import Candidate
from seeds.match.proposals import Proposal
from seeds.match.subject import Subject, SubjectError, year_of


def load(path: Path, year: int | None = None) -> list[Subject]:
    """The subjects of a file, in the order of their starts; the report's year follows from its dates, if not given.

    Raises ``SubjectError`` with file, line, field and what to mend, ``OSError`` where there is no such file.
    """
    try:
        rows = list(_rows(path))
        known = year or year_of([row for _, row in rows])
    except UnicodeDecodeError as error:
        raise SubjectError(f"{path}: is not UTF-8: save it as UTF-8") from error
    except SubjectError as error:
        raise SubjectError(f"{path}: {error}") from error
    return sorted((_subject(path, number, row, known) for number, row in rows), key=start_of)


def start_of(subject: Subject) -> int:
    """Where a subject of a file begins."""
    return int(str(subject.key))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise SubjectError(f"line {number}: is no JSON: give one object a line, as extract prints") from error
        if not isinstance(row, dict):
            raise SubjectError(f"line {number}: must be one JSON object, as extract prints")
        yield number, row


def _subject(path: Path, number: int, row: dict[str, object], year: int) -> Subject:
    try:
        return Subject.of(row, year)
    except SubjectError as error:
        raise SubjectError(f"{path}, line {number}: {error}") from error


def lines(proposals: Iterable[Proposal], language: str = "zh") -> Iterator[str]:
    """One JSON object for each proposal; reasons are told in Chinese, or in English for a language ``en…``."""
    words = {code: one[language.startswith("en")] for code, one in _words().items()}
    for proposal in proposals:
        yield json.dumps(as_dict(proposal, words), ensure_ascii=False)


def reasons(candidate: Candidate) -> list[dict[str, object]]:
    """The reasons of a candidate, the strongest first, in both languages."""
    words = _words()
    return [
        {"code": code, "points": points, "words": words[code][0], "words_en": words[code][1]}
        for code, points in ((reason.code, reason.points) for reason in candidate.reasons)
        if points
    ]


def _words() -> dict[str, tuple[str, str]]:
    return {code: (chinese, english) for code, chinese, english in tables.rows("reasons")}


def as_dict(proposal: Proposal, words: dict[str, str]) -> dict[str, object]:
    """A proposal as JSON-ready values; ``basis`` says what change or verdict rest on."""
    candidate = proposal.candidate
    row: dict[str, object] = {
        "commitment": candidate.commitment.key,
        "statement": candidate.statement.key,
        "relation": proposal.relation,
        "change": proposal.change.code if proposal.change else None,
        "score": candidate.score,
        "reasons": [
            {"code": reason.code, "points": reason.points, "words": words[reason.code]} for reason in candidate.reasons
        ],
    }
    if proposal.verdict:
        row["verdict"] = proposal.verdict.code
    follows = proposal.change or proposal.verdict
    return row | {"basis": follows.basis if follows else None}
