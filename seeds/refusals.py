"""Why a file could not be taken in, in Chinese and English; each reason names the field at fault and the fix."""

from dataclasses import dataclass
from typing import Self

from projects.models import Report, Source
from seeds.extract import extract
from seeds.official.document import LIVELIHOOD_LIST, OUTCOME_NOTICE, OUTCOME_TABLE, TASK_TABLE
from seeds.reading import Document, UnreadableDocumentError

# code → (field, Chinese, English)
_REASONS: dict[str, tuple[str, str, str]] = {
    "same_text": (
        "file",
        "这份报告已经有了（编号 {report}：{title}）。不必再上传；要重新提取，请在那份报告的页面上操作。",
        "This report is already here (number {report}: {title}). To extract it again, use that report’s page.",
    ),
    "not_a_report": (
        "file",
        "这是{kind}，不是政府工作报告，其中的结果不能当作承诺。请上传报告正文。",
        "This is not a work report but {kind}: its results are no promises. Give the report itself.",
    ),
    "unknown_kind": (
        "kind",
        "认不出这张表。找过“任务”列，以及“责任单位”“完成时限”或“进展情况”列。请确认文件，或选定文件种类后重试。",
        "No sheet that is known: no 任务 beside 责任单位, 完成时限 or 进展情况. Check the file, or choose its kind.",
    ),
    "no_rows": (
        "file",
        "按{kind}读，没有读到任何一行任务。请检查表头是否有“任务”和“责任单位”等列，或改正文件种类后重试。",
        "Read as {kind}, it has no row. Check that its header names tasks and units, or correct the kind.",
    ),
    "no_report": (
        "about",
        "{place}{year}年的报告还没有收录，没有可以对照的承诺。请先上传那份报告，或选定所说的报告后重试。",
        "The report of {place} for {year} is not here: nothing to compare with. Upload it first, or choose a report.",
    ),
    "same_rows": (
        "file",
        "各行与已有的来源 {number}（{title}）完全相同，没有新的内容。",
        "Row by row this says what source {number} ({title}) says: nothing is new.",
    ),
    "nothing_found": (
        "file",
        "文件里没有找到任何承诺或成果。请确认它是政府工作报告的正文，文字没有乱码。",
        "No commitment or achievement was found in the file. Make sure that it is a work report and its text is sound.",
    ),
    "same_year": (
        "year",
        "{place}{year}年的报告已经有了（编号 {report}：{title}）。请改正年度或行政区，或先撤回那一份。",
        "{place} already has a report of {year} (number {report}: {title}). Correct year or place, or withdraw it.",
    ),
    "no_year": (
        "year",
        "标题里看不出是哪一年的。请填写报告年度后重试。",
        "The title does not tell the year. Fill in the year and try again.",
    ),
    "odd_year": (
        "year",
        "标题里的年度是 {year}，应在 {first} 至 {last} 之间。请填写正确的报告年度后重试。",
        "The title says {year}, but the year must lie between {first} and {last}. Fill in the year and try again.",
    ),
    "no_place": (
        "jurisdiction",
        "标题里看不出是哪一级政府的。请选择行政区后重试。",
        "The title does not tell which government speaks. Choose the jurisdiction and try again.",
    ),
    "unknown_place": (
        "jurisdiction",
        "行政区“{place}”还没有登记，或有几个同名。请先登记或直接选择行政区，再重试。",
        "“{place}” is not registered, or several have that name. Register or choose the jurisdiction, and try again.",
    ),
    "took_too_long": (
        "",
        "处理超过了时限。请确认文件只含报告正文，再重试。",
        "It took longer than the time limit. Make sure that the file holds the report alone, and try again.",
    ),
    "too_much_memory": (
        "file",
        "读取它需要的内存超过了上限。请确认文件只含报告正文，去掉图片和空白单元格后另存，再重试。",
        "Reading it takes more memory than allowed. Keep the report alone, without pictures and empty cells.",
    ),
    "worker_died": (
        "",
        "工作进程处理它时中断了 {attempts} 次。请检查文件和工作进程的日志，再重试。",
        "The worker died {attempts} times over it. Check the file and the worker’s log, and try again.",
    ),
    "unexpected": (
        "",
        "程序出错：{error}。详情见工作进程的日志；可以重试，仍不行请报告给维护者。",
        "The program failed: {error}. The worker’s log has the details; try again, or tell the maintainers.",
    ),
}


@dataclass
class RefusalError(Exception):
    """A file that cannot be taken in, and why; ``known`` and ``source`` are what is already here."""

    field: str
    reason: str
    reason_en: str
    known: Report | None = None
    source: Source | None = None

    @classmethod
    def of(cls, code: str, known: Report | None = None, source: Source | None = None, **details: object) -> Self:
        """Make the refusal of a code from its details; a known report adds its number and title."""
        if known is not None:
            details = {"report": known.pk, "title": str(known), **details}
        field, chinese, english = _REASONS[code]
        return cls(field, chinese.format(**details), english.format(**details), known, source)

    @classmethod
    def unreadable(cls, error: UnreadableDocumentError) -> Self:
        return cls("file", error.text("zh"), error.text("en"))

    def __str__(self) -> str:
        return self.reason


KIND_NAMES = {
    TASK_TABLE: "任务分解表 (task table)",
    OUTCOME_TABLE: "任务进展表 (table of results)",
    OUTCOME_NOTICE: "完成情况通报 (notice of results)",
    LIVELIHOOD_LIST: "民生实事清单 (list of livelihood projects)",
}


def refuse_empty(document: Document, year: int) -> None:
    """Refuse a report in which nothing is found, before it takes the place of the right one."""
    if not extract(document.text, year=year):
        raise RefusalError.of("nothing_found")
