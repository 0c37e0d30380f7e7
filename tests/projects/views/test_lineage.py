"""The years of a promise on pages: its chain, what later reports say, and the same by year of a place."""

import re
from datetime import date

import pytest

from projects.models import ReportPair
from projects.views.lineage import answers_by_year, chain_of
from tests.projects.pages import world
from tests.projects.views.conftest import Read
from tests.projects.years import Years, years

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early_in_2024(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2024, 2, 1))


@pytest.fixture
def made() -> Years:
    return years()


def test_a_promise_shows_its_chain_and_how_long_it_was_put_off(read: Read, made: Years) -> None:
    for row in made.bridge:
        html = read(f"/commitments/{row.pk}/")
        assert "推迟了 2 年" in html
        assert re.findall(r'<th scope="row">(\d{4})</th>', html) == ["2021", "2022", "2023"]
        assert "改期" in html
        assert "弱化" in html
    assert "put off by 2 years" in read(f"/en/commitments/{made.bridge[0].pk}/")


def test_a_promise_that_stands_alone_shows_none(read: Read, made: Years) -> None:
    assert "历年报告怎么说" not in read(f"/commitments/{made.tunnel.pk}/")


def test_silence_is_told_as_silence(read: Read, made: Years) -> None:
    html = read(f"/commitments/{made.tunnel.pk}/")
    assert "2022 年的报告没有再提到它。没有提到，不等于没有做到。" in html
    assert "does not mention it again" in read(f"/en/commitments/{made.tunnel.pk}/")
    ReportPair.objects.update(gone_through_at=None)
    assert "没有再提到" not in read(f"/commitments/{made.tunnel.pk}/")


def test_what_was_answered_names_its_report(read: Read, made: Years) -> None:
    assert "2022 年的报告报告了结果。" in read(f"/commitments/{made.school.pk}/")
    assert "2022 年的报告没有报告结果，又再次承诺。" in read(f"/commitments/{made.bridge[0].pk}/")
    assert "的报告" not in read(f"/commitments/{made.goal.pk}/").split('<div class="verdict')[1].split("</div>")[0]


@pytest.mark.parametrize("address", ["/places/500112/", "/"])
def test_a_place_and_the_front_page_count_the_answers_of_years_gone_through(
    read: Read, made: Years, address: str
) -> None:
    html = read(address)
    table = html.split('class="tally answers"')[1].split("</table>")[0]
    assert re.findall(r">(\d+)</(?:a|td)>", table) == ["2021", "4", "1", "1", "1"]
    assert "answer=silent&amp;year=2021" in table


def test_nothing_is_counted_before_somebody_went_through(read: Read) -> None:
    world()
    assert 'class="tally answers"' not in read("/")


def test_the_list_of_what_is_not_mentioned(read: Read, made: Years) -> None:
    html = read("/commitments/?answer=silent")
    assert "云岭隧道" in html
    assert "柳溪小学" not in html
    assert "未再提及" in html


def test_the_chain_takes_few_queries(made: Years, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]  # pytest-django's own fixture
        assert chain_of(made.bridge[0], date(2024, 2, 1)).years_slipped == 2


def test_counts_by_year(made: Years) -> None:
    commitments = type(made.tunnel).objects.published()
    (row,) = answers_by_year(commitments, date(2024, 2, 1))
    assert (row.year, row.total, [n for _, n in row.cells]) == (2021, 4, [1, 1, 1])
    assert answers_by_year(commitments, date(2021, 12, 31)) == []
