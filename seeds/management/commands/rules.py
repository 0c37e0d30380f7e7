"""``manage.py rules``: the catalogue of the reader's rules, or which of them fire on a sentence."""

import json
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from seeds.extract import pipeline
from seeds.extract.rules import REGISTRY, Rule, catalogue, fired
from seeds.management.printing import print_lines

# What the rules of a family decide, in the order of the reader's stages.
FAMILIES = {
    "norm": "Clean text",
    "sec": "Parts of a report",
    "cl": "Segments of a clause",
    "fig": "Figures and levels",
    "due": "Deadlines",
    "ms": "Milestones",
    "name": "What makes a thing particular",
    "cat": "Categories",
    "out": "What is left out",
    "title": "Titles",
}


class Command(BaseCommand):
    """Prints every rule with its meaning, what it must fire on and what it must not."""

    help = "Print the rules of the reader with their examples, or those that fire on a sentence."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("markdown", "jsonl"), default="markdown", help="default: %(default)s")
        parser.add_argument(
            "--explain", metavar="SENTENCE", help="print the rules that fire where it is read as a plan"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        found = catalogue()
        if options["explain"]:
            found = [REGISTRY[rule_id] for rule_id in fired(options["explain"], pipeline.extract)]
        lines = _objects(found) if options["format"] == "jsonl" else _markdown(found)
        print_lines(self.stdout, lines)


def _objects(found: list[Rule]) -> Iterator[str]:
    for rule in found:
        told = {"id": rule.id, "meaning": rule.meaning, "must": rule.must, "never": rule.never, "place": rule.place}
        yield json.dumps(told, ensure_ascii=False)


def _markdown(found: list[Rule]) -> Iterator[str]:
    order = list(FAMILIES)
    found = sorted(found, key=lambda rule: order.index(rule.family))
    for family, rules in groupby(found, key=attrgetter("family")):
        yield f"## {FAMILIES[family]}\n"
        yield "| rule | meaning | must fire | must not fire | place |"
        yield "|---|---|---|---|---|"
        for rule in rules:
            must, never = (" · ".join(examples).replace("\n", " ⏎ ") for examples in (rule.must, rule.never))
            meaning = rule.meaning.replace("|", "\\|")
            yield f"| `{rule.id}` | {meaning} | {must} | {never} | `{rule.place}` |"
        yield ""
