"""How Duixian works, and what robots may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from projects import querysets
from projects.choices import COFOG, Category


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What a commitment is, what the statuses mean, how overdue is computed, and what the limits are."""
    context = {
        "grace": querysets.grace(),
        "official_rule": settings.LIGHT_OFFICIAL_RULE,
        "categories": [(category, COFOG[category]) for category in Category],
    }
    return render(request, "projects/about.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let robots read everything but the admin site and the endless filtered lists, and show them the sitemap."""
    lines = (
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /en/admin/",
        "Disallow: /*?",
        f"Sitemap: {request.build_absolute_uri(reverse('pages:sitemap'))}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
