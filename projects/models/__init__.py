"""The tables of the domain; one file for each thing a person would name."""

from django.apps import apps

from projects.models.access import ApiToken, IdempotencyKey, Proposal
from projects.models.achievement import Achievement
from projects.models.base import protect_from_truncation
from projects.models.commitment import Commitment
from projects.models.evidence import Evidence
from projects.models.extraction import ExtractionRun, ReportFile, SecondAnswer
from projects.models.history import ChangeContext, OverdueEvent, StatusChange
from projects.models.link import LinkProposal, ReportPair
from projects.models.place import Department, Jurisdiction, Succession
from projects.models.project import Project, Restatement
from projects.models.report import Report
from projects.models.responsibility import Responsibility
from projects.models.search import AchievementWords, CommitmentWords, NewStatements
from projects.models.source import Source
from projects.models.source_row import RowLink, SourceRow
from projects.models.statement import Statement
from projects.models.tally import CommitmentTally
from projects.models.version import DatasetVersion, PublicChange

__all__ = [
    "Achievement",
    "AchievementWords",
    "ApiToken",
    "ChangeContext",
    "Commitment",
    "CommitmentTally",
    "CommitmentWords",
    "DatasetVersion",
    "Department",
    "Evidence",
    "ExtractionRun",
    "IdempotencyKey",
    "Jurisdiction",
    "LinkProposal",
    "NewStatements",
    "OverdueEvent",
    "Project",
    "Proposal",
    "PublicChange",
    "Report",
    "ReportFile",
    "ReportPair",
    "Responsibility",
    "Restatement",
    "RowLink",
    "SecondAnswer",
    "Source",
    "SourceRow",
    "Statement",
    "StatusChange",
    "Succession",
]

# All that was imported above, and the tables of versions that came with it.
protect_from_truncation(apps.all_models["projects"].values())
