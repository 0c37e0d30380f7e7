"""The decisions of the desk: publishing, withdrawing, rejecting, accepting, and what each means for the public."""

from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from projects import publication
from projects.admin.actions import Line, Rows, Step
from projects.choices import ReportState, ReviewState, Verification
from projects.models import Achievement, Commitment


def _publish(rows: Rows, request: HttpRequest) -> int:
    return publication.review(rows, ReviewState.PUBLISHED)


def _withdraw(rows: Rows, request: HttpRequest) -> int:
    return publication.review(rows, ReviewState.WITHDRAWN)


def _reject(rows: Rows, request: HttpRequest) -> int:
    return publication.review(rows, ReviewState.REJECTED)


def _statements_published(rows: Rows) -> list[Line]:
    movable = rows.filter(review_state__in=sorted(publication.REVIEW_STEPS[ReviewState.PUBLISHED]))
    at_once = movable.filter(report_state=ReportState.PUBLISHED).count()
    later = movable.count() - at_once
    untranslated = movable.filter(title_en="").count()
    lines = [_("%d 条立即公开：所在报告已经发布。") % at_once] if at_once else []
    lines += [_("%d 条等报告发布时一并公开：所在报告还没有发布。") % later] if later else []
    return lines + ([_("其中 %d 条没有英文标题，英文页面会显示中文。") % untranslated] if untranslated else [])


def _statements_withdrawn(rows: Rows) -> list[Line]:
    return [_("%d 条立即从公开页面和接口上撤下，记录和历史保留。") % rows.filter(is_public=True).count()]


def _statements_rejected(rows: Rows) -> list[Line]:
    waiting = rows.filter(review_state=ReviewState.CANDIDATE).count()
    return [_("%d 条待审核的不采用，不会公开；重新提取时也不会再提出。") % waiting]


PUBLISH_STATEMENTS = Step(
    "publish", gettext_lazy("发布"), gettext_lazy("已发布 %(count)d 条。"), _publish, _statements_published
)
WITHDRAW_STATEMENTS = Step(
    "withdraw", gettext_lazy("撤回"), gettext_lazy("已撤回 %(count)d 条。"), _withdraw, _statements_withdrawn
)
REJECT_STATEMENTS = Step(
    "reject", gettext_lazy("不采用"), gettext_lazy("已将 %(count)d 条标为不采用。"), _reject, _statements_rejected
)
STATEMENT_STEPS = (PUBLISH_STATEMENTS, WITHDRAW_STATEMENTS, REJECT_STATEMENTS)


def _projects_published(rows: Rows) -> list[Line]:
    return [_("%d 个项目的页面公开，页面上只列出已经公开的承诺和成绩。") % rows.count()]


def _projects_withdrawn(rows: Rows) -> list[Line]:
    return [_("%d 个项目的页面不再公开；它们的承诺和成绩不受影响。") % rows.count()]


PROJECT_STEPS = (
    Step("publish", gettext_lazy("发布"), gettext_lazy("已发布 %(count)d 个。"), _publish, _projects_published),
    Step("withdraw", gettext_lazy("撤回"), gettext_lazy("已撤回 %(count)d 个。"), _withdraw, _projects_withdrawn),
    Step("reject", gettext_lazy("不采用"), gettext_lazy("不采用 %(count)d 个。"), _reject, _projects_withdrawn),
)


def _publish_reports(rows: Rows, request: HttpRequest) -> int:
    return publication.set_state(rows, ReportState.PUBLISHED)


def _withdraw_reports(rows: Rows, request: HttpRequest) -> int:
    return publication.set_state(rows, ReportState.WITHDRAWN)


def _counts(rows: Rows) -> dict[str, int]:
    published = {"report__in": rows.order_by().values("pk"), "review_state": ReviewState.PUBLISHED}
    return {
        "reports": rows.count(),
        "commitments": Commitment.objects.filter(**published).count(),
        "achievements": Achievement.objects.filter(**published).count(),
    }


def _reports_published(rows: Rows) -> list[Line]:
    counts = _counts(rows)
    return [
        _("%(reports)d 份报告的全文公开，其中已发布的承诺 %(commitments)d 条、成绩 %(achievements)d 条一并公开。")
        % counts,
        _("待审核、不采用和已撤回的条目仍不公开。"),
    ]


def _reports_withdrawn(rows: Rows) -> list[Line]:
    counts = _counts(rows)
    text = _("%(reports)d 份报告连同其中的承诺 %(commitments)d 条、成绩 %(achievements)d 条不再公开，记录保留。")
    return [text % counts]


REPORT_STEPS = (
    Step("publish", gettext_lazy("发布"), gettext_lazy("已发布 %(count)d 份。"), _publish_reports, _reports_published),
    Step(
        "withdraw", gettext_lazy("撤回"), gettext_lazy("已撤回 %(count)d 份。"), _withdraw_reports, _reports_withdrawn
    ),
)


def _accept_links(rows: Rows, request: HttpRequest) -> int:
    return publication.verify(rows, Verification.ACCEPTED)


def _reject_links(rows: Rows, request: HttpRequest) -> int:
    return publication.verify(rows, Verification.REJECTED)


def _links_shown(rows: Rows) -> list[Line]:
    return [_("%d 条关系在两条承诺都公开时显示在它们的页面上。") % rows.count()]


def _links_hidden(rows: Rows) -> list[Line]:
    return [_("%d 条关系不在页面上显示，记录保留。") % rows.count()]


RESTATEMENT_STEPS = (
    Step("accept", gettext_lazy("采纳"), gettext_lazy("已采纳 %(count)d 条关系。"), _accept_links, _links_shown),
    Step("reject", gettext_lazy("否决"), gettext_lazy("已否决 %(count)d 条关系。"), _reject_links, _links_hidden),
)
