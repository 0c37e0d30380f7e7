"""What sources, evidence, transitions, restatements and responsibilities show."""

from django.db.models import CharField, F, IntegerField, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from projects.expressions import Code, Formula
from projects.models import (
    Achievement,
    Commitment,
    Department,
    Evidence,
    Report,
    Responsibility,
    Restatement,
    Source,
    StatusChange,
)
from projects.models.source import SCORES
from projects.serializers.fields import (
    API,
    Field,
    Fields,
    Resource,
    Text,
    address_sql,
    code_or_null,
    columns,
    computed,
    file_url,
    nested,
    nested_list,
    related,
    url,
)
from projects.serializers.statements import ACHIEVEMENT_LINE, COMMITMENT_LINE

_UPDATED = _("最近更新时刻（UTC）")


def _address() -> Formula:
    return Formula("coalesce(NULLIF({0}, ''), {1})", F("original_url"), F("url"), output_field=CharField())


def _report_of_source(help_text: Text, *, is_url: bool = False) -> Field:
    """Return the key of the report that a source tells of; null when there is none or the public does not see it."""

    def expression() -> Subquery:
        before, after = (f"{address_sql(f'{API}reports/')} || ", " || '/'") if is_url else ("", "")
        sql = f"{before}{{0}} || '-' || {{1}}{after}"
        key = Formula(sql, F("jurisdiction_id"), F("year"), output_field=Code())
        rows = Report.objects.published().filter(pk=OuterRef("report_id")).order_by()
        return Subquery(rows.values(key=key), output_field=Code(null=True))

    return computed(expression, Code(null=True), help_text)


SOURCE_LINE = Resource(
    "SourceLine",
    _("证据所据的一个来源"),
    {
        **columns(Source, id=_("编号")),
        "self_url": url("sources", "id", _("来源的地址")),
        **columns(Source, "kind", jurisdiction=_("说话的政府的行政区划代码；不是政府时为空")),
        **columns(Source, "title", "title_en", "publisher", "publisher_en"),
        **columns(Source, url=_("查阅的网址"), original_url=_("原页的网址，查阅的是转载或镜像时才有")),
        "address": computed(_address, CharField(), _("应打开的网址：原始网址，没有时为查阅的网址")),
        **columns(Source, address_doubt=_("网址不能确定之处")),
        **columns(Source, "address_doubt_en"),
        "file_url": file_url("file", _("存档文件的地址")),
        **columns(Source, "file_sha256", "document_number"),
        **columns(Source, published_on=_("发布日期；不知道时为空"), retrieved_on=_("查阅日期")),
    },
)
SOURCE = Resource(
    "Source",
    _("报告以外的一个来源，以及它所说的政府自评"),
    {
        **SOURCE_LINE.fields,
        "jurisdiction_url": url("jurisdictions", "jurisdiction_id", _("政府的地址"), null=True),
        "report": _report_of_source(_("所说的报告：行政区划代码-年度；说的不是整份报告时为空")),
        "report_url": _report_of_source(_("所说的报告的地址"), is_url=True),
        **columns(Source, *SCORES, "note", "note_en", updated_at=_UPDATED),
    },
)
SCORE = Resource(
    "Score",
    _("政府对整份报告落实情况的自评"),
    {
        **columns(Source, id=_("编号")),
        "self_url": SOURCE_LINE.fields["self_url"],
        **columns(Source, "published_on", *SCORES),
    },
)

