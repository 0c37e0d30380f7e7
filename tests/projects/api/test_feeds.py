"""Feed readers and calendars get valid documents of public commitments, in their reader's language."""

from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.translation import override
from icalendar import Calendar, Event
from lxml import etree
from pytest_django import Settings

from projects.api import feeds
from projects.choices import OverdueBasis, Status
from projects.models import Commitment
from tests.factories import CommitmentFactory, EvidenceFactory
from tests.projects.api.world import HIDDEN, World, world

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Answer: TypeAlias = _MonkeyPatchedWSGIResponse

ATOM: Final = "/api/v1/commitments.atom"
ICS: Final = "/api/v1/commitments.ics"
NAMES: Final = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def made(db: None, settings: Settings) -> World:
    """A public world with a hidden twin."""
    settings.SITE_URL = "https://duixian.example"
    return world()


def ask(path: str, **headers: str) -> "Answer":
    """Ask for a feed."""
    return Client().get(path, headers=headers)


def entries(path: str, **headers: str) -> list["etree._Element"]:
    """Return the entries of a feed."""
    answer = ask(path, **headers)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return etree.fromstring(answer.content).findall("a:entry", NAMES)


def texts(found: list["etree._Element"], name: str) -> list[str | None]:
    """Return a child of each entry."""
    return [entry.findtext(f"a:{name}", namespaces=NAMES) for entry in found]


def events(path: str, **headers: str) -> list[Event]:
    """Return the events of a calendar."""
    answer = ask(path, **headers)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75
    return Calendar.from_ical(answer.content).events


@pytest.mark.usefixtures("made")
class TestAtom:
    """The feed of updates."""

    def test_it_has_what_the_standard_demands(self) -> None:
        feed = etree.fromstring(ask(f"{ATOM}?year=2021").content)
        for name in ("id", "title", "updated", "author/a:name"):
            assert feed.findtext(f"a:{name}", namespaces=NAMES)
        for name in ("id", "title", "updated", "summary"):
            assert all(texts(feed.findall("a:entry", NAMES), name))
        own = feed.xpath("a:link[@rel='self']/@href", namespaces=NAMES)
        assert own == [f"https://duixian.example{ATOM}?year=2021"]

    def test_each_narrowing_is_a_feed_of_its_own(self) -> None:
        ids = {
            etree.fromstring(ask(ATOM + query).content).findtext("a:id", namespaces=NAMES)
            for query in ("", "?year=2021")
        }
        assert len(ids) == 2

    def test_what_changed_last_comes_first(self, made: World) -> None:
        Commitment.objects.filter(pk=made.hospital.pk).update(title="已批")
        found = entries(ATOM)
        expected = f"https://duixian.example/api/v1/commitments/{made.hospital.pk}/"
        assert expected in (texts(found, "id"))
        moments = texts(found, "updated")
        assert moments == sorted(moments, key=str, reverse=True)

    def test_a_change_of_ground_is_an_update_too(self, made: World) -> None:
        place = f"{ATOM}?category=transport"
        (before,) = entries(place)
        newer = EvidenceFactory.create(commitment=made.road, as_of=date(2022, 1, 4))
        made.road.record_status(Status.COMPLETED, evidence=newer, effective_on=date(2022, 5, 1))
        (after,) = entries(place)
        assert texts([before], "id") == texts([after], "id")
        told = [str(text) for text in texts([before, after], "summary")]
        assert ["截至2022-05-01" in told[0], "截至2022-01-04" in told[1]] == [True, True]

    @pytest.mark.parametrize(
        ("query", "chinese", "basis"),
        [
            ("quantity_max=4&", "到期未兑现（有证据）", OverdueBasis.EVIDENCE),
            ("quantity_max=4&as_of=2022-06-30&", "到期待核实（无证据）", OverdueBasis.NONE),
            ("quantity_max=4&as_of=2021-12-31&", "兑现状态：未到期。", None),
            ("category=transport&", "兑现状态：逾期兑现。", None),
        ],
    )
    def test_what_is_overdue_is_told_by_its_ground(self, query: str, chinese: str, basis: OverdueBasis | None) -> None:
        (entry,) = entries(f"{ATOM}?{query}lang=zh-hans")
        assert chinese in str(texts([entry], "summary")[0])
        (entry,) = entries(f"{ATOM}?{query}lang=en")
        summary = str(texts([entry], "summary")[0])
        assert "兑现" not in summary
        with override("en"):
            told = [f"({label})" in summary for label in OverdueBasis.labels]
        assert told == [basis == code for code in OverdueBasis]

    def test_it_is_narrowed_like_the_list(self, made: World) -> None:
        assert texts(entries(f"{ATOM}?category=health"), "title") == [made.hospital.title]
        assert len(entries(f"{ATOM}?page_size=2")) == 2
        assert entries(f"{ATOM}?year=1999") == []

    @pytest.mark.usefixtures("made")
    def test_it_goes_on_where_a_page_ends(self) -> None:
        whole = texts(entries(ATOM), "id")
        found, address = [], f"{ATOM}?page_size=2"
        while address:
            feed = etree.fromstring(ask(address).content)
            found += [entry.findtext("a:id", namespaces=NAMES) for entry in feed.findall("a:entry", NAMES)]
            links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", NAMES)}
            address = str(links.get("next") or "").removeprefix("https://duixian.example")
        assert found == whole
        assert len(whole) > 4

    def test_it_speaks_the_readers_language(self, made: World) -> None:
        (chinese,) = entries(f"{ATOM}?report=500112-2021&quantity_max=4")
        (english,) = entries(f"{ATOM}?report=500112-2021&quantity_max=4", **{"Accept-Language": "en"})
        (chosen,) = entries(f"{ATOM}?report=500112-2021&quantity_max=4&lang=en")
        assert texts([chinese, english, chosen], "title") == [made.school.title, "Build 4 schools", "Build 4 schools"]
        links = [entry.xpath("a:link/@href", namespaces=NAMES) for entry in (chinese, english)]
        assert links == [[f"https://duixian.example{prefix}/commitments/{made.school.pk}/"] for prefix in ("", "/en")]

    def test_words_are_not_taken_for_markup(self, made: World) -> None:
        CommitmentFactory.create(report=made.report, position=50, title="<b>&", category="culture_sports")
        assert texts(entries(f"{ATOM}?category=culture_sports"), "title") == ["<b>&"]


