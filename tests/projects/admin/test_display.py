"""The words around a quote, cut at paragraphs, with the wraps and page breaks of the source undone."""

import pytest

from projects.admin.display import QuoteInContext, annotate_context, quote_in_context
from projects.models import Commitment
from tests import factories

pytestmark = pytest.mark.django_db


def shown(text: str, quote: str, characters: int = 60) -> QuoteInContext:
    report = factories.ReportFactory.create(text=text)
    start = text.index(quote)
    factories.CommitmentFactory.create(report=report, start=start, end=start + len(quote), quote=quote)
    return quote_in_context(annotate_context(Commitment.objects.all(), characters).get())


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
def test_a_quote_stands_in_its_paragraph(text: str, quote: str, before: str, after: str) -> None:
    assert shown(text, quote) == QuoteInContext(before, quote.replace("\n", ""), after)


def test_the_context_is_as_long_as_asked() -> None:
    assert shown("一二三新建学校四五六", "新建学校", 2) == QuoteInContext("二三", "新建学校", "四五")


def test_words_of_the_report_are_no_markup() -> None:
    marked = shown("<b>新建学校&", "新建学校").as_html()
    assert marked == '<span class="passage">&lt;b&gt;<mark>新建学校</mark>&amp;</span>'
