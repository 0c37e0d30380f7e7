"""What a directory of reports and curated data holds."""

from dataclasses import dataclass

from seeds.load.ground import EvidenceRow, SourceRow, StatusRow, SuccessionRow
from seeds.load.rows import DepartmentRow, JurisdictionRow, ProjectRow, ReportRow, RestatementRow, StatementRow


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every row of every file; ``texts`` and ``statements`` are by the report's name."""

    jurisdictions: list[JurisdictionRow]
    departments: list[DepartmentRow]
    reports: list[ReportRow]
    texts: dict[str, str]
    statements: dict[str, list[StatementRow]]
    projects: list[ProjectRow]
    sources: list[SourceRow]
    successions: list[SuccessionRow]
    evidence: list[EvidenceRow]
    statuses: list[StatusRow]
    restatements: list[RestatementRow]
