"""What governments, departments, reports and projects show, and single statements with all that hangs on them."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, IntegerField, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from projects import answers, coverage
from projects.choices import Change
from projects.expressions import TODAY, Code, Formula
from projects.models import (
    Achievement,
    Commitment,
    Department,
    Evidence,
    Jurisdiction,
    Project,
    Report,
    Responsibility,
    Restatement,
    Source,
    StatusChange,
    Succession,
)
from projects.models.source import SCORES
from projects.serializers.evidence import (
    EVIDENCE,
    RESPONSIBILITY,
    RESTATEMENT,
    SCORE,
    SOURCE,
    SOURCE_LINE,
    STATUS_CHANGE,
)
from projects.serializers.fields import (
    Field,
    Fields,
    Resource,
    Text,
    columns,
    computed,
    nested,
    nested_list,
    report_key,
    report_url,
    url,
)
from projects.serializers.rendering import Json
from projects.serializers.statements import ACHIEVEMENT, ACHIEVEMENT_LINE, COMMITMENT, COMMITMENT_LINE

_UPDATED = _("最近更新时刻（UTC）")
# Sources by day, the newest first; those of an unknown day last.
NEWEST_FIRST = (F("published_on").desc(nulls_last=True), F("id").desc())


def about_reports() -> "QuerySet[Source]":
    """Return the sources about a whole report that a person made public."""
    return Source.objects.published().filter(is_public=True)


def with_scores() -> "QuerySet[Source]":
    """Return those of them that tell a score."""
    told = Q()
    for name in SCORES:
        told |= Q(**{f"{name}__isnull": False})
    return about_reports().filter(told)


# -- Governments and departments --------------------------------------------------------------------------------------

JURISDICTION_NAME = Resource(
    "JurisdictionName",
    _("一个政府，一行"),
    {
        **columns(Jurisdiction, "code"),
        "url": url("jurisdictions", "code", _("该政府的地址")),
        **columns(Jurisdiction, "name", "name_en", "level"),
    },
)
JURISDICTION = Resource(
    "Jurisdiction",
    _("一个政府，以及它在行政区划中的位置"),
    {
        **JURISDICTION_NAME.fields,
        **columns(Jurisdiction, parent=_("直接上级的行政区划代码；最高一级为空")),
        "parent_url": url("jurisdictions", "parent_id", _("直接上级的地址"), null=True),
        **columns(Jurisdiction, valid_from=_("设立日期；不详时为空"), valid_until=_("存续的最后一天；仍在时为空")),
        "report_years": computed(coverage.report_years, ArrayField(IntegerField()), _("有哪些年度的报告")),
        "missing_years": computed(
            lambda: coverage.missing_years(TODAY),
            ArrayField(IntegerField()),
            _("缺哪些年度的报告：从最早的一份到最近可能有的一份，撤销的政府到撤销那年"),
        ),
    },
)
DEPARTMENT = Resource(
    "Department",
    _("政府的一个部门"),
    {
        **columns(Department, id=_("编号")),
        "url": url("departments", "id", _("部门的地址")),
        **columns(Department, jurisdiction=_("政府的行政区划代码")),
        "jurisdiction_url": url("jurisdictions", "jurisdiction_id", _("政府的地址")),
        **columns(Department, "name", "name_en", aliases=_("别名")),
    },
)
_SOURCE = nested(Source.objects.published, SOURCE_LINE, key="source_id", help_text=_("来源"))


def _government(key: str, help_text: Text) -> Field:
    return nested(Jurisdiction.objects.published, JURISDICTION_NAME, key=key, help_text=help_text)


SUCCESSOR = Resource(
    "SuccessorLine",
    _("承接的政府；没有来源说明代码时只有名称"),
    {
        **columns(Succession, "on"),
        "government": _government("successor_id", _("承接的政府；代码不详时为空")),
        **columns(Succession, "successor_name", "successor_name_en", "scope", "scope_en"),
        "source": _SOURCE,
    },
)
PREDECESSOR = Resource(
    "PredecessorLine",
    _("本政府承接的政府"),
    {
        **columns(Succession, "on"),
        "government": _government("predecessor_id", _("原政府")),
        **columns(Succession, "scope", "scope_en"),
        "source": _SOURCE,
    },
)

# -- Reports ----------------------------------------------------------------------------------------------------------

REPORT_LINE = Resource(
    "ReportLine",
    _("一篇报告，一行"),
    {
        "key": report_key(_("报告的标识：行政区划代码-年度")),
        "url": report_url(_("报告的地址")),
        **columns(Report, "year", "title", "title_en", "delivered_on", "source_url"),
    },
)
REPORT = Resource(
    "Report",
    _("一篇报告，不含全文"),
    {
        "key": REPORT_LINE.fields["key"],
        "url": REPORT_LINE.fields["url"],
        **columns(Report, jurisdiction=_("政府的行政区划代码")),
        "jurisdiction_url": url("jurisdictions", "jurisdiction_id", _("政府的地址")),
        **columns(Report, "year", "title", "title_en", "delivered_on", "session", "session_en", "document_number"),
        **columns(Report, "publisher", "publisher_en", "source_url", "sha256"),
        "score": nested(
            with_scores,
            SCORE,
            key="pk",
            by="report",
            order=NEWEST_FIRST,
            help_text=_("政府自己对整份报告落实情况的评分，最近的一次；没有时为空"),
        ),
        **columns(Report, updated_at=_UPDATED),
    },
)
HEADING = Resource(
    "Heading",
    _("报告的一个标题，及其在全文中的位置"),
    {
        "level": computed(lambda: F("level"), IntegerField(), _("层级，1 为最高")),
        "title": computed(lambda: F("title"), CharField(), _("标题")),
        "start": computed(lambda: F("start"), IntegerField(), _("起点：第几个字符，从 0 数起")),
        "end": computed(lambda: F("end"), IntegerField(), _("终点，不含")),
    },
)
# The stored list, heading by heading, in the order of the resource's fields.
_OUTLINE = (
    """(SELECT concat('[', string_agg(concat('{"level":', h.level, ',"title":', to_json(h.title), ',"start":',"""
    """ h.start, ',"end":', h."end", '}'), ','), ']')"""
    """ FROM jsonb_to_recordset({0}) AS h(level integer, title text, start integer, "end" integer))"""
)


def _outline() -> Formula:
    return Formula(_OUTLINE, F("outline"), output_field=Json())


REPORT_DETAIL = Resource(
    "ReportDetail",
    _("一篇报告，含全文和提纲；各条承诺和成绩的起止按全文的字符数起"),
    {
        **REPORT.fields,
        "sources": nested_list(
            about_reports, SOURCE, by="report", order=NEWEST_FIRST, help_text=_("说整份报告落实情况的来源")
        ),
        "outline": Field(lambda _as_of: _outline(), Json(), _("提纲：各级标题及其在全文中的位置"), HEADING, many=True),
        **columns(Report, "text"),
    },
)
JURISDICTION_DETAIL = Resource(
    "JurisdictionDetail",
    _("一个政府，连同直接下级、部门、报告和承接关系"),
    {
        **JURISDICTION.fields,
        "children": nested_list(
            Jurisdiction.objects.published, JURISDICTION_NAME, by="parent", order=("code",), help_text=_("直接下级")
        ),
        "departments": nested_list(
            Department.objects.published,
            DEPARTMENT,
            by="jurisdiction",
            order=("pinyin", "id"),
            help_text=_("部门"),
        ),
        "reports": nested_list(
            Report.objects.published, REPORT_LINE, by="jurisdiction", order=("-year",), help_text=_("政府工作报告")
        ),
        "predecessors": nested_list(
            Succession.objects.published,
            PREDECESSOR,
            by="successor",
            order=("on", "id"),
            help_text=_("承接自哪些政府"),
        ),
        "successors": nested_list(
            Succession.objects.published,
            SUCCESSOR,
            by="predecessor",
            order=("on", "id"),
            help_text=_("由哪些政府承接"),
        ),
    },
)

# -- Projects ---------------------------------------------------------------------------------------------------------

_PROJECT_ADDRESS = url("projects", "slug", _("项目的地址"))
PROJECT = Resource(
    "Project",
    _("一所学校、医院、一条道路、线路或一个小区"),
    {
        **columns(Project, "slug"),
        "url": _PROJECT_ADDRESS,
        **columns(Project, jurisdiction=_("政府的行政区划代码")),
        "jurisdiction_url": url("jurisdictions", "jurisdiction_id", _("政府的地址")),
        **columns(Project, "name", "name_en", aliases=_("别名")),
        **columns(Project, "category", updated_at=_UPDATED),
    },
)
PROJECT_LINE = Resource(
    "ProjectLine",
    _("一个项目，一行"),
    {name: PROJECT.fields[name] for name in ("slug", "url", "name", "name_en", "category")},
)
PROJECT_DETAIL = Resource(
    "ProjectDetail",
    _("一个项目，以及各年对它的承诺和报告的成绩"),
    {
        **PROJECT.fields,
        "commitments": nested_list(
            Commitment.objects.published,
            COMMITMENT_LINE,
            by="project",
            order=("year", "start"),
            help_text=_("各年的承诺"),
        ),
        "achievements": nested_list(
            Achievement.objects.published,
            ACHIEVEMENT_LINE,
            by="project",
            order=("year", "start"),
            help_text=_("各年报告的成绩"),
        ),
    },
)

# -- Single statements ------------------------------------------------------------------------------------------------

_CITED: Fields = {
    "government": _government("jurisdiction_id", _("政府")),
    "cited_report": nested(Report.objects.published, REPORT_LINE, key="report_id", help_text=_("报告")),
    "part_of": nested(Project.objects.published, PROJECT_LINE, key="project_id", help_text=_("所属项目")),
}
COMMITMENT_DETAIL = Resource(
    "CommitmentDetail",
    _("一项承诺，连同出处、证据和历史"),
    {
        **COMMITMENT.fields,
        "change": computed(
            answers.change,
            Code(choices=Change, null=True),
            _("最近一次再次提出时有什么变化；没有再次提出、或没有人说过时为空"),
        ),
        "years_slipped": computed(answers.years_slipped, IntegerField(), _("因再次提出而推迟的年数；没有推迟时为0")),
        **_CITED,
        "responsibilities": nested_list(
            Responsibility.objects.all,
            RESPONSIBILITY,
            by="commitment",
            order=("-role", "department__jurisdiction_id", "department__pinyin", "department_id"),
            help_text=_("责任部门"),
        ),
        "evidence": nested_list(
            Evidence.objects.published,
            EVIDENCE,
            by="commitment",
            order=("-as_of", "-id"),
            help_text=_("已采纳的证据，新的在前"),
        ),
        "history": nested_list(
            StatusChange.objects.published,
            STATUS_CHANGE,
            by="commitment",
            order=("-effective_on", "-id"),
            help_text=_("状态变更，新的在前"),
        ),
        "restates": nested_list(
            Restatement.objects.published,
            RESTATEMENT,
            by="later",
            order=("-earlier__year", "earlier__jurisdiction_id", "earlier__start"),
            help_text=_("本承诺再次提出的较早承诺"),
        ),
        "restated_by": nested_list(
            Restatement.objects.published,
            RESTATEMENT,
            by="earlier",
            order=("-later__year", "later__jurisdiction_id", "later__start"),
            help_text=_("再次提出本承诺的较晚承诺"),
        ),
    },
)
# What the offices' own sheet is made of; it is no answer of the API.
OFFICE_ROW = Resource(
    "OfficeRow",
    _("政府督查用表中的一行"),
    {
        name: COMMITMENT_DETAIL.fields[name]
        for name in (
            *("id", "title", "unit", "milestone", "due_on", "status", "light", "reported_value", "reported_bound"),
            *("reported_on", "delay_reason", "delay_note", "responsibilities"),
        )
    },
)
ACHIEVEMENT_DETAIL = Resource(
    "AchievementDetail",
    _("一项成绩，连同出处和以它为依据的证据"),
    {
        **ACHIEVEMENT.fields,
        **_CITED,
        "evidence": nested_list(
            Evidence.objects.published,
            EVIDENCE,
            by="achievement",
            order=("-as_of", "-id"),
            help_text=_("以此为依据的证据"),
        ),
    },
)
