"""Proposals of evidence by other systems: read, checked as strictly as the desk does, and put into the review queue.

A proposal never changes a status and is never public before somebody accepts it.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, override
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from projects import evidence as decisions
from projects.api import views
from projects.api.answers import INVALID, UNFIT, AnySerializer, page_of
from projects.api.authentication import TokenAuthentication, lacking, lacking_place
from projects.api.language import language_of
from projects.api.problems import document, named
from projects.api.proposals.bodies import FORM, JSON, Body, file_too_large, read_body, too_large_answer, with_length
from projects.api.proposals.checks import WRONG_FILES, ground_of, told, too_early, unpaired
from projects.api.proposals.fields import PROPOSAL, FieldError, ProposalForm, ProposalInput, proposal_json, read
from projects.api.queries import page
from projects.api.schema import ResourceSchema, problems
from projects.api.views import page_response
from projects.choices import TokenScope
from projects.constraint_messages import message_for
from projects.filters import PROPOSALS, BadQuery
from projects.filters.filters import StrictFilter
from projects.filters.problems import Text, unknown
from projects.models import ApiToken, Commitment, Evidence, IdempotencyKey, Proposal
from projects.models.files import TOO_LARGE
from projects.serializers import absolute

_LONGEST_KEY = 255
# The column by which a token finds its own.
_OWNER = "proposal__token"
_PRIVATE = "private, no-store"
# Seconds in which the request that holds an Idempotency-Key is surely answered, unless it brings a large file.
_RETRY_AFTER = "1"
_ALWAYS = ("too-many-requests", "server-error", "unavailable")
_FOUND = OpenApiResponse(PROPOSAL.serializer, description=_("提议及其状态"))


class EvidenceView(views.ListView):
    """Accepted evidence for everybody to read, and proposals of new evidence from who holds a token."""

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Ask who it is only of those who write."""
        return [TokenAuthentication()] if getattr(self.request, "method", "") == "POST" else []

    @extend_schema(
        operation_id="evidence_propose",
        summary=_("提出证据"),
        description=_("为一条公开的承诺提出证据或进展数字。进入审核队列，采纳之前不公开，也不会直接改变状态。"),
        parameters=[
            OpenApiParameter(
                "Idempotency-Key",
                OpenApiTypes.STR,
                OpenApiParameter.HEADER,
                description=_("由客户端选定的键：24小时内同键同内容的请求得到同一回答，不会重复提出"),
                examples=[OpenApiExample("key", value="2024-11-04-schools-1")],
            )
        ],
        request={JSON: ProposalInput, FORM: ProposalForm},
        responses={
            (201, JSON): OpenApiResponse(PROPOSAL.serializer, description=_("已进入审核队列")),
            **problems(
                "bad-query", "bad-request", "unauthorized", "forbidden", "conflict", "length-required", *_ALWAYS
            ),
            **problems("too-large", "unsupported-media-type", shape=UNFIT),
            **problems("invalid", shape=INVALID),
        },
    )
    def post(self, request: Request) -> HttpResponse:
        """Put evidence into the review queue."""
        token = _token(request)
        if TokenScope.EVIDENCE_WRITE not in token.scopes:
            return _forbidden(_("令牌没有提出证据的权限。"))
        if request._request.GET:
            raise BadQuery(unknown(name, ()) for name in request._request.GET)
        with with_length(request._request) as whole, ExitStack() as undo:
            refusal = too_large_answer(whole)
            if refusal is not None:
                return refusal
            body, key = read_body(whole), request.META.get("HTTP_IDEMPOTENCY_KEY")
            response = _once(token, key, body.digest, lambda: _propose(token, body, undo))
            if response.status_code == 201:
                undo.pop_all()
        return response


class PrivateView(APIView):
    """What a token alone may see."""

    authentication_classes = [TokenAuthentication]

    def dispatch(self, request: HttpRequest, *args: Any, **parts: str) -> HttpResponseBase:
        """Speak the client's language."""
        with override(language_of(request)):
            return super().dispatch(request, *args, **parts)


