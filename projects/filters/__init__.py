"""One strict filter set for each list serves the API, the pages, feeds and exports: nothing asked is ignored."""

from projects.filters.asked import LARGEST_PAGE, PAGE_SIZE, Asked, Listing, NoFilters
from projects.filters.listings import (
    ACHIEVEMENTS,
    COMMITMENTS,
    DEPARTMENTS,
    EVIDENCE,
    JURISDICTIONS,
    PROJECTS,
    REPORTS,
    RESTATEMENTS,
    SOURCES,
    STATUS_CHANGES,
)
from projects.filters.ordering import Cursor, Ordering
from projects.filters.problems import BadQuery, Fault, Problem
from projects.filters.strict import Parameter

__all__ = [
    "ACHIEVEMENTS",
    "COMMITMENTS",
    "DEPARTMENTS",
    "EVIDENCE",
    "JURISDICTIONS",
    "LARGEST_PAGE",
    "PAGE_SIZE",
    "PROJECTS",
    "REPORTS",
    "RESTATEMENTS",
    "SOURCES",
    "STATUS_CHANGES",
    "Asked",
    "BadQuery",
    "Cursor",
    "Fault",
    "Listing",
    "NoFilters",
    "Ordering",
    "Parameter",
    "Problem",
]
