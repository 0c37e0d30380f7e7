"""The words around a quote, cut at paragraphs, with the wraps and page breaks of the source undone."""

import pytest

from projects.admin.passages import Passage, passage_of, with_surroundings
from projects.models import Commitment
from tests import factories

pytestmark = pytest.mark.django_db


def passage(text: str, quote: str, characters: int = 60) -> Passage:
    report = factories.ReportFactory.create(text=text)
    start = text.index(quote)
    factories.CommitmentFactory.create(report=report, start=start, end=start + len(quote), quote=quote)
    return passage_of(with_surroundings(Commitment.objects.all(), characters).get())


@pytest.mark.parametrize(
    ("text", "quote", "before", "after"),
    [
        ("新建学校。", "新建学校", "", "。"),
        ("第一段。\n\n办教育。新建学校，改厕所。\n\n第三段。", "新建学校", "办教育。", "，改厕所。"),
        ("第一段。\n\n新建学校\n\n第三段。", "新建学校", "", ""),
        ("全年空\n\n---\n\n气好。新建学校。改\n厕所。", "新建学校", "全年空气好。", "。改厕所。"),
        ("办教育，新建\n学校。", "新建\n学校", "办教育，", "。"),
    ],
)
def test_a_passage_is_the_paragraph_around_its_quote(text: str, quote: str, before: str, after: str) -> None:
    assert passage(text, quote) == Passage(before, quote.replace("\n", ""), after)


def test_a_passage_is_as_long_as_asked() -> None:
    assert passage("一二三新建学校四五六", "新建学校", 2) == Passage("二三", "新建学校", "四五")


def test_words_of_the_report_are_no_markup() -> None:
    marked = passage("<b>新建学校&", "新建学校").marked()
    assert marked == '<span class="passage">&lt;b&gt;<mark>新建学校</mark>&amp;</span>'
