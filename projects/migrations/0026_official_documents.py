"""Rows of official documents and the promises they are about; what a department is also called, or merged into."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import FileExtensionValidator
from django.db import migrations, models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from projects.migrations._tables import (
    CHOICES,
    ID,
    OPTIONAL,
    TIMES,
    Fields,
    added,
    history,
    known,
    link,
    table,
    triggers,
)

_SUFFIXES = "pdf docx xlsx txt html jpg jpeg png htm shtml mht mhtml csv tsv md docm xlsm ofd"
_SOURCE_ROW: Fields = [
    *ID,
    ("position", models.PositiveIntegerField("次序")),
    ("place", models.CharField("在文件中的位置", max_length=120, blank=True)),
    ("item_number", models.CharField("项次", max_length=40, blank=True)),
    ("section", models.CharField("所在章节", max_length=400, blank=True)),
    ("text", models.TextField("任务")),
    ("lead", ArrayField(models.CharField(max_length=80), verbose_name="牵头单位", blank=True, default=list)),
    ("cooperating", ArrayField(models.CharField(max_length=80), verbose_name="配合单位", blank=True, default=list)),
    ("due_on", models.DateField("完成时限", **OPTIONAL)),
    ("progress", models.TextField("进展情况", blank=True)),
    ("official_word", models.CharField("官方用语", max_length=40, blank=True)),
    ("percent", models.CharField("完成比例", max_length=40, blank=True)),
    ("verdict", models.CharField("所示状态", max_length=20, blank=True, choices=CHOICES["status"])),
    ("as_of", models.DateField("截至日期", **OPTIONAL)),
    ("value", models.DecimalField("报告值", max_digits=20, decimal_places=4, **OPTIONAL)),
    ("unit", models.CharField("单位", max_length=20, blank=True)),
    ("delay_reason", models.CharField("来源说明的原因", max_length=20, blank=True, choices=CHOICES["delay_reason"])),
    ("forecast", models.DateField("来源宣布的新期限", **OPTIONAL)),
    ("notes", models.TextField("备注", blank=True)),
    ("is_inferred", models.BooleanField("推断", default=False)),
    ("source", link("projects.source", "来源", "rows", db_index=False)),
]
_ROW_LINK: Fields = [
    *ID,
    *TIMES,
    ("score", models.FloatField("把握", **OPTIONAL)),
    ("reasons", models.JSONField("理由", blank=True, default=list)),
    ("review_state", models.CharField("审核状态", max_length=10, default="proposed", choices=CHOICES["verification"])),
    ("reviewed_at", models.DateTimeField("审核时间", **OPTIONAL)),
    ("due_on_before", models.DateField("改动前的到期日", **OPTIONAL)),
    ("commitment", link("projects.commitment", "承诺", "row_links", db_index=False)),
    ("evidence", link("projects.evidence", "证据", "+", **OPTIONAL)),
    ("reviewed_by", link(settings.AUTH_USER_MODEL, "审核人", "+", **OPTIONAL)),
    ("source_row", link("projects.sourcerow", "文件中的一行", "links", db_index=False)),
]


class Migration(migrations.Migration):
    dependencies = [("projects", "0029_second_answers")]

    operations = [
        table(
            "SourceRow",
            _SOURCE_ROW,
            "文件中的一行",
            verbose_name_plural="文件中的行",
            ordering=["source", "position"],
            constraints=[
                UniqueConstraint(fields=("source", "position"), name="source_row_has_its_position"),
                CheckConstraint(condition=~Q(text=""), name="source_row_has_a_text"),
                CheckConstraint(
                    condition=Q(verdict="") | Q(as_of__isnull=False), name="source_row_outcome_has_its_day"
                ),
            ],
        ),
        table(
            "RowLink",
            _ROW_LINK,
            "行与承诺的对应",
            ordering=["source_row", "-score", "id"],
            indexes=[Index(fields=["commitment"], name="rows_of_commitment")],
            constraints=[
                UniqueConstraint(fields=("source_row", "commitment"), name="row_link_is_told_once"),
                CheckConstraint(
                    condition=Q(score__isnull=True) | Q(score__range=(0, 1)), name="row_link_score_is_a_share"
                ),
                known("row_link_review_state_is_known", "review_state", "verification"),
            ],
        ),
        history("RowLink", _ROW_LINK),
        *added(
            "department",
            "aliases",
            ArrayField(
                models.CharField(max_length=80),
                verbose_name="别名",
                blank=True,
                db_default=[],
                default=list,
                help_text="文件里对它的其他叫法，每行一个，例如：区教委。",
            ),
        ),
        *added("department", "merged_into", link("projects.department", "并入", "merged", editable=False, **OPTIONAL)),
        migrations.AddConstraint(
            "department", CheckConstraint(condition=~Q(merged_into=F("id")), name="department_is_merged_into_another")
        ),
        migrations.AddField(
            "extractionrun",
            "about",
            link(
                "projects.report",
                "所说的报告",
                "+",
                help_text="任务表、进展表、通报和清单：留空时按行政区和年度查找。",
                **OPTIONAL,
            ),
        ),
        migrations.AddField(
            "extractionrun",
            "kind",
            models.CharField(
                "文件种类",
                max_length=20,
                choices=CHOICES["document_kind"],
                blank=True,
                db_default="",
                help_text="留空时由程序判断。",
            ),
        ),
        *(
            migrations.AddField(
                "extractionrun", name, models.CharField(label, max_length=200, blank=True, db_default="")
            )
            for name, label in (("kind_reason", "种类的判断依据"), ("kind_reason_en", "种类的判断依据（英文）"))
        ),
        migrations.AddField("extractionrun", "source", link("projects.source", "来源", "runs", **OPTIONAL)),
        *(
            migrations.AlterField(
                model,
                "file",
                models.FileField(
                    "存档文件",
                    blank=True,
                    upload_to="evidence/%Y/",
                    validators=[FileExtensionValidator(_SUFFIXES.split())],
                ),
            )
            for model in ("source", "sourceevent")
        ),
        *triggers("0026_official_documents"),
    ]
