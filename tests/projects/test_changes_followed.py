"""A copy that follows the ledger equals a fresh one whatever is done at a desk, and the version moves only then."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import orjson
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from projects import acceptance, evidence as decisions, publication
from projects.api.resources import ENDPOINTS
from projects.choices import ReportState, ReviewState, Status, Verification
from projects.models import (
    Achievement,
    Commitment,
    DatasetVersion,
    Department,
    Evidence,
    Jurisdiction,
    LinkProposal,
    Project,
    PublicChange,
    Report,
    ReportPair,
    Responsibility,
    Restatement,
    Source,
    StatusChange,
    Succession,
)
from projects.models.change_sql import RESOURCES
from projects.sweep import record_overdue
from tests import factories
from tests.projects.models.refusals import execute

Rows = dict[tuple[str, str], dict[str, Any]]
# By what a row of each resource is found.
KEYS = {"projects": "slug", "reports": "key", "jurisdictions": "code"}
MODELS: dict[str, type[Any]] = {
    "achievements": Achievement,
    "commitments": Commitment,
    "departments": Department,
    "evidence": Evidence,
    "jurisdictions": Jurisdiction,
    "projects": Project,
    "reports": Report,
    "restatements": Restatement,
    "sources": Source,
    "status-changes": StatusChange,
}


def version() -> int:
    """Return the version as it stands when what was done so far is committed."""
    connection.check_constraints()
    return DatasetVersion.objects.values_list("number", flat=True).first() or 0


def told(since: int) -> list[tuple[str, str, bool]]:
    """Return resource, key and removal of what changed after a version, in order."""
    connection.check_constraints()
    return list(PublicChange.objects.since(since).values_list("resource", "key", "removed"))


def fresh() -> Rows:
    """Return all that the lists of the API show."""
    client, found = Client(), Rows()
    for endpoint in ENDPOINTS:
        page = orjson.loads(client.get(f"/api/v1/{endpoint.name}/?page_size=500").content)
        assert page["next"] is None
        key = KEYS.get(endpoint.name, "id")
        found |= {(endpoint.name, str(row[key])): row for row in page["results"]}
    return found


def follow(copy: Rows, since: int) -> int:
    """Bring a copy of a version up to date as a client would; return its new version."""
    client, now = Client(), DatasetVersion.objects.get().number
    fields = {endpoint.name: endpoint.row.fields for endpoint in ENDPOINTS}
    for resource, key, removed in told(since):
        answer = client.get(f"/api/v1/{resource}/{key}/")
        assert answer.status_code == (404 if removed else 200), (resource, key)
        copy.pop((resource, key), None)
        if not removed:
            detail = orjson.loads(answer.content)
            copy[resource, key] = {name: detail[name] for name in fields[resource]}
    return int(now)


def beyond_lists() -> list[Any]:
    """Return what only single resources show, what the sweep recorded, and the parts of a second that none shows."""
    promises = Commitment.objects.published().order_by("pk")
    return [
        list(promises.values_list("pk", "overdue_since", "overdue_basis")),
        list(Responsibility.objects.filter(commitment__is_public=True).values_list("commitment", "department", "role")),
        list(Succession.objects.values_list("pk", "predecessor", "successor", "scope", "source")),
        list(Source.objects.filter(is_public=True, report__state=ReportState.PUBLISHED).values_list("pk", "report")),
        *(
            list(model.objects.published().order_by("pk").values_list("pk", "updated_at"))
            for model in MODELS.values()
            if model is not StatusChange
        ),
    ]


class Desk:
    """Does something random to random rows, as people and programs do."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def any(self, model: type[Model]) -> Any:
        """Return a random row of a table, or leave the step out."""
        rows = list(model._default_manager.order_by("pk"))
        if not rows:
            raise ValidationError("none")
        return self.random.choice(rows)

    def maybe(self, model: type[Model]) -> Any:
        """Return a random row or None."""
        return self.any(model) if self.random.random() < 0.7 else None

    def some(self, model: type[Model]) -> Any:
        """Return one to three random rows as a queryset."""
        chosen = [self.any(model).pk for _ in range(self.random.randint(1, 3))]
        return model._default_manager.filter(pk__in=chosen)

    def word(self) -> str:
        """Return a new word."""
        return f"word-{self.random.randint(1, 10**9)}"

    def coin(self) -> bool:
        """Return one of two."""
        return self.random.random() < 0.5

    def step(self) -> None:
        """Do one thing."""
        self.random.choice(STEPS)(self)