_EVIDENCE_HEAD: Fields = {
    **columns(Evidence, id=_("编号")),
    "self_url": url("evidence", "id", _("证据的地址")),
    **columns(Evidence, commitment=_("承诺的编号")),
    "commitment_url": url("commitments", "commitment_id", _("承诺的地址")),
}
EVIDENCE_SHOWN: Fields = {
    **columns(Evidence, quote=_("来源中的原话"), place=_("原话在来源中的位置")),
    **columns(Evidence, "item_number", "official_word", speaker=_("谁说的：由来源和承诺得出")),
    **columns(Evidence, "verdict", "as_of", "happened_on"),
    "happened_precision": code_or_null(
        Evidence, "happened_precision", _("发生日期的精度；happened_on 是可能的最后一天")
    ),
    **columns(Evidence, reported_value=_("报告值，单位同承诺")),
    "coverage": code_or_null(Evidence, "coverage", _("报告值的口径")),
    **columns(Evidence, value_from=_("报告值从哪一天算起")),
    "bound": code_or_null(Evidence, "bound", _("报告值的界限，如“超过”为 gte")),
    **columns(Evidence, is_forecast=_("是否只是预计")),
    "delay_reason": code_or_null(Evidence, "delay_reason", _("来源所说的延误原因")),
    **columns(Evidence, announced_on=_("来源宣布的新期限")),
    **columns(Evidence, "note", "note_en", "confidence"),
}
EVIDENCE_OF_SOURCE = Resource(
    "EvidenceOfSource",
    _("一个来源对一项承诺说明了什么"),
    {**_EVIDENCE_HEAD, **EVIDENCE_SHOWN, **columns(Evidence, updated_at=_UPDATED)},
)
EVIDENCE = Resource(
    "Evidence",
    _("相信一项承诺如何的一个理由：在哪里，说明什么"),
    {
        **_EVIDENCE_HEAD,
        "achievement": nested(
            Achievement.objects.published,
            ACHIEVEMENT_LINE,
            key="achievement_id",
            help_text=_("所依据的报告中的成绩；依据其他来源时为空"),
        ),
        "source": nested(
            Source.objects.published,
            SOURCE_LINE,
            key="source_id",
            help_text=_("报告以外的来源；依据报告中的成绩时为空"),
        ),
        **EVIDENCE_SHOWN,
        **columns(Evidence, updated_at=_UPDATED),
    },
)
SOURCE_DETAIL = Resource(
    "SourceDetail",
    _("一个来源，以及出自它的证据"),
    {
        **SOURCE.fields,
        "evidence": nested_list(
            Evidence.objects.published,
            EVIDENCE_OF_SOURCE,
            by="source",
            order=("commitment_id", "-id"),
            help_text=_("出自这个来源、已采纳的证据"),
        ),
    },
)
STATUS_CHANGE = Resource(
    "StatusChange",
    _("一项承诺状态的一次变更"),
    {
        **columns(StatusChange, id=_("编号"), commitment=_("承诺的编号")),
        "commitment_url": url("commitments", "commitment_id", _("承诺的地址")),
        **columns(StatusChange, "from_status", "to_status", "effective_on"),
        "reason_code": code_or_null(StatusChange, "reason_code", _("原因")),
        **columns(StatusChange, "note", "note_en"),
        "evidence": related(
            Evidence.objects.published,
            "id",
            key="evidence_id",
            kind=IntegerField(null=True),
            help_text=_("所依据的证据的编号"),
        ),
        **columns(StatusChange, recorded_at=_("记录时刻（UTC）")),
    },
)


def _of_department(name: str, help_text: Text) -> Field:
    return related(Department.objects.published, name, key="department_id", kind=CharField(), help_text=help_text)


RESPONSIBILITY = Resource(
    "Responsibility",
    _("一个部门对一项承诺的责任"),
    {
        **columns(Responsibility, department=_("部门的编号")),
        "department_url": url("departments", "department_id", _("部门的地址")),
        "name": _of_department("name", _("部门的名称")),
        "name_en": _of_department("name_en", _("部门的英文名称")),
        **columns(Responsibility, "role"),
    },
)
RESTATEMENT = Resource(
    "Restatement",
    _("后来的报告再次提出的一项承诺"),
    {
        **columns(Restatement, id=_("编号")),
        "earlier": nested(Commitment.objects.published, COMMITMENT_LINE, key="earlier_id", help_text=_("较早的承诺")),
        "later": nested(Commitment.objects.published, COMMITMENT_LINE, key="later_id", help_text=_("较晚的承诺")),
        **columns(Restatement, "phase"),
        "change": code_or_null(Restatement, "change", _("再次提出时有什么变化；没有人说过时为空")),
        **columns(Restatement, "note", "note_en"),
    },
)
