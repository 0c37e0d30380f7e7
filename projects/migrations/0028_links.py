"""Proposals that link the reports of several years, the pairs that a person has gone through, and how promises change."""

from django.conf import settings
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

_REPORT_PAIR: Fields = [
    *ID,
    *TIMES,
    ("linked_at", models.DateTimeField("比对时间", editable=False, **OPTIONAL)),
    ("gone_through_at", models.DateTimeField("看完时间", editable=False, **OPTIONAL)),
    ("earlier", link("projects.report", "较早的报告", "later_pairs", db_index=False)),
    ("gone_through_by", link(settings.AUTH_USER_MODEL, "看完的人", "+", editable=False, **OPTIONAL)),
    ("later", link("projects.report", "较晚的报告", "earlier_pairs", db_index=False)),
]
_LINK_PROPOSAL: Fields = [
    *ID,
    *TIMES,
    ("start", models.PositiveIntegerField("起点")),
    ("end", models.PositiveIntegerField("终点")),
    ("quote", models.TextField("较晚报告的原文")),
    ("relation", models.CharField("关系", max_length=12, choices=CHOICES["link_relation"])),
    ("mention", models.JSONField("原文一句", editable=False, **OPTIONAL)),
    ("score", models.FloatField("相似度")),
    ("reasons", models.JSONField("理由", default=list)),
    ("verdict", models.CharField("所示状态", max_length=20, blank=True, choices=CHOICES["verdict"])),
    ("change", models.CharField("变化", max_length=12, blank=True, choices=CHOICES["change"])),
    ("basis", models.CharField("依据", max_length=6, blank=True, choices=CHOICES["link_basis"])),
    ("is_sure", models.BooleanField("把握大", default=False)),
    ("review_state", models.CharField("审核状态", max_length=10, default="proposed", choices=CHOICES["verification"])),
    ("reviewed_at", models.DateTimeField("审核时间", **OPTIONAL)),
    ("note", models.TextField("说明", blank=True)),
    ("achievement", link("projects.achievement", "报告中的成绩", "link_proposals", **OPTIONAL)),
    ("earlier", link("projects.commitment", "较早的承诺", "link_proposals")),
    ("evidence", link("projects.evidence", "证据", "+", **OPTIONAL)),
    ("later", link("projects.commitment", "较晚的承诺", "earlier_proposals", **OPTIONAL)),
    ("restatement", link("projects.restatement", "再次承诺", "+", **OPTIONAL)),
    ("reviewed_by", link(settings.AUTH_USER_MODEL, "审核人", "+", **OPTIONAL)),
    ("pair", link("projects.reportpair", "前后两份报告", "proposals", db_index=False)),
]


class Migration(migrations.Migration):
    dependencies = [("projects", "0027_reading_warnings")]

    operations = [
        *added(
            "restatement",
            "change",
            models.CharField("变化", max_length=12, blank=True, db_default="", choices=CHOICES["change"]),
        ),
        migrations.AddConstraint(
            "restatement", known("restatement_change_is_known", "change", "change", or_empty=True)
        ),
        table(
            "ReportPair",
            _REPORT_PAIR,
            "前后两份报告",
            ordering=["earlier", "later"],
            indexes=[
                Index(fields=["later"], name="report_pairs_of_a_later"),
                Index(fields=["updated_at"], condition=Q(linked_at__isnull=True), name="report_pairs_to_link"),
            ],
            constraints=[
                UniqueConstraint(fields=("earlier", "later"), name="report_pair_is_kept_once"),
                CheckConstraint(condition=~Q(earlier=F("later")), name="report_pair_is_of_two_reports"),
            ],
        ),
        history("ReportPair", _REPORT_PAIR),
        table(
            "LinkProposal",
            _LINK_PROPOSAL,
            "跨年对应",
            ordering=["-score", "id"],
            indexes=[
                Index(fields=["pair", "-score", "id"], condition=Q(review_state="proposed"), name="links_to_review")
            ],
            constraints=[
                UniqueConstraint(fields=("pair", "earlier", "start", "end"), name="link_is_proposed_once"),
                CheckConstraint(condition=Q(start__lt=F("end")), name="link_span_is_not_empty"),
                CheckConstraint(condition=Q(score__range=(0, 1)), name="link_score_is_a_share"),
                known("link_relation_is_known", "relation", "link_relation"),
                known("link_review_state_is_known", "review_state", "verification"),
                known("link_verdict_is_known", "verdict", "verdict", or_empty=True),
                known("link_change_is_known", "change", "change", or_empty=True),
                known("link_basis_is_known", "basis", "link_basis", or_empty=True),
            ],
        ),
        history("LinkProposal", _LINK_PROPOSAL),
        *triggers("0028_links"),
        migrations.RunSQL(
            'UPDATE projects_restatement SET seeded = seeded || \'{"change": ""}\' WHERE seeded IS NOT NULL',
            migrations.RunSQL.noop,
        ),
    ]
