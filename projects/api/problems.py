"""Errors as problem documents (RFC 9457), in the client's language."""

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext_lazy as _, override
from django.views.decorators.csrf import csrf_exempt
from psycopg.errors import QueryCanceled
from rest_framework.exceptions import (
    APIException,
    AuthenticationFailed,
    MethodNotAllowed,
    NotFound,
    ParseError,
    UnsupportedMediaType,
)

from projects.api.language import language_of
from projects.api.queries import with_query
from projects.filters import BadQuery, Problem
from projects.filters.problems import Text

CONTENT_TYPE = "application/problem+json"
BAD_QUERY = "bad-query"
# Seconds after which a database that is restarted is usually back.
RETRY_AFTER = 5
# The slug that ends a problem's type, its title, and what it means and how to mend it.
KINDS: Mapping[str, tuple[int, Text, Text]] = {
    BAD_QUERY: (400, _("参数有误"), _("有参数未知、重复或取值不当；errors 逐一列出参数、原因和允许的值。")),
    "bad-request": (400, _("请求有误"), _("无法理解请求的内容。")),
    "unauthorized": (401, _("需要令牌"), _("请在 Authorization 头中给出有效的令牌。")),
    "forbidden": (403, _("不允许"), _("令牌无权做这件事。")),
    "not-found": (404, _("没有找到"), _("没有这个地址，或没有公开的这一条。全部资源见 /api/v1/。")),
    "method-not-allowed": (405, _("方法不允许"), _("这个地址不支持该 HTTP 方法；Allow 头列出支持的方法。")),
    "not-acceptable": (406, _("格式不可用"), _("无法给出 Accept 头所要的格式。")),
    "conflict": (409, _("冲突"), _("请求与已有的内容相冲突。")),
    "length-required": (
        411,
        _("须写明长度"),
        _("服务器读不到分块发送的内容的结尾。请以 Content-Length 头写明内容的长度。"),
    ),
    "too-large": (413, _("内容过大"), _("请求的内容超过允许的大小。")),
    "unsupported-media-type": (415, _("内容类型不支持"), _("请以 Content-Type 头所列的类型发送内容。")),
    "invalid": (422, _("内容不合规则"), _("内容可以读懂，但不合规则；errors 逐一列出字段和原因。")),
    "too-many-requests": (429, _("请求过多"), _("请在 Retry-After 头所示的秒数之后再试。")),
    "server-error": (500, _("服务出错"), _("服务内部出错，已记录。请稍后再试。")),
    "unavailable": (503, _("暂不可用"), _("服务暂时不可用，请稍后再试。")),
    "too-slow": (
        503,
        _("查询超时"),
        _("数据库没能在限定时间内答完。请缩小范围（如 jurisdiction、year、category），或去掉 count=true，再试。"),
    ),
}
_BY_STATUS = {status: name for name, (status, _title, _detail) in reversed(list(KINDS.items()))}
_log = logging.getLogger("django.request")


class Unavailable(APIException):
    """What the service needs is away; a client may ask again after ``wait`` seconds."""

    status_code, wait = 503, RETRY_AFTER


def document(kind: str, detail: "Text | None" = None, **members: object) -> HttpResponse:
    """Return a problem document; ``members`` are added to it."""
    status, title, usual = KINDS[kind]
    body = {
        "type": f"/api/problems/{kind}/",
        "title": str(title),
        "status": status,
        "detail": str(usual if detail is None else detail),
        **members,
    }
    headers = {"Content-Language": get_language() or settings.LANGUAGE_CODE}
    return HttpResponse(orjson.dumps(body), status=status, content_type=CONTENT_TYPE, headers=headers)


def bad_query(error: BadQuery) -> HttpResponse:
    """Return what is wrong with a query string; the first wrong parameter stands at the top."""
    errors = [_member(problem) for problem in error.problems]
    first = errors[0]
    shown = {name: first[name] for name in ("parameter", "allowed", "did_you_mean") if name in first}
    return document(BAD_QUERY, named(first["parameter"], first["detail"]), **shown, errors=errors)


def named(name: str, detail: Text) -> str:
    """Return what is wrong with something that has a name, as the active language writes it."""
    return _("%(name)s：%(detail)s") % {"name": name, "detail": detail}


def _member(problem: Problem) -> dict[str, Any]:
    member: dict[str, Any] = {
        "parameter": problem.parameter,
        "code": problem.fault.value,
        "detail": str(problem.detail),
    }
    if problem.allowed:
        member["allowed"] = list(problem.allowed)
    if problem.did_you_mean:
        member["did_you_mean"] = problem.did_you_mean
    return member


def answer(error: Exception, request: HttpRequest) -> HttpResponse:
    """Return the problem document of any exception; what nobody foresaw is logged and told as a 500."""
    with override(language_of(request)):
        response = _answer(error, request)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _answer(error: Exception, request: HttpRequest) -> HttpResponse:
    if isinstance(error, BadQuery):
        return bad_query(error)
    if isinstance(error, Http404):
        error = NotFound()
    if isinstance(error, PermissionDenied):
        return document("forbidden")
    if isinstance(error, OperationalError) and isinstance(error.__cause__, QueryCanceled):
        return document("too-slow")
    if not isinstance(error, APIException):
        got_request_exception.send(sender=None, request=request)
        _log.error("%s %s", request.method, request.path, exc_info=error)
        if not isinstance(error, OperationalError | InterfaceError):
            return document("server-error")
        error = Unavailable()
    own = error.detail if isinstance(error, ParseError | AuthenticationFailed | UnsupportedMediaType) else ""
    kind = "bad-request" if isinstance(error, ParseError) else _BY_STATUS.get(error.status_code, "bad-request")
    response = document(kind, str(own) or None)
    _add_headers(response, error, request)
    return response


def _add_headers(response: HttpResponse, error: APIException, request: HttpRequest) -> None:
    scheme, wait = getattr(error, "auth_header", None), getattr(error, "wait", None)
    if scheme:
        response["WWW-Authenticate"] = scheme
    if wait:
        response["Retry-After"] = str(round(wait))


def handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """Answer an exception of a view: the REST framework's EXCEPTION_HANDLER."""
    response = answer(error, context["request"]._request)
    if isinstance(error, MethodNotAllowed):
        response["Allow"] = ", ".join(context["view"].allowed_methods)
    return response


def read_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer other methods than GET and HEAD with a problem document, before Django asks for the token of a form."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **parts)
        response = answer(MethodNotAllowed(str(request.method)), request)
        response["Allow"] = "GET, HEAD"
        return response

    return answered


@csrf_exempt
def nowhere(request: HttpRequest) -> HttpResponse:
    """Answer an address that the API does not have; one that only lacks the slash at its end leads on."""
    path = f"{request.path_info}/"
    if not request.path_info.endswith("/") and resolve(path).func is not nowhere:
        address = with_query(f"{request.path}/", request.META.get("QUERY_STRING", ""))
        return HttpResponsePermanentRedirect(address, preserve_request=True)
    return answer(Http404(), request)


@read_only
def describe(request: HttpRequest, kind: str) -> HttpResponse:
    """Say what a type of problem means: what a problem document's type points at."""
    if kind not in KINDS:
        return nowhere(request)
    status, title, detail = KINDS[kind]
    with override(language_of(request)):
        body = {"type": request.path, "title": str(title), "status": status, "detail": str(detail)}
        response = HttpResponse(orjson.dumps(body), content_type="application/json")
    patch_vary_headers(response, ["Accept-Language"])
    return response
