"""Documents and pages outside the reports."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from projects.models import Source
from projects.models.source import SCORES
from projects.serializers.fields import FilePathField, ForeignReportField, MomentField, PathField
from projects.serializers.sql import Kind


class AddressField(serializers.CharField):
    """The address to read a source at: where it first stood, as far as known."""

    kind = Kind.TEXT

    def sql(self, row: str) -> str:
        """Prefer where it first stood, see ``Source.address``."""
        return f"coalesce(NULLIF({row}.original_url, ''), {row}.url)"


class SourceLine(serializers.ModelSerializer[Source]):
    """A source as evidence names it."""

    self_url = PathField("sources/{}/", source="id", help_text=_("来源的地址"))
    jurisdiction = serializers.CharField(
        source="jurisdiction_id",
        read_only=True,
        allow_null=True,
        help_text=_("说话的政府的行政区划代码；不是政府时为空"),
    )
    address = AddressField(read_only=True, help_text=_("应打开的网址：原始网址，没有时为查阅的网址"))
    file_url = FilePathField(source="file", help_text=_("存档文件的地址"))

    class Meta:
        model = Source
        fields = [
            *("id", "self_url", "kind", "jurisdiction", "title", "title_en", "publisher", "publisher_en"),
            *("url", "original_url", "address", "address_doubt", "address_doubt_en", "file_url", "file_sha256"),
            *("document_number", "published_on", "retrieved_on"),
        ]
        extra_kwargs = {
            "url": {"help_text": _("查阅的网址")},
            "original_url": {"help_text": _("原页的网址，查阅的是转载或镜像时才有")},
            "address_doubt": {"help_text": _("网址不能确定之处")},
            "published_on": {"help_text": _("发布日期；不知道时为空")},
            "retrieved_on": {"help_text": _("查阅日期")},
        }


class SourceSerializer(SourceLine):
    """A source, and the government's own score of a whole report where it tells one."""

    jurisdiction_url = PathField(
        "jurisdictions/{}/", source="jurisdiction_id", allow_null=True, help_text=_("政府的地址")
    )
    report = ForeignReportField(help_text=_("所说的报告：行政区划代码-年度；说的不是整份报告时为空"))
    report_url = ForeignReportField(path="/api/v1/reports/{}/", help_text=_("所说的报告的地址"))
    updated_at = MomentField(read_only=True, help_text=_("最近更新时刻（UTC）"))

    class Meta(SourceLine.Meta):
        fields = [
            *SourceLine.Meta.fields,
            *("jurisdiction_url", "report", "report_url", *SCORES, "note", "note_en", "updated_at"),
        ]


class ScoreSerializer(serializers.ModelSerializer[Source]):
    """A government's own score of a whole report."""

    self_url = PathField("sources/{}/", source="id", help_text=_("来源的地址"))

    class Meta:
        model = Source
        fields = ["id", "self_url", "published_on", *SCORES]
