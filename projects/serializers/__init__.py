"""What each resource shows: explicit fields, each with its Python and its SQL form."""

from projects.serializers.details import (
    AchievementDetailSerializer,
    CommitmentDetailSerializer,
    ProjectDetailSerializer,
    ProjectSerializer,
)
from projects.serializers.evidence import (
    EvidenceSerializer,
    RestatementSerializer,
    SourceDetailSerializer,
    StatusChangeSerializer,
)
from projects.serializers.places import (
    DepartmentSerializer,
    JurisdictionDetailSerializer,
    JurisdictionSerializer,
    ReportDetailSerializer,
    ReportSerializer,
)
from projects.serializers.sources import SourceSerializer
from projects.serializers.statements import AchievementSerializer, CommitmentSerializer

__all__ = [
    "AchievementDetailSerializer",
    "AchievementSerializer",
    "CommitmentDetailSerializer",
    "CommitmentSerializer",
    "DepartmentSerializer",
    "EvidenceSerializer",
    "JurisdictionDetailSerializer",
    "JurisdictionSerializer",
    "ProjectDetailSerializer",
    "ProjectSerializer",
    "ReportDetailSerializer",
    "ReportSerializer",
    "RestatementSerializer",
    "SourceDetailSerializer",
    "SourceSerializer",
    "StatusChangeSerializer",
]
