"""What a proposal becomes when a person decides, and what is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from projects import links
from projects.choices import (
    Change,
    Coverage,
    LinkBasis,
    LinkRelation,
    Origin,
    ReportState,
    RestatementPhase,
    ReviewState,
    Status,
    Verification,
)
from projects.models import Achievement, Commitment, Evidence, LinkProposal, Project, Restatement
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create_user("li")


def restatement(**values: Any) -> LinkProposal:
    pair = factories.ReportPairFactory.create()
    later = factories.CommitmentFactory.create(report=pair.later, due_on=date(2024, 12, 31))
    values = {"verdict": "", "change": Change.REDATED, "relation": LinkRelation.RESTATEMENT, **values}
    return factories.LinkProposalFactory.create(pair=pair, achievement=None, later=later, **values)


def mention(**said: Any) -> LinkProposal:
    pair = factories.ReportPairFactory.create()
    quote = pair.later.text[24:35]
    said = {"title": "学校建成", "category": "education", "milestone": "complete", "due_on": None, "names": [], **said}
    values = {"start": 24, "end": 35, "quote": quote, "achievement": None, "mention": said}
    return factories.LinkProposalFactory.create(pair=pair, **values)


class TestAccept:
    def test_an_answer_becomes_accepted_evidence_and_changes_no_status(self, user: User) -> None:
        proposal = factories.LinkProposalFactory.create()
        assert links.accept(proposal, user) is None
        evidence = Evidence.objects.get()
        assert (evidence.commitment, evidence.achievement) == (proposal.earlier, proposal.achievement)
        assert (evidence.verdict, evidence.review_state, evidence.reviewed_by) == ("completed", "accepted", user)
        assert (evidence.as_of, evidence.reported_value) == (date(2023, 12, 31), None)
        proposal.refresh_from_db()
        assert (proposal.review_state, proposal.reviewed_by, proposal.evidence) == ("accepted", user, evidence)
        proposal.earlier.refresh_from_db()
        assert proposal.earlier.status == Status.NOT_ASSESSED

    def test_the_status_follows_where_it_is_wanted(self, user: User) -> None:
        proposal = factories.LinkProposalFactory.create()
        assert links.accept(proposal, user, follow_verdict=True) is not None
        proposal.earlier.refresh_from_db()
        assert (proposal.earlier.status, proposal.earlier.status_evidence) == ("completed", proposal.evidence)

    def test_a_figure_that_counts_the_same_is_told(self, user: User) -> None:
        figure = {"unit": "所", "comparator": "eq"}
        pair = factories.ReportPairFactory.create()
        proposal = factories.LinkProposalFactory.create(
            pair=pair,
            basis=LinkBasis.FIGURE,
            verdict=Status.COMPLETED,
            earlier=factories.CommitmentFactory.create(report=pair.earlier, quantity=3, **figure),
            achievement=factories.AchievementFactory.create(
                report=pair.later, quantity=3, period_end=date(2021, 12, 31), **figure
            ),
        )
        links.accept(proposal, user)
        evidence = Evidence.objects.get()
        assert (evidence.coverage, evidence.bound) == (Coverage.PERIOD, "eq")
        assert evidence.reported_value == 3

    def test_a_report_given_before_its_period_ended_tells_of_its_own_day(self, user: User) -> None:
        proposal = factories.LinkProposalFactory.create()
        type(proposal.pair.later).objects.update(delivered_on=date(2023, 12, 20))
        links.accept(LinkProposal.objects.get(pk=proposal.pk), user)
        assert Evidence.objects.get().as_of == date(2023, 12, 20)

    @pytest.mark.parametrize(("unit", "milestone"), [("个", "complete"), ("所", "level")])
    def test_a_figure_of_another_unit_or_a_total_is_not(self, unit: str, milestone: str, user: User) -> None:
        pair = factories.ReportPairFactory.create()
        proposal = factories.LinkProposalFactory.create(
            pair=pair,
            basis=LinkBasis.FIGURE,
            earlier=factories.CommitmentFactory.create(report=pair.earlier, quantity=3, unit="所", comparator="eq"),
            achievement=factories.AchievementFactory.create(
                report=pair.later,
                quantity=3,
                unit=unit,
                comparator="eq",
                period_end=date(2021, 12, 31),
                milestone=milestone,
            ),
        )
        links.accept(proposal, user)
        assert Evidence.objects.get().reported_value is None

    def test_a_promise_made_again_becomes_a_restatement_with_its_change(self, user: User) -> None:
        proposal = restatement()
        links.accept(proposal, user, note="改期")
        link = Restatement.objects.get()
        assert (link.earlier, link.later, link.review_state) == (proposal.earlier, proposal.later, "accepted")
        assert (link.change, link.phase, link.note) == (Change.REDATED, RestatementPhase.SAME, "改期")
        assert not Evidence.objects.exists()

    def test_the_next_stage_is_the_next_phase(self, user: User) -> None:
        links.accept(restatement(change=Change.NEXT_STAGE), user)
        assert Restatement.objects.get().phase == RestatementPhase.NEXT

    def test_a_mention_becomes_a_published_statement_that_no_reading_takes_back(self, user: User) -> None:
        proposal = mention()
        links.accept(proposal, user)
        statement = Achievement.objects.get()
        assert (statement.quote, statement.title) == (proposal.quote, "学校建成")
        assert (statement.origin, statement.review_state, statement.seeded) == (Origin.HAND, "published", None)
        assert statement.is_public
        assert proposal.evidence == Evidence.objects.get(achievement=statement)

    @pytest.mark.parametrize(
        ("field", "change"),
        [
            ("earlier", lambda row: type(row.earlier).objects.update(review_state=ReviewState.CANDIDATE)),
            ("quote", lambda _row: Achievement.objects.update(review_state=ReviewState.CANDIDATE)),
            ("achievement", lambda row: type(row.pair.later).objects.update(state=ReportState.DRAFT)),
            ("verdict", lambda row: setattr(row, "verdict", "")),
        ],
    )
    def test_what_is_not_ready_is_refused_and_nothing_is_written(
        self, field: str, change: Callable[[LinkProposal], object], user: User
    ) -> None:
        proposal = factories.LinkProposalFactory.create()
        change(proposal)
        fresh = LinkProposal.objects.get(pk=proposal.pk)
        fresh.verdict = proposal.verdict
        with pytest.raises(ValidationError) as refusal:
            links.accept(fresh, user)
        assert field in refusal.value.message_dict
        assert not Evidence.objects.exists()
        assert LinkProposal.objects.get().review_state == Verification.PROPOSED

    def test_a_refused_mention_leaves_no_statement(self, user: User) -> None:
        proposal = mention()
        proposal.verdict = ""
        with pytest.raises(ValidationError):
            links.accept(proposal, user)
        assert not Achievement.objects.exists()
        proposal.verdict = Status.PARTIAL
        links.accept(proposal, user)
        assert Achievement.objects.get().evidence.get().verdict == Status.PARTIAL

    def test_twice_is_refused(self, user: User) -> None:
        proposal = factories.LinkProposalFactory.create()
        links.accept(proposal, user)
        with pytest.raises(ValidationError):
            links.accept(LinkProposal.objects.get(), user)
        assert Evidence.objects.count() == 1

    def test_what_was_rejected_as_evidence_stays_rejected(self, user: User) -> None:
        proposal = factories.LinkProposalFactory.create()
        factories.EvidenceFactory.create(
            commitment=proposal.earlier, achievement=proposal.achievement, source=None, review_state="rejected"
        )
        with pytest.raises(ValidationError, match="否决"):
            links.accept(proposal, user)


class TestProjects:
    def test_what_is_linked_belongs_to_one_project_which_learns_the_other_name(self, user: User) -> None:
        proposal = factories.LinkProposalFactory.create()
        project = factories.ProjectFactory.create(
            name="张江大桥", jurisdiction=proposal.earlier.jurisdiction, aliases=[]
        )
        Commitment.objects.update(project=project, names=["张江大桥"])
        Achievement.objects.update(names=["张江过江通道"])
        links.accept(LinkProposal.objects.get(), user)
        assert Achievement.objects.get().project == project
        project.refresh_from_db()
        assert project.aliases == ["张江过江通道"]

    def test_without_a_project_none_is_made(self, user: User) -> None:
        links.accept(factories.LinkProposalFactory.create(), user)
        assert not Project.objects.exists()

    def test_several_become_one_with_their_statements_and_names(self) -> None:
        place = factories.JurisdictionFactory.create()
        first, second = (
            factories.ProjectFactory.create(jurisdiction=place, name=name, aliases=aliases)
            for name, aliases in (("柳溪小学", ["柳小"]), ("柳溪路小学", ["柳小", "柳溪学校"]))
        )
        promise = factories.CommitmentFactory.create(project=second, report__jurisdiction=place)
        assert links.merge_projects(Project.objects.all()) == first
        promise.refresh_from_db()
        first.refresh_from_db()
        second.refresh_from_db()
        assert promise.project == first
        assert first.aliases == ["柳小", "柳溪路小学", "柳溪学校"]
        assert (first.review_state, second.review_state) == (ReviewState.PUBLISHED, ReviewState.WITHDRAWN)

    def test_one_alone_or_two_governments_are_refused(self) -> None:
        one = factories.ProjectFactory.create()
        with pytest.raises(ValidationError):
            links.merge_projects(Project.objects.all())
        other = factories.ProjectFactory.create()
        assert other.jurisdiction_id != one.jurisdiction_id
        with pytest.raises(ValidationError):
            links.merge_projects(Project.objects.all())
        assert set(Project.objects.values_list("review_state", flat=True)) == {ReviewState.PUBLISHED}


class TestMention:
    def test_a_clause_that_only_speaks_of_it_again_makes_no_statement(self, user: User) -> None:
        proposal = mention()
        LinkProposal.objects.update(relation=LinkRelation.RESTATEMENT, verdict="")
        links.mention(LinkProposal.objects.get(), user)
        assert LinkProposal.objects.mentioned().get() == proposal
        assert not Achievement.objects.exists()
        assert not Restatement.objects.exists()

    def test_is_not_for_statements_results_or_what_was_decided(self, user: User) -> None:
        for proposal in (restatement(), mention(), factories.LinkProposalFactory.create()):
            with pytest.raises(ValidationError):
                links.mention(proposal, user)
        assert not LinkProposal.objects.mentioned().exists()


class TestReject:
    def test_says_who_and_why(self, user: User) -> None:
        proposal = factories.LinkProposalFactory.create()
        links.reject(proposal, user, "另一所学校")
        proposal.refresh_from_db()
        assert (proposal.review_state, proposal.reviewed_by, proposal.note) == ("rejected", user, "另一所学校")

    def test_needs_a_reason_and_is_not_for_what_was_accepted(self, user: User) -> None:
        proposal = factories.LinkProposalFactory.create()
        with pytest.raises(ValidationError, match="为什么"):
            links.reject(proposal, user, " ")
        links.accept(proposal, user)
        with pytest.raises(ValidationError, match="已经采纳"):
            links.reject(proposal, user, "另一所学校")


class TestSetGoneThrough:
    def test_says_who_and_when_and_is_taken_back(self, user: User) -> None:
        pair = factories.ReportPairFactory.create()
        links.set_gone_through(pair, user)
        assert pair.gone_through_by == user
        assert pair.gone_through_at is not None
        links.set_gone_through(pair, user, gone_through=False)
        fresh = type(pair).objects.get()
        assert (fresh.gone_through_by, fresh.gone_through_at) == (None, None)

    def test_waits_for_sure_proposals_and_for_both_reports(self, user: User) -> None:
        proposal = factories.LinkProposalFactory.create()
        with pytest.raises(ValidationError, match="1 条"):
            links.set_gone_through(proposal.pair, user)
        LinkProposal.objects.update(is_sure=False)
        links.set_gone_through(proposal.pair, user)
        pair = factories.ReportPairFactory.create(earlier__state=ReportState.DRAFT)
        with pytest.raises(ValidationError, match="公开"):
            links.set_gone_through(pair, user)
