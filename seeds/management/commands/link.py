"""``manage.py link``: compare the reports of a government with each other, all years with all later ones."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from projects.models import Jurisdiction
from seeds import linking
from seeds.management.printing import print_lines


class Command(BaseCommand):
    """Makes proposals that wait for a person; what was decided stays decided."""

    help = "Compare the reports of a government, every year with every later one, and propose what answers what."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", metavar="PLACE", help="the government's GB/T 2260 code")

    def handle(self, *_args: Any, **options: Any) -> None:
        place = options["place"]
        if not Jurisdiction.objects.filter(code=place).exists():
            raise CommandError(_("PLACE：没有代码为 %s 的行政区。请先在管理后台登记，或改正代码。") % place)
        if not linking.wait_for_all(place):
            raise CommandError(_("PLACE：%s 只有一份报告或没有报告，没有可比对的。请先上传另一年的报告。") % place)
        linking.link_waiting(place)
        print_lines(self.stdout, linking.summary(place))
