"""What the templates need beyond Django: words in the reader's language, figures, the page's other address."""

from datetime import date

from django import template
from django.db.models import Model
from django.http import HttpRequest
from django.template import Context
from django.urls import Resolver404, resolve, translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString

from projects.choices import DueState, Status
from projects.language import is_english
from projects.models import Commitment, Evidence, Report, Source, Statement, Succession
from projects.views import localized, passages, spans
from projects.views.localized import plain

register = template.Library()

CHINESE = "zh-Hans"


register.filter("plain", plain)


@register.filter
def own(row: Model, field: str) -> SafeString:
    """Return a text of the row in the page's language; a Chinese one on an English page is marked as Chinese."""
    if is_english() and not getattr(row, f"{field}_en"):
        return chinese(getattr(row, field))
    return format_html("{}", plain(row, field))


@register.filter
def chinese(text: str) -> SafeString:
    """Return Chinese words, marked as such on an English page."""
    return format_html('<span lang="{}">{}</span>', CHINESE, text) if is_english() and text else format_html("{}", text)


@register.filter
def dated(report: Report) -> SafeString:
    """Return a report's title with its year, which Chinese titles often leave to the date below them."""
    if is_english() or str(report.year) in report.title:
        return own(report, "title")
    return format_html("{}年{}", report.year, report.title)


@register.filter
def figure(statement: Statement) -> SafeString | str:
    """Return the statement's figure with measure word and bound; empty without a figure."""
    if statement.quantity is None:
        return ""
    return localized.figure(statement.quantity, statement.unit, statement.comparator, english=is_english())


@register.filter
def reported(commitment: Commitment) -> SafeString | str:
    """Return the newest comparable value with its bound, in the measure of the commitment; empty without one."""
    if commitment.reported_value is None:
        return ""
    return localized.figure(commitment.reported_value, commitment.unit, commitment.reported_bound, english=is_english())


@register.filter
def in_unit_of(evidence: Evidence, statement: Statement) -> SafeString | str:
    """Return the value that evidence reports with its bound, in the measure of a statement's figure."""
    if evidence.reported_value is None:
        return ""
    return localized.figure(evidence.reported_value, statement.unit, evidence.bound, english=is_english())


@register.filter
def happened(row: Commitment | Evidence) -> str:
    """Return when it happened, as exactly as that is known; empty where nobody says."""
    return spans.when(row.happened_on, row.happened_precision) if row.happened_on else ""


@register.filter
def due_state_on(commitment: Commitment, day: date) -> DueState:
    return commitment.due_state(day)


@register.filter
def link_of(source: Source) -> str:
    """Return the address that a page may link to, else nothing: a copy that is in doubt is named, not linked."""
    return source.original_url or ("" if source.address_doubt else source.url)


@register.filter
def taker(succession: Succession) -> SafeString:
    """Return the name of the government that took over."""
    return own(succession.successor, "name") if succession.successor else own(succession, "successor_name")


@register.filter
def joined(quote: str) -> str:
    """Return a quote without the line breaks and page breaks of its source."""
    return "".join(passages.unwrapped(part) for part in passages.parts(quote))


@register.simple_tag
def status_label(code: str) -> str:
    return str(Status(code).label)


@register.simple_tag
def due_state_label(code: str) -> str:
    return str(DueState(code).label)


@register.simple_tag(takes_context=True)
def other_language(context: Context, code: str) -> str:
    """Return the address of this page in another language; its home page where this page has no address."""
    request: HttpRequest = context["request"]
    try:
        resolve(request.path_info)
    except Resolver404:
        return translate_url("/" if not is_english() else "/en/", code)
    return translate_url(request.get_full_path(), code)


@register.simple_tag(takes_context=True)
def absolute(context: Context, address: str = "") -> str:
    """Return an address, by default this page's without its query, with the host that the reader uses."""
    request: HttpRequest = context["request"]
    return request.build_absolute_uri(address or request.path)
