import io
import json

from django.core.management import call_command

from seeds.extract.rules import catalogue
from seeds.management.commands.rules import FAMILIES


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("rules", *arguments, stdout=out)
    return out.getvalue()


def test_the_catalogue_tells_every_rule_in_the_order_of_the_stages() -> None:
    page = run()
    assert all(f"| `{rule.id}` |" in page for rule in catalogue())
    titles = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]
    assert titles == list(FAMILIES.values())


def test_a_row_of_the_table_is_one_line() -> None:
    rows = [line for line in run().splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {6}


def test_as_objects() -> None:
    rows = [json.loads(line) for line in run("--format", "jsonl").splitlines()]
    assert [row["id"] for row in rows] == [rule.id for rule in catalogue()]
    assert all(row["must"] and row["never"] and row["place"] for row in rows)


def test_a_sentence_is_explained_by_the_rules_that_fire_on_it() -> None:
    rows = [json.loads(line) for line in run("--explain", "9月底前建成花渡中学。", "--format", "jsonl").splitlines()]
    ids = {row["id"] for row in rows}
    assert {"due.month", "ms.lead", "name.unknown", "cat.education"} <= ids
    assert "fig.count" not in ids
