"""``manage.py health``: what ``/healthz`` tells administrators, for a terminal or a monitor on the machine."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from media_pipeline import api


class Command(BaseCommand):
    help = "List what is degraded, one problem a line. Exit status 1 if there is any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the whole report as one JSON object.")

    def handle(self, **options: Any) -> None:
        report = api.health_report()
        lines = [json.dumps(asdict(report))] if options["json"] else report.problems
        for line in lines:
            self.stdout.write(line)
        if not report.ok:
            raise SystemExit(1)
