"""Answer, change and delay of a promise in lists, counts, files and its chain."""

import pytest

from projects.choices import Answer
from projects.models import Restatement
from tests.projects.api.conftest import Get
from tests.projects.years import Years, years


@pytest.fixture
def made(db: None) -> Years:
    """The years."""
    return years()


def found(get: Get, query: str) -> set[int]:
    return {row["id"] for row in get("commitments/", query)["results"]}


class TestLists:
    def test_each_promise_says_what_later_reports_make_of_it(self, get: Get, made: Years) -> None:
        told = {row["id"]: row["answer"] for row in get("commitments/")["results"]}
        for pk, answer in told.items():
            row = get(f"commitments/{pk}/")
            assert row["answer"] == answer
            told[pk] = (answer, row["change"], row["years_slipped"])
        first, second, third = (row.pk for row in made.bridge)
        assert told == {
            first: (Answer.PROMISED_AGAIN, "redated", 2),
            second: (None, "softened", 1),
            third: (None, None, 0),
            made.school.pk: (Answer.REPORTED, None, 0),
            made.tunnel.pk: (Answer.SILENT, None, 0),
            made.goal.pk: (None, None, 0),
        }

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("answer=silent", {"tunnel"}),
            ("answer=reported,silent", {"school", "tunnel"}),
            ("answer=promised_again", {"first"}),
            ("change=softened", {"second"}),
            ("change=softened,redated", {"first", "second"}),
            ("slipped_min=2", {"first"}),
            ("slipped_min=1", {"first", "second"}),
            ("answer=silent&as_of=2021-12-31", set()),
            # The report told of the school on the day on which it was given.
            ("answer=silent&as_of=2022-01-20", {"tunnel"}),
        ],
    )
    def test_narrowed(self, get: Get, made: Years, query: str, names: set[str]) -> None:
        rows = {"tunnel": made.tunnel, "school": made.school, "first": made.bridge[0], "second": made.bridge[1]}
        assert found(get, query) == {rows[name].pk for name in names}

    @pytest.mark.usefixtures("made")
    @pytest.mark.parametrize("query", ["answer=broken", "change=worse", "slipped_min=0", "slipped_min=x"])
    def test_what_is_no_value_is_refused_by_name(self, get: Get, query: str) -> None:
        body = get("commitments/", query, status=400)
        assert query.partition("=")[0] in str(body)


@pytest.mark.usefixtures("made")
class TestCounts:
    def test_by_answer_and_by_change(self, get: Get) -> None:
        body = get("stats/", "by=answer,change")
        counted = {name: {row["value"]: row["count"] for row in rows} for name, rows in body["by"].items()}
        assert counted["answer"] == {None: 3, "reported": 1, "promised_again": 1, "silent": 1}
        assert counted["change"] == {None: 4, "redated": 1, "softened": 1}

    def test_only_what_is_asked_for(self, get: Get) -> None:
        assert get("stats/", "by=answer&answer=silent")["total"] == 1


class TestLineage:
    def test_tells_every_step_from_whichever_it_is_asked(self, get: Get, made: Years) -> None:
        for row in made.bridge:
            body = get(f"commitments/{row.pk}/lineage/")
            assert body["id"] == row.pk
            assert (body["first_due_on"], body["present_due_on"]) == ("2021-12-31", "2023-12-31")
            assert body["years_slipped"] == 2
            assert [step["id"] for step in body["steps"]] == [one.pk for one in made.bridge]
            assert [[link["change"] for link in step["restates"]] for step in body["steps"]] == [
                [],
                ["redated"],
                ["softened"],
            ]

    def test_tells_the_results(self, get: Get, made: Years) -> None:
        body = get(f"commitments/{made.school.pk}/lineage/")
        (step,) = body["steps"]
        assert step["answer"] == "reported"
        assert [result["achievement"]["title"] for result in step["results"]] == ["柳溪小学开学"]
        assert body["years_slipped"] == 0

    def test_a_link_that_is_not_accepted_is_not_in_it(self, get: Get, made: Years) -> None:
        Restatement.objects.filter(later=made.bridge[2]).update(review_state="proposed")
        body = get(f"commitments/{made.bridge[0].pk}/lineage/")
        assert [step["year"] for step in body["steps"]] == [2021, 2022]

    @pytest.mark.usefixtures("made")
    def test_an_unknown_promise_is_not_found(self, get: Get) -> None:
        get("commitments/999999/lineage/", status=404)
