"""Evidence as a program proposes it: what is read, and what becomes of it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import BooleanField, CharField, F, OuterRef, Subquery, TextChoices
from django.db.models.expressions import RawSQL
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from projects.api.database import execute
from projects.choices import Comparator, Confidence, Coverage, DelayReason, Precision, SourceKind, Verification
from projects.expressions import Formula
from projects.filters.problems import Text, nearest
from projects.models import Evidence, Source
from projects.models.base import FIRST_DAY, LAST_DAY
from projects.models.evidence import VERDICTS
from projects.serializers.evidence import EVIDENCE, EVIDENCE_SHOWN, SOURCE
from projects.serializers.fields import API, Address, Resource, address_sql, columns, computed, nested, url
from projects.sql import Parameter, compiled, numbered

LARGEST_KEY = 10**18
# The last parts of names that no public server has (RFC 6761, 6762, 9476 and ICANN's for private use).
_INSIDE = frozenset({"localhost", "local", "internal", "alt", "invalid", "test", "lan", "home", "corp"})


class FieldError(NamedTuple):
    """What is wrong with one field of the body, and how to mend it; ``field`` is empty for the whole."""

    field: str
    code: str
    detail: Text
    allowed: tuple[str, ...] = ()

    def member(self) -> dict[str, Any]:
        """Return it as a member of a problem document (RFC 9457)."""
        pointer = f"#/{self.field}" if self.field else "#"
        member = {"field": self.field, "pointer": pointer, "code": self.code, "detail": str(self.detail)}
        return {**member, "allowed": list(self.allowed)} if self.allowed else member


_DAYS = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]


def _day(meaning: Text, *, required: bool = False) -> serializers.DateField:
    return serializers.DateField(required=required, allow_null=not required, validators=_DAYS, help_text=meaning)


def _text(length: int, meaning: Text) -> serializers.CharField:
    return serializers.CharField(max_length=length, required=False, allow_blank=True, help_text=meaning)


def for_everybody(address: str) -> None:
    """Refuse an address that the public cannot open, or that tells a password. Raises ValidationError.

    One that is none is left to the model.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return
    if "@" in parts.netloc:
        raise ValidationError(_("网址不能带用户名或密码。"), code="credentials")
    try:
        inside = not ip_address(host).is_global
    except ValueError:
        inside = host.rpartition(".")[2] in _INSIDE
    if inside:
        raise ValidationError(_("公众打不开这个网址：它只在一台机器或内部网络上。请填公开的网址。"), code="not_public")


def _address(meaning: Text) -> serializers.CharField:
    return serializers.CharField(
        max_length=500, required=False, allow_blank=True, validators=[for_everybody], help_text=meaning
    )


def _number(meaning: Text, *, required: bool = False) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=1, max_value=LARGEST_KEY, required=required, allow_null=not required, help_text=meaning
    )


def _code(choices: type[TextChoices], meaning: Text) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=choices.choices, required=False, allow_blank=True, help_text=meaning)


class ProposalInput(serializers.Serializer[dict[str, Any]]):
    """Evidence on a commitment: where it stands, what it shows, and the figure that it reports."""

    __doc__ = _("对一项承诺的证据：在哪里，说明什么，报告了什么数字")  # type: ignore[assignment]  # for the document
    commitment = _number(_("承诺的编号"), required=True)
    achievement = _number(_("所依据的报告中的成绩的编号；依据其他来源时不填"))
    source = _number(_("已公开的来源的编号；来源还没有时不填，改填下面各项"))  # type: ignore[assignment]  # a serializer's own attribute has this name
    url = _address(_("来源的网址；已有这个网址的来源时用那一个"))
    original_url = _address(_("原页的网址，url 是转载或镜像时才填"))
    title = _text(300, _("来源的标题"))
    publisher = _text(120, _("来源的发布者"))
    source_kind = _code(SourceKind, _("来源的种类"))
    jurisdiction = _text(6, _("说话的政府的行政区划代码：政府文件和网页须填"))
    published_on = _day(_("来源的发布日期；不知道时不填"))
    retrieved_on = _day(_("查阅日期；有网址时默认今天"))
    quote = _text(5000, _("来源中的原话"))
    place = _text(120, _("原话在来源中的位置，如“第3页，表2”"))
    item_number = _text(40, _("项次，如“第10项”"))
    official_word = _text(40, _("官方用语，如“达序时”“部分完成”"))
    verdict = serializers.ChoiceField(choices=VERDICTS, help_text=_("所示状态"))
    as_of = _day(_("所示状态和报告值截至的日期"), required=True)
    happened_on = _day(_("开工、建成或达到的那一天；只知道月、季、年时填它的最后一天"))
    happened_precision = _code(Precision, _("发生日期的精度；与 happened_on 一起填"))
    reported_value = serializers.DecimalField(
        max_digits=20,
        decimal_places=4,
        min_value=Decimal(0),
        coerce_to_string=False,
        required=False,
        allow_null=True,
        help_text=_("报告值，单位同承诺"),
    )
    coverage = _code(Coverage, _("报告值的口径；与 reported_value 一起填"))
    value_from = _day(_("报告值从哪一天算起"))
    bound = _code(Comparator, _("报告值的界限，如“超过”为 gte；默认 eq"))
    is_forecast = serializers.BooleanField(required=False, help_text=_("是否只是预计"))
    delay_reason = _code(DelayReason, _("来源所说的延误原因"))
    announced_on = _day(_("来源宣布的新期限"))
    note = _text(5000, _("说明；数字与所示状态不符时须写明理由"))
    note_en = _text(5000, _("英文说明"))
    confidence = serializers.ChoiceField(choices=Confidence.choices, required=False, help_text=_("把握；默认为中"))


