"""``manage.py demo``: fill the archive with the demo, or take it out again."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from demo.load.load import load_demo, remove_demo

QUIET_LOGGERS = ("wagtail", "django_tasks")
"""Loggers that have a line for every page that is saved; a hundred of them say nothing to anybody."""


class Command(BaseCommand):
    help = (
        "Add the demo cities, projects and pages. The worker renders their clips one by one. "
        "Existing content is not changed. With --remove: remove the demo content that nobody has "
        "edited."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="Remove the demo.")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in QUIET_LOGGERS:
            logging.getLogger(name).setLevel(logging.WARNING)
        if options["remove"]:
            gone = remove_demo()
            self.stdout.write(f"Removed {gone.pages} pages and {gone.clips} clips.")
            for title in gone.kept:
                self.stdout.write(f"Not removed because someone has edited it: {title}")
            return
        loaded = load_demo()
        self.stdout.write(f"Demo added: {loaded.cities} cities, {loaded.clips} clips.")
        if loaded.films_to_make:
            self.stdout.write(f"The worker is rendering {loaded.films_to_make} videos. They appear one by one.")
