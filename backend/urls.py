"""Every address of the service."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from backend.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("api/", include("projects.api.urls")),
    *i18n_patterns(path("admin/", admin.site.urls), path("", include("projects.urls")), prefix_default_language=False),
]

handler400 = "projects.handlers.bad_request"
handler404 = "projects.handlers.page_not_found"
handler500 = "projects.handlers.server_error"