def _new_statement(desk: Desk) -> None:
    factory: Any = factories.CommitmentFactory if desk.coin() else factories.AchievementFactory
    factory.create(
        report=desk.any(Report),
        project=desk.maybe(Project),
        review_state=desk.random.choice([ReviewState.PUBLISHED, ReviewState.CANDIDATE]),
        quantity=100,
        unit="所",
        comparator="gte",
    )


def _new_evidence(desk: Desk) -> None:
    outcome = desk.any(Achievement) if desk.random.random() < 0.3 else None
    factories.EvidenceFactory.create(
        commitment=desk.any(Commitment),
        achievement=outcome,
        source=None if outcome else desk.any(Source),
        reported_value=desk.random.choice([None, 100, 120]),
        review_state=desk.random.choice([Verification.PROPOSED, Verification.ACCEPTED]),
    )


def _status(desk: Desk) -> None:
    ground = desk.any(Evidence)
    ground.commitment.record_status(ground.verdict, evidence=ground, effective_on=ground.as_of)


def _new_link(desk: Desk) -> None:
    state = desk.random.choice([Verification.PROPOSED, Verification.ACCEPTED])
    factories.RestatementFactory.create(earlier=desk.any(Commitment), later=desk.any(Commitment), review_state=state)


def _review(desk: Desk) -> None:
    model: Any = desk.random.choice([Commitment, Achievement, Project])
    publication.review(desk.some(model), desk.random.choice([ReviewState.PUBLISHED, ReviewState.WITHDRAWN]))


def _not_after_all(desk: Desk) -> None:
    """Change something within a savepoint that is taken back, after its constraints have spoken."""
    with transaction.atomic():
        _review(desk)
        connection.check_constraints()
        transaction.set_rollback(True)


def _gone_through(desk: Desk) -> None:
    """Mark a pair of reports, or take the mark back; an earlier year of one government before a later one."""
    first, second = sorted((desk.any(Report), desk.any(Report)), key=lambda report: report.year)
    marked = timezone.now() if desk.random.random() < 0.8 else None
    ReportPair.objects.update_or_create(earlier=first, later=second, defaults={"gone_through_at": marked})


def _link(desk: Desk) -> None:
    """Propose a link within a pair, or decide on one."""
    if desk.coin():
        pair = desk.any(ReportPair)
        (promise,) = desk.random.choices(list(pair.earlier.commitments.all()))
        result = factories.AchievementFactory.create(report=pair.later, review_state=ReviewState.CANDIDATE)
        factories.LinkProposalFactory.create(pair=pair, earlier=promise, achievement=result)
    else:
        LinkProposal.objects.filter(pk=desk.any(LinkProposal).pk).update(
            review_state=desk.random.choice(Verification.values), achievement=None, relation="restatement"
        )


