"""Error pages in the reader's language. They touch neither the database nor the user."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.filters.problems import BadQuery

_Arguments = ParamSpec("_Arguments")
_View = Callable[Concatenate[HttpRequest, _Arguments], HttpResponse]


def explains_bad_queries(view: _View[_Arguments]) -> _View[_Arguments]:
    """Answer a query string that cannot be answered with a page that names what is wrong in it."""

    @wraps(view)
    def explaining(request: HttpRequest, /, *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadQuery as error:
            return render(request, "400.html", {"problems": error.problems}, status=400)

    return explaining


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the address cannot be answered; what the framework refuses for safety's sake is not spelt out."""
    return render(request, "400.html", status=400)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke here."""
    return render(request, "500.html", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that the site is away for a while."""
    return render(request, "503.html", status=503)
