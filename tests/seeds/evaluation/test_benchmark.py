"""The public benchmark: what its files say of each other, and its figures."""

import hashlib
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from seeds.evaluation.benchmark import GOLD, SPLITS, Interval, agreement, benchmark, entries, lines, page
from seeds.evaluation.gold import labels
from seeds.evaluation.measures import Scores, compare, scores

TEXT = "二、2030年重点工作\n建成学校3所。"
QUOTE = "建成学校3所"
START = TEXT.index(QUOTE)
ROW = {"kind": "commitment", "start": START, "end": START + len(QUOTE), "category": "education"}


def manifest() -> list[dict[str, object]]:
    return list(json.loads((GOLD / "manifest.json").read_text(encoding="utf-8")))


def folder(path: Path) -> Path:
    """A gold folder with one report that two people read, one of them missing what the other saw."""
    for side, rows in (("adjudicated", [ROW]), ("first", [ROW]), ("second", [])):
        (path / side).mkdir()
        written = "\n".join(json.dumps(row) for row in rows)
        (path / side / "111111-2030.jsonl").write_text(written, encoding="utf-8")
    entry = {"jurisdiction": "111111", "place": "花渡", "year": 2030, "split": "test"}
    entry["sha256"] = hashlib.sha256(TEXT.encode()).hexdigest()
    (path / "manifest.json").write_text(json.dumps([entry]), encoding="utf-8")
    return path


def test_no_place_is_in_two_splits() -> None:
    splits = {(entry.name[:6], entry.split) for entry in entries()}
    assert len(splits) == len({place for place, _ in splits})
    assert {entry.split for entry in entries()} == set(SPLITS)
    assert all(entry.name[:6] != "500112" for entry in entries())


def test_the_test_split_has_every_level_and_the_years_from_2016_on() -> None:
    names = [entry.name for entry in entries() if entry.split == "test"]
    levels = Counter("province" if name[2:6] == "0000" else "city" if name[4:6] == "00" else "county" for name in names)
    assert levels == {"province": 2, "city": 8, "county": 1}
    assert {int(name[-4:]) for name in names} == {2016, 2019, 2020, 2021, 2022, 2023, 2024, 2025}
    assert len({name[0] for name in names}) == 6


def test_the_manifest_counts_and_compares_the_labels() -> None:
    people = agreement()
    for entry in manifest():
        name, counts = f"{entry['jurisdiction']}-{entry['year']}", entry["statements"]
        assert isinstance(counts, dict)
        assert counts == {side: len(labels(GOLD / side / f"{name}.jsonl")) for side in counts}
        assert all(row.end <= int(str(entry["characters"])) for row in labels(GOLD / "adjudicated" / f"{name}.jsonl"))
        figures = scores(people[name]) if name in people else None
        assert entry.get("agreement") == (
            {"span_f1": round(figures.span_f1, 4), "record_f1": round(figures.record_f1, 4)} if figures else None
        )
    assert len(people) == 14


def test_what_two_people_agree_on_stands_and_every_other_label_was_decided() -> None:
    rows = [line.split("\t") for line in (GOLD / "decisions.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    decided = {(name, int(start), int(end)) for name, start, end, _, _ in rows}
    assert len(decided) == len(rows)
    assert {taken.split()[0] for *_, taken, _ in rows} == {"first", "second", "neither", "mended"}
    assert all(why for *_, why in rows)
    for name in agreement():
        first, second, final = (
            set(labels(GOLD / side / f"{name}.jsonl")) for side in ("first", "second", "adjudicated")
        )
        assert first & second <= final
        spans = {(row.start, row.end) for row in final - (first & second)}
        assert spans <= {(row.start, row.end) for row in first | second}
        assert len((first | second) - final) + len(final - first - second) >= 1
        assert {(start, end) for one, start, end in decided if one == name} <= {
            (row.start, row.end) for row in first ^ second
        }


@pytest.mark.parametrize("side", ["first", "second", "adjudicated"])
def test_labels_hold_no_words_and_do_not_overlap(side: str) -> None:
    for path in sorted((GOLD / side).glob("*.jsonl")):
        rows = sorted(labels(path), key=lambda row: row.start)
        assert all(not row.quote for row in rows)
        if side == "adjudicated":
            assert all(left.end <= right.start for left, right in pairwise(rows))


def test_a_text_is_found_by_its_sha256_whatever_it_is_called(tmp_path: Path) -> None:
    gold = folder(tmp_path)
    corpus = tmp_path / "texts" / "below"
    corpus.mkdir(parents=True)
    (corpus / "report.txt").write_bytes(TEXT.encode())
    (corpus / "other.txt").write_bytes(b"other")
    found = benchmark([tmp_path / "texts"], gold)
    assert found.missing == []
    (report,) = found.reports["test"]
    assert (report.name, report.year, [row.quote for row in report.rows]) == ("111111-2030", 2030, [QUOTE])


def test_a_split_without_texts_keeps_the_readers_agreement(tmp_path: Path) -> None:
    found = benchmark([tmp_path / "nowhere"], folder(tmp_path))
    assert [entry.place for entry in found.missing] == ["花渡"]
    line = lines(found, lambda report: compare(report.rows, ()), ["test"], tmp_path)["test"]
    assert (line.reports, line.span_f1, line.readers, line.readers_span_f1) == (0, None, 1, Interval(0, 0, 0))
    told = "\n".join(page({"test": line}, found.missing, [tmp_path / "nowhere"]))
    assert f"the texts of 1 reports are not in {tmp_path / 'nowhere'}" in told
    assert "111111-2030 花渡 test sha256" in told


def test_an_interval_is_of_reports() -> None:
    good, bad = Scores(10, 10, 10, 10, (10,) * 7), Scores(10, 10, 0, 0, (0,) * 7)

    def span(row: Scores) -> float:
        return row.span_f1

    assert Interval.of([good, good], span) == Interval(1, 1, 1)
    mixed = Interval.of([good, bad] * 8, span)
    assert mixed.value == 0.5
    assert 0.2 <= mixed.low < 0.35 < 0.65 < mixed.high <= 0.8
    assert mixed == Interval.of([good, bad] * 8, span)
    assert Interval.of([good, bad], span) == Interval(0.5, 0, 1)
    many = Interval.of([good, bad] * 32, span)
    assert mixed.low < many.low < 0.5 < many.high < mixed.high
    assert str(Interval(0.5, 0.25, 1)) == "0.500 [0.250–1.000]"
