"""The coded vocabularies of the domain. Values are what the database and the API hold; labels are what people read."""

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """What a statement is about: the thing that is built, changed or measured."""

    EDUCATION = "education", _("教育")
    HEALTH = "health", _("医疗卫生")
    TRANSPORT = "transport", _("交通")
    HOUSING = "housing", _("住房")
    ELDERLY_CHILDCARE = "elderly_childcare", _("养老托育")
    SOCIAL_SECURITY = "social_security", _("就业与社会保障")
    CULTURE_SPORTS = "culture_sports", _("文化体育")
    WATER_SANITATION = "water_sanitation", _("水务环卫")
    ENVIRONMENT = "environment", _("生态环境")
    RURAL = "rural", _("农业农村")
    UTILITIES = "utilities", _("能源与通信")
    PUBLIC_SAFETY = "public_safety", _("公共安全")
    ECONOMY = "economy", _("经济")
    GOVERNANCE = "governance", _("政务治理")


# Classification of the Functions of Government (UN, 1999 revision): divisions and groups of each category.
COFOG: dict[Category, tuple[str, ...]] = {
    Category.EDUCATION: ("09",),
    Category.HEALTH: ("07",),
    Category.TRANSPORT: ("04.5",),
    Category.HOUSING: ("06.1", "10.6"),
    Category.ELDERLY_CHILDCARE: ("10.2", "10.4"),
    Category.SOCIAL_SECURITY: ("10", "04.1"),
    Category.CULTURE_SPORTS: ("08",),
    Category.WATER_SANITATION: ("05.1", "05.2", "06.3"),
    Category.ENVIRONMENT: ("05.3", "05.4", "05.5", "05.6"),
    Category.RURAL: ("04.2", "06.2"),
    Category.UTILITIES: ("04.3", "04.6", "06.4"),
    Category.PUBLIC_SAFETY: ("03",),
    Category.ECONOMY: ("04",),
    Category.GOVERNANCE: ("01",),
}

# Open Contracting for Infrastructure Data Standard: the codes of its projectSector that a category falls under.
OC4IDS_SECTORS: dict[Category, tuple[str, ...]] = {
    Category.EDUCATION: ("education",),
    Category.HEALTH: ("health",),
    Category.TRANSPORT: ("transport",),
    Category.HOUSING: ("socialHousing",),
    Category.ELDERLY_CHILDCARE: ("health",),
    Category.SOCIAL_SECURITY: (),
    Category.CULTURE_SPORTS: ("cultureSportsAndRecreation",),
    Category.WATER_SANITATION: ("waterAndWaste",),
    Category.ENVIRONMENT: ("naturalResources",),
    Category.RURAL: ("economy",),
    Category.UTILITIES: ("energy", "communications"),
    Category.PUBLIC_SAFETY: ("governance",),
    Category.ECONOMY: ("economy",),
    Category.GOVERNANCE: ("governance",),
}

# The four groups that people ask about first.
CORE_LIVELIHOOD = frozenset({Category.EDUCATION, Category.HEALTH, Category.TRANSPORT, Category.HOUSING})
LIVELIHOOD = frozenset(Category) - {Category.ECONOMY, Category.GOVERNANCE}


class Milestone(TextChoices):
    """The end state that is promised or reported."""

    PLAN = "plan", _("前期规划")
    START = "start", _("开工启动")
    PROGRESS = "progress", _("推进建设")
    COMPLETE = "complete", _("建成完成")
    LEVEL = "level", _("达到水平")


class Comparator(TextChoices):
    """How a figure bounds the outcome."""

    EQ = "eq", _("等于")
    GTE = "gte", _("不少于")
    LTE = "lte", _("不超过")
    APPROX = "approx", _("约")


class DueBasis(TextChoices):
    """Where a due date comes from."""

    STATED = "stated", _("原文写明")
    IMPLIED = "implied", _("推定")


class Status(TextChoices):
    """What is known of a commitment's fulfilment; each but the first rests on accepted evidence."""

    NOT_ASSESSED = "not_assessed", _("未核实")
    NOT_STARTED = "not_started", _("未启动")
    IN_PROGRESS = "in_progress", _("推进中")
    PARTIAL = "partial", _("部分完成")
    COMPLETED = "completed", _("已完成")
    NOT_MET = "not_met", _("未完成")
    SUSPENDED = "suspended", _("暂缓")
    CANCELLED = "cancelled", _("已取消")
    UNVERIFIABLE = "unverifiable", _("无法核实")


