"""Files made of a text, as governments publish them: PDF, Word and web pages."""

import html
import io
import zipfile
from collections.abc import Sequence

import docx
import openpyxl
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

# One of the fonts that every PDF reader knows by name: nothing to install, nothing to embed.
FONT = "STSong-Light"
PAGE_HEADER = "重庆市渝北区人民政府公报"

_NAVIGATION = '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>'
_FOOTER = '<div class="footer"><p>主办：某某区人民政府办公室</p><p>备案号：00000000号</p></div>'


def lines_of(text: str) -> list[str]:
    """The lines that hold anything."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def pdf_of(text: str, *, furniture: bool = True, password: str = "", size: int = 12, columns: int = 1) -> bytes:
    """A PDF with first-line indents, wrapped lines and, on each page, a header and a page number."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle(
        "body", fontName=FONT, fontSize=size, leading=size * 1.6, firstLineIndent=size * 2, wordWrap="CJK"
    )

    def decorate(canvas: Canvas, template: BaseDocTemplate) -> None:
        if furniture:
            canvas.setFont(FONT, 9)
            canvas.drawString(240, 810, PAGE_HEADER)
            canvas.drawString(285, 30, f"— {canvas.getPageNumber()} —")

    out = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=0) if password else None
    template = BaseDocTemplate(out, encrypt=encryption)
    frames = [Frame(70 + number * 460 / columns, 70, 460 / columns - 10, 700) for number in range(columns)]
    template.addPageTemplates(PageTemplate(frames=frames, onPage=decorate))
    paragraphs: list[Flowable] = [Paragraph(html.escape(line), style) for line in lines_of(text)]
    template.build(paragraphs)
    return out.getvalue()


def blank_pdf(pages: int) -> bytes:
    """A PDF whose pages hold a shape and no text, as a scan does."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(pages):
        canvas.rect(100, 100, 300, 500, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def docx_of(text: str) -> bytes:
    """A Word document with numbered lines as headings."""
    document = docx.Document()
    for line in lines_of(text):
        if line[:2] in {"一、", "二、", "三、", "四、"}:
            document.add_heading(line, level=1)
        else:
            document.add_paragraph(line)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a Word document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def page_of(text: str, *, charset: str = "utf-8", tag: str = "p", title: str = "政府工作报告") -> str:
    """A government site's page: navigation, the article's indented paragraphs, a footer."""
    body = "\n".join(f"<{tag}>&nbsp;&nbsp;　　{html.escape(line)}</{tag}>" for line in lines_of(text))
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title></head><body>{_NAVIGATION}'
        f'<div class="main"><div id="zoom">{body}</div></div>{_FOOTER}</body></html>'
    )


def zip_of(**entries: bytes) -> bytes:
    """A zip archive, the same whenever it is made; ``__`` in a name stands for ``/``, a final ``_xml`` for ``.xml``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries.items():
            made = zipfile.ZipInfo(name.replace("__", "/").replace("_xml", ".xml"))
            archive.writestr(made, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def workbook(*rows: Sequence[object], merged: tuple[str, ...] = ()) -> bytes:
    """A workbook of one sheet with these rows and merged ranges."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
