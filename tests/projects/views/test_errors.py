import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import DjangoAssertNumQueries, Settings

from backend.urls import urlpatterns as usual
from projects.views.errors import bad_request, server_error


def breaking(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the database password is 1234")


urlpatterns = [path("breaking/", breaking), *usual]
handler500 = "projects.views.errors.server_error"


@pytest.mark.parametrize(
    ("address", "heading", "other"),
    [
        ("/nowhere/", "没有这个页面", '<a class="language" href="/en/"'),
        ("/en/nowhere/", "There is no such page", '<a class="language" href="/"'),
        ("/en/commitments/0/", "There is no such page", '<a class="language" href="/commitments/0/"'),
    ],
)
@pytest.mark.django_db
def test_a_missing_page_is_told_in_the_readers_language(client: Client, address: str, heading: str, other: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    html = response.content.decode()
    assert f"<h1>{heading}</h1>" in html
    assert other in html
    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html


@pytest.mark.django_db
def test_a_missing_page_belongs_to_no_part_of_the_site(client: Client) -> None:
    assert "aria-current" not in client.get("/nowhere/").content.decode()
    assert client.get("/commitments/").content.decode().count("aria-current") == 1


@pytest.mark.parametrize(("language", "heading"), [("zh-hans", "服务器出错了"), ("en", "Something broke")])
def test_a_failure_gives_nothing_away(client: Client, settings: Settings, language: str, heading: str) -> None:
    settings.ROOT_URLCONF, settings.LANGUAGE_CODE = __name__, language
    client.raise_request_exception = False
    response = client.get("/breaking/")
    assert response.status_code == 500
    html = response.content.decode()
    assert f"<h1>{heading}" in html
    assert "1234" not in html


def test_what_is_refused_for_safety_is_not_spelt_out() -> None:
    request = RequestFactory().get("/")
    response = bad_request(request, SuspiciousOperation("/etc/passwd"))
    assert response.status_code == 400
    assert "服务器不能按这个网址作答。" in response.content.decode()
    assert "passwd" not in response.content.decode()


@pytest.mark.django_db
def test_error_pages_need_no_database(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        client.get("/nowhere/")
        server_error(RequestFactory().get("/en/"))