class Outcome(TextChoices):
    """What the evidence on file says of a commitment, whatever the day: a due state less the calendar.

    ``partly_kept`` and ``not_kept`` speak of the due date or later; ``open`` is all that tells nothing of that day.
    """

    KEPT = "kept", _("已兑现")
    KEPT_LATE = "kept_late", _("逾期兑现")
    PARTLY_KEPT = "partly_kept", _("部分兑现")
    NOT_KEPT = "not_kept", _("未兑现")
    OPEN = "open", _("待定")
    ONGOING = "ongoing", _("持续推进")
    CLOSED = "closed", _("已终止")


# Outcomes under which a commitment is overdue once its day has passed.
OPEN_OUTCOMES = frozenset({Outcome.PARTLY_KEPT, Outcome.NOT_KEPT, Outcome.OPEN})


class DueState(TextChoices):
    """What became of a commitment by its date, derived from date, milestone, status and evidence."""

    KEPT = "kept", _("已兑现")
    KEPT_LATE = "kept_late", _("逾期兑现")
    PARTLY_KEPT = "partly_kept", _("部分兑现")
    NOT_KEPT = "not_kept", _("到期未兑现")
    UNVERIFIED = "unverified", _("到期待核实")
    RUNNING = "running", _("未到期")
    ONGOING = "ongoing", _("持续推进")
    CLOSED = "closed", _("已终止")


class OverdueBasis(TextChoices):
    """What an overdue commitment is overdue by: evidence of the due date or later, or nothing on file."""

    EVIDENCE = "evidence", _("有证据")
    NONE = "none", _("无证据")


class StatusEquivalent(NamedTuple):
    """A status in the words of two international standards; None where the standard has no such word."""

    ogp: str | None
    oc4ids: str | None


# Open Government Partnership completion levels, and the milestoneStatus codelist of the Open Contracting
# for Infrastructure Data Standard.
STATUS_EQUIVALENTS: dict[Status, StatusEquivalent] = {
    Status.NOT_ASSESSED: StatusEquivalent("No Evidence Available", None),
    Status.NOT_STARTED: StatusEquivalent("Not Started", "scheduled"),
    Status.IN_PROGRESS: StatusEquivalent("Limited / Substantial", "scheduled"),
    Status.PARTIAL: StatusEquivalent("Substantial", "partiallyMet"),
    Status.COMPLETED: StatusEquivalent("Complete", "met"),
    Status.NOT_MET: StatusEquivalent(None, "notMet"),
    Status.SUSPENDED: StatusEquivalent(None, None),
    Status.CANCELLED: StatusEquivalent(None, None),
    Status.UNVERIFIABLE: StatusEquivalent("Not verifiable", None),
}


class DelayReason(TextChoices):
    """Why something is late, suspended or cancelled."""

    LAND = "land", _("用地")
    PLANNING = "planning", _("规划调整")
    APPROVAL = "approval", _("审批")
    FUNDING = "funding", _("资金")
    COMPANY_DEFERRED = "company_deferred", _("企业暂缓")
    CONTRACTOR = "contractor", _("施工单位")
    STATISTICS = "statistics", _("统计口径")
    FORCE_MAJEURE = "force_majeure", _("不可抗力")
    OTHER = "other", _("其他")
    NOT_GIVEN = "not_given", _("未说明")


class Light(TextChoices):
    """The traffic light 序时进度: how far a figure is for its time, or whether a level is met or a thing begun."""

    BLUE = "blue", _("超进度或已达到")
    GREEN = "green", _("达进度")
    YELLOW = "yellow", _("欠进度")
    RED = "red", _("严重欠进度或未达到")
    GREY = "grey", _("没有可比的数")


class ReviewState(TextChoices):
    """Where a statement or project stands between a machine's finding and the public."""

    CANDIDATE = "candidate", _("待审核")
    PUBLISHED = "published", _("已发布")
    REJECTED = "rejected", _("不采用")
    WITHDRAWN = "withdrawn", _("已撤回")


