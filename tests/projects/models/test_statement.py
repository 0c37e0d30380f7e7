"""A statement is true to its report and whole, in both tables and by every way of writing."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from factory.django import DjangoModelFactory

from projects.choices import ReportState, ReviewState
from projects.models import Achievement, Commitment, Report
from tests.factories import STEP, AchievementFactory, CommitmentFactory, JurisdictionFactory, ReportFactory
from tests.projects.models.refusals import execute, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[CommitmentFactory, AchievementFactory], ids=["commitment", "achievement"])
def factory(request: pytest.FixtureRequest) -> type[DjangoModelFactory[Any]]:
    chosen: type[DjangoModelFactory[Any]] = request.param
    return chosen


@pytest.fixture
def row(factory: type[DjangoModelFactory[Any]]) -> Commitment | Achievement:
    made: Commitment | Achievement = factory.create()
    return made


def table(row: Commitment | Achievement) -> QuerySet[Any]:
    return type(row)._default_manager.filter(pk=row.pk)


class TestQuote:
    @pytest.mark.parametrize(
        "change",
        [
            {"quote": "建成第00001所医院"},
            {"start": 0},
            {"end": STEP},
            {"start": 10_000, "end": 10_011},
            {"quote": ""},
        ],
    )
    def test_a_changed_span_or_quote_that_is_not_there_is_refused(
        self, factory: type[DjangoModelFactory[Any]], change: dict[str, Any]
    ) -> None:
        row = factory.create(position=3)
        with refused("the quote at"):
            table(row).update(**change)

    @pytest.mark.parametrize("quote", ["建成第00001所医院", "建成", "建成第00000所学校。"])
    def test_a_new_row_whose_quote_is_not_there_is_refused(
        self, factory: type[DjangoModelFactory[Any]], quote: str
    ) -> None:
        with refused("the quote at"):
            factory.create(position=0, quote=quote)

    def test_one_wrong_row_among_many_is_refused(self, factory: type[DjangoModelFactory[Any]]) -> None:
        report = ReportFactory.create()
        rows = [factory.build(report=report, position=position) for position in range(30)]
        for row in rows:
            row.jurisdiction_id, row.year, row.report_state = report.jurisdiction_id, report.year, report.state
        rows[17].quote = rows[18].quote
        with refused("the quote at 204-215"):
            type(rows[0])._default_manager.bulk_create(rows)

    @pytest.mark.parametrize(("start", "end"), [(249, 251), (240, 760), (250, 500), (0, 1), (999, 1000)])
    def test_a_quote_is_found_across_the_pieces_in_which_a_text_is_read(
        self, factory: type[DjangoModelFactory[Any]], start: int, end: int
    ) -> None:
        report = ReportFactory.create(text="".join(chr(0x4E00 + number) for number in range(1000)))
        factory.create(report=report, start=start, end=end, quote=report.text[start:end], title="标题")
        wrong = report.text[start : end - 1] + "错"
        with refused("the quote at"):
            factory.create(report=ReportFactory.create(year=2022), start=start, end=end, quote=wrong, title="标题")

    def test_characters_beyond_the_basic_plane_count_as_one(self, factory: type[DjangoModelFactory[Any]]) -> None:
        report = ReportFactory.create(text="𠮷" * 300 + "建成学校")
        assert factory.create(report=report, start=300, end=304, quote="建成学校").quote == "建成学校"

    def test_a_line_end_behind_the_text_is_not_part_of_it(self, factory: type[DjangoModelFactory[Any]]) -> None:
        report = ReportFactory.create(text="建成学校")
        with refused("the quote at 0-5"):
            factory.create(report=report, start=0, end=5, quote="建成学校\n")

    def test_the_model_says_so_in_a_form(self, row: Commitment | Achievement) -> None:
        row.quote = "别的话"
        with pytest.raises(ValidationError, match="原文与报告全文"):
            row.clean()


class TestFigure:
    @pytest.mark.parametrize(
        "figure",
        [
            {"quantity": 3},
            {"unit": "所"},
            {"comparator": "eq"},
            {"quantity": 3, "unit": "所"},
            {"quantity": 3, "comparator": "eq"},
            {"unit": "", "comparator": "eq"},
        ],
    )
    def test_half_a_figure_is_refused(self, row: Commitment | Achievement, figure: dict[str, Any]) -> None:
        with refused("figure_is_whole"):
            table(row).update(**figure)

    @pytest.mark.parametrize(("quantity", "unit"), [("3", "所"), ("3", ""), ("0", "例"), ("0.0001", "%")])
    def test_a_whole_figure_is_kept(self, row: Commitment | Achievement, quantity: str, unit: str) -> None:
        assert table(row).update(quantity=quantity, unit=unit, comparator="gte") == 1

    @pytest.mark.parametrize("quantity", ["-0.0001", "-3"])
    def test_a_negative_quantity_is_refused(self, row: Commitment | Achievement, quantity: str) -> None:
        with refused("quantity_is_not_negative"):
            table(row).update(quantity=quantity, unit="%", comparator="eq")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"start": 5, "end": 5, "quote": ""}, "span_is_not_empty"),
        ({"title": ""}, "has_a_title"),
        ({"category": "schools"}, "category_is_known"),
        ({"milestone": "done"}, "milestone_is_known"),
        ({"quantity": 3, "unit": "所", "comparator": "gt"}, "comparator_is_known"),
        ({"review_state": "public"}, "review_state_is_known"),
        ({"origin": "guess"}, "origin_is_known"),
        ({"confidence": 1.5}, "confidence_is_a_share"),
        ({"confidence": -0.1}, "confidence_is_a_share"),
        ({"year": 2022}, "copies_its_report"),
        ({"report_state": "draft"}, "copies_its_report"),
    ],
)
def test_what_is_not_true_is_refused(row: Commitment | Achievement, change: dict[str, Any], reason: str) -> None:
    with refused(reason):
        table(row).update(**change)


def test_a_place_other_than_the_reports_is_refused(row: Commitment | Achievement) -> None:
    other = JurisdictionFactory.create(code="610000")
    with refused("copies_its_report"):
        table(row).update(jurisdiction=other)


def test_a_report_that_is_not_there_is_refused(row: Commitment | Achievement) -> None:
    with refused("the quote at|copies_its_report"):
        table(row).update(report_id=10**9)


def test_a_span_is_told_once_a_report(factory: type[DjangoModelFactory[Any]]) -> None:
    row = factory.create()
    with refused("span_is_unique"):
        factory.create(report=row.report, start=row.start)


def test_nothing_is_deleted(row: Commitment | Achievement) -> None:
    with refused("Cannot delete"):
        row.delete()
    with refused("Cannot delete"):
        execute("DELETE FROM {table} WHERE id = %s", row.pk, table=row._meta.db_table)


class TestPublication:
    def test_needs_the_row_and_its_report(self, factory: type[DjangoModelFactory[Any]]) -> None:
        draft = ReportFactory.create(state=ReportState.DRAFT)
        assert not factory.create(report=draft).is_public
        assert not factory.create(review_state=ReviewState.CANDIDATE).is_public
        assert factory.create().is_public

    def test_follows_the_report_whoever_changes_it(self, row: Commitment | Achievement) -> None:
        execute("UPDATE projects_report SET state = 'withdrawn' WHERE id = %s", row.report_id)
        row.refresh_from_db()
        assert (row.report_state, row.is_public) == ("withdrawn", False)
        Report.objects.filter(pk=row.report_id).update(state=ReportState.PUBLISHED)
        row.refresh_from_db()
        assert row.is_public

    def test_cannot_be_set_by_hand(self, row: Commitment | Achievement) -> None:
        with refused("is_public"):
            execute("UPDATE {table} SET is_public = false", table=row._meta.db_table)


class TestHistory:
    def events(self, row: Commitment | Achievement) -> list[tuple[str, str]]:
        return execute("SELECT pgh_label, title FROM {table}event ORDER BY pgh_id", table=row._meta.db_table)

    def test_keeps_before_and_after_of_a_bare_update(self, row: Commitment | Achievement) -> None:
        before = row.title
        execute("UPDATE {table} SET title = '新标题'", table=row._meta.db_table)
        assert self.events(row) == [("insert", before), ("update", "新标题")]

    def test_an_update_that_changes_nothing_is_none(self, row: Commitment | Achievement) -> None:
        table(row).update(title=row.title)
        assert len(self.events(row)) == 1

    def test_cannot_be_rewritten(self, row: Commitment | Achievement) -> None:
        for statement in ("UPDATE {table}event SET title = 'x'", "DELETE FROM {table}event"):
            with refused("Cannot update or delete"):
                execute(statement, table=row._meta.db_table)

    def test_a_bare_update_moves_updated_at(self, row: Commitment | Achievement) -> None:
        execute("UPDATE {table} SET updated_at = '2001-01-01'", table=row._meta.db_table)
        table(row).update(title="新标题")
        row.refresh_from_db()
        assert row.updated_at.year > 2001


def test_the_statements_of_a_project_are_found_by_their_index(row: Commitment | Achievement) -> None:
    of_project = type(row)._default_manager.filter(project=1).order_by("year", "start")
    execute("SET LOCAL enable_seqscan = off")
    assert f"{row._meta.model_name}s_of_project" in of_project.explain()
