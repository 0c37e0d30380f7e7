"""One strict filter set for each list serves the API, the pages, feeds and exports: nothing asked is ignored."""

from projects.filters.list_query import LARGEST_PAGE, PAGE_SIZE, Cursor, ListDefinition, ListQuery, Ordering
from projects.filters.problems import BadQuery, Fault, Problem
from projects.filters.resources import (
    ACHIEVEMENTS,
    COMMITMENTS,
    DEPARTMENTS,
    EVIDENCE,
    HISTORY,
    JURISDICTIONS,
    PROJECTS,
    PROPOSALS,
    REPORTS,
    RESTATEMENTS,
    SOURCES,
    STATUS_CHANGES,
)

__all__ = [
    "ACHIEVEMENTS",
    "COMMITMENTS",
    "DEPARTMENTS",
    "EVIDENCE",
    "HISTORY",
    "JURISDICTIONS",
    "LARGEST_PAGE",
    "PAGE_SIZE",
    "PROJECTS",
    "PROPOSALS",
    "REPORTS",
    "RESTATEMENTS",
    "SOURCES",
    "STATUS_CHANGES",
    "BadQuery",
    "Cursor",
    "Fault",
    "ListDefinition",
    "ListQuery",
    "Ordering",
    "Problem",
]
