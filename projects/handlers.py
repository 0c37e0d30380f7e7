"""What answers errors that no view has answered: problem documents below /api/, pages elsewhere.

They touch neither the database nor the user.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework.exceptions import APIException, ParseError

from projects.api.problems import RETRY_AFTER, Unavailable, answer
from projects.views import errors

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request cannot be answered; what is refused for safety's sake is not spelt out."""
    return answer(ParseError(""), request) if _is_api(request) else errors.bad_request(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing at the address."""
    return answer(Http404(), request) if _is_api(request) else errors.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke here, or that the database is away for a while; it has been logged."""
    error = sys.exception()
    is_away = isinstance(error, OperationalError | InterfaceError)
    if _is_api(request):
        return answer(Unavailable() if is_away else APIException(), request)
    if not is_away:
        return errors.server_error(request)
    page = errors.unavailable(request)
    page["Retry-After"] = str(RETRY_AFTER)
    return page


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API)
