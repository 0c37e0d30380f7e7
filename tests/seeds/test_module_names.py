"""A module's name tells its job: within a layer no name stands twice."""

from collections import Counter
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize("layer", ["reading", "sheets", "extract", "match", "official", "evaluation"])
def test_a_name_stands_once_in_a_layer(layer: str) -> None:
    names = Counter(path.stem for path in (SEEDS / layer).rglob("*.py") if path.name != "__init__.py")
    assert names
    assert [name for name, count in names.items() if count > 1] == []
