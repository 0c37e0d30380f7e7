"""What a directory of reports and curated data holds."""

from dataclasses import dataclass

from seeds.load.rows import (
    DepartmentRow,
    EvidenceRow,
    JurisdictionRow,
    ProjectRow,
    ReportRow,
    RestatementRow,
    StatementRow,
    StatusRow,
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every row of every file; ``texts`` and ``statements`` are by the report's name."""

    jurisdictions: list[JurisdictionRow]
    departments: list[DepartmentRow]
    reports: list[ReportRow]
    texts: dict[str, str]
    statements: dict[str, list[StatementRow]]
    projects: list[ProjectRow]
    evidence: list[EvidenceRow]
    statuses: list[StatusRow]
    restatements: list[RestatementRow]