STEPS: tuple[Callable[[Desk], object], ...] = (
    _new_statement,
    _new_evidence,
    _new_link,
    _status,
    _status,
    _review,
    _review,
    _not_after_all,
    _gone_through,
    _gone_through,
    _link,
    _link,
    lambda desk: factories.SourceFactory.create(report=desk.maybe(Report), tasks_total=9, is_public=desk.coin()),
    lambda desk: factories.SuccessionFactory.create(
        predecessor=desk.any(Jurisdiction), successor=desk.any(Jurisdiction), source=desk.maybe(Source)
    ),
    lambda desk: desk.any(Commitment).record_status(
        Status.NOT_ASSESSED, evidence=None, effective_on=date(2022, 3, 1), note="误记"
    ),
    lambda desk: desk.any(desk.random.choice([Commitment, Achievement, Evidence, Project, Report, Source])).save(),
    lambda desk: factories.ResponsibilityFactory.create(
        commitment=desk.any(Commitment), department=desk.any(Department)
    ),
    lambda desk: desk.any(Responsibility).delete(),
    lambda desk: desk.some(Department).update(aliases=[desk.word()]),
    lambda desk: acceptance.merge(desk.any(Department), desk.any(Department)),
    lambda desk: factories.DepartmentFactory.create(jurisdiction=desk.any(Jurisdiction)),
    lambda desk: publication.set_state(
        desk.some(Report), ReportState.PUBLISHED if desk.coin() else ReportState.WITHDRAWN
    ),
    lambda desk: publication.verify(
        desk.some(Restatement), Verification.ACCEPTED if desk.coin() else Verification.REJECTED
    ),
    lambda desk: decisions.accept(desk.any(Evidence), None, follow_verdict=desk.coin()),
    lambda desk: decisions.reject(desk.any(Evidence), None),
    lambda desk: record_overdue(on=date(desk.random.randint(2021, 2026), 7, 1)),
    lambda desk: desk.some(Commitment).update(due_on=date(desk.random.randint(2021, 2026), 12, 31)),
    lambda desk: desk.some(Commitment).update(project=desk.maybe(Project)),
    lambda desk: desk.some(Achievement).update(title=desk.word()),
    lambda desk: desk.some(Commitment).update(rules=[desk.word()], confidence=0.5),
    lambda desk: desk.some(Project).update(seeded={}),
    lambda desk: Project.objects.filter(pk=desk.any(Project).pk).update(slug=desk.word()),
    lambda desk: desk.some(Report).update(title=desk.word()),
    lambda desk: Report.objects.filter(pk=desk.any(Report).pk).update(year=desk.random.randint(2019, 2024)),
    lambda desk: desk.some(Source).update(title=desk.word()),
    lambda desk: desk.some(Source).update(is_public=desk.coin(), report=desk.maybe(Report)),
    lambda desk: desk.some(Evidence).update(note=desk.word()),
    lambda desk: Evidence.objects.filter(pk=desk.any(Evidence).pk).update(source=desk.any(Source), achievement=None),
    lambda desk: desk.some(Department).update(name_en=desk.word()),
    lambda desk: desk.some(Jurisdiction).update(name=desk.word()),
    lambda desk: desk.some(Succession).update(scope=desk.word(), source=desk.maybe(Source)),
)


def _world() -> None:
    """Make a few rows of every kind."""
    for place in [factories.JurisdictionFactory.create(code=code) for code in ("500112", "500113")]:
        factories.DepartmentFactory.create(jurisdiction=place)
        factories.ProjectFactory.create(jurisdiction=place)
        for year in (2021, 2022):
            report = factories.ReportFactory.create(jurisdiction=place, year=year)
            factories.CommitmentFactory.create_batch(2, report=report)
            factories.AchievementFactory.create(report=report)
    factories.SourceFactory.create_batch(2)
    for row in Commitment.objects.order_by("pk")[:3]:
        factories.EvidenceFactory.create(commitment=row)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(4))
def test_a_copy_that_follows_equals_a_fresh_one_and_the_version_moves_only_then(seed: int) -> None:
    _world()
    desk, done = Desk(seed), 0
    copy, at = fresh(), version()
    seen = (copy, beyond_lists())
    copy = dict(copy)
    for _ in range(70):
        before, steps = version(), desk.random.choice([1, 1, 3])
        try:
            with transaction.atomic():
                for _again in range(steps):
                    desk.step()
        except (ValidationError, DatabaseError):
            pass  # refused, and nothing of it is there
        else:
            done += 1
        now = (fresh(), beyond_lists())
        moved, changed = version() > before, now != seen
        # Steps of one transaction may take each other back, a promise that is answered may be answered again, and a
        # withdrawn report may share its key with a public one: to tell of that is idle, never wrong.
        answered = {resource for resource, _key, _removed in told(before)} <= {"commitments", "reports"}
        assert moved == changed or (moved and (steps > 1 or answered)), told(before)
        seen = now
        if desk.random.random() < 0.3:
            at = follow(copy, at)
            assert copy == seen[0]
    assert done > 35
    from_nothing = Rows()
    follow(from_nothing, 0)
    assert from_nothing == seen[0]
    _conditions_agree()


def _conditions_agree() -> None:
    """Expect the condition of each resource in SQL to say what published() says."""
    for resource in RESOURCES:
        rows = MODELS[resource.name].objects.published().values_list("pk", flat=True)
        key = "id" if resource.name != "jurisdictions" else "code"
        found = execute(f"SELECT t.{key} FROM {resource.table} AS t WHERE {resource.public}")
        assert {pk for (pk,) in found} == set(rows), resource.name
