"""Every rule fires on its own examples, and not on those that only look alike."""

import sys
from pathlib import Path

import pytest

from seeds.extract import pipeline, rules
from seeds.extract.rules import REGISTRY, Rule, catalogue, fired, rule

EXAMPLES = [(found, example) for found in catalogue() for example in found.must]
LOOK_ALIKES = [(found, example) for found in catalogue() for example in found.never]
REPORTS = sorted((Path(rules.__file__).parents[1] / "reports").glob("*.txt"))


def name(value: Rule | str) -> str:
    return value.id if isinstance(value, Rule) else value


@pytest.mark.parametrize(("found", "example"), EXAMPLES, ids=name)
def test_must_fire(found: Rule, example: str) -> None:
    assert found.id in fired(example, pipeline.extract)


@pytest.mark.parametrize(("found", "example"), LOOK_ALIKES, ids=name)
def test_must_not_fire(found: Rule, example: str) -> None:
    assert found.id not in fired(example, pipeline.extract)


def test_every_rule_has_a_meaning_and_examples_of_both_kinds() -> None:
    assert [found.id for found in catalogue() if not (found.must and found.never and found.meaning)] == []


def test_every_id_that_a_statement_can_name_is_a_rule() -> None:
    texts = [path.read_text("utf-8") for path in REPORTS]
    named = {rule_id for text in texts for found in pipeline.extract(text, year=2025) for rule_id in found.rules}
    assert named - REGISTRY.keys() == set()
    assert len(named) > 30


def test_a_rule_is_registered_once_and_says_what_it_means() -> None:
    with pytest.raises(ValueError, match="twice"):
        rule("fig.zero", must=["零返贫。"], never=["零星。"], meaning="Again.")(len)
    with pytest.raises(ValueError, match="nothing says"):
        rule("fig.untold", must=["零返贫。"], never=["零星。"])(lambda: None)
    assert "fig.untold" not in REGISTRY


def test_reading_an_example_leaves_no_listener_behind() -> None:
    fired("新建学校12所。", pipeline.extract)
    assert sys.getprofile() is None
