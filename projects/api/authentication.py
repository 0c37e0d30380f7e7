"""Who asks: the token in the Authorization header (RFC 6750)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from projects.models import ApiToken

_SCHEME = "bearer "
_FOUND = "duixian.token"


def secret_of(request: HttpRequest) -> str | None:
    """Return the secret that a request shows, if any."""
    header = request.META.get("HTTP_AUTHORIZATION", "")
    return header[len(_SCHEME) :].strip() if header[: len(_SCHEME)].lower() == _SCHEME else None


def token_of(request: HttpRequest) -> ApiToken | None:
    """Return the valid token that a request shows; it is looked up once a request."""
    if _FOUND not in request.META:
        secret = secret_of(request)
        request.META[_FOUND] = ApiToken.objects.find(secret, timezone.now()) if secret else None
    found: ApiToken | None = request.META[_FOUND]
    return found


class TokenAuthentication(BaseAuthentication):
    """Lets in who shows a valid token; there are no cookies, so there is nothing to forge."""

    def authenticate(self, request: Request) -> tuple[None, ApiToken] | None:
        """Return the token; None without one. Raises AuthenticationFailed for a wrong one."""
        if "HTTP_AUTHORIZATION" not in request.META:
            return None
        if secret_of(request._request) is None:
            raise AuthenticationFailed(_("Authorization 头须写作：Bearer，空格，令牌。"))
        token = token_of(request._request)
        if token is None:
            raise AuthenticationFailed(_("令牌无效、已过期或已吊销。"))
        token.used(timezone.now())
        return None, token

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        error = ', error="invalid_token"' if "HTTP_AUTHORIZATION" in request.META else ""
        return f'Bearer realm="duixian"{error}'


def lacking(scope: str) -> dict[str, Any]:
    """Return the header of a 403 that says which scope is lacking."""
    return {"WWW-Authenticate": f'Bearer realm="duixian", error="insufficient_scope", scope="{scope}"'}


def lacking_place(jurisdiction: str | None) -> dict[str, Any]:
    """Return the header of a 403 that says for which government, and those below it, the token is."""
    described = f'error_description="limited to the jurisdiction {jurisdiction}"'
    return {"WWW-Authenticate": f'Bearer realm="duixian", error="insufficient_scope", {described}'}