class ProposalsView(PrivateView):
    """The proposals of a token, the newest first."""

    resource, help_text = "evidence_proposals", _("本令牌提出的证据，新的在前")
    schema = ResourceSchema()

    def get(self, request: Request) -> HttpResponse:
        """Answer a page of them."""
        token = _token(request)
        response = page_response(page(PROPOSALS, PROPOSAL, request._request, {_OWNER: str(token.pk)}))
        response["Cache-Control"] = _PRIVATE
        return response

    def parameters(self) -> Mapping[str, StrictFilter]:
        """Return the parameters of the list."""
        return PROPOSALS.filterset.base_filters

    def answer_serializer(self) -> AnySerializer:
        """Return a page."""
        return page_of(PROPOSAL)

    def files(self) -> dict[Any, Any]:
        """Return none: there are no other forms."""
        return {}


class ProposalView(PrivateView):
    """One proposal, for the token that made it."""

    @extend_schema(
        operation_id="evidence_proposal",
        summary=_("提议的状态"),
        description=_("本令牌提出的一条证据，以及它是待核、已采纳还是已否决"),
        responses={(200, JSON): _FOUND, **problems("bad-query", "unauthorized", "not-found", *_ALWAYS)},
    )
    def get(self, request: Request, pk: str) -> HttpResponse:
        """Answer what has become of the proposal."""
        return _answer(proposal_json(_proposed(request, pk)), 200)

    @extend_schema(
        operation_id="evidence_withdraw",
        summary=_("撤回提议"),
        description=_("撤回本令牌提出、还在待核的证据。记录和历史都保留；已经决定的不能撤回。"),
        responses={
            (200, JSON): _FOUND,
            **problems("bad-query", "unauthorized", "forbidden", "not-found", "conflict", *_ALWAYS),
        },
    )
    def delete(self, request: Request, pk: str) -> HttpResponse:
        """Withdraw the proposal while it waits; its row and its history stay."""
        evidence, token = _proposed(request, pk), _token(request)
        if TokenScope.EVIDENCE_WRITE not in token.scopes:
            return _forbidden(_("令牌没有提出证据的权限。"))
        with pghistory.context(token=token.pk):
            withdrawn = decisions.withdraw(evidence)
        if not withdrawn:
            detail = _("这条提议已由编辑决定（%(state)s），不能再撤回。如有不妥，请与编辑联系。")
            return document("conflict", detail % {"state": evidence.get_review_state_display()})
        return _answer(proposal_json(evidence), 200)


def _proposed(request: Request, pk: str) -> Evidence:
    """Return the token's proposal of this number. Raises NotAuthenticated, BadQuery and Http404."""
    token = _token(request)
    if request._request.GET:
        raise BadQuery(unknown(name, ()) for name in request._request.GET)
    evidence = Evidence.objects.filter(proposal__token=token, pk=pk).first()
    if evidence is None:
        raise Http404
    return evidence


def _token(request: Request) -> ApiToken:
    """Return the token that the request shows. Raises NotAuthenticated."""
    token: Any = request.auth
    if not isinstance(token, ApiToken):
        raise NotAuthenticated
    return token


def _once(token: ApiToken, key: str | None, digest: str, work: Callable[[], HttpResponse]) -> HttpResponse:
    """Do the work, or give the answer that the same request got before."""
    if key is None:
        with transaction.atomic():
            return work()
    if not (0 < len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable()):
        return document("bad-request", _("Idempotency-Key 须是 1 至 255 个可见的 ASCII 字符。"))
    now = timezone.now()
    with transaction.atomic():
        if not _locked(token, key):
            return _in_progress()
        kept = IdempotencyKey.objects.kept(now).filter(token=token, key=key).first()
        if kept is not None:
            return _again(kept) if kept.digest == digest else _other_body()
        response = work()
        if response.status_code == 201:
            IdempotencyKey.objects.filter(token=token, key=key).delete()
            IdempotencyKey.objects.create(
                token=token,
                key=key,
                digest=digest,
                location=response["Location"].removeprefix(absolute("")),
                answer=response.content,
                created_at=now,
            )
        return response


