"""One factory for each model. A statement writes its own words into its report, so that every span is true."""

from datetime import date
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from projects.choices import (
    Category,
    Comparator,
    Coverage,
    DueBasis,
    Level,
    LinkBasis,
    LinkRelation,
    Milestone,
    ReportState,
    ResponsibilityRole,
    RestatementPhase,
    ReviewState,
    SourceKind,
    Status,
    TokenScope,
    Verification,
)
from projects.models import (
    Achievement,
    ApiToken,
    Commitment,
    Department,
    Evidence,
    ExtractionRun,
    IdempotencyKey,
    Jurisdiction,
    LinkProposal,
    Project,
    Proposal,
    Report,
    ReportFile,
    ReportPair,
    Responsibility,
    Restatement,
    RowLink,
    Source,
    SourceRow,
    Succession,
)
from projects.models.access import digest_of

# Statements are cut out of the report at these steps: the n-th stands at n * STEP.
STEP = 12
FIRST_FREE = 100
SENTENCES = "".join(f"建成第{number:05d}所学校。" for number in range(400))


class JurisdictionFactory(DjangoModelFactory[Jurisdiction]):
    """A county-level government."""

    class Meta:
        model = Jurisdiction
        django_get_or_create = ("code",)

    # Not 500112, which tests name.
    code = factory.Sequence(lambda n: f"{500113 + n % 87:06d}")
    name = factory.LazyAttribute(lambda o: f"第{o.code}区")
    name_en = factory.LazyAttribute(lambda o: f"District {o.code}")
    level = Level.COUNTY


class DepartmentFactory(DjangoModelFactory[Department]):
    """A department of a government."""

    class Meta:
        model = Department

    jurisdiction = factory.SubFactory(JurisdictionFactory)
    name = factory.Sequence(lambda n: f"第{n}局")
    name_en = factory.Sequence(lambda n: f"Bureau {n}")


class ReportFactory(DjangoModelFactory[Report]):
    """A published report of 400 sentences of one pattern."""

    class Meta:
        model = Report

    jurisdiction = factory.SubFactory(JurisdictionFactory)
    year = 2021
    title = factory.LazyAttribute(lambda o: f"{o.year}年{o.jurisdiction.name}政府工作报告")
    # The title makes every text one of its own: the checksum is unique.
    text = factory.LazyAttribute(lambda o: SENTENCES + o.title + o.jurisdiction.code)
    state = ReportState.PUBLISHED


class ProjectFactory(DjangoModelFactory[Project]):
    """A published project."""

    class Meta:
        model = Project

    slug = factory.Sequence(lambda n: f"project-{n}")
    jurisdiction = factory.SubFactory(JurisdictionFactory)
    name = factory.Sequence(lambda n: f"第{n}中学")
    name_en = factory.Sequence(lambda n: f"Middle School No. {n}")
    category = Category.EDUCATION
    review_state = ReviewState.PUBLISHED


class _StatementFactory(DjangoModelFactory[Any]):
    class Meta:
        abstract = True

    class Params:
        # A test that names a place names one of the first hundred: the others are given out in turn.
        position = factory.Sequence(lambda n: FIRST_FREE + n % (400 - FIRST_FREE))

    report = factory.SubFactory(ReportFactory)
    start = factory.LazyAttribute(lambda o: o.position * STEP)
    end = factory.LazyAttribute(lambda o: o.start + STEP - 1)
    quote = factory.LazyAttribute(lambda o: o.report.text[o.start : o.end])
    title = factory.LazyAttribute(lambda o: o.quote.strip() or "建成学校")
    title_en = factory.LazyAttribute(lambda o: f"School {o.start} completed")
    section = "三、重点工作"
    category = Category.EDUCATION
    milestone = Milestone.COMPLETE
    review_state = ReviewState.PUBLISHED


class CommitmentFactory(_StatementFactory):
    """A published commitment, due at the end of 2021 by its section."""

    class Meta:
        model = Commitment

    due_on = date(2021, 12, 31)
    due_basis = DueBasis.IMPLIED


class AchievementFactory(_StatementFactory):
    """A published achievement of 2024."""

    class Meta:
        model = Achievement

    period_end = date(2024, 12, 31)


class SourceFactory(DjangoModelFactory[Source]):
    """A newspaper article of January 2022."""

    class Meta:
        model = Source

    kind = SourceKind.MEDIA
    title = factory.Sequence(lambda n: f"渝北第{n}所学校建成")
    publisher = "重庆日报"
    url = factory.Sequence(lambda n: f"https://news.example/{n}")
    published_on = date(2022, 1, 5)
    retrieved_on = date(2022, 2, 1)


class SourceRowFactory(DjangoModelFactory[SourceRow]):
    """A row of a task table."""

    class Meta:
        model = SourceRow

    source = factory.SubFactory(SourceFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"新建第{n}所学校")


class RowLinkFactory(DjangoModelFactory[RowLink]):
    """A proposed link of a row and a commitment."""

    class Meta:
        model = RowLink

    source_row = factory.SubFactory(SourceRowFactory)
    commitment = factory.SubFactory(CommitmentFactory)
    score = 0.9


