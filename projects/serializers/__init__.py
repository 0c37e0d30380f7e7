"""What each resource shows: for every name one expression, from which JSON, exports and the OpenAPI document follow."""

from projects.serializers.evidence import EVIDENCE, RESTATEMENT, SOURCE, SOURCE_DETAIL, STATUS_CHANGE
from projects.serializers.fields import API, Field, Fields, Resource, absolute, address_sql
from projects.serializers.lineage import LINEAGE
from projects.serializers.places import (
    ACHIEVEMENT_DETAIL,
    COMMITMENT_DETAIL,
    DEPARTMENT,
    JURISDICTION,
    JURISDICTION_DETAIL,
    OFFICE_ROW,
    PROJECT,
    PROJECT_DETAIL,
    REPORT,
    REPORT_DETAIL,
)
from projects.serializers.statements import ACHIEVEMENT, COMMITMENT

__all__ = [
    "ACHIEVEMENT",
    "ACHIEVEMENT_DETAIL",
    "API",
    "COMMITMENT",
    "COMMITMENT_DETAIL",
    "DEPARTMENT",
    "EVIDENCE",
    "JURISDICTION",
    "JURISDICTION_DETAIL",
    "LINEAGE",
    "OFFICE_ROW",
    "PROJECT",
    "PROJECT_DETAIL",
    "REPORT",
    "REPORT_DETAIL",
    "RESTATEMENT",
    "SOURCE",
    "SOURCE_DETAIL",
    "STATUS_CHANGE",
    "Field",
    "Fields",
    "Resource",
    "absolute",
    "address_sql",
]
