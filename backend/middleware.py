"""Middleware for people's pages that the API's addresses pass by.

Sessions, sign-in, messages, forms and framing mean nothing to a client that asks for JSON, and together they take
longer than its answer. The API knows its clients by tokens and speaks their language itself.
"""

from collections.abc import Awaitable

from csp.middleware import CSPMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.deprecation import MiddlewareMixin

API = "/api/v1/"


class _PassesTheApi(MiddlewareMixin):
    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """Hand a request to the API on at once."""
        if request.path_info.startswith(API):
            return self.get_response(request)
        return super().__call__(request)


class PageSessions(_PassesTheApi, SessionMiddleware):
    """Sessions, for pages."""


class PageLanguages(_PassesTheApi, LocaleMiddleware):
    """The language by the address, for pages."""


class PageForms(_PassesTheApi, CsrfViewMiddleware):
    """Forms that other sites cannot send, for pages."""


class PageUsers(_PassesTheApi, AuthenticationMiddleware):
    """Who is signed in, for pages."""


class PageMessages(_PassesTheApi, MessageMiddleware):
    """Messages to the person who just did something, for pages."""


class PageFrames(_PassesTheApi, XFrameOptionsMiddleware):
    """No framing by other sites, for pages."""


class PagePolicies(_PassesTheApi, CSPMiddleware):
    """What a page may load."""
