from collections.abc import Callable

import pytest

from seeds.extract.candidate import Candidate, Context, listed_noun, object_span
from seeds.extract.categories import Noun
from seeds.extract.clauses import Document, Segment
from seeds.extract.milestones import Milestone

Cut = Callable[[str], tuple[Document, list[Segment]]]


@pytest.mark.parametrize(
    ("clause", "spoken"),
    [("加快建设花渡大道", "花渡大道"), ("花渡小学建成投用", "花渡小学"), ("推动花渡医院扩建开工", "花渡医院")],
)
def test_the_object_lies_between_the_verbs(cut: Cut, clause: str, spoken: str) -> None:
    document, (segment,) = cut(clause)
    start, end = object_span(segment)
    assert document.text[start:end] == spoken


@pytest.mark.parametrize(
    ("clause", "slug", "rule"),
    [
        ("武汉路医院、龙渡产业园等项目", "health", "cat.first"),
        ("龙渡、重庆路学院等片区雨污分流", "water_sanitation", "cat.water_sanitation"),
    ],
)
def test_a_list_of_names_is_classed_by_its_sum_or_its_first(cut: Cut, clause: str, slug: str, rule: str) -> None:
    document, (segment,) = cut(clause)
    noun = listed_noun(document, segment, segment.start, segment.end)
    assert noun is not None
    assert (noun.slug, noun.rule) == (slug, rule)


def test_the_context_reads_stretches_without_a_statement_only_when_asked() -> None:
    document = Document("持续壮大集体经济，实现收入4亿元")
    context = Context(document)
    context.unread.append((0, 8))
    noun = context.resolve()
    assert noun is not None
    assert noun.slug == "rural"
    assert context.unread == []


def test_an_inherited_candidate_keeps_the_object_that_was_named() -> None:
    document = Document("完工10个")
    named = Noun(2, 3, "housing", "cat.housing")
    context = Context(document, noun=named)
    segment = document.segment(0, 5, [], [])
    context.follow(Candidate(0, 5, named, Milestone("complete", "ms.lead"), None, (), (), inherited=True), segment)
    assert (context.noun, context.code, context.segment) == (named, "complete", None)