class SuccessionFactory(DjangoModelFactory[Succession]):
    """One government taking over from another at the end of 2025."""

    class Meta:
        model = Succession

    predecessor = factory.SubFactory(JurisdictionFactory)
    successor = factory.SubFactory(JurisdictionFactory)
    on = date(2025, 11, 6)


class EvidenceFactory(DjangoModelFactory[Evidence]):
    """An accepted newspaper article that says a commitment is completed."""

    class Meta:
        model = Evidence

    commitment = factory.SubFactory(CommitmentFactory)
    achievement = None
    source = factory.Maybe("achievement", None, factory.SubFactory(SourceFactory))
    verdict = Status.COMPLETED
    as_of = date(2021, 12, 20)
    reported_value = None
    coverage = factory.LazyAttribute(lambda o: "" if o.reported_value is None else Coverage.CUMULATIVE)
    bound = factory.LazyAttribute(lambda o: "" if o.reported_value is None else Comparator.EQ)
    review_state = Verification.ACCEPTED


class RestatementFactory(DjangoModelFactory[Restatement]):
    """An accepted link between two commitments."""

    class Meta:
        model = Restatement

    earlier = factory.SubFactory(CommitmentFactory)
    later = factory.SubFactory(CommitmentFactory)
    phase = RestatementPhase.SAME
    review_state = Verification.ACCEPTED


class ResponsibilityFactory(DjangoModelFactory[Responsibility]):
    """A leading department."""

    class Meta:
        model = Responsibility

    commitment = factory.SubFactory(CommitmentFactory)
    department = factory.SubFactory(DepartmentFactory)
    role = ResponsibilityRole.LEAD


class ReportFileFactory(DjangoModelFactory[ReportFile]):
    """An uploaded text file, not read yet."""

    class Meta:
        model = ReportFile

    name = factory.Sequence(lambda n: f"report-{n}.txt")
    content = factory.LazyAttribute(lambda o: f"{SENTENCES}{o.name}".encode())


class ExtractionRunFactory(DjangoModelFactory[ExtractionRun]):
    """A run over a report, waiting for a worker."""

    class Meta:
        model = ExtractionRun

    report = factory.SubFactory(ReportFactory)


class ApiTokenFactory(DjangoModelFactory[ApiToken]):
    """A token that may propose evidence; its secret is ``dxp_secret-`` and a number."""

    class Meta:
        model = ApiToken

    class Params:
        secret = factory.Sequence(lambda n: f"dxp_secret-{n}")

    name = "进展报送"
    holder = "渝北区教委"
    scopes = [TokenScope.EVIDENCE_WRITE]
    prefix = factory.LazyAttribute(lambda o: o.secret[:12])
    digest = factory.LazyAttribute(lambda o: digest_of(o.secret))


class ProposalFactory(DjangoModelFactory[Proposal]):
    """Evidence that a program has proposed."""

    class Meta:
        model = Proposal

    evidence = factory.SubFactory(EvidenceFactory, review_state=Verification.PROPOSED)
    token = factory.SubFactory(ApiTokenFactory)


class IdempotencyKeyFactory(DjangoModelFactory[IdempotencyKey]):
    """The kept answer to a proposal."""

    class Meta:
        model = IdempotencyKey

    token = factory.SubFactory(ApiTokenFactory)
    key = factory.Sequence(lambda n: f"key-{n}")
    digest = "0" * 64
    location = "/api/v1/evidence/proposals/1/"
    answer = b"{}"
    created_at = factory.LazyFunction(timezone.now)


class ReportPairFactory(DjangoModelFactory[ReportPair]):
    """A pair of public reports of one government that nobody has gone through."""

    class Meta:
        model = ReportPair

    earlier = factory.SubFactory(ReportFactory)
    later = factory.LazyAttribute(lambda o: ReportFactory.create(jurisdiction=o.earlier.jurisdiction, year=2024))


class LinkProposalFactory(DjangoModelFactory[LinkProposal]):
    """A sure proposal that an achievement of the later report answers a promise."""

    class Meta:
        model = LinkProposal

    pair = factory.SubFactory(ReportPairFactory)
    earlier = factory.LazyAttribute(lambda o: CommitmentFactory.create(report=o.pair.earlier))
    achievement = factory.LazyAttribute(
        lambda o: AchievementFactory.create(report=o.pair.later, period_end=date(o.pair.later.year - 1, 12, 31))
    )
    start = factory.LazyAttribute(lambda o: (o.achievement or o.later).start)
    end = factory.LazyAttribute(lambda o: (o.achievement or o.later).end)
    quote = factory.LazyAttribute(lambda o: (o.achievement or o.later).quote)
    relation = LinkRelation.ANSWER
    score = 0.9
    reasons = factory.LazyFunction(
        lambda: [{"code": "name", "points": 2.2, "words": "同一名称", "words_en": "the same name"}]
    )
    verdict = Status.COMPLETED
    basis = LinkBasis.NAME
    is_sure = True
