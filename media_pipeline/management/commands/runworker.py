"""``manage.py runworker``: prepare videos until told to stop."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from media_pipeline.conf import conf
from media_pipeline.worker import process


class Command(BaseCommand):
    help = "Prepare videos: check, encode, package, publish. SIGTERM or Ctrl-C returns the current job to the queue."
    requires_system_checks = ["media_pipeline"]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--processes", type=int, default=None, help="Number of workers (default: MEDIA_WORKERS).")
        parser.add_argument(
            "--quick",
            type=int,
            default=None,
            help="Number of extra workers for quick jobs only (default: MEDIA_QUICK_WORKERS).",
        )
        parser.add_argument("--batch", action="store_true", help="Do the jobs in the queue, then stop. One process.")

    def handle(self, *, processes: int | None, quick: int | None, batch: bool, verbosity: int, **options: Any) -> None:
        if verbosity > 1:
            logging.getLogger("media_pipeline").setLevel(logging.DEBUG)
        number = processes or conf().workers
        beside = conf().quick_workers if quick is None else quick
        if batch or number + beside == 1:
            process.run_worker(batch=batch)
        else:
            process.run_workers(number, beside)
