"""Addresses that nobody means are answered as what they are: never with an error of the server."""

from itertools import product

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client

from tests import factories
from tests.projects.admin.posting import filled

pytestmark = pytest.mark.django_db

PUBLIC = [
    *("/media/evidence/%00", "/media/evidence/a%00b", "/projects/%00/", "/commitments/%00/", "/places/%00/"),
    *("/commitments/?q=%00", "/commitments/?category=%00", "/projects/?q=%00", "/?q=%00", "/data/x%00/y"),
    *("/api/v1/commitments/%00/", "/api/v1/projects/%00/", "/api/v1/commitments/?q=%00", "/api/v1/reports/500112-%00/"),
]
KEYED = ["jurisdiction", "commitment", "evidence", "sourceevent"]
KEYS = ["abc", "%00", "1'", "9" * 23, "_00"]
VIEWS = ["change/", "history/", "status/", "next/"]
QUERIES = [
    *("as_of__year=99999", "as_of__year=0", "due_on__year=99999", "due_on__year=2021&due_on__month=13", "year=abc"),
    *("id__exact=%00", "q=%00", "o=999.-3", "p=99999", "report__id__exact=abc", "jurisdiction__code__exact=%00"),
    *("pgh_created_at__year=99999", "delivered_on__year=99999", "effective_on__year=99999"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_of_a_citizen_or_a_program(client: Client, address: str) -> None:
    assert client.get(address).status_code in {200, 302, 400, 404}


def test_of_a_curator(client: Client) -> None:
    factories.EvidenceFactory.create()
    client.force_login(User.objects.create_superuser("li"))
    client.raise_request_exception = False
    models = apps.get_app_config("projects").get_models()
    names = [model._meta.model_name for model in models if admin.site.is_registered(model)]
    addresses = [
        *(f"{name}/{key}/{view}" for name, key, view in product(KEYED, KEYS, VIEWS)),
        *(f"{name}/?{query}" for name, query in product(names, QUERIES)),
    ]
    codes = {address: client.get(f"/admin/projects/{address}").status_code for address in addresses}
    assert {address: code for address, code in codes.items() if code not in {200, 302, 400, 404}} == {}
    assert client.get("/admin/projects/evidenceevent/?as_of__year=99999")["Location"].endswith("/evidenceevent/?e=1")


def test_of_a_curator_who_sends_what_no_form_offers(client: Client) -> None:
    row = factories.EvidenceFactory.create().commitment
    client.force_login(User.objects.create_superuser("li"))
    client.raise_request_exception = False
    blank = {"name": "", "name_en": "", "aliases": "", "jurisdiction": ""}
    for values in (blank, {**blank, "name": "x", "jurisdiction": "9" * 30}):
        response = client.post("/admin/projects/department/add/", values)
        assert "jurisdiction" in response.context["adminform"].form.errors
    for key in ("abc", "9" * 30):
        response = client.post("/admin/projects/commitment/", {"action": "withdraw", "_selected_action": key})
        assert response.status_code in {200, 302}
    address = f"/admin/projects/commitment/{row.pk}/change/"
    form = filled(client.get(address), **{"evidence-TOTAL_FORMS": "3000"})
    response = client.post(address, form)
    shown = [one.formset.forms for one in response.context["inline_admin_formsets"]]
    assert max(map(len, shown)) <= 400


def test_answers_allow_a_browser_nothing(client: Client) -> None:
    page, answer = client.get("/"), client.get("/api/v1/commitments/")
    assert "camera=()" in page["Permissions-Policy"] == answer["Permissions-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
