"""What a person's decision makes public or takes back; set by set, and only where the transition is allowed."""

from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from celery import current_app
from django.db import transaction
from django.db.models import QuerySet

from projects.choices import ReportState, ReviewState, Verification
from projects.models import Achievement, Commitment, Project, Report, ReportPair, Restatement

# The task is called by its name: this package knows nothing of the matcher.
LINKING_TASK = "seeds.link_reports"

Reviewed = TypeVar("Reviewed", Commitment, Achievement, Project)

# From which states a row may come to each. What is public is withdrawn, never rejected: somebody may have read it.
REVIEW_TRANSITIONS: Mapping[ReviewState, frozenset[ReviewState]] = {
    ReviewState.PUBLISHED: frozenset({ReviewState.CANDIDATE, ReviewState.REJECTED, ReviewState.WITHDRAWN}),
    ReviewState.WITHDRAWN: frozenset({ReviewState.PUBLISHED}),
    ReviewState.REJECTED: frozenset({ReviewState.CANDIDATE}),
}
# A draft that nobody should work on, such as a wrong upload, is withdrawn too.
REPORT_TRANSITIONS: Mapping[ReportState, frozenset[ReportState]] = {
    ReportState.PUBLISHED: frozenset({ReportState.DRAFT, ReportState.WITHDRAWN}),
    ReportState.WITHDRAWN: frozenset({ReportState.DRAFT, ReportState.PUBLISHED}),
}


def review(rows: "QuerySet[Reviewed]", to: ReviewState) -> int:
    """Publish, withdraw or reject those rows that may come to that state; return how many."""
    return rows.filter(review_state__in=sorted(REVIEW_TRANSITIONS[to])).order_by().update(review_state=to)


def set_state(reports: "QuerySet[Report]", to: ReportState) -> int:
    """Publish or withdraw reports, and with them what is published in them; return how many reports.

    What becomes public is compared with the other years once this is committed.
    """
    movable = list(reports.filter(state__in=sorted(REPORT_TRANSITIONS[to])).order_by().defer("text", "outline"))
    count = reports.filter(pk__in=[report.pk for report in movable]).update(state=to)
    if to == ReportState.PUBLISHED:
        for report in movable:
            ReportPair.wait_for(report)
        for place in {report.jurisdiction_id for report in movable}:
            transaction.on_commit(partial(compare_years, place), robust=True)
    return count


def compare_years(place: str) -> None:
    """Send the comparison of a government's reports to the workers; without a broker it waits until one is there."""
    current_app.send_task(LINKING_TASK, [place], ignore_result=True)


def verify(links: "QuerySet[Restatement]", to: Verification) -> int:
    """Accept or reject links between promises that are made again; return how many changed."""
    return links.exclude(review_state=to).order_by().update(review_state=to)
