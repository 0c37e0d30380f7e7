"""``manage.py extract``: the statements of a report file, without a database or a server."""

import json
import shutil
import sys
from argparse import ArgumentTypeError, BooleanOptionalAction
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language, gettext as _

from projects.choices import Category, Milestone
from projects.models.report import FIRST_YEAR, LAST_YEAR
from seeds import table
from seeds.extract import Statement, doubt_of, extract, heading_of
from seeds.extract.mentions import mentions
from seeds.extract.pipeline import JUDGE, pieces
from seeds.management.printing import print_lines
from seeds.reading import Document, Limits, UnreadableDocumentError, read
from seeds.reading.limits import MEGABYTE
from seeds.sheets.annex import masked

# The fixed interface: scripts of other people read these keys.
KEYS = (
    "kind", "start", "end", "quote", "section", "category", "milestone", "quantity", "unit", "comparator", "due_on",
    "names", "title",
)  # fmt: skip
RULE_KEYS = ("due_basis", "rules", "confidence")
_STDIN = "-"
_WIDE = 120


def report_year(text: str) -> int:
    """A year on the command line."""
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    message = _("年份应是 %(first)d 至 %(last)d 之间的四位数字，如 2025；得到的是 %(given)s")
    raise ArgumentTypeError(message % {"first": FIRST_YEAR, "last": LAST_YEAR, "given": text})


def jurisdiction_code(text: str) -> str:
    """A GB/T 2260 code on the command line."""
    if not (text.isascii() and text.isdigit() and len(text) == 6):
        raise ArgumentTypeError(_("行政区划代码（GB/T 2260）应是六位数字，如 500112；得到的是 %s") % text)
    return text


class Command(BaseCommand):
    """Prints one JSON object a line, or a table, for each statement of a report."""

    help = "Find every commitment and achievement of a report (text, HTML, PDF or DOCX)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_report_arguments(parser)
        parser.add_argument("--format", choices=("jsonl", "table"), default="jsonl", help="default: %(default)s")
        parser.add_argument("--text", type=Path, metavar="OUT", help="write the text that the offsets refer to")
        parser.add_argument("--rules", action="store_true", help="add due_basis, rules and confidence to each object")
        parser.add_argument("--mentions", action="store_true", help="add the clauses that are no statement, for match")
        parser.add_argument("--pieces", action="store_true", help="print every piece with its score, dropped ones too")
        parser.add_argument(
            "--judge", action=BooleanOptionalAction, default=JUDGE, help="scores decide in whole reports what is kept"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        document, year = given(self, options)
        if options["text"]:
            _write_text(options["text"], document, options["file"])
        if options["pieces"]:
            print_lines(self.stdout, _pieces(document.text, year))
            return
        statements = extract(document.text, year=year, jurisdiction=options["jurisdiction"], judge=options["judge"])
        if (doubt := doubt_of(statements)) is not None:
            self.stderr.write(f"{options['file']}: {doubt.text(get_language() or 'zh')}")
        if options["format"] == "table":
            print_lines(self.stdout, _table(statements))
            return
        keys = KEYS + RULE_KEYS if options["rules"] else KEYS
        print_lines(self.stdout, json_lines((statement.as_dict() for statement in statements), keys))
        if options["mentions"]:
            found = mentions(document.text, statements, year=year)
            print_lines(self.stdout, json_lines((mention.as_dict() for mention in found), ("kind", "part", *keys[1:])))


def given(command: BaseCommand, options: dict[str, Any]) -> tuple[Document, int]:
    """The report that a command is given, with its warnings told, and its year."""
    file = options["file"]
    limits = Limits(max_bytes=options["max_size"] * MEGABYTE) if options["max_size"] else Limits()
    language = get_language() or "zh"
    try:
        if file == _STDIN:
            data = sys.stdin.buffer.read(limits.max_bytes + 1)
            document = read(data, filename=_("标准输入"), limits=limits)
        else:
            document = read(file, limits=limits)
    except UnreadableDocumentError as error:
        raise CommandError(error.text(language)) from error
    for warning in document.warnings:
        command.stderr.write(f"{file}: {warning.text(language)}")
    year = options["year"] or heading_of(document.text).year
    if year is None:
        raise CommandError(_("%s：看不出是哪一年的报告。请用 --year 写明，如 --year 2025。") % file)
    return document, year


def add_report_arguments(parser: CommandParser) -> None:
    """The file and what is known about it."""
    parser.add_argument("file", help="the report; - reads standard input")
    parser.add_argument("--year", type=report_year, help="the report's year; read from its title if left out")
    parser.add_argument("--jurisdiction", type=jurisdiction_code, help="the government's GB/T 2260 code")
    parser.add_argument("--max-size", type=int, metavar="MB", help="largest file to read, in megabytes")


def _write_text(out: Path, document: Document, file: str) -> None:
    if file != _STDIN and out.exists() and out.samefile(file):
        raise CommandError(_("--text 不能写到报告文件自己：%s。请换一个文件名。") % out)
    try:
        out.write_bytes(document.text.encode("utf-8"))
    except OSError as error:
        raise CommandError(_("写不了 %(file)s：%(reason)s。") % {"file": out, "reason": error.strerror}) from error


def json_lines(rows: Iterable[dict[str, object]], keys: Sequence[str]) -> Iterator[str]:
    for values in rows:
        yield json.dumps({key: values[key] for key in keys}, ensure_ascii=False)


def _pieces(text: str, year: int) -> Iterator[str]:
    """A line for each piece: whether the rules keep it, its score, and what it says or would say."""
    for piece in pieces(masked(text, year).text, year=year):
        values = piece.statement.as_dict()
        told = {"kept": piece.kept, "score": values.pop("confidence")}
        yield json.dumps({**told, **{key: values[key] for key in (*KEYS, "due_basis", "rules")}}, ensure_ascii=False)


def _table(statements: Iterable[Statement]) -> Iterator[str]:
    header = (_("位置"), _("类型"), _("类别"), _("进度"), _("数量"), _("期限"), _("可信度"), _("标题"))
    columns = shutil.get_terminal_size((_WIDE, 24)).columns
    yield from table.rows(header, [_cells(statement) for statement in statements], columns)


def _figure(statement: Statement) -> str:
    """Bound, number and unit as a Chinese reader writes them: ≥1.2万个."""
    number = statement.quantity
    if number is None:
        return ""
    size, word = next(((size, word) for size, word in ((1e8, "亿"), (1e4, "万")) if abs(number) >= size), (1, ""))
    bound = {"gte": "≥", "lte": "≤", "approx": "≈"}.get(statement.comparator or "", "")
    return f"{bound}{number / size:.10g}{word}{statement.unit or ''}"


def _cells(statement: Statement) -> tuple[str, ...]:
    return (
        str(statement.start),
        _("承诺") if statement.kind == "commitment" else _("成果"),
        str(Category(statement.category).label),
        str(Milestone(statement.milestone).label),
        _figure(statement),
        str(statement.due_on or ""),
        f"{statement.confidence:.2f}",
        statement.title,
    )
