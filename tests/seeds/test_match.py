"""Later statements are matched to commitments as the curators matched them, and not where they said no."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from seeds.match import ACCEPT, Aliases, Candidate, Subject, candidates, likeness_of, plain

CURATED = Path(__file__).parents[2] / "seeds" / "curated"
REPORTS = ("500112-2021", "500112-2025")

Key = tuple[str, int, int]
Pair = tuple[object, object]


def rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (CURATED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def key(reference: dict[str, Any]) -> Key:
    return reference["report"], reference["start"], reference["end"]


def subjects(report: str) -> Iterator[Subject]:
    for row in rows(report):
        yield Subject(
            key=(report, row["start"], row["end"]),
            kind=row["kind"],
            year=int(report[-4:]),
            until=date.fromisoformat(row["due_on"]),
            title=row["title"],
            category=row["category"],
            milestone=row["milestone"],
            quantity=row["quantity"],
            unit=row["unit"],
            names=tuple(row["names"]),
        )


def links(*reviews: str) -> set[Pair]:
    evidence = {
        (key(row["commitment"]), key(row["achievement"])) for row in rows("evidence") if row["review"] in reviews
    }
    again = {(key(row["earlier"]), key(row["later"])) for row in rows("restatements") if row["review"] in reviews}
    return evidence | again


@pytest.fixture(scope="module")
def found() -> dict[Pair, Candidate]:
    """Return what is found between the two reports at the accept threshold."""
    promised = [row for row in subjects(REPORTS[0]) if row.kind == "commitment"]
    known = Aliases([row["name"], *row["aliases"]] for row in rows("projects"))
    pairs = candidates(promised, list(subjects(REPORTS[1])), known, ACCEPT)
    return {(pair.commitment.key, pair.statement.key): pair for pair in pairs}


def test_every_accepted_link_is_found(found: dict[Pair, Candidate]) -> None:
    assert links("accepted") - set(found) == set()


def test_recall_and_precision_hold_their_floor(found: dict[Pair, Candidate]) -> None:
    linked = links("accepted", "proposed")
    recall, precision = len(linked & set(found)) / len(linked), len(linked & set(found)) / len(found)
    print(f"recall {recall:.2f}, precision {precision:.2f} over {len(linked)} links")
    assert recall >= 0.9
    assert precision >= 0.95


def test_what_the_curators_told_apart_is_not_found(found: dict[Pair, Candidate]) -> None:
    apart = {(key(row["commitment"]), key(row["statement"])) for row in rows("negatives")}
    assert apart & set(found) == set()


def promise(title: str, **fields: Any) -> Subject:
    given = {"kind": "commitment", "year": 2021, "until": date(2021, 12, 31), "category": "transport", **fields}
    return Subject(key=title, title=title, **given)


def claim(title: str, **fields: Any) -> Subject:
    given = {"kind": "achievement", "year": 2025, "until": date(2024, 12, 31), "category": "transport", **fields}
    return Subject(key=title, title=title, **given)


def best(commitment: Subject, statement: Subject, aliases: Aliases | None = None) -> Candidate | None:
    pairs = candidates([commitment], [statement], aliases, ACCEPT)
    return pairs[0] if pairs else None


class TestNames:
    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            ("轨道交通15号线", "轨道15号线一期"),
            ("江北机场第四跑道", "江北国际机场第四跑道"),
            ("古路火车站", "古路站"),
            ("洛碛码头一期", "洛碛港一期"),
            ("椿萱大道", "椿萱大道二期"),
            ("黄茅坪支线", "铁路东环线黄茅坪支线"),
            ("碑口水库", "碑口水库"),
        ],
    )
    def test_two_spellings_of_one_thing(self, earlier: str, later: str) -> None:
        pair = best(promise(f"建设{earlier}", names=(earlier,)), claim(f"{later}建成", names=(later,)))
        assert pair is not None
        assert pair.reasons[0] in {"same_name", "part_of_name"}

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            ("铁路枢纽东环线", "铁路东环线黄茅坪支线"),
            ("轨道交通4号线", "轨道14号线"),
            ("第二中学", "第十二中学"),
            ("鹿山公园", "花石公园"),
            ("区二院", "区四院"),
            ("第一中学", "第二中学"),
            ("南北大道", "东西大道"),
        ],
    )
    def test_two_things_that_sound_alike(self, earlier: str, later: str) -> None:
        assert best(promise(f"建设{earlier}", names=(earlier,)), claim(f"{later}建成", names=(later,))) is None

    def test_a_known_project_has_several_names(self) -> None:
        known = Aliases([["川美国际设计学院", "川美悦来校区"]])
        one, other = promise("建学院", names=("川美国际设计学院",)), claim("建校区", names=("川美悦来校区",))
        assert best(one, other) is None
        pair = best(one, other, known)
        assert pair is not None
        assert pair.reasons == ("same_project", "same_category")

    def test_another_deed_at_the_same_place_is_another_matter(self) -> None:
        greener = promise("整治南北大道、矿山公园沿线环境", names=("南北大道", "矿山公园"), category="environment")
        assert best(greener, claim("南北大道全线通车", names=("南北大道",))) is None


class TestMeasures:
    def parks(self, kind: Callable[..., Subject], **fields: Any) -> Subject:
        given: dict[str, Any] = {"quantity": 10, "unit": "个", "category": "environment", **fields}
        return kind(given.pop("title", "新建公园10个"), **given)

    def test_the_same_count_within_its_time(self) -> None:
        pair = best(self.parks(promise, until=date(2025, 12, 31)), self.parks(claim, quantity=6, title="新建公园6个"))
        assert pair is not None
        assert pair.reasons == ("same_measure", "same_object")

    @pytest.mark.parametrize(
        "fields",
        [
            {"until": date(2021, 12, 31)},
            {"until": date(2025, 12, 31), "unit": "亩"},
            {"until": date(2025, 12, 31), "category": "housing"},
            {"until": date(2025, 12, 31), "quantity": None},
            {"until": date(2025, 12, 31), "milestone": "level"},
            {"until": date(2025, 12, 31), "title": "新增公厕10个"},
        ],
    )
    def test_another_time_measure_or_thing(self, fields: dict[str, Any]) -> None:
        assert best(self.parks(promise, **fields), self.parks(claim)) is None

    def test_a_promised_share_is_renewed_year_by_year(self) -> None:
        share = {"quantity": 96, "unit": "%", "milestone": "level", "category": "social_security"}
        again = promise("养老保险参保率保持在97%以上", year=2025, until=date(2025, 12, 31), **share)
        assert best(promise("养老参保率稳定在96%以上", **share), again) is not None
        assert best(promise("养老参保率稳定在96%以上", **share), claim("养老参保率97%", **share)) is None


def test_nothing_earlier_is_a_candidate() -> None:
    earlier = claim("第一中学建成", names=("第一中学",), year=2021)
    assert candidates([promise("建成第一中学", names=("第一中学",))], [earlier], least=0) == []


def test_the_best_come_first() -> None:
    one = promise("建成第一中学", names=("第一中学", "第二中学"))
    pairs = candidates(
        [one],
        [claim("第一中学绿化", names=("第一中学",), category="rural"), claim("第二中学建成", names=("第二中学",))],
    )
    assert [pair.statement.title for pair in pairs] == ["第二中学建成", "第一中学绿化"]


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share_and_goes_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness_of(one, other) <= 1
    assert likeness_of(one, other) == likeness_of(other, one)
    assert likeness_of(one, one) == (1 if one else 0)


@given(st.text(max_size=30))
def test_a_plain_name_stays_plain_or_shorter(name: str) -> None:
    assert len(plain(name)) <= len(name)
