"""Governments and their departments, reports, projects, sources, and who goes on for whom."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.db import migrations, models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from projects.migrations._tables import (
    CHOICES,
    ID,
    OPTIONAL,
    PLAUSIBLE,
    SEEDED,
    TIMES,
    Fields,
    history,
    known,
    link,
    replaced,
    table,
)

_JURISDICTION: Fields = [
    *TIMES,
    (
        "code",
        models.CharField(
            "行政区划代码",
            primary_key=True,
            max_length=6,
            serialize=False,
            validators=[RegexValidator("^[0-9]{6}$", "请填写 GB/T 2260 的六位数字代码，例如 500112。")],
        ),
    ),
    ("name", models.CharField("名称", max_length=60)),
    ("name_en", models.CharField("英文名称", max_length=120, blank=True)),
    ("pinyin", models.CharField("拼音排序键", max_length=400, editable=False)),
    ("level", models.CharField("层级", max_length=20, choices=CHOICES["level"])),
    ("parent", link("projects.jurisdiction", "上级", "children", **OPTIONAL)),
    *SEEDED,
    ("valid_from", models.DateField("设立日期", **OPTIONAL)),
    ("valid_until", models.DateField("存续至", **OPTIONAL)),
]
_DEPARTMENT: Fields = [
    *ID,
    *TIMES,
    ("name", models.CharField("名称", max_length=80)),
    ("name_en", models.CharField("英文名称", max_length=160, blank=True)),
    ("pinyin", models.CharField("拼音排序键", max_length=500, editable=False)),
    ("jurisdiction", link("projects.jurisdiction", "行政区", "departments", db_index=False)),
    *SEEDED,
]
_REPORT: Fields = [
    *ID,
    *TIMES,
    (
        "year",
        models.PositiveSmallIntegerField("报告年度", validators=[MinValueValidator(1954), MaxValueValidator(2100)]),
    ),
    ("title", models.CharField("标题", max_length=200)),
    ("title_en", models.CharField("英文标题", max_length=300, blank=True)),
    ("delivered_on", models.DateField("作报告日期", **OPTIONAL)),
    ("session", models.CharField("会议", max_length=200, blank=True)),
    ("session_en", models.CharField("会议英文名", max_length=300, blank=True)),
    ("document_number", models.CharField("发文字号", max_length=80, blank=True)),
    ("publisher", models.CharField("发布机关", max_length=120, blank=True)),
    ("publisher_en", models.CharField("发布机关英文名", max_length=200, blank=True)),
    ("source_url", models.URLField("来源网址", max_length=500, blank=True)),
    ("text", models.TextField("全文")),
    (
        "sha256",
        models.CharField(
            "全文 SHA-256", max_length=64, unique=True, editable=False, validators=[RegexValidator("^[0-9a-f]{64}$")]
        ),
    ),
    ("outline", models.JSONField("提纲", blank=True, default=list, editable=False)),
    ("state", models.CharField("发布状态", max_length=10, default="draft", choices=CHOICES["report_state"])),
    *SEEDED,
    ("jurisdiction", link("projects.jurisdiction", "行政区", "reports", db_index=False)),
]
_PROJECT: Fields = [
    *ID,
    *TIMES,
    ("slug", models.SlugField("网址标识", max_length=120, unique=True)),
    ("name", models.CharField("名称", max_length=120)),
    ("name_en", models.CharField("英文名称", max_length=200, blank=True)),
    ("pinyin", models.CharField("拼音排序键", max_length=800, editable=False)),
    ("aliases", ArrayField(models.CharField(max_length=120), verbose_name="别名", blank=True, default=list)),
    ("category", models.CharField("类别", max_length=20, choices=CHOICES["category"])),
    ("review_state", models.CharField("审核状态", max_length=10, default="candidate", choices=CHOICES["review_state"])),
    *SEEDED,
    ("jurisdiction", link("projects.jurisdiction", "行政区", "projects", db_index=False)),
]
_SOURCE: Fields = [
    *ID,
    *TIMES,
    ("slug", models.SlugField("标识", max_length=120, unique=True, editable=False, **OPTIONAL)),
    ("kind", models.CharField("种类", max_length=20, choices=CHOICES["source_kind"])),
    ("title", models.CharField("标题", max_length=300)),
    ("title_en", models.CharField("英文标题", max_length=400, blank=True)),
    ("publisher", models.CharField("发布者", max_length=120)),
    ("publisher_en", models.CharField("发布者英文名", max_length=200, blank=True)),
    ("url", models.URLField("网址", max_length=500, blank=True)),
    (
        "original_url",
        models.URLField("原始网址", max_length=500, blank=True, help_text="上面的网址是转载或镜像时，原页的网址。"),
    ),
    ("address_doubt", models.CharField("网址存疑之处", max_length=500, blank=True)),
    ("address_doubt_en", models.CharField("网址存疑之处（英文）", max_length=1000, blank=True)),
    (
        "file",
        models.FileField(
            "存档文件",
            blank=True,
            validators=[FileExtensionValidator(["pdf", "docx", "xlsx", "txt", "html", "jpg", "jpeg", "png"])],
            upload_to="evidence/%Y/",
        ),
    ),
    ("file_sha256", models.CharField("存档文件 SHA-256", max_length=64, blank=True, editable=False)),
    ("document_number", models.CharField("发文字号", max_length=80, blank=True)),
    ("published_on", models.DateField("发布日期", help_text="不知道时不填。", **OPTIONAL)),
    ("retrieved_on", models.DateField("查阅日期", help_text="有网址时必填。", **OPTIONAL)),
    ("indicators_total", models.PositiveIntegerField("指标总数", **OPTIONAL)),
    ("indicators_met", models.PositiveIntegerField("完成的指标", **OPTIONAL)),
    ("tasks_total", models.PositiveIntegerField("任务总数", **OPTIONAL)),
    ("tasks_done", models.PositiveIntegerField("完成的任务", **OPTIONAL)),
    ("tasks_partly", models.PositiveIntegerField("部分完成的任务", **OPTIONAL)),
    (
        "is_public",
        models.BooleanField(
            "公开", default=False, help_text="说整份报告的来源，公开后显示在报告页面上。有已采纳证据的来源总是公开。"
        ),
    ),
    ("note", models.TextField("说明", blank=True)),
    ("note_en", models.TextField("英文说明", blank=True)),
    *SEEDED,
    (
        "jurisdiction",
        link(
            "projects.jurisdiction",
            "所属政府",
            "sources",
            help_text="政府文件和网页：发布它的政府。其他来源可不填。",
            **OPTIONAL,
        ),
    ),
    (
        "report",
        link("projects.report", "所说的报告", "sources", help_text="说的是整份报告的落实情况时填写。", **OPTIONAL),
    ),
]
_SUCCESSION: Fields = [
    *ID,
    *TIMES,
    ("successor_name", models.CharField("承接者名称（代码不详时）", max_length=60, blank=True)),
    ("successor_name_en", models.CharField("承接者英文名称", max_length=120, blank=True)),
    ("on", models.DateField("日期")),
    ("scope", models.CharField("承接范围", max_length=300, blank=True)),
    ("scope_en", models.CharField("承接范围（英文）", max_length=600, blank=True)),
    *SEEDED,
    ("predecessor", link("projects.jurisdiction", "原政府", "successors", db_index=False)),
    ("source", link("projects.source", "来源", "successions", **OPTIONAL)),
    ("successor", link("projects.jurisdiction", "承接的政府", "predecessors", **OPTIONAL)),
]


class Migration(migrations.Migration):
    initial = True
    replaces = replaced("0001_initial", "0019_sources_in_force")
    dependencies = [("pghistory", "0007_auto_20250421_0444")]
    operations = [
        table(
            "Jurisdiction",
            _JURISDICTION,
            "行政区",
            ordering=["code"],
            constraints=[
                CheckConstraint(condition=Q(code__regex="^[0-9]{6}$"), name="jurisdiction_code_is_six_digits"),
                known("jurisdiction_level_is_known", "level", "level"),
                CheckConstraint(condition=~Q(parent=F("code")), name="jurisdiction_is_not_its_own_parent"),
                CheckConstraint(
                    condition=Q(valid_from__isnull=True)
                    | Q(valid_until__isnull=True)
                    | Q(valid_until__gte=F("valid_from")),
                    violation_error_message="终止日期早于设立日期。请改正其中一个。",
                    name="jurisdiction_ends_after_it_begins",
                ),
            ],
        ),
        history("Jurisdiction", _JURISDICTION),
        table(
            "Department",
            _DEPARTMENT,
            "部门",
            ordering=["jurisdiction", "pinyin", "id"],
            constraints=[
                UniqueConstraint(fields=("jurisdiction", "name"), name="department_name_is_unique_in_its_government")
            ],
        ),
        history("Department", _DEPARTMENT, own_first=True),
        table(
            "Report",
            _REPORT,
            "政府工作报告",
            ordering=["-year", "jurisdiction"],
            indexes=[
                Index(fields=["jurisdiction", "-year"], name="report_list_by_government"),
                Index(fields=["year", "id"], condition=Q(state="published"), name="report_list_by_year"),
            ],
            constraints=[
                UniqueConstraint(
                    fields=("jurisdiction", "year"),
                    condition=~Q(state="withdrawn"),
                    name="report_is_the_only_one_of_its_government_and_year",
                ),
                UniqueConstraint(fields=("id", "jurisdiction", "year", "state"), name="report_copied_columns"),
                CheckConstraint(condition=Q(year__range=(1954, 2100)), name="report_year_is_plausible"),
                known("report_state_is_known", "state", "report_state"),
            ],
        ),
        history("Report", _REPORT, without="text"),
        table(
            "Project",
            _PROJECT,
            "项目",
            ordering=["pinyin", "id"],
            indexes=[Index(fields=["jurisdiction", "pinyin"], name="project_list_by_government")],
            constraints=[
                known("project_category_is_known", "category", "category"),
                known("project_review_state_is_known", "review_state", "review_state"),
            ],
        ),
        history("Project", _PROJECT),
        table(
            "Source",
            _SOURCE,
            "来源",
            ordering=["-published_on", "-id"],
            indexes=[Index(fields=["url"], condition=~Q(url=""), name="source_by_address")],
            constraints=[
                known("source_kind_is_known", "kind", "source_kind"),
                CheckConstraint(
                    condition=~Q(url="") | ~Q(file="") | ~Q(document_number=""),
                    violation_error_message="请填写网址、存档文件或发文字号，别人才找得到它。",
                    name="source_can_be_found",
                ),
                CheckConstraint(
                    condition=Q(url="") | Q(retrieved_on__isnull=False),
                    violation_error_message="网页会变。请填写查阅日期。",
                    name="source_on_the_web_has_its_day",
                ),
                CheckConstraint(
                    condition=(Q(published_on__isnull=True) | Q(published_on__range=PLAUSIBLE))
                    & (Q(retrieved_on__isnull=True) | Q(retrieved_on__range=PLAUSIBLE)),
                    name="source_days_are_plausible",
                ),
                CheckConstraint(
                    condition=Q(indicators_met__isnull=True)
                    | Q(indicators_met__lte=F("indicators_total"), indicators_total__isnull=False),
                    violation_error_message="完成的指标多于指标总数。",
                    name="source_meets_no_more_than_all_indicators",
                ),
                CheckConstraint(
                    condition=Q(tasks_done__isnull=True)
                    | Q(tasks_done__lte=F("tasks_total"), tasks_total__isnull=False),
                    violation_error_message="完成的任务多于任务总数。",
                    name="source_does_no_more_than_all_tasks",
                ),
            ],
        ),
        history("Source", _SOURCE),
        table(
            "Succession",
            _SUCCESSION,
            "政府承接",
            ordering=["on", "id"],
            constraints=[
                CheckConstraint(
                    condition=Q(successor__isnull=False) ^ ~Q(successor_name=""),
                    violation_error_message="请选择承接的政府；代码不详时只填写其名称。",
                    name="succession_names_one_successor",
                ),
                CheckConstraint(
                    condition=~Q(predecessor=F("successor")),
                    violation_error_message="原政府与承接的政府不能相同。",
                    name="succession_is_to_another_government",
                ),
                UniqueConstraint(
                    fields=("predecessor", "successor", "successor_name", "on"),
                    nulls_distinct=False,
                    name="succession_is_told_once",
                ),
            ],
        ),
        history("Succession", _SUCCESSION),
        migrations.CreateModel(
            "ChangeContext",
            [],
            {
                "verbose_name": "变更来源",
                "verbose_name_plural": "变更来源",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("pghistory.context",),
        ),
    ]
