from seeds import tsv
from seeds.match import tables
from seeds.sheets import vocabulary


def test_remarks_and_empty_lines_are_no_entries() -> None:
    rows = tsv.rows("seeds.extract", "suffixes")
    assert ("路", "name", "transport") in rows
    assert not any(row[0].startswith("#") or row == ("",) for row in rows)


def test_a_list_is_read_once_and_by_all_in_the_same_way() -> None:
    assert tables.rows("verbs") is tsv.rows("seeds.match", "verbs")
    assert len(vocabulary.judgements()) == len(tsv.rows("seeds.sheets", "judgements"))
