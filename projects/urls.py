"""Addresses of the public pages. Chinese at the root, English below /en/."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from projects.sitemaps import SITEMAPS
from projects.snapshots import download, pages
from projects.views import about, commitments, departments, files, home, listing, places, projects, reports


class CodeConverter(StringConverter):
    """A code of GB/T 2260: six digits."""

    regex = "[0-9]{6}"


class YearConverter:
    """A year of four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """Return the year as a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the year as four digits."""
        return f"{value:04d}"


register_converter(CodeConverter, "code")
register_converter(YearConverter, "yyyy")

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("commitments/", listing.commitment_list, name="commitments"),
    path("commitments/<int:pk>/", commitments.commitment, name="commitment"),
    path("projects/", listing.project_list, name="projects"),
    path("projects/<slug:slug>/", projects.project, name="project"),
    path("reports/", listing.report_list, name="reports"),
    path("reports/<code:code>/<yyyy:year>/", reports.report, name="report"),
    path("places/<code:code>/", places.place, name="place"),
    path("data/", pages.data, name="data"),
    path("data/manifest.json", pages.manifest, name="manifest"),
    path("data/catalog.jsonld", pages.catalog, name="catalog"),
    path("data/<str:snapshot>/<str:name>", download.snapshot_file, name="snapshot-file"),
    path("departments/<int:pk>/", departments.department, name="department"),
    path("about/", about.about, name="about"),
    # Where MEDIA_URL points: the address that the stored copy of a source tells of itself.
    path("media/<path:name>", files.source_file, name="file"),
    path("robots.txt", about.robots, name="robots"),
    path(
        "sitemap.xml", sitemap_views.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "pages:section"}, name="sitemap"
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="section"),
]
