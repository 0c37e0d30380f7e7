import gzip
import json

from seeds.evaluation.gold import GoldReport, Row
from seeds.evaluation.training import answers, fit, labelled, packed, tried, validate
from seeds.extract import extract

TEXT = "二、2030年重点工作\n（一）改善民生。" + "新建学校12所。加强教师队伍管理。建成花渡医院。坚持以人民为中心。" * 5


def report(name: str) -> GoldReport:
    rows = [Row.of(statement.as_dict()) for statement in extract(TEXT, year=2030)]
    return GoldReport(name, TEXT, tuple(rows), year=2030)


def test_a_piece_is_taken_where_a_gold_statement_overlaps_it_by_half() -> None:
    rows = labelled(report("999999-2030"))
    assert [row.taken for row in rows[:4]] == [True, False, True, False]
    assert [row.taken for row in rows] == [row.piece.kept for row in rows]


def test_it_learns_what_readers_take() -> None:
    rows = labelled(report("999999-2030"))
    found = fit(rows)
    said = answers(found, rows)
    assert min(share for share, row in zip(said, rows, strict=True) if row.taken) > 0.5
    assert max(share for share, row in zip(said, rows, strict=True) if not row.taken) < 0.5


def test_the_same_labels_make_the_same_bytes() -> None:
    rows = labelled(report("999999-2030"))
    data = packed(fit(rows))
    assert data == packed(fit(rows))
    values = json.loads(gzip.decompress(data))
    assert set(values) == {"bias", "scale", "weights"}
    assert list(values["weights"]) == sorted(values["weights"])


def test_a_place_is_judged_by_what_others_taught() -> None:
    reports = [report(name) for name in ("111111-2029", "111111-2030", "222222-2030")]
    found = validate(reports)
    assert set(found.rules) == set(found.judged) == {one.name for one in reports}
    assert len(found.pairs) == 3 * len(labelled(reports[0]))
    assert len(tried(fit(labelled(reports[0])), reports[2:]).pairs) == len(labelled(reports[2]))
