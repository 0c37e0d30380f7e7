"""Governments begin, end, and are carried on by others."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.models import Succession
from tests import factories
from tests.projects.admin.posting import errors_of, post_form

pytestmark = pytest.mark.django_db


def test_a_government_ends_and_its_successors_are_told_on_its_own_page(desk: Client) -> None:
    yubei = factories.JurisdictionFactory.create(code="500112", name="渝北区")
    beibei = factories.JurisdictionFactory.create(code="500109", name="北碚区")
    source = factories.SourceFactory.create()
    rows: list[dict[str, Any]] = [
        {"successor": beibei.pk, "on": "2025-11-06", "scope": "五镇", "source": source.pk},
        {"successor_name": "两江新区", "on": "2025-11-06"},
    ]
    sent = {f"successors-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    address = reverse("admin:projects_jurisdiction_change", args=[yubei.pk])
    response = post_form(desk, address, valid_until="2025-11-05", **sent, **{"successors-TOTAL_FORMS": 2})
    assert response.status_code == 302
    yubei.refresh_from_db()
    assert str(yubei.valid_until) == "2025-11-05"
    assert {str(row) for row in yubei.successors.all()} == {"渝北区 → 北碚区", "渝北区 → 两江新区"}
    heirs_page = desk.get(reverse("admin:projects_jurisdiction_change", args=[beibei.pk])).content.decode()
    assert "承接自" in heirs_page
    assert "五镇" in heirs_page


def test_a_successor_that_is_none_is_refused_in_its_row(desk: Client) -> None:
    place = factories.JurisdictionFactory.create()
    sent = {"successors-TOTAL_FORMS": 1, "successors-0-on": "2025-11-06"}
    response = post_form(desk, reverse("admin:projects_jurisdiction_change", args=[place.pk]), **sent)
    assert response.status_code == 200
    form = response.context["inline_admin_formsets"][0].formset.forms[0]
    assert "请选择承接的政府" in form.errors["successor"][0]
    assert not Succession.objects.exists()


def test_a_succession_has_a_page_and_a_history_of_its_own(desk: Client) -> None:
    places = factories.JurisdictionFactory.create_batch(2)
    sent = {"predecessor": places[0].pk, "successor": places[1].pk, "on": "2025-11-06"}
    assert post_form(desk, "/admin/projects/succession/add/", **sent).status_code == 302
    made = Succession.objects.get()
    assert post_form(desk, f"/admin/projects/succession/{made.pk}/change/", scope="全部").status_code == 302
    page = desk.get(reverse("admin:projects_succession_history", args=[made.pk])).content.decode()
    assert "全部" in page
    assert post_form(desk, f"/admin/projects/succession/{made.pk}/change/", on="x").status_code == 200
    assert "on" in errors_of(post_form(desk, f"/admin/projects/succession/{made.pk}/change/", on="x"))
