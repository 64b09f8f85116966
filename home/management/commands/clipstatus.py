"""``manage.py clipstatus``: where a clip stands, with the exit status of ``addclip``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from home.management.clip_output import clip_report, print_report, problem_report
from media_pipeline.models import Clip


class Command(BaseCommand):
    help = "Show the state of a clip. Exit status: 0 ready, 2 rejected or unknown, 1 failed on our side."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", metavar="ID", help="Public ID of the clip, as in its short link.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, **options: Any) -> None:
        clip = Clip.objects.filter(public_id=options["id"]).first()
        if clip is None:
            words = _("No clip has the ID “%(id)s”.") % {"id": options["id"]}
            report = problem_report("REJECTED", "unknown_clip", words)
        else:
            report = clip_report(clip)
        print_report(self.stdout, report, as_json=options["json"])
        if report.exit_status:
            raise SystemExit(report.exit_status)
