"""The resources: each is a list, what its rows show, and the columns by which one row is found."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from projects import filters, serializers
from projects.api.exports.formats import format_filters, misplaced
from projects.filters import ListDefinition
from projects.filters.filters import REPORT_KEY
from projects.filters.problems import Text
from projects.serializers import Resource

NUMBER = r"(?P<pk>[0-9]{1,18})"


@dataclass(frozen=True, eq=False)
class Endpoint:
    """A list and its rows under one address; ``key`` is the pattern of a row's part of it, ``name`` its first part."""

    name: str
    help_text: Text
    definition: ListDefinition
    row: Resource
    detail: Resource
    key: str = NUMBER

    @cached_property
    def list(self) -> ListDefinition:
        """What may be asked of the list."""
        return replace(
            self.definition,
            fields=tuple(self.row.fields),
            extra=format_filters(sheets=self.row is serializers.COMMITMENT),
            validate=misplaced,
        )

    @cached_property
    def single(self) -> ListDefinition:
        """What may be asked of one row."""
        return self.definition.single(self.detail.fields)


COMMITMENTS = Endpoint(
    "commitments",
    _("政府工作报告中的承诺"),
    filters.COMMITMENTS,
    serializers.COMMITMENT,
    serializers.COMMITMENT_DETAIL,
)
LINEAGE = replace(
    COMMITMENTS,
    name="lineage",
    help_text=_("一项承诺在历年报告中的来龙去脉：每次提出、每次变化、所报结果"),
    detail=serializers.LINEAGE,
)
ACHIEVEMENTS = Endpoint(
    "achievements",
    _("政府工作报告所报的成绩"),
    filters.ACHIEVEMENTS,
    serializers.ACHIEVEMENT,
    serializers.ACHIEVEMENT_DETAIL,
)
PROJECTS = Endpoint(
    "projects",
    _("学校、医院、道路、住房等项目，及各年对它的承诺"),
    filters.PROJECTS,
    serializers.PROJECT,
    serializers.PROJECT_DETAIL,
    r"(?P<slug>[-a-zA-Z0-9_]+)",
)
REPORTS = Endpoint(
    "reports",
    _("政府工作报告；单篇含全文和提纲"),
    filters.REPORTS,
    serializers.REPORT,
    serializers.REPORT_DETAIL,
    REPORT_KEY,
)
JURISDICTIONS = Endpoint(
    "jurisdictions",
    _("政府，及其有哪些年度的报告；单个含直接下级、部门、报告和承接关系"),
    filters.JURISDICTIONS,
    serializers.JURISDICTION,
    serializers.JURISDICTION_DETAIL,
    r"(?P<code>[0-9]{6})",
)
DEPARTMENTS = Endpoint(
    "departments", _("政府部门"), filters.DEPARTMENTS, serializers.DEPARTMENT, serializers.DEPARTMENT
)
EVIDENCE = Endpoint("evidence", _("已采纳的证据"), filters.EVIDENCE, serializers.EVIDENCE, serializers.EVIDENCE)
SOURCES = Endpoint(
    "sources",
    _("报告以外的来源；单个含出自它的证据"),
    filters.SOURCES,
    serializers.SOURCE,
    serializers.SOURCE_DETAIL,
)
STATUS_CHANGES = Endpoint(
    "status-changes",
    _("承诺状态的变更"),
    filters.STATUS_CHANGES,
    serializers.STATUS_CHANGE,
    serializers.STATUS_CHANGE,
)
RESTATEMENTS = Endpoint(
    "restatements",
    _("后来的报告再次提出的承诺"),
    filters.RESTATEMENTS,
    serializers.RESTATEMENT,
    serializers.RESTATEMENT,
)
# The lists that have a page of rows each, in the order in which somebody new wants them.
ENDPOINTS = (
    COMMITMENTS,
    REPORTS,
    ACHIEVEMENTS,
    PROJECTS,
    EVIDENCE,
    SOURCES,
    STATUS_CHANGES,
    RESTATEMENTS,
    JURISDICTIONS,
    DEPARTMENTS,
)
