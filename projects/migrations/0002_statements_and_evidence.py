"""Commitments, achievements, the evidence that links them, and what follows from it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import FileExtensionValidator
from django.db import migrations, models
from django.db.models import (
    BaseConstraint,
    Case,
    CheckConstraint,
    ExpressionWrapper,
    F,
    Index,
    Q,
    UniqueConstraint,
    Value,
    When,
)
from django.db.models.functions import Now

from projects.migrations._tables import (
    CHOICES,
    ID,
    OPTIONAL,
    PLAUSIBLE,
    SEEDED,
    TIMES,
    CreateTogether,
    Fields,
    history,
    known,
    link,
    replaced,
    sql,
    table,
)
from projects.models.outcome_sql import CommitmentOutcome

_STATEMENT: Fields = [
    *ID,
    *TIMES,
    ("year", models.PositiveSmallIntegerField("报告年度", editable=False)),
    ("report_state", models.CharField("报告状态", max_length=10, editable=False, choices=CHOICES["report_state"])),
    ("start", models.PositiveIntegerField("起点")),
    ("end", models.PositiveIntegerField("终点")),
    ("quote", models.TextField("原文")),
    ("section", models.CharField("所在章节", max_length=400, blank=True)),
    ("title", models.CharField("标题", max_length=200)),
    ("title_en", models.CharField("英文标题", max_length=300, blank=True)),
    ("category", models.CharField("类别", max_length=20, choices=CHOICES["category"])),
    ("milestone", models.CharField("节点", max_length=10, choices=CHOICES["milestone"])),
    ("quantity", models.DecimalField("数量", max_digits=20, decimal_places=4, **OPTIONAL)),
    ("unit", models.CharField("单位", max_length=20, **OPTIONAL)),
    ("comparator", models.CharField("比较", max_length=10, choices=CHOICES["comparator"], **OPTIONAL)),
    ("names", ArrayField(models.CharField(max_length=120), verbose_name="专名", blank=True, default=list)),
    ("review_state", models.CharField("审核状态", max_length=10, default="candidate", choices=CHOICES["review_state"])),
    ("origin", models.CharField("来历", max_length=10, default="hand", editable=False, choices=CHOICES["origin"])),
    ("confidence", models.FloatField("程序把握", editable=False, **OPTIONAL)),
    ("rules", ArrayField(models.CharField(max_length=60), verbose_name="提取规则", default=list, editable=False)),
    ("extractor_version", models.CharField("提取程序版本", max_length=20, blank=True, editable=False)),
    *SEEDED,
]
_IS_PUBLIC: Fields = [
    (
        "is_public",
        models.GeneratedField(
            verbose_name="公开",
            db_persist=True,
            expression=ExpressionWrapper(
                Q(report_state="published", review_state="published"), output_field=models.BooleanField()
            ),
            output_field=models.BooleanField("公开"),
        ),
    )
]
_PLACE: Fields = [
    (
        "jurisdiction",
        link("projects.jurisdiction", "行政区", "%(class)ss", editable=False, db_index=False, db_constraint=False),
    ),
    ("project", link("projects.project", "项目", "%(class)ss", db_index=False, **OPTIONAL)),
    ("report", link("projects.report", "报告", "%(class)ss", db_index=False, db_constraint=False)),
]
_ACHIEVEMENT: Fields = [*_STATEMENT, ("period_end", models.DateField("所报期末")), *_IS_PUBLIC, *_PLACE]
_COMMITMENT: Fields = [
    *_STATEMENT,
    ("due_on", models.DateField("到期日")),
    ("due_basis", models.CharField("到期日依据", max_length=10, choices=CHOICES["due_basis"])),
    (
        "status",
        models.CharField("状态", max_length=20, default="not_assessed", editable=False, choices=CHOICES["status"]),
    ),
    (
        "status_evidence_state",
        models.GeneratedField(
            db_persist=True,
            expression=Case(
                When(~Q(status="not_assessed"), then=Value("accepted")), output_field=models.CharField(max_length=10)
            ),
            output_field=models.CharField(max_length=10, null=True),
        ),
    ),
    ("status_since", models.DateField("状态生效日", editable=False, **OPTIONAL)),
    (
        "delay_reason",
        models.CharField("延误原因", max_length=20, blank=True, editable=False, choices=CHOICES["delay_reason"]),
    ),
    ("delay_note", models.TextField("延误说明", blank=True, editable=False)),
    ("overdue_since", models.DateField("逾期起算日", editable=False, **OPTIONAL)),
    ("last_verified_on", models.DateField("最近核实日期", **OPTIONAL)),
    ("reported_value", models.DecimalField("最新报告值", editable=False, max_digits=20, decimal_places=4, **OPTIONAL)),
    ("reported_on", models.DateField("报告值截至", editable=False, **OPTIONAL)),
    *_IS_PUBLIC,
    (
        "status_evidence",
        link("projects.evidence", "状态依据", "+", editable=False, db_index=False, db_constraint=False, **OPTIONAL),
    ),
    *_PLACE,
    ("happened_on", models.DateField("发生日期", editable=False, **OPTIONAL)),
    (
        "happened_precision",
        models.CharField(
            "发生日期的精度", max_length=10, blank=True, db_default="", editable=False, choices=CHOICES["precision"]
        ),
    ),
    ("status_as_of", models.DateField("依据截至", editable=False, **OPTIONAL)),
    (
        "overdue_basis",
        models.CharField(
            "逾期依据", max_length=10, blank=True, db_default="", editable=False, choices=CHOICES["overdue_basis"]
        ),
    ),
    (
        "reported_bound",
        models.CharField(
            "报告值的界限", max_length=10, blank=True, db_default="", editable=False, choices=CHOICES["comparator"]
        ),
    ),
    (
        "outcome",
        models.GeneratedField(
            verbose_name="证据所示",
            db_persist=True,
            expression=CommitmentOutcome(
                "milestone", "status", "status_as_of", "happened_on", "happened_precision", "due_on"
            ),
            output_field=models.CharField("证据所示", max_length=12, choices=CHOICES["outcome"]),
        ),
    ),
]
_EVIDENCE: Fields = [
    *ID,
    *TIMES,
    ("url", models.URLField("网址", max_length=500, blank=True)),
    (
        "file",
        models.FileField(
            "文件",
            blank=True,
            validators=[FileExtensionValidator(["pdf", "docx", "xlsx", "txt", "html", "jpg", "jpeg", "png"])],
            upload_to="evidence/%Y/",
        ),
    ),
    ("publisher", models.CharField("发布者", max_length=120, blank=True)),
    ("published_on", models.DateField("发布日期", **OPTIONAL)),
    (
        "speaker",
        models.CharField("谁说的", max_length=20, editable=False, choices=CHOICES["speaker"], db_column="source_kind"),
    ),
    ("verdict", models.CharField("所示状态", max_length=20, choices=CHOICES["verdict"])),
    ("as_of", models.DateField("截至日期", help_text="所示状态和报告值是哪一天的。")),
    ("reported_value", models.DecimalField("报告值", max_digits=20, decimal_places=4, **OPTIONAL)),
    ("note", models.TextField("说明", blank=True)),
    ("note_en", models.TextField("英文说明", blank=True)),
    ("confidence", models.CharField("把握", max_length=10, default="medium", choices=CHOICES["confidence"])),
    ("review_state", models.CharField("审核状态", max_length=10, default="proposed", choices=CHOICES["verification"])),
    ("reviewed_at", models.DateTimeField("审核时间", **OPTIONAL)),
    *SEEDED,
    ("achievement", link("projects.achievement", "报告中的成绩", "evidence", db_index=False, **OPTIONAL)),
    ("commitment", link("projects.commitment", "承诺", "evidence", db_index=False)),
    ("reviewed_by", link(settings.AUTH_USER_MODEL, "审核人", "+", **OPTIONAL)),
    (
        "happened_on",
        models.DateField(
            "发生日期", help_text="开工、建成、达到的那一天；只知道月、季、年时填它的最后一天。", **OPTIONAL
        ),
    ),
    (
        "happened_precision",
        models.CharField("发生日期的精度", max_length=10, blank=True, db_default="", choices=CHOICES["precision"]),
    ),
    ("announced_on", models.DateField("来源宣布的新期限", **OPTIONAL)),
    (
        "bound",
        models.CharField("报告值的界限", max_length=10, blank=True, db_default="", choices=CHOICES["comparator"]),
    ),
    (
        "coverage",
        models.CharField("报告值的口径", max_length=12, blank=True, db_default="", choices=CHOICES["coverage"]),
    ),
    (
        "delay_reason",
        models.CharField("来源说明的原因", max_length=20, blank=True, db_default="", choices=CHOICES["delay_reason"]),
    ),
    ("is_forecast", models.BooleanField("预计", default=False, db_default=False)),
    ("item_number", models.CharField("项次", max_length=40, blank=True, db_default="", help_text="例如：第10项。")),
    (
        "official_word",
        models.CharField("官方用语", max_length=40, blank=True, db_default="", help_text="例如：达序时、部分完成。"),
    ),
    (
        "place",
        models.CharField("在来源中的位置", max_length=120, blank=True, db_default="", help_text="例如：第3页，表2。"),
    ),
    ("quote", models.TextField("来源中的原话", blank=True, db_default="")),
    ("value_from", models.DateField("报告值起算日", **OPTIONAL)),
    ("source", link("projects.source", "来源", "evidence", db_index=False, **OPTIONAL)),
]
_RESPONSIBILITY: Fields = [
    *ID,
    *TIMES,
    ("role", models.CharField("角色", max_length=12, choices=CHOICES["responsibility_role"])),
    ("commitment", link("projects.commitment", "承诺", "responsibilities", db_index=False)),
    ("department", link("projects.department", "部门", "responsibilities", db_index=False)),
]
_RESTATEMENT: Fields = [
    *ID,
    *TIMES,
    ("phase", models.CharField("关系", max_length=10, choices=CHOICES["restatement_phase"])),
    ("confidence", models.CharField("把握", max_length=10, default="medium", choices=CHOICES["confidence"])),
    ("review_state", models.CharField("审核状态", max_length=10, default="proposed", choices=CHOICES["verification"])),
    ("note", models.TextField("说明", blank=True)),
    ("note_en", models.TextField("英文说明", blank=True)),
    *SEEDED,
    ("earlier", link("projects.commitment", "较早的承诺", "restated_by", db_index=False)),
    ("later", link("projects.commitment", "较晚的承诺", "restates", db_index=False)),
]
_STATUS_CHANGE: Fields = [
    *ID,
    ("from_status", models.CharField("原状态", max_length=20, choices=CHOICES["status"])),
    ("to_status", models.CharField("新状态", max_length=20, choices=CHOICES["status"])),
    ("effective_on", models.DateField("生效日期")),
    ("reason_code", models.CharField("原因", max_length=20, blank=True, choices=CHOICES["delay_reason"])),
    ("note", models.TextField("说明", blank=True)),
    ("note_en", models.TextField("英文说明", blank=True)),
    ("recorded_at", models.DateTimeField("记录时间", auto_now_add=True)),
    ("actor", link(settings.AUTH_USER_MODEL, "操作人", "+", **OPTIONAL)),
    ("commitment", link("projects.commitment", "承诺", "status_changes", db_index=False)),
    ("evidence", link("projects.evidence", "依据", "status_changes", db_index=False, **OPTIONAL)),
]
_OVERDUE_EVENT: Fields = [
    *ID,
    ("kind", models.CharField("事件", max_length=10, choices=CHOICES["overdue_event_kind"])),
    ("on", models.DateField("日期")),
    ("overdue_since", models.DateField("逾期起算日")),
    ("recorded_at", models.DateTimeField("记录时间", db_default=Now(), auto_now_add=True)),
    ("commitment", link("projects.commitment", "承诺", "overdue_events", db_index=False)),
    ("basis", models.CharField("依据", max_length=10, db_default="none", choices=CHOICES["overdue_basis"])),
]


_PUBLIC = Q(is_public=True)
_OPEN = Q(is_public=True, outcome__in=["not_kept", "open", "partly_kept"])


def _of_statements(name: str) -> list[BaseConstraint]:
    return [
        UniqueConstraint(fields=("report", "start", "end"), name=f"{name}_span_is_unique"),
        CheckConstraint(condition=Q(start__lt=F("end")), name=f"{name}_span_is_not_empty"),
        CheckConstraint(
            condition=Q(comparator__isnull=True, quantity__isnull=True, unit__isnull=True)
            | Q(comparator__isnull=False, quantity__isnull=False, unit__isnull=False),
            violation_error_message="数量、单位、比较三项要么都填，要么都不填。",
            name=f"{name}_figure_is_whole",
        ),
        CheckConstraint(condition=~Q(title=""), name=f"{name}_has_a_title"),
        CheckConstraint(
            condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)), name=f"{name}_confidence_is_a_share"
        ),
        known(f"{name}_category_is_known", "category", "category"),
        known(f"{name}_milestone_is_known", "milestone", "milestone"),
        known(f"{name}_comparator_is_known", "comparator", "comparator"),
        known(f"{name}_review_state_is_known", "review_state", "review_state"),
        known(f"{name}_origin_is_known", "origin", "origin"),
        CheckConstraint(
            condition=Q(quantity__gte=0),
            violation_error_message="数量不能是负数。下降、减少的幅度写正数，方向由标题说明。",
            name=f"{name}_quantity_is_not_negative",
        ),
    ]


class Migration(migrations.Migration):
    initial = True
    replaces = replaced(
        "0002_copied_columns",
        "0003_seeded_places",
        "0008_sweep_and_quotes",
        "0009_history_indexes",
        "0011_quantity_is_not_negative",
        "0013_lists_of_a_nation",
        "0014_due_dates_are_plausible",
        "0015_projects_of_statements",
        "0017_sources_and_outcomes",
    )
    dependencies = [("projects", "0001_places_and_reports"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        table(
            "Achievement",
            _ACHIEVEMENT,
            "成绩",
            ordering=["report", "start"],
            indexes=[
                Index(fields=["category", "year", "-id"], condition=_PUBLIC, name="achievement_by_category_year"),
                Index(fields=["year", "-id"], condition=_PUBLIC, name="achievement_by_year"),
                Index(
                    fields=["project", "year", "start"],
                    condition=Q(project__isnull=False),
                    name="achievements_of_project",
                ),
            ],
            constraints=_of_statements("achievement"),
        ),
        history("Achievement", _ACHIEVEMENT, own_first=True),
        sql("commitment_outcome"),
        sql("is_comparable"),
        CreateTogether(
            [
                table(
                    "Commitment",
                    _COMMITMENT,
                    "承诺",
                    ordering=["report", "start"],
                    indexes=[
                        Index(fields=["category", "year", "-id"], condition=_PUBLIC, name="list_by_category_year"),
                        Index(
                            fields=["year", "category", "status", "-id"],
                            condition=_PUBLIC,
                            name="list_by_year_category_status",
                        ),
                        Index(fields=["status", "-id"], condition=_PUBLIC, name="list_by_status"),
                        Index(
                            fields=["status_evidence"],
                            condition=Q(status_evidence__isnull=False),
                            name="status_resting_on_evidence",
                        ),
                        Index(fields=["year", "id"], condition=_PUBLIC, name="list_by_year"),
                        Index(fields=["jurisdiction", "id"], condition=_PUBLIC, name="list_by_place"),
                        Index(fields=["due_on", "id"], condition=_PUBLIC, name="list_by_due_date"),
                        Index(fields=["updated_at", "id"], condition=_PUBLIC, name="list_by_update"),
                        Index(
                            fields=["id"],
                            condition=Q(is_public=True, reported_value__isnull=False),
                            name="list_with_reported_value",
                        ),
                        Index(
                            fields=["due_basis", "due_on"],
                            condition=Q(overdue_since__isnull=False),
                            name="sweep_flagged",
                        ),
                        Index(
                            fields=["unit", "id"], condition=Q(is_public=True, unit__isnull=False), name="list_by_unit"
                        ),
                        Index(
                            fields=["delay_reason", "id"],
                            condition=_PUBLIC & ~Q(delay_reason=""),
                            name="list_by_delay_reason",
                        ),
                        Index(
                            fields=["project", "year", "start"],
                            condition=Q(project__isnull=False),
                            name="commitments_of_project",
                        ),
                        Index(fields=["due_on", "id"], condition=_OPEN, name="list_open_by_due_date"),
                        Index(fields=["year", "due_on", "id"], condition=_OPEN, name="list_open_by_year_due_date"),
                        Index(fields=["due_basis", "due_on"], condition=_OPEN, name="overdue_and_due_soon"),
                        Index(
                            fields=["due_basis", "due_on"],
                            condition=Q(
                                is_public=True,
                                outcome__in=["not_kept", "open", "partly_kept"],
                                overdue_since__isnull=True,
                            ),
                            name="sweep_to_flag",
                        ),
                    ],
                    constraints=[
                        *_of_statements("commitment"),
                        known("commitment_due_basis_is_known", "due_basis", "due_basis"),
                        known("commitment_status_is_known", "status", "status"),
                        CheckConstraint(
                            condition=Q(status="not_assessed", status_evidence__isnull=True, status_since__isnull=True)
                            | ~Q(status="not_assessed")
                            & Q(status_evidence__isnull=False)
                            & Q(status_since__isnull=False),
                            name="commitment_status_has_evidence",
                        ),
                        CheckConstraint(condition=Q(due_on__range=PLAUSIBLE), name="commitment_due_on_is_plausible"),
                    ],
                ),
                table(
                    "Evidence",
                    _EVIDENCE,
                    "证据",
                    ordering=["-as_of", "-id"],
                    indexes=[
                        Index(fields=["commitment", "-as_of", "-id"], name="evidence_of_commitment"),
                        Index(fields=["achievement"], name="evidence_resting_on"),
                        Index(fields=["id"], condition=Q(review_state="proposed"), name="evidence_to_review"),
                        Index(fields=["source"], condition=Q(source__isnull=False), name="evidence_from_source"),
                    ],
                    constraints=[
                        UniqueConstraint(
                            fields=("commitment", "achievement"),
                            condition=Q(achievement__isnull=False),
                            violation_error_message="这条成绩已是这条承诺的证据，或已经提出过。",
                            name="evidence_of_an_achievement_is_told_once",
                        ),
                        UniqueConstraint(fields=("id", "commitment", "review_state"), name="evidence_status_target"),
                        known("evidence_verdict_is_known", "verdict", "verdict"),
                        known("evidence_confidence_is_known", "confidence", "confidence"),
                        known("evidence_review_state_is_known", "review_state", "verification"),
                        UniqueConstraint(
                            fields=("commitment", "source"),
                            condition=Q(source__isnull=False),
                            violation_error_message="这个来源已是这条承诺的证据，或已经提出过。",
                            name="evidence_of_a_source_is_told_once",
                        ),
                        CheckConstraint(
                            condition=Q(achievement__isnull=False) | Q(source__isnull=False),
                            violation_error_message="请选择报告中的成绩或一个来源。",
                            name="evidence_has_a_source",
                        ),
                        CheckConstraint(
                            condition=Q(happened_on__isnull=True, happened_precision="")
                            | Q(
                                happened_on__isnull=False,
                                happened_on__range=PLAUSIBLE,
                                happened_precision__in=["day", "month", "quarter", "year", "by"],
                            ),
                            violation_error_message="发生日期和它的精度须一起填写。",
                            name="evidence_happened_to_a_precision",
                        ),
                        CheckConstraint(
                            condition=Q(bound="", coverage="", reported_value__isnull=True)
                            | Q(
                                bound__in=["eq", "gte", "lte", "approx"],
                                coverage__in=["level", "cumulative", "period"],
                                reported_value__isnull=False,
                            ),
                            violation_error_message="报告值、口径和界限须一起填写。",
                            name="evidence_value_is_whole",
                        ),
                        known("evidence_speaker_is_known", "speaker", "speaker"),
                    ],
                ),
            ]
        ),
        history(
            "Commitment",
            _COMMITMENT,
            without="happened_on happened_precision status_as_of overdue_basis reported_bound",
            own_first=True,
        ),
        history("Evidence", _EVIDENCE),
        table(
            "Responsibility",
            _RESPONSIBILITY,
            "责任部门",
            ordering=["commitment", "-role", "department"],
            indexes=[Index(fields=["department", "role"], name="list_by_department")],
            constraints=[
                UniqueConstraint(fields=("commitment", "department"), name="responsibility_is_told_once"),
                known("responsibility_role_is_known", "role", "responsibility_role"),
            ],
        ),
        history("Responsibility", _RESPONSIBILITY),
        table(
            "Restatement",
            _RESTATEMENT,
            "再次承诺",
            ordering=["earlier", "later"],
            indexes=[Index(fields=["later"], name="restatements_of_an_earlier")],
            constraints=[
                UniqueConstraint(fields=("earlier", "later"), name="restatement_is_told_once"),
                CheckConstraint(condition=~Q(earlier=F("later")), name="restatement_is_of_another_commitment"),
                known("restatement_phase_is_known", "phase", "restatement_phase"),
                known("restatement_confidence_is_known", "confidence", "confidence"),
                known("restatement_review_state_is_known", "review_state", "verification"),
            ],
        ),
        history("Restatement", _RESTATEMENT),
        table(
            "StatusChange",
            _STATUS_CHANGE,
            "状态变更",
            ordering=["-effective_on", "-id"],
            indexes=[Index(fields=["commitment", "-effective_on", "-id"], name="status_history_of_commitment")],
            constraints=[
                known("status_change_from_is_known", "from_status", "status"),
                known("status_change_to_is_known", "to_status", "status"),
                CheckConstraint(
                    condition=Q(to_status="not_assessed") | Q(evidence__isnull=False), name="status_change_has_evidence"
                ),
            ],
        ),
        table(
            "OverdueEvent",
            _OVERDUE_EVENT,
            "逾期记录",
            ordering=["-on", "-id"],
            indexes=[Index(fields=["commitment", "-on", "-id"], name="overdue_history_of_commitment")],
            constraints=[
                known("overdue_event_kind_is_known", "kind", "overdue_event_kind"),
                known("overdue_event_basis_is_known", "basis", "overdue_basis"),
            ],
        ),
        sql("evidence_speaker"),
        # The columns stay for the history that they hold.
        migrations.SeparateDatabaseAndState(
            [sql("old_columns_of_evidence", table=table_) for table_ in ("evidence", "evidenceevent")],
            [
                migrations.RemoveField(model, column)
                for model in ("evidence", "evidenceevent")
                for column in ("file", "published_on", "publisher", "url")
            ],
        ),
    ]
