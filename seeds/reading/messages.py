"""What reading can say about a file, in Chinese and English; each message names the fix."""

from dataclasses import dataclass, field
from typing import Self

# code → (Chinese, English). The file's name is put in front when the message is shown.
MESSAGES: dict[str, tuple[str, str]] = {
    "missing": (
        "打不开这个文件（{reason}）。请检查路径和读取权限。",
        "cannot be opened ({reason}). Check the path and the permission to read it.",
    ),
    "empty": ("文件里没有文字。请上传有内容的报告。", "holds no text. Give a report that has some."),
    "too_big": (
        "文件有 {size} 兆字节，上限是 {limit} 兆字节。请去掉图片后另存，或调高上限。",
        "is {size} MB, the limit is {limit} MB. Save it without its pictures, or raise the limit.",
    ),
    "too_many_pages": (
        "文件有 {size} 页，上限是 {limit} 页。请只保留报告正文，或调高上限。",
        "has {size} pages, the limit is {limit}. Keep the report alone, or raise the limit.",
    ),
    "too_long": (
        "文字超过 {limit} 个字。请只保留报告正文，或调高上限。",
        "has more than {limit} characters. Keep the report alone, or raise the limit.",
    ),
    "encrypted": ("文件设有密码。请去掉密码后另存再上传。", "is protected by a password. Save it without one."),
    "scanned": (
        "{pages} 页都没有文字，应是扫描图。请先做文字识别（OCR），或改用文字版。",
        "has no text on its {pages} pages; it seems to be scanned. Run OCR first, or use a text version.",
    ),
    "garbled": (
        "读出的文字是乱码（字体没有带编码）。请换一份文件，或先做文字识别（OCR）。",
        "gives garbled text (its fonts carry no encoding). Use another copy, or run OCR first.",
    ),
    "broken": (
        "{format} 文件已损坏（{reason}）。请重新下载，或用原程序打开后另存。",
        "is a damaged {format} file ({reason}). Download it again, or open and save it anew.",
    ),
    "bomb": (
        "文件解压后超过 {limit} 兆字节，疑似压缩炸弹。请只保留正文，另存后再上传。",
        "unpacks to more than {limit} MB: it looks like a zip bomb. Keep its text alone and save it anew.",
    ),
    "too_many_elements": (
        "文件里的段落、单元格等超过 {limit} 个。请删去空白段落和空白单元格，只保留正文，另存后再上传。",
        "has more than {limit} paragraphs, cells and the like. Delete the empty ones and save its text alone.",
    ),
    "garbled_fonts": (
        "{total} 个字里有 {count} 个读不出来（字体没有带编码）。请换一份文件，或先做文字识别（OCR）。",
        "has {count} of {total} characters whose fonts do not say what they are. Use another copy, or run OCR first.",
    ),
    "without_meaning": (
        "{total} 个字里有 {count} 个读不出来（字体没有带编码），在第 {pages} 页。请对照原件核对。",
        "has {count} of {total} characters that its fonts do not explain, on page {pages}. Compare the original.",
    ),
    "traditional": (
        "全文是繁体字，漏读和误读会多一些。请核对，或换成简体文本。",
        "is in traditional characters, of which more is missed or misread. Check it, or give a simplified text.",
    ),
    "little_chinese": (
        "中文只占 {share}%，可能不是中文报告，或文字是乱码。请核对原件。",
        "is Chinese to {share}% only: it may be no Chinese report, or garbled. Compare the original.",
    ),
    "old_word": (
        "这是旧版 Word 文件（.doc）。请在 Word 或 WPS 里另存为 .docx。",
        "is an old Word file (.doc). Save it as .docx in Word or WPS.",
    ),
    "unsupported": (
        "不支持 {format} 格式。请改存为 .docx、.xlsx、.pdf、.ofd、.html 或 .txt。",
        "is {format}, which is not supported. Save it as .docx, .xlsx, .pdf, .ofd, .html or .txt.",
    ),
    "binary": (
        "这不是文本文件（含有空字符）。请改用 .txt、.html、.pdf 或 .docx。",
        "is not a text file (it holds NUL characters). Use .txt, .html, .pdf or .docx.",
    ),
    "encoding": ("看不出文字编码。请另存为 UTF-8。", "is in an unknown text encoding. Save it as UTF-8."),
    "decoded": ("文字按 {encoding} 编码读出。", "was read as {encoding}."),
    "damaged": ("有 {count} 处字节已损坏，以 � 代替。", "has {count} broken characters, shown as U+FFFD."),
    "pages_without_text": (
        "第 {pages} 页没有文字，可能是扫描图，其中的内容没有读到。",
        "has no text on page {pages}, perhaps scanned; what they say was not read.",
    ),
    "nothing_found": (
        "没有找到任何承诺或成果。请核对这份文字是不是政府工作报告。",
        "holds no commitment and no achievement. Make sure that it is a work report.",
    ),
    "only_commitments": (
        "只找到承诺，没有找到成果：可能把回顾认作了安排。请核对各部分的标题。",
        "holds only commitments and no achievement: a review may have been taken for a plan. Check the section titles.",
    ),
    "only_achievements": (
        "只找到成果，没有找到承诺：可能把安排认作了回顾。请核对各部分的标题。",
        "holds only achievements and no commitment: a plan may have been taken for a review. Check the section titles.",
    ),
    "second_reader": (
        "第二读者（{read}／{asked} 段）：一致 {agreed} 条，不同 {differing} 条，只有规则 {rules}，只有它 {second}。",
        "second reader, {read} of {asked}: {agreed} alike, {differing} differ, {rules} rules alone, {second} it alone.",
    ),
    "second_dropped": (
        "第二读者的回答有 {malformed} 处不合格式，{invented} 条引文不在原文里，都没有采用。",
        "second reader: {malformed} answers in no form and {invented} quotes not in the text were dropped.",
    ),
    "whole_page": (
        "认不出网页正文，已读入整个页面，可能混有导航文字。",
        "has no recognisable article; the whole page was read and may include navigation.",
    ),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A coded message with its details; ``text`` puts it into Chinese (``zh``) or English (``en``)."""

    code: str
    details: dict[str, str | int] = field(default_factory=dict)

    def text(self, language: str = "zh") -> str:
        """The message as a sentence; any language but English is answered in Chinese."""
        chinese, english = MESSAGES[self.code]
        return (english if language.startswith("en") else chinese).format(**self.details)


class UnreadableDocumentError(ValueError):
    """A file that cannot be read: names the file and says how to mend it."""

    def __init__(self, code: str, **details: str | int) -> None:
        """Keep the ``code`` of ``MESSAGES`` and its details; ``read`` adds the file's name."""
        super().__init__(code)
        self.message = Message(code, details)
        self.filename = ""

    @property
    def code(self) -> str:
        """The message's code, such as ``encrypted``."""
        return self.message.code

    def named(self, filename: str) -> Self:
        """The same error, now with the name of its file."""
        self.filename = filename
        return self

    def text(self, language: str = "zh") -> str:
        """File name and message in one line."""
        mark = ": " if language.startswith("en") else "："
        return f"{self.filename}{mark}{self.message.text(language)}" if self.filename else self.message.text(language)

    def __str__(self) -> str:
        """The Chinese text, the project's first language."""
        return self.text()