@extend_schema_field(OpenApiTypes.BINARY)
class UploadField(serializers.FileField):
    """A file in a form."""


class ProposalForm(ProposalInput):
    """The same as a form, which may bring a file along."""

    __doc__ = _("同样的内容，作为表单发送，可以带一个文件")
    file = UploadField(
        max_length=100, required=False, help_text=_("所依据的文件：PDF、Word、Excel、文本、网页或图片；种类以内容为准")
    )


def _file_name() -> Formula:
    """Return what a stored file is called, without its folder."""
    sql = "CASE WHEN {0} <> '' THEN regexp_replace({0}, '^.*/', '') END"
    return Formula(sql, F("file"), output_field=CharField(null=True))


def _withdrawn() -> Formula:
    """Say whether nobody but its proposer rejected a proposal: at the desk, somebody does."""
    sql = f"({{0}} = '{Verification.REJECTED}' AND {{1}} IS NULL)"
    return Formula(sql, F("review_state"), F("reviewed_by"), output_field=BooleanField())


def _evidence_url() -> Formula:
    """Return the public address once there is one."""
    public = Evidence.objects.published().filter(pk=OuterRef("pk")).order_by().values("pk")
    sql = f"{address_sql(f'{API}evidence/')} || {{0}} || '/'"
    return Formula(sql, Subquery(public), output_field=Address(null=True))


PROPOSED_SOURCE = Resource(
    "ProposedSource",
    _("提议所依据的来源，可能还没有公开"),
    {
        **columns(Source, id=_("编号")),
        **{name: SOURCE.fields[name] for name in ("kind", "jurisdiction", "title", "publisher", "url", "original_url")},
        "address": SOURCE.fields["address"],
        "file_name": computed(_file_name, CharField(null=True), _("存档文件的名称")),
        **columns(Source, "file_sha256", "published_on", "retrieved_on"),
    },
)
PROPOSAL = Resource(
    "Proposal",
    _("一条提议，以及对它的决定"),
    {
        **columns(Evidence, id=_("编号")),
        "proposal_url": url("evidence/proposals", "id", _("这条提议的地址")),
        "state": columns(Evidence, review_state=_("待核、已采纳或已否决"))["review_state"],
        "withdrawn": computed(_withdrawn, BooleanField(), _("是否由提出者自己撤回；撤回的也算已否决")),
        "evidence_url": computed(_evidence_url, Address(null=True), _("采纳并公开后，证据的地址")),
        **columns(Evidence, commitment=_("承诺的编号")),
        "commitment_url": EVIDENCE.fields["commitment_url"],
        **columns(Evidence, achievement=_("所依据的成绩的编号")),
        "source": nested(
            Source.objects.all, PROPOSED_SOURCE, key="source_id", help_text=_("所依据的来源，照存下的样子")
        ),
        **EVIDENCE_SHOWN,
        **columns(Evidence, created_at=_("提出时刻（UTC）"), reviewed_at=_("决定时刻（UTC）")),
    },
)


@cache
def _proposal_statement() -> tuple[bytes, tuple[Any, ...]]:
    rows = Evidence.objects.filter(pk=RawSQL("%s", [Parameter("pk")])).order_by()
    return numbered(compiled(rows.annotate(json=PROPOSAL.row()).values_list("json")))


def proposal_json(evidence: Evidence) -> bytes:
    """Return a proposal as its proposer sees it."""
    sql, _params = _proposal_statement()
    return execute(sql, [evidence.pk]).get_value(0, 0) or b"null"


def read(body: Mapping[str, Any]) -> tuple[dict[str, Any], list[FieldError]]:
    """Return the fields of a body with their values, and what is wrong with them."""
    form = ProposalForm(data=body) if isinstance(body, QueryDict) else ProposalInput(data=body)
    wrong = list(_unknown(body, form))
    if not form.is_valid():
        wrong += [_unread(form, name, error) for name, errors in form.errors.items() for error in errors]
    return dict(form.validated_data) if not wrong else {}, wrong


def _unread(form: ProposalInput, name: str, error: ErrorDetail) -> FieldError:
    """Return why a value cannot be read; of a code that there is not, with those that there are."""
    field = form.fields.get(name)
    codes = tuple(map(str, field.choices)) if isinstance(field, serializers.ChoiceField) else ()
    return FieldError(name, str(error.code), str(error), codes)


def _unknown(body: Mapping[str, Any], form: ProposalInput) -> Iterator[FieldError]:
    for name in body:
        if name == "file" and name not in form.fields:
            yield FieldError(name, "unknown", _("JSON 不能带文件。请以 multipart/form-data 发送。"))
        elif name == "speaker":
            yield FieldError(name, "unknown", _("谁说的由来源和承诺得出，不能填写。请写明来源的种类和政府。"))
        elif name not in form.fields:
            near = nearest(name, form.fields)
            hint = _("没有这个字段。是不是“%(near)s”？") % {"near": near} if near else _("没有这个字段。")
            yield FieldError(name, "unknown", hint)
