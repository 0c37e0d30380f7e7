"""What search engines shall find, in both languages."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Model, QuerySet
from django.urls import reverse

from projects.models import Commitment, Department, Jurisdiction, Project, Report
from projects.models.base import Stamped

if TYPE_CHECKING:
    _Sitemap = Sitemap[Any]
else:  # it is generic for type checkers only
    _Sitemap = Sitemap


class _InBothLanguages(_Sitemap):
    """Pages that exist in Chinese and English, each naming the other. A file lists 50,000 addresses at most."""

    i18n = True
    alternates = True
    x_default = True
    limit = 20_000


class StaticSitemap(_InBothLanguages):
    """Pages without a row of their own."""

    def items(self) -> list[str]:
        """Return the names of the pages."""
        return ["home", "commitments", "projects", "reports", "data", "about"]

    def location(self, item: str) -> str:
        """Return the address of a page."""
        return reverse(f"pages:{item}")


class _RowSitemap(_InBothLanguages):
    def lastmod(self, item: Stamped) -> datetime:
        """Return when the row was last changed."""
        return item.updated_at


class CommitmentSitemap(_RowSitemap):
    """Every public commitment."""

    def items(self) -> QuerySet[Commitment]:
        """Return them in the order of their ids."""
        return Commitment.objects.published().only("id", "updated_at").order_by("id")

    def location(self, item: Model) -> str:
        """Return the address of its page."""
        return reverse("pages:commitment", args=[item.pk])


class ProjectSitemap(_RowSitemap):
    """Every public project."""

    def items(self) -> QuerySet[Project]:
        """Return them in the order of their ids."""
        return Project.objects.published().only("id", "slug", "updated_at").order_by("id")

    def location(self, item: Project) -> str:
        """Return the address of its page."""
        return reverse("pages:project", args=[item.slug])


class ReportSitemap(_RowSitemap):
    """Every public report."""

    def items(self) -> QuerySet[Report]:
        """Return them in the order of their ids."""
        return Report.objects.published().only("id", "jurisdiction_id", "year", "updated_at").order_by("id")

    def location(self, item: Report) -> str:
        """Return the address of its page."""
        return reverse("pages:report", args=[item.jurisdiction_id, item.year])


class PlaceSitemap(_RowSitemap):
    """Every government."""

    def items(self) -> QuerySet[Jurisdiction]:
        """Return them in the order of their codes."""
        return Jurisdiction.objects.published().only("code", "updated_at").order_by("code")

    def location(self, item: Model) -> str:
        """Return the address of its page."""
        return reverse("pages:place", args=[item.pk])


class DepartmentSitemap(_RowSitemap):
    """Every department."""

    def items(self) -> QuerySet[Department]:
        """Return them in the order of their ids."""
        return Department.objects.published().only("id", "updated_at").order_by("id")

    def location(self, item: Model) -> str:
        """Return the address of its page."""
        return reverse("pages:department", args=[item.pk])


SITEMAPS: dict[str, type[_Sitemap]] = {
    "static": StaticSitemap,
    "commitments": CommitmentSitemap,
    "projects": ProjectSitemap,
    "reports": ReportSitemap,
    "places": PlaceSitemap,
    "departments": DepartmentSitemap,
}
