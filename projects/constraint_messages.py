"""What the database refuses, in words that name the field and the fix: one entry for each constraint and trigger.

The admin and the API show it at the field.
"""

from typing import NamedTuple

from django.db import DataError, Error, IntegrityError, InternalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.models import Evidence, Jurisdiction, Source, Succession

Text = str | Promise

# What PostgreSQL raises when a constraint, a trigger or a column refuses a value.
CONSTRAINT_ERRORS = (IntegrityError, InternalError, DataError)


class ConstraintMessage(NamedTuple):
    """The field at fault, empty for the whole form, and what to do."""

    field: str
    message: Text


_NOT_A_CHOICE: Text = _("这个值不在可选范围内，请从列表中选择。")
DEFAULT = ConstraintMessage("", _("数据库没有接受这次改动，什么都没有保存。请检查填写的内容后再试。"))
_MAINTAINED: Text = _("这一栏由程序按规则维护，不能直接改。")

_STATEMENT_MESSAGES: dict[str, ConstraintMessage] = {
    "span_is_unique": ConstraintMessage("quote", _("同一份报告里这段文字已有一条记录。请修改那一条，或另选一段文字。")),
    "span_is_not_empty": ConstraintMessage("end", _("终点须在起点之后。请改正起点或终点，或都留空由程序按原文查找。")),
    "figure_is_whole": ConstraintMessage(
        "quantity", _("数量、单位、比较三项要么都填，要么都不填；没有单位时选“无单位”。")
    ),
    "quantity_is_not_negative": ConstraintMessage(
        "quantity", _("数量不能是负数。下降、减少的幅度写正数，方向由标题说明。")
    ),
    "has_a_title": ConstraintMessage("title", _("请填写标题。")),
    "confidence_is_a_share": ConstraintMessage("", _MAINTAINED),
    "category_is_known": ConstraintMessage("category", _NOT_A_CHOICE),
    "milestone_is_known": ConstraintMessage("milestone", _NOT_A_CHOICE),
    "comparator_is_known": ConstraintMessage("comparator", _NOT_A_CHOICE),
    "review_state_is_known": ConstraintMessage("", _NOT_A_CHOICE),
    "origin_is_known": ConstraintMessage("", _MAINTAINED),
    "quote_is_in_report": ConstraintMessage(
        "quote", _("报告全文里没有这段文字。请从报告里原样复制，标点和换行也要一致。")
    ),
    "copies_its_report": ConstraintMessage("report", _("行政区和年度须与报告一致。请重新选择报告再保存。")),
}

# Constraints that say themselves what to do, and the field at which the admin says it.
_MODEL_MESSAGES: dict[str, Text] = {
    constraint.name: constraint.violation_error_message
    for model in (Evidence, Jurisdiction, Source, Succession)
    for constraint in model._meta.constraints
    if constraint.violation_error_message is not None
}
_MODEL_FIELDS = {
    "evidence_has_a_source": "source",
    "evidence_of_an_achievement_is_told_once": "achievement",
    "evidence_of_a_source_is_told_once": "source",
    "evidence_happened_to_a_precision": "happened_on",
    "evidence_value_is_whole": "reported_value",
    "source_can_be_found": "url",
    "source_on_the_web_has_its_day": "retrieved_on",
    "source_meets_no_more_than_all_indicators": "indicators_met",
    "source_does_no_more_than_all_tasks": "tasks_done",
    "succession_names_one_successor": "successor",
    "succession_is_to_another_government": "successor",
    "jurisdiction_ends_after_it_begins": "valid_until",
}