@pytest.mark.usefixtures("made")
class TestCalendar:
    """The calendar of due dates."""

    def test_each_due_date_is_an_event_of_a_whole_day(self, made: World) -> None:
        (event,) = events(f"{ICS}?category=health")
        assert (date(2021, 6, 30), date(2021, 7, 1)) == (event.DTSTART, event.DTEND)
        assert (event["UID"], event["TRANSP"]) == (f"commitment-{made.hospital.pk}@duixian.example", "TRANSPARENT")
        assert event["URL"] == f"https://duixian.example/commitments/{made.hospital.pk}/"
        assert "新建5.5公里“管网”\\" in str(event["SUMMARY"])

    def test_an_event_keeps_its_identity(self, made: World) -> None:
        before = {event["UID"] for event in events(ICS)}
        Commitment.objects.filter(pk=made.hospital.pk).update(due_on=date(2022, 6, 30))
        assert {event["UID"] for event in events(ICS)} == before
        assert len(before) == Commitment.objects.published().count()

    def test_the_soonest_come_first(self) -> None:
        days = [event.DTSTART for event in events(ICS)]
        assert days == sorted(days)

    def test_it_speaks_the_readers_language(self) -> None:
        (event,) = events(f"{ICS}?quantity_max=4&lang=en")
        assert str(event["SUMMARY"]).endswith("Build 4 schools")
        assert "到期" not in str(event["SUMMARY"])

    def test_a_calendar_without_end_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(feeds, "LARGEST_CALENDAR", 1)
        answer = ask(ICS)
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert ask(f"{ICS}?category=health").status_code == 200

    def test_as_of_tells_what_was_known(self) -> None:
        (event,) = events(f"{ICS}?quantity_max=4&as_of=2021-07-01")
        assert "未核实" in str(event["DESCRIPTION"])


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("path", [ATOM, ICS])
class TestBoth:
    """What holds for both."""

    def test_nothing_hidden_is_in_it(self, path: str) -> None:
        assert HIDDEN.encode() not in ask(path).content

    @pytest.mark.parametrize("query", ["category=helth", "cursor=x", "ordering=id", "fields=id", "lang=fr", "as_of=x"])
    def test_a_wrong_parameter_is_named(self, path: str, query: str) -> None:
        answer = ask(f"{path}?{query}")
        assert (answer.status_code, answer.json()["parameter"]) == (400, query.split("=", maxsplit=1)[0])

    def test_any_accept_header_will_do(self, path: str) -> None:
        assert ask(path, Accept="application/rss+xml").status_code == 200

    def test_only_reading_is_offered(self, path: str) -> None:
        answer = Client().post(path)
        assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")


@pytest.mark.parametrize("feed", ["atom", "ics"])
def test_a_feed_names_itself_as_it_was_asked_for_whether_escaped_or_not(made: World, client: Client, feed: str) -> None:
    sent = "q=学校&page_size=1" if feed == "atom" else "q=学校"
    escaped = sent.replace("学校", quote("学校"))
    for query in (escaped, sent.encode().decode("iso-8859-1")):
        text = client.get(f"/api/v1/commitments.{feed}", QUERY_STRING=query).content.decode()
        shown = text.replace("\r\n ", "").replace("&amp;", "&")
        assert f"https://duixian.example/api/v1/commitments.{feed}?{escaped}" in shown


def test_an_address_that_lacks_its_slash_leads_on_with_its_words(client: Client, db: None) -> None:
    for query in (quote("学校"), "学校".encode().decode("iso-8859-1")):
        answer = client.get("/api/v1/commitments", QUERY_STRING=f"q={query}")
        assert (answer.status_code, answer["Location"]) == (308, f"/api/v1/commitments/?q={quote('学校')}")
