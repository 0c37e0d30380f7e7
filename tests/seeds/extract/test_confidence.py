import pytest

from seeds.extract.confidence import confidence


def test_a_counted_known_object_is_surer_than_a_quoted_movement() -> None:
    assert confidence(("fig.count", "cat.education", "ms.lead"), "complete") > confidence(
        ("ms.lead", "cat.environment", "name.quoted"), "progress"
    )


@pytest.mark.parametrize(
    "rules", [("fig.count", "cat.inherited"), ("ms.final", "cat.suffix", "name.weak"), ("ms.honour",), ("odd",)]
)
def test_it_is_a_probability_and_doubt_never_raises_it(rules: tuple[str, ...]) -> None:
    assert 0 < confidence((*rules, "name.quoted"), "complete") <= confidence(rules, "complete") < 1