CONSTRAINT_MESSAGES: dict[str, ConstraintMessage] = {
    **{name: ConstraintMessage(field, _MODEL_MESSAGES[name]) for name, field in _MODEL_FIELDS.items()},
    **{
        f"{kind}_{name}": message
        for kind in ("commitment", "achievement")
        for name, message in _STATEMENT_MESSAGES.items()
    },
    **{
        f"projects_{kind}_quote_is_in_report": _STATEMENT_MESSAGES["quote_is_in_report"]
        for kind in ("commitment", "achievement")
    },
    "commitment_due_basis_is_known": ConstraintMessage("due_basis", _NOT_A_CHOICE),
    "commitment_due_on_is_plausible": ConstraintMessage("due_on", _("到期日不合理。请检查年份。")),
    "commitment_status_is_known": ConstraintMessage("", _NOT_A_CHOICE),
    "commitment_status_has_evidence": ConstraintMessage("", _("状态须有已采纳的证据。请用“记录状态”选择状态和证据。")),
    "commitment_status_rests_on_accepted_evidence": ConstraintMessage(
        "", _("有承诺的状态以这条证据为依据。请先用“记录状态”给那条承诺换一条依据或改为“未核实”，再改这条证据。")
    ),
    "commitment_status_agrees_with_evidence": ConstraintMessage(
        "verdict", _("有承诺的状态以这条证据为依据，改后就不符了。请先用“记录状态”给那条承诺换一条依据或改为“未核实”。")
    ),
    "source_kind_is_known": ConstraintMessage("kind", _NOT_A_CHOICE),
    "source_days_are_plausible": ConstraintMessage("published_on", _("发布日期或查阅日期不合理。请检查年份。")),
    "projects_source_slug_key": ConstraintMessage("", _MAINTAINED),
    "succession_is_told_once": ConstraintMessage("on", _("这次承接已有记录。请修改那一条。")),
    "jurisdiction_code_is_six_digits": ConstraintMessage("code", _("请填写 GB/T 2260 的六位数字代码，例如 500112。")),
    "jurisdiction_level_is_known": ConstraintMessage("level", _NOT_A_CHOICE),
    "jurisdiction_is_not_its_own_parent": ConstraintMessage(
        "parent", _("上级不能是它自己。请选择上一级政府，或留空。")
    ),
    "department_name_is_unique_in_its_government": ConstraintMessage(
        "name", _("这个行政区已有同名部门。请直接使用那一个。")
    ),
    "department_is_merged_into_another": ConstraintMessage("", _MAINTAINED),
    "source_row_has_its_position": ConstraintMessage("", _MAINTAINED),
    "source_row_has_a_text": ConstraintMessage("", _MAINTAINED),
    "source_row_outcome_has_its_day": ConstraintMessage("", _MAINTAINED),
    "row_link_is_told_once": ConstraintMessage("commitment", _("这一行与这条承诺的对应已有记录。")),
    "row_link_score_is_a_share": ConstraintMessage("", _MAINTAINED),
    "row_link_review_state_is_known": ConstraintMessage("", _NOT_A_CHOICE),
    "project_category_is_known": ConstraintMessage("category", _NOT_A_CHOICE),
    "project_review_state_is_known": ConstraintMessage("", _NOT_A_CHOICE),
    "projects_project_slug_key": ConstraintMessage("slug", _("这个网址标识已被别的项目使用。请换一个。")),
    "restatement_is_told_once": ConstraintMessage("later", _("这两条承诺的关系已有记录。请修改那一条。")),
    "restatement_is_of_another_commitment": ConstraintMessage("later", _("较早和较晚的承诺不能是同一条。请另选一条。")),
    "restatement_phase_is_known": ConstraintMessage("phase", _NOT_A_CHOICE),
    "restatement_change_is_known": ConstraintMessage("change", _NOT_A_CHOICE),
    "report_pair_is_kept_once": ConstraintMessage("", _MAINTAINED),
    "report_pair_is_of_two_reports": ConstraintMessage("", _MAINTAINED),
    "link_is_proposed_once": ConstraintMessage("", _MAINTAINED),
    "link_span_is_not_empty": ConstraintMessage("", _MAINTAINED),
    "link_score_is_a_share": ConstraintMessage("", _MAINTAINED),
    "link_relation_is_known": ConstraintMessage("", _MAINTAINED),
    "link_review_state_is_known": ConstraintMessage("", _NOT_A_CHOICE),
    "link_verdict_is_known": ConstraintMessage("verdict", _NOT_A_CHOICE),
    "link_change_is_known": ConstraintMessage("change", _NOT_A_CHOICE),
    "link_basis_is_known": ConstraintMessage("", _MAINTAINED),
    "restatement_confidence_is_known": ConstraintMessage("confidence", _NOT_A_CHOICE),
    "restatement_review_state_is_known": ConstraintMessage("", _NOT_A_CHOICE),
    "report_is_the_only_one_of_its_government_and_year": ConstraintMessage(
        "year", _("这个行政区这一年度已有一份未撤回的报告。请改正年度或行政区，或先撤回那一份。")
    ),
    "report_copied_columns": ConstraintMessage("", _MAINTAINED),
    "report_year_is_plausible": ConstraintMessage("year", _("年度应在 1954 至 2100 之间。")),
    "report_state_is_known": ConstraintMessage("", _NOT_A_CHOICE),
    "report_sha256_belongs_to_text": ConstraintMessage("", _MAINTAINED),
    "report_text_stays_under_statements": ConstraintMessage(
        "", _("报告里已有陈述，全文不能再改。全文有误时，请撤回这份报告，另行上传。")
    ),
    "projects_report_sha256_key": ConstraintMessage("", _("全文相同的报告已经有了。请使用那一份。")),
    "evidence_status_target": ConstraintMessage("", _MAINTAINED),
    "evidence_speaker_is_known": ConstraintMessage("", _MAINTAINED),
    "evidence_verdict_is_known": ConstraintMessage("verdict", _NOT_A_CHOICE),
    "evidence_confidence_is_known": ConstraintMessage("confidence", _NOT_A_CHOICE),
    "evidence_review_state_is_known": ConstraintMessage("", _NOT_A_CHOICE),
    "responsibility_is_told_once": ConstraintMessage("department", _("这个部门已经列为责任部门。请修改那一行。")),
    "responsibility_role_is_known": ConstraintMessage("role", _NOT_A_CHOICE),
    "status_change_from_is_known": ConstraintMessage("", _NOT_A_CHOICE),
    "status_change_to_is_known": ConstraintMessage("status", _NOT_A_CHOICE),
    "status_change_has_evidence": ConstraintMessage("evidence", _("状态须以本承诺的一条已采纳证据为依据。")),
    "overdue_event_kind_is_known": ConstraintMessage("", _NOT_A_CHOICE),
    "overdue_event_basis_is_known": ConstraintMessage("", _NOT_A_CHOICE),
    "report_file_is_kept_once": ConstraintMessage("file", _("这个文件已经上传过。请使用原来那一次的记录。")),
    "projects_reportfile_report_id_key": ConstraintMessage("", _MAINTAINED),
    "run_has_a_source": ConstraintMessage("", _("提取记录须有报告或文件。请从报告页面发起。")),
    "run_state_is_known": ConstraintMessage("", _NOT_A_CHOICE),
    "run_progress_is_a_percentage": ConstraintMessage("", _MAINTAINED),
    "run_failure_has_a_reason": ConstraintMessage("", _MAINTAINED),
    "run_at_work_has_a_heartbeat": ConstraintMessage("", _MAINTAINED),
    "run_is_the_only_one_of_its_report": ConstraintMessage("", _("这份报告正在提取，请等它结束。")),
    "run_is_the_only_one_of_its_file": ConstraintMessage("", _("这个文件正在处理，请等它结束。")),
    "token_has_known_scopes": ConstraintMessage("scopes", _("请至少选择一项权限。")),
    "token_is_kept_as_digest": ConstraintMessage("", _MAINTAINED),
    "projects_apitoken_digest_key": ConstraintMessage("", _MAINTAINED),
    "idempotency_key_is_used_once": ConstraintMessage("", _MAINTAINED),
}

# Triggers that speak without a constraint's name.
TRIGGER_MESSAGES: tuple[tuple[str, ConstraintMessage], ...] = (
    ("Cannot delete rows", ConstraintMessage("", _("这里的记录不删除。不再公开的请撤回，不采用的请标为不采用。"))),
    ("Cannot update or delete rows", ConstraintMessage("", _("历史记录写下后不再改动。"))),
)


def message_for(error: Error) -> ConstraintMessage:
    """Return what a database error means for the person at the form."""
    cause = error.__cause__
    name = getattr(getattr(cause, "diag", None), "constraint_name", None)
    if name is not None:
        return CONSTRAINT_MESSAGES.get(name, DEFAULT)
    raised = str(cause)
    return next((message for words, message in TRIGGER_MESSAGES if words in raised), DEFAULT)
