"""The reviewed data that ships with the project: true to its reports and complete in both languages."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

# Each takes a millisecond, but there is one for each fact of each row.
pytestmark = pytest.mark.slow

Row = dict[str, Any]

SEEDS: Final = Path(__file__).parents[2] / "seeds"
CURATED: Final = SEEDS / "curated"
REPORTS: Final = SEEDS / "reports"
NAMES: Final = ("500112-2021", "500112-2025")

CATEGORIES: Final = {
    "education", "health", "transport", "housing", "elderly_childcare", "social_security", "culture_sports",
    "water_sanitation", "environment", "rural", "utilities", "public_safety",
}  # fmt: skip
MILESTONES: Final = {"plan", "start", "progress", "complete", "level"}
COMPARATORS: Final = {"eq", "gte", "lte", "approx"}
LINK_KEYS: Final = ("report", "start", "end")
KEYS: Final[dict[str, str]] = {
    "500112-2021": "kind start end quote section category milestone quantity unit comparator due_on due_basis names "
    "title title_en",
    "jurisdictions": "code name name_en level parent valid_from valid_until",
    "projects": "slug jurisdiction name name_en aliases category statements review",
    "sources": "slug jurisdiction kind title title_en publisher publisher_en url original_url address_doubt "
    "address_doubt_en document_number published_on retrieved_on report score note note_en",
    "successions": "predecessor successor successor_name successor_name_en on scope scope_en source",
    "evidence": "commitment achievement source quote place item_number official_word verdict as_of happened_on "
    "happened_precision reported_value coverage value_from bound forecast delay_reason announced_on confidence review "
    "note note_en",
    "statuses": "commitment status evidence effective_on reason_code note note_en",
    "restatements": "earlier later phase change late confidence review note note_en",
    "pairs": "earlier later gone_through_on mentioned",
    "negatives": "commitment statement url looks_like reason reason_en",
}
KEYS["500112-2025"] = KEYS["500112-2021"]
ENDS: Final[dict[str, dict[str, str | None]]] = {  # of a link: the key, the kind of statement it must point to
    "evidence": {"commitment": "commitment", "achievement": "achievement"},
    "restatements": {"earlier": "commitment", "later": "commitment"},
    "negatives": {"commitment": "commitment", "statement": None},
    "statuses": {"commitment": "commitment"},
}

CHINESE: Final = re.compile(r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
LOOSE_SPACE: Final = re.compile(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])|\n| $|^ ")
LOOSE_END: Final = re.compile(r"^[，。；、：！,.;:]|[，。；、：！,.;:]$")
ENGLISH_FIGURE: Final = re.compile(r"(\d[\d,]*(?:\.\d+)?)( (?:million|billion)\b)?")
SCALE: Final = {"": 1.0, " million": 1e6, " billion": 1e9}
COMPARATOR_WORDS: Final = {
    "gte": re.compile(r"\b(at least|more than|or more)\b", re.IGNORECASE),
    "lte": re.compile(r"\b(within|at most|or less)\b", re.IGNORECASE),
    "approx": re.compile(r"\b(nearly|about|around)\b", re.IGNORECASE),
}
WHOLE: Final = re.compile(r"\b(all|every|full|whole)\b", re.IGNORECASE)


def rows(name: str) -> list[Row]:
    lines = (CURATED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def text_of(report: str) -> str:
    return (REPORTS / f"{report}.txt").read_bytes().decode("utf-8")


TEXTS: Final = {name: text_of(name) for name in NAMES}
STATEMENTS: Final = {name: rows(name) for name in NAMES}
INDEX: Final = {(name, row["start"], row["end"]): row for name in NAMES for row in STATEMENTS[name]}
EVERY: Final = [(name, row) for name in NAMES for row in STATEMENTS[name]]
COUNTED: Final = [(name, row) for name, row in EVERY if row["quantity"] is not None]


def place(value: str | Row) -> str:
    return value if isinstance(value, str) else str(value["start"])


Key = tuple[str, int, int]


def key_of(link: Row) -> Key:
    assert tuple(link) == LINK_KEYS
    return link["report"], link["start"], link["end"]


def origin_of(row: Row) -> Key | str:
    """What evidence, or a status by its evidence, rests on: an achievement or the slug of a source."""
    claimed = row.get("achievement")
    return key_of(claimed) if claimed else str(row["source"])


def figures_in(english: str) -> Iterator[float]:
    """The numbers written in an English title, with million and billion multiplied out."""
    for number, scale in ENGLISH_FIGURE.findall(english):
        yield round(float(number.replace(",", "")) * SCALE[scale], 6)


def tells_full_coverage(row: Row) -> bool:
    """A 100 % that the report puts into words (全覆盖, 全部, 全面) may be put into words in English too."""
    in_words = (row["quantity"], row["unit"]) == (100, "%") and "100" not in row["quote"]
    return in_words and bool(WHOLE.search(row["title_en"]))


def test_411_statements_in_the_known_proportions() -> None:
    kinds = {name: Counter(row["kind"] for row in STATEMENTS[name]) for name in NAMES}
    assert {name: count["commitment"] for name, count in kinds.items()} == {"500112-2021": 118, "500112-2025": 69}
    assert sum(count["achievement"] for count in kinds.values()) == 224
    promised = Counter(row["category"] for row in STATEMENTS["500112-2021"] if row["kind"] == "commitment")
    assert (promised["education"], promised["transport"]) == (6, 29)


@pytest.mark.parametrize("name", KEYS)
def test_files_are_canonical(name: str) -> None:
    """One compact object a line with its keys in the fixed order, so that a change shows as one changed line."""
    raw = (CURATED / f"{name}.jsonl").read_bytes()
    written = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows(name)]
    assert raw.decode("utf-8") == "".join(written)
    assert {" ".join(row) for row in rows(name)} == {KEYS[name]}


@pytest.mark.parametrize("name", NAMES)
def test_spans_are_sorted_and_do_not_overlap(name: str) -> None:
    spans = [(row["start"], row["end"]) for row in STATEMENTS[name]]
    assert all(start < end for start, end in spans)
    assert all(end <= following for (_, end), (following, _) in pairwise(spans))


@pytest.mark.parametrize(("name", "row"), EVERY, ids=place)
def test_quote_is_the_words_of_the_report(name: str, row: Row) -> None:
    assert row["quote"] == TEXTS[name][row["start"] : row["end"]]
    assert row["quote"] == row["quote"].strip(" \n，。；、：")


@pytest.mark.parametrize(("name", "row"), EVERY, ids=place)
def test_section_is_printed_above_the_statement(name: str, row: Row) -> None:
    above = TEXTS[name][: row["start"]]
    places = [above.rfind(heading) for heading in row["section"].split(" / ")]
    assert places == sorted(places)
    assert places[0] >= 0


@pytest.mark.parametrize(("name", "row"), EVERY, ids=place)
def test_labels_are_of_the_guideline(name: str, row: Row) -> None:
    assert row["category"] in CATEGORIES
    assert row["milestone"] in MILESTONES
    if row["quantity"] is None:
        assert row["unit"] is None
        assert row["comparator"] is None
    else:
        assert row["quantity"] > 0
        assert row["unit"]
        assert row["comparator"] in COMPARATORS


def period_ends(name: str, row: Row) -> set[date]:
    year = int(name[-4:])
    if row["kind"] == "achievement":
        return {date(year - 1, 12, 31)}
    return {date(year, 12, 31), date(2025, 12, 31)}


@pytest.mark.parametrize(("name", "row"), EVERY, ids=place)
def test_dates_are_the_end_of_a_period_and_say_their_basis(name: str, row: Row) -> None:
    assert date.fromisoformat(row["due_on"]) in period_ends(name, row)
    assert row["due_basis"] in ({"stated", "implied"} if row["kind"] == "commitment" else {None})


@pytest.mark.parametrize(("name", "row"), EVERY, ids=place)
def test_titles_stand_alone_in_both_languages(name: str, row: Row) -> None:
    chinese, english = row["title"], row["title_en"]
    assert CHINESE.search(chinese)
    assert not CHINESE.search(english)
    assert len(english) <= 110
    assert english.isprintable()
    for title in (chinese, english, *row["names"]):
        assert not LOOSE_END.search(title)
        assert not LOOSE_SPACE.search(title)


@pytest.mark.parametrize(("name", "row"), COUNTED, ids=place)
def test_english_title_keeps_the_figure(name: str, row: Row) -> None:
    assert row["quantity"] in figures_in(row["title_en"]) or tells_full_coverage(row)
    if row["comparator"] in COMPARATOR_WORDS:
        assert COMPARATOR_WORDS[row["comparator"]].search(row["title_en"])


@pytest.mark.parametrize(
    ("english", "figures"),
    [
        ("Add 12,000 public parking spaces", [12000]),
        ("4.93 billion yuan paid, up 11%", [4.93e9, 11]),
        ("Build at least 1,000 5G base stations", [1000, 5]),
        ("1.6 million square metres", [1.6e6]),
        ("A millionaire’s row of 3 millions", [3]),
    ],
)
def test_figures_are_read_from_english(english: str, figures: list[float]) -> None:
    assert list(figures_in(english)) == figures


def test_manifest_describes_the_reports() -> None:
    manifest: list[Row] = json.loads((REPORTS / "manifest.json").read_text(encoding="utf-8"))
    assert [entry["file"] for entry in manifest] == [f"{name}.txt" for name in NAMES]
    for entry in manifest:
        raw = (REPORTS / entry["file"]).read_bytes()
        text = raw.decode("utf-8")
        assert hashlib.sha256(raw).hexdigest() == entry["sha256"]
        assert entry["title"] in text
        assert entry["session"] in re.sub(r"\n+", "", text)
        assert entry["document_number"] is None or entry["document_number"] in text
        day = date.fromisoformat(entry["delivered_on"])
        assert f"{day.year}年{day.month}月{day.day}日在" in text
        assert not CHINESE.search(entry["title_en"] + entry["session_en"] + entry["publisher_en"])


def test_reports_belong_to_a_known_jurisdiction_and_parents_exist() -> None:
    places = {place["code"]: place for place in rows("jurisdictions")}
    assert places["500112"]["parent"] == "500000"
    assert {place["parent"] for place in places.values()} <= {None, *places}
    assert {place["level"] for place in places.values()} <= {"province", "prefecture", "county"}


@pytest.mark.parametrize("name", ENDS)
def test_links_point_to_statements_of_the_right_kind(name: str) -> None:
    for row in rows(name):
        for end, kind in ENDS[name].items():
            if row[end] is not None:
                assert kind in (None, INDEX[key_of(row[end])]["kind"])


@pytest.mark.parametrize(
    "name", [name for name in KEYS if name not in (*NAMES, "jurisdictions", "successions", "pairs")]
)
def test_links_are_unique_and_explained_in_both_languages(name: str) -> None:
    more = ("source", "url", "looks_like")
    places = [
        json.dumps([row[end] for end in ENDS[name]] + [row.get(key) for key in more]) if name in ENDS else row["slug"]
        for row in rows(name)
    ]
    assert len(set(places)) == len(places)
    for row in rows(name):
        for key in ("note", "reason", "name"):
            if row.get(key):
                assert CHINESE.search(row[key])
                assert row[f"{key}_en"]
                assert not CHINESE.search(row[f"{key}_en"])


def test_evidence_of_a_report_tells_its_period() -> None:
    for row in rows("evidence"):
        if row["achievement"]:
            achieved = INDEX[key_of(row["achievement"])]
            assert row["as_of"] == achieved["due_on"]
            assert row["reported_value"] in (None, achieved["quantity"])
            assert (row["source"], row["quote"]) == (None, None)


def test_evidence_of_a_page_quotes_it() -> None:
    slugs = {row["slug"]: row for row in rows("sources")}
    used = {row["source"] for row in (*rows("evidence"), *rows("successions")) if row["source"]}
    assert used == set(slugs)
    for row in rows("evidence"):
        if row["source"]:
            assert row["quote"]
            told = slugs[row["source"]]["published_on"]
            assert told is None or row["forecast"] or row["as_of"] <= told


def test_every_source_can_be_found_again() -> None:
    sources = rows("sources")
    assert [row["slug"] for row in sources] == sorted(row["slug"] for row in sources)
    assert len({row["url"] for row in sources}) == len(sources)
    for row in sources:
        assert row["url"].startswith("http")
        assert row["retrieved_on"]
        assert bool(row["address_doubt"]) == bool(row["address_doubt_en"])


def test_the_notice_of_2022_is_the_governments_own_score() -> None:
    (scored,) = [row for row in rows("sources") if row["score"]]
    assert (scored["kind"], scored["jurisdiction"], scored["report"]) == ("outcome_notice", "500112", "500112-2021")
    assert scored["published_on"] == "2022-02-10"
    assert scored["score"] == {
        "indicators_total": 7, "indicators_met": 7, "tasks_total": 106, "tasks_done": 94, "tasks_partly": 12,
    }  # fmt: skip


def test_what_ended_has_somebody_who_goes_on() -> None:
    ended = {row["code"] for row in rows("jurisdictions") if row["valid_until"]}
    assert ended == {row["predecessor"] for row in rows("successions")} == {"500105", "500112"}


@pytest.mark.parametrize("name", ["evidence", "restatements"])
def test_review_follows_confidence(name: str) -> None:
    for row in rows(name):
        assert row["review"] == {"high": "accepted", "medium": "proposed", "low": "proposed"}[row["confidence"]]


def test_a_reported_value_of_a_report_measures_what_was_promised() -> None:
    for row in rows("evidence"):
        if row["reported_value"] is not None and row["achievement"]:
            assert INDEX[key_of(row["commitment"])]["unit"] == INDEX[key_of(row["achievement"])]["unit"]


def accepted_by_commitment() -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = {}
    for row in rows("evidence"):
        if row["review"] == "accepted":
            found.setdefault(key_of(row["commitment"]), []).append(row)
    return found


def test_each_status_rests_on_accepted_evidence_that_says_so() -> None:
    accepted = accepted_by_commitment()
    statuses = {key_of(row["commitment"]): row for row in rows("statuses")}
    assert set(statuses) == set(accepted)
    assert len(statuses) >= 33
    for commitment, status in statuses.items():
        cited = [row for row in accepted[commitment] if origin_of(row) == origin_of(status["evidence"])]
        assert [row["verdict"] for row in cited] == [status["status"]]
        known = cited[0]["happened_on"] if cited[0]["happened_precision"] == "day" else None
        assert status["effective_on"] == (known or cited[0]["as_of"])


def test_restatements_lead_to_a_later_report() -> None:
    for row in rows("restatements"):
        assert row["earlier"]["report"] < row["later"]["report"]
        assert row["phase"] in {"same", "next"}


def test_must_not_match_pairs_are_not_linked_elsewhere() -> None:
    linked = {(key_of(row["commitment"]), origin_of(row)) for row in rows("evidence")}
    linked |= {(key_of(row["earlier"]), key_of(row["later"])) for row in rows("restatements")}
    assert not linked & {
        (key_of(row["commitment"]), key_of(row["statement"])) for row in rows("negatives") if row["statement"]
    }


def test_projects_are_sorted_by_slug_and_share_no_statement() -> None:
    projects = rows("projects")
    slugs = [project["slug"] for project in projects]
    assert slugs == sorted(slugs)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)
    claims = Counter(key_of(link) for project in projects for link in project["statements"])
    assert set(claims.values()) == {1}
    assert set(claims) <= set(INDEX)


def test_projects_are_complete_rows() -> None:
    for project in rows("projects"):
        assert project["category"] in CATEGORIES
        assert project["review"] in {"accepted", "proposed"}
        assert project["statements"]
        assert project["name"] not in project["aliases"]
        assert project["jurisdiction"] == "500112"