class ReportState(TextChoices):
    """Whether the public sees a report and what stands in it."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


class Verification(TextChoices):
    """What a person decided about a proposed link or a piece of evidence."""

    PROPOSED = "proposed", _("待核")
    ACCEPTED = "accepted", _("已采纳")
    REJECTED = "rejected", _("已否决")


class Confidence(TextChoices):
    """How sure the proposer of a link or a piece of evidence is."""

    HIGH = "high", _("高")
    MEDIUM = "medium", _("中")
    LOW = "low", _("低")


class SourceKind(TextChoices):
    """What a document or page outside the reports is."""

    TASK_TABLE = "task_table", _("任务分解表")
    OUTCOME_TABLE = "outcome_table", _("推进情况表")
    OUTCOME_NOTICE = "outcome_notice", _("完成情况通报")
    LIVELIHOOD_LIST = "livelihood_list", _("民生实事清单")
    OFFICIAL_PAGE = "official_page", _("政府网页")
    MEDIA = "media", _("媒体报道")
    AUDIT = "audit", _("审计或核查")
    OTHER = "other", _("其他")


# Kinds in which a government speaks.
OFFICIAL_KINDS = frozenset(
    {
        SourceKind.TASK_TABLE,
        SourceKind.OUTCOME_TABLE,
        SourceKind.OUTCOME_NOTICE,
        SourceKind.LIVELIHOOD_LIST,
        SourceKind.OFFICIAL_PAGE,
    }
)


class Speaker(TextChoices):
    """Who says so: the government that promised, another one, the press and others, or somebody who checked."""

    OFFICIAL_CLAIM = "official_claim", _("承诺者自述")
    OFFICIAL_OTHER = "official_other", _("其他政府机关")
    MEDIA = "media", _("媒体等报道")
    INDEPENDENT = "independent", _("独立核实")


class Precision(TextChoices):
    """How exactly the day of an event is known; the stored day is the last that it may be."""

    DAY = "day", _("当日")
    MONTH = "month", _("当月内")
    QUARTER = "quarter", _("当季内")
    YEAR = "year", _("当年内")
    BY = "by", _("不晚于此日")


class Coverage(TextChoices):
    """What a reported value covers."""

    LEVEL = "level", _("当时的水平")
    CUMULATIVE = "cumulative", _("累计")
    PERIOD = "period", _("仅本期")


class Origin(TextChoices):
    """Who first wrote a statement down."""

    CURATED = "curated", _("随项目发布的整理数据")
    EXTRACTED = "extracted", _("程序提取")
    HAND = "hand", _("人工录入")


class SecondReader(TextChoices):
    """What a second reading says of a statement, among the rules that made it."""

    AGREES = "second:agrees", _("两个读者看法一致")
    DIFFERS = "second:differs", _("两个读者看法不同")
    RULES_ALONE = "second:rules_alone", _("只有规则找到")
    SECOND_ALONE = "second:second_alone", _("只有第二读者找到")

    @classmethod
    def told(cls, name: str, value: object) -> str:
        """The mark that tells the second reader's own view of an attribute, or of the span."""
        return f"second:{name}={'' if value is None else value}"


class Level(TextChoices):
    """The tier of a government."""

    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("地级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")


class ResponsibilityRole(TextChoices):
    """A department's part in delivering a commitment."""

    LEAD = "lead", _("牵头")
    COOPERATING = "cooperating", _("配合")


class RestatementPhase(TextChoices):
    """How a later commitment takes an earlier one up again."""

    SAME = "same", _("同一事项再次承诺")
    NEXT = "next", _("下一阶段")


class Change(TextChoices):
    """How a promise that is made again differs from the one before."""

    SAME = "same", _("原样再提")
    NEXT_SHARE = "next_share", _("下一年度份额")
    RAISED = "raised", _("提高")
    LOWERED = "lowered", _("降低")
    SOFTENED = "softened", _("弱化")
    STRENGTHENED = "strengthened", _("加强")
    REDATED = "redated", _("改期")
    BROADENED = "broadened", _("扩大范围")
    NARROWED = "narrowed", _("缩小范围")
    NEXT_STAGE = "next_stage", _("下一阶段")


# Changes after which the later date is no delay of the earlier one: another year's part, another stage.
NOT_A_DELAY = frozenset({Change.NEXT_SHARE, Change.NEXT_STAGE})


class Answer(TextChoices):
    """What the later reports that a person has gone through make of a promise. Silence is no failure."""

    REPORTED = "reported", _("有结果")
    PROMISED_AGAIN = "promised_again", _("再次承诺")
    SILENT = "silent", _("未再提及")


class LinkRelation(TextChoices):
    """What a later statement is to an earlier promise."""

    ANSWER = "answer", _("报告了结果")
    RESTATEMENT = "restatement", _("再次承诺")


class LinkBasis(TextChoices):
    """What a proposed verdict or change rests on; only figures are sure enough to be taken as they are."""

    FIGURE = "figure", _("数字")
    NAME = "name", _("名称")
    WORDS = "words", _("字句")


class OverdueEventKind(TextChoices):
    """What the record says happened to the overdue flag."""

    FLAGGED = "flagged", _("标记逾期")
    CLEARED = "cleared", _("解除逾期")


class TokenScope(TextChoices):
    """What a token of the API opens."""

    EVIDENCE_WRITE = "evidence:write", _("提出证据")


class RunState(TextChoices):
    """How far the reading of one report has come."""

    QUEUED = "queued", _("排队中")
    READING = "reading", _("读取文件")
    EXTRACTING = "extracting", _("提取陈述")
    WRITING = "writing", _("写入")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")


# A worker has taken the run and has not finished it.
WORKING = frozenset({RunState.READING, RunState.EXTRACTING, RunState.WRITING})
UNFINISHED = WORKING | {RunState.QUEUED}