def _locked(token: ApiToken, key: str) -> bool:
    """Take the lock of a key until the transaction ends; False when another request has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, %s))", [key, token.pk])
        return bool(cursor.fetchone()[0])


def _in_progress() -> HttpResponse:
    response = document("conflict", _("同一个 Idempotency-Key 的请求正在处理。请稍后再试。"))
    response["Retry-After"] = _RETRY_AFTER
    return response


def _again(kept: IdempotencyKey) -> HttpResponse:
    response = _answer(bytes(kept.answer), 201)
    response["Location"] = absolute(kept.location)
    response["Idempotency-Replayed"] = "true"
    return response


def _other_body() -> HttpResponse:
    detail = _("这个 Idempotency-Key 已用于另一内容。请换一个键。")
    return _invalid([FieldError("", "idempotency_key", detail)])


def _propose(token: ApiToken, body: Body, undo: ExitStack) -> HttpResponse:
    """Check and keep a proposal; ``undo`` learns how to take back what a transaction does not: the file."""
    fields, wrong = read(body.fields)
    wrong += [FieldError(name, "repeated", _("只能出现一次。")) for name in body.repeated]
    if wrong:
        return _invalid(wrong)
    commitment = Commitment.objects.published().filter(pk=fields.pop("commitment")).first()
    if commitment is not None and not token.reaches(commitment.jurisdiction_id):
        return _elsewhere(token, commitment)
    day = timezone.localdate()
    ground, wrong = ground_of(fields, commitment, token, day)
    new = ground.source if ground and ground.new else None
    wrong += [*unpaired(fields), *too_early(fields, new, day)]
    if commitment is None:
        wrong = [FieldError("commitment", "not_found", _("没有这条公开的承诺。")), *wrong]
    if wrong or commitment is None or ground is None:
        return _invalid(wrong)
    if new is not None:
        undo.callback(decisions.discard_file, new)
    evidence = Evidence(**_given(fields), commitment=commitment, achievement=ground.achievement)
    evidence.source = None if new else ground.source
    try:
        with transaction.atomic(), pghistory.context(token=token.pk):
            decisions.propose(evidence, new)
    except ValidationError as error:
        return _invalid(told(error, ground.names))
    except IntegrityError as error:
        refusal = message_for(error)
        return _invalid([FieldError(refusal.field, "refused", str(refusal.message))])
    Proposal.objects.create(evidence=evidence, token=token)
    evidence.refresh_from_db()
    response = _answer(proposal_json(evidence), 201)
    response["Location"] = absolute(reverse("evidence-proposal", args=[evidence.pk]))
    return response


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that tell something: the others keep what the model begins with."""
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _invalid(errors: list[FieldError]) -> HttpResponse:
    if any(error.code == TOO_LARGE for error in errors):
        return file_too_large()
    first = next((error for error in errors if error.code in WRONG_FILES), errors[0])
    kind = "unsupported-media-type" if first.code in WRONG_FILES else "invalid"
    detail = named(first.field, first.detail) if first.field else first.detail
    return document(kind, detail, errors=[error.member() for error in errors])


def _forbidden(detail: Text) -> HttpResponse:
    response = document("forbidden", detail)
    for name, value in lacking(TokenScope.EVIDENCE_WRITE).items():
        response[name] = value
    return response


def _elsewhere(token: ApiToken, commitment: Commitment) -> HttpResponse:
    """Refuse to write about a government that the token does not reach; its scope would do."""
    places = {"code": token.jurisdiction_id, "other": commitment.jurisdiction_id}
    detail = _("令牌只限于 %(code)s 及其下级政府的承诺，这条承诺是 %(other)s 的。") % places
    response = document("forbidden", detail, jurisdiction=token.jurisdiction_id)
    for name, value in lacking_place(token.jurisdiction_id).items():
        response[name] = value
    return response


def _answer(content: bytes, status: int) -> HttpResponse:
    response = HttpResponse(content, status=status, content_type="application/json")
    response["Cache-Control"] = _PRIVATE
    return response
