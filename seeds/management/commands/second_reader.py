"""``manage.py second-reader``: what a language model is asked about a report, and what it answers, through files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language, gettext as _

from seeds.management.commands.extract import KEYS, RULE_KEYS, add_report_arguments, given, json_lines
from seeds.management.printing import print_lines
from seeds.second import prompts, second_read
from seeds.second.files import Answers


class Command(BaseCommand):
    """Writes a question for each stretch of a report, or reads the answers and prints both readings as one."""

    help = "Read a report with any language model through files: write the questions, then read the answers."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_report_arguments(parser)
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--write-prompts", type=Path, metavar="DIR", help="write a question a stretch as SHA256.txt")
        way.add_argument("--read-answers", type=Path, metavar="DIR", help="read SHA256.json, and print JSON Lines")

    def handle(self, *_args: Any, **options: Any) -> None:
        document, year = given(self, options)
        try:
            if options["write_prompts"]:
                asked = prompts(document.text, year=year)
                options["write_prompts"].mkdir(parents=True, exist_ok=True)
                for prompt in asked:
                    (options["write_prompts"] / f"{prompt.sha256}.txt").write_text(prompt.text, encoding="utf-8")
                count = {"count": len(asked), "folder": options["write_prompts"]}
                self.stdout.write(_("已写出 %(count)s 个问题：%(folder)s。回答请存为同名的 .json 文件。") % count)
                return
            answers = Answers(options["read_answers"])
        except OSError as error:
            reason = {"file": error.filename, "reason": error.strerror}
            raise CommandError(_("读写不了 %(file)s：%(reason)s。") % reason) from error
        found = second_read(document.text, answers, year=year, jurisdiction=options["jurisdiction"])
        if not found.messages:
            raise CommandError(
                _("%s 里没有这份报告的回答。请先用 --write-prompts 写出问题。") % options["read_answers"]
            )
        for message in found.messages:
            self.stderr.write(f"{options['file']}: {message.text(get_language() or 'zh')}")
        print_lines(self.stdout, json_lines((one.as_dict() for one in found.statements), KEYS + RULE_KEYS))
