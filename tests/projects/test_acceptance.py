"""Accepting a row writes departments, a deadline and proposed evidence, as the plan said, or nothing at all."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from projects import acceptance
from projects.choices import Coverage, DueBasis, Milestone, ResponsibilityRole, SourceKind, Status, Verification
from projects.corrections import corrections
from projects.models import Commitment, Department, Evidence, Responsibility, RowLink, Source, SourceRow
from tests import factories

pytestmark = pytest.mark.django_db

LEAD, COOPERATING = ResponsibilityRole.LEAD, ResponsibilityRole.COOPERATING


@pytest.fixture
def commitment() -> Commitment:
    made: Commitment = factories.CommitmentFactory.create(quantity=100, unit="个", comparator="gte")
    return made


@pytest.fixture
def source(commitment: Commitment) -> Source:
    return factories.SourceFactory.create(
        kind=SourceKind.OUTCOME_TABLE, jurisdiction=commitment.jurisdiction, report=commitment.report
    )


def linked(source: Source, commitment: Commitment, position: int = 1, score: float | None = 0.9, **row: Any) -> RowLink:
    """Return a waiting link of a new row."""
    made = SourceRow.objects.create(source=source, position=position, **{"text": "新建学校", **row})
    return RowLink.objects.create(source_row=made, commitment=commitment, score=score)


def outcome(**changes: Any) -> dict[str, Any]:
    """Return the fields of a row that tells an outcome."""
    return {"verdict": Status.COMPLETED, "as_of": date(2021, 12, 31), "progress": "已建成。", **changes}


def planned(link: RowLink) -> acceptance.Effect:
    (effect,) = acceptance.plan(acceptance.links_of(link.source_row.source).filter(pk=link.pk))
    return effect


def parts(commitment: Commitment) -> dict[str, str]:
    return dict(commitment.responsibilities.values_list("department__name", "role"))


class TestDepartments:
    def test_new_ones_are_registered_in_the_place_of_the_source(self, source: Source, commitment: Commitment) -> None:
        link = linked(source, commitment, lead=["区教委"], cooperating=["区财政局"])
        assert planned(link).state == "new"
        assert not Department.objects.exists()
        acceptance.accept([link.pk], None)
        assert parts(commitment) == {"区教委": LEAD, "区财政局": COOPERATING}
        assert set(Department.objects.values_list("jurisdiction", flat=True)) == {source.jurisdiction_id}

    def test_a_known_one_is_found_by_alias(self, source: Source, commitment: Commitment) -> None:
        factories.DepartmentFactory.create(jurisdiction=source.jurisdiction, name="区教育委员会", aliases=["区教委"])
        acceptance.accept([linked(source, commitment, lead=["区教委"]).pk], None)
        assert parts(commitment) == {"区教育委员会": LEAD}

    def test_one_of_another_place_is_another(self, source: Source, commitment: Commitment) -> None:
        factories.DepartmentFactory.create(name="区教委")
        acceptance.accept([linked(source, commitment, lead=["区教委"]).pk], None)
        assert Department.objects.count() == 2

    @pytest.mark.parametrize("name", ["各镇街", "各县（市、区）", "有关部门", "区教委等有关单位", "区安委会成员单位"])
    def test_nobody_in_particular_is_not_registered(self, source: Source, commitment: Commitment, name: str) -> None:
        effect = planned(linked(source, commitment, cooperating=[name]))
        assert (effect.parts, len(effect.doubts)) == ((), 1)

    def test_the_lead_wins_whatever_comes_first(self, source: Source, commitment: Commitment) -> None:
        first = linked(source, commitment, cooperating=["区教委"])
        acceptance.accept([first.pk], None)
        second = linked(source, commitment, position=2, lead=["区教委"])
        assert planned(second).state == "changed"
        acceptance.accept([second.pk], None)
        third = linked(source, commitment, position=3, cooperating=["区教委"])
        assert planned(third).state == "same"
        acceptance.accept([third.pk], None)
        assert parts(commitment) == {"区教委": LEAD}

    def test_two_rows_of_one_plan_register_a_department_once(self, source: Source, commitment: Commitment) -> None:
        other = factories.CommitmentFactory.create(report=commitment.report)
        links = [linked(source, commitment, lead=["区教委"]), linked(source, other, position=2, lead=["区教委"])]
        acceptance.accept([link.pk for link in links], None)
        assert Department.objects.get().responsibilities.count() == 2


class TestDeadline:
    def test_an_implied_date_is_dated(self, source: Source, commitment: Commitment) -> None:
        link = linked(source, commitment, due_on=date(2021, 9, 30))
        assert planned(link).state == "changed"
        acceptance.accept([link.pk], None)
        commitment.refresh_from_db()
        link.refresh_from_db()
        assert (commitment.due_on, commitment.due_basis) == (date(2021, 9, 30), DueBasis.STATED)
        assert link.due_on_before == date(2021, 12, 31)
        assert [(one.reason, len(one.changes)) for one in corrections(commitment)] == [
            (f"“{source.title}”写明了期限。", 2)
        ]

    def test_a_stated_date_stays(self, source: Source) -> None:
        stated = factories.CommitmentFactory.create(due_basis=DueBasis.STATED)
        effect = planned(linked(source, stated, due_on=date(2021, 9, 30)))
        assert (effect.due_on, effect.state) == (None, "same")
        assert "到期日不改" in str(effect.doubts[0])

    @pytest.mark.parametrize(("day", "doubts"), [(date(2021, 12, 31), 0), (date(2020, 12, 31), 1), (None, 0)])
    def test_the_same_date_an_older_one_and_none_change_nothing(
        self, source: Source, commitment: Commitment, day: date | None, doubts: int
    ) -> None:
        effect = planned(linked(source, commitment, due_on=day))
        assert (effect.due_on, len(effect.doubts)) == (None, doubts)

    def test_the_first_of_two_rows_dates_it(self, source: Source, commitment: Commitment) -> None:
        links = [linked(source, commitment, position, due_on=date(2021, position, 28)) for position in (3, 6)]
        acceptance.accept([link.pk for link in links], None)
        commitment.refresh_from_db()
        assert commitment.due_on == date(2021, 3, 28)


class TestEvidence:
    def test_is_proposed_with_its_source_and_words(self, source: Source, commitment: Commitment) -> None:
        row = outcome(item_number="7", place="Sheet1!R9", official_word="完成", value=Decimal(120), unit="个")
        link = linked(source, commitment, **row)
        user = User.objects.create_user("li")
        acceptance.accept([link.pk], user)
        found = Evidence.objects.get()
        assert (found.source, found.commitment, found.review_state) == (source, commitment, Verification.PROPOSED)
        assert (found.verdict, found.as_of, found.quote) == (Status.COMPLETED, date(2021, 12, 31), "已建成。")
        assert (found.item_number, found.place, found.official_word) == ("7", "Sheet1!R9", "完成")
        assert (found.reported_value, found.coverage) == (Decimal(120), Coverage.CUMULATIVE)
        link.refresh_from_db()
        assert (link.evidence, link.review_state, link.reviewed_by) == (found, Verification.ACCEPTED, user)
        commitment.refresh_from_db()
        assert commitment.status == Status.NOT_ASSESSED

    def test_a_task_table_gives_none(self, source: Source, commitment: Commitment) -> None:
        acceptance.accept([linked(source, commitment, lead=["区教委"]).pk], None)
        assert not Evidence.objects.exists()

    def test_a_level_is_told_as_a_level(self, source: Source, commitment: Commitment) -> None:
        Commitment.objects.update(milestone=Milestone.LEVEL)
        effect = planned(linked(source, commitment, **outcome(value=Decimal(120), unit="个")))
        assert effect.evidence is not None
        assert effect.evidence.coverage == Coverage.LEVEL

    @pytest.mark.parametrize(
        ("changes", "words"),
        [({"unit": "所"}, "单位不同"), ({"unit": "个", "value": Decimal(12)}, "与所示状态不符")],
    )
    def test_a_figure_that_does_not_fit_is_left_out_and_told(
        self, source: Source, commitment: Commitment, changes: dict[str, Any], words: str
    ) -> None:
        effect = planned(linked(source, commitment, **outcome(**{"value": Decimal(120), **changes})))
        assert effect.evidence is not None
        assert effect.evidence.reported_value is None
        assert any(words in str(doubt) for doubt in effect.doubts)

    def test_a_figure_for_several_promises_is_left_to_a_person(self, source: Source, commitment: Commitment) -> None:
        link = linked(source, commitment, **outcome(value=Decimal(120), unit="个"))
        other = factories.CommitmentFactory.create(report=commitment.report, quantity=5, unit="个", comparator="gte")
        RowLink.objects.create(source_row=link.source_row, commitment=other, score=0.9)
        effect = planned(link)
        assert effect.evidence is not None
        assert effect.evidence.reported_value is None

    def test_a_source_speaks_once_of_a_promise(self, source: Source, commitment: Commitment) -> None:
        links = [linked(source, commitment, position, **outcome()) for position in (1, 2)]
        acceptance.accept([link.pk for link in links], None)
        assert Evidence.objects.count() == 1
        third = planned(linked(source, commitment, 3, **outcome()))
        assert (third.evidence, third.state) == (None, "same")

    def test_what_is_inferred_says_so(self, source: Source, commitment: Commitment) -> None:
        acceptance.accept([linked(source, commitment, **outcome(progress="", is_inferred=True)).pk], None)
        found = Evidence.objects.get()
        assert (found.quote, found.confidence) == ("", "low")
        assert found.note.startswith("推断")

    def test_a_day_before_the_promise_is_refused(self, source: Source, commitment: Commitment) -> None:
        link = linked(source, commitment, **outcome(as_of=date(2020, 12, 31)))
        assert planned(link).state == "error"
        with pytest.raises(ValidationError, match="早于作出承诺的日子"):
            acceptance.accept([link.pk], None)


class TestAllOrNothing:
    def test_one_bad_row_keeps_all_from_being_written(self, source: Source, commitment: Commitment) -> None:
        good = linked(source, commitment, lead=["区教委"])
        other = factories.CommitmentFactory.create(report=commitment.report)
        bad = linked(source, other, 2, **outcome(as_of=date(2020, 12, 31)))
        with pytest.raises(ValidationError):
            acceptance.accept([good.pk, bad.pk], None)
        assert not Department.objects.exists()
        assert set(RowLink.objects.values_list("review_state", flat=True)) == {Verification.PROPOSED}

    def test_what_changed_since_it_was_confirmed_is_not_written(self, source: Source, commitment: Commitment) -> None:
        link = linked(source, commitment, due_on=date(2021, 9, 30))
        confirmed = acceptance.fingerprint([planned(link)])
        Commitment.objects.filter(pk=commitment.pk).update(due_on=date(2021, 10, 31))
        with pytest.raises(ValidationError, match="没有写入"):
            acceptance.accept([link.pk], None, expected=confirmed)
        Commitment.objects.filter(pk=commitment.pk).update(due_on=date(2021, 12, 31))
        assert acceptance.accept([link.pk], None, expected=confirmed)

    def test_accepting_again_changes_nothing(self, source: Source, commitment: Commitment) -> None:
        link = linked(source, commitment, lead=["区教委"], due_on=date(2021, 9, 30), **outcome())
        acceptance.accept([link.pk], None)
        before = [list(model.objects.values()) for model in (Responsibility, Evidence, Commitment, RowLink)]
        assert acceptance.accept([link.pk], None) == []
        assert [list(model.objects.values()) for model in (Responsibility, Evidence, Commitment, RowLink)] == before


def test_only_what_waits_is_rejected(source: Source, commitment: Commitment) -> None:
    accepted, waiting = linked(source, commitment), linked(source, commitment, 2)
    acceptance.accept([accepted.pk], None)
    assert acceptance.reject([accepted.pk, waiting.pk], None) == 1
    assert set(RowLink.objects.values_list("pk", "review_state")) == {
        (accepted.pk, Verification.ACCEPTED),
        (waiting.pk, Verification.REJECTED),
    }


def test_another_commitment_is_chosen_by_hand_also_after_a_rejection(source: Source, commitment: Commitment) -> None:
    link = linked(source, commitment)
    acceptance.reject([link.pk], None)
    assert acceptance.choose(link.source_row, commitment).pk == link.pk
    link.refresh_from_db()
    assert (link.review_state, link.score, link.reviewed_at) == (Verification.PROPOSED, None, None)
    other = factories.CommitmentFactory.create(report=commitment.report)
    assert acceptance.choose(link.source_row, other).commitment == other


class TestMerge:
    def test_parts_and_names_go_over_and_history_stays(self, commitment: Commitment) -> None:
        old, new = (
            factories.DepartmentFactory.create(jurisdiction=commitment.jurisdiction, name=name) for name in "甲乙"
        )
        other = factories.CommitmentFactory.create(report=commitment.report)
        for department, one, role in (
            (old, commitment, LEAD),
            (new, commitment, COOPERATING),
            (old, other, COOPERATING),
        ):
            factories.ResponsibilityFactory.create(department=department, commitment=one, role=role)
        assert acceptance.merge(old, new) == 2
        assert (parts(commitment), parts(other)) == ({"乙": LEAD}, {"乙": COOPERATING})
        new.refresh_from_db()
        old.refresh_from_db()
        assert (new.aliases, old.merged_into) == (["甲"], new)
        assert list(Department.objects.published()) == [new]
        assert Department.objects.named("甲").get() == new

    def test_not_into_itself_another_place_or_what_is_merged(self, commitment: Commitment) -> None:
        old, new = (
            factories.DepartmentFactory.create(jurisdiction=commitment.jurisdiction, name=name) for name in "甲乙"
        )
        foreign = factories.DepartmentFactory.create()
        for one, into in ((old, old), (old, foreign)):
            with pytest.raises(ValidationError):
                acceptance.merge(one, into)
        acceptance.merge(old, new)
        with pytest.raises(ValidationError):
            acceptance.merge(old, new)
