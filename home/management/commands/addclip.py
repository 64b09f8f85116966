"""``manage.py addclip``: what the upload form does, from the shell.

Exit status 0 when the clip is ready (without ``--wait``: when it is safely stored and queued), 2 when the input is
refused, 1 when we failed.
"""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from home.editing.add_clip import ClipSubmission, RefusedSubmissionError, add_clip
from home.management.clip_output import ClipReport, clip_report, print_report, problem_report
from media_pipeline import api

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Add a clip from a file and create its page below a city. A running worker prepares it. With "
        "--wait, this command does the steps that no worker takes, and ends when the clip is ready, "
        "rejected or failed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="Original file. It is copied, not moved.")
        parser.add_argument("--city", required=True, metavar="SLUG", help="Slug of the city the clip belongs to.")
        parser.add_argument("--title", required=True, metavar="TEXT", help="Headline in the spoken language.")
        parser.add_argument("--language", required=True, metavar="CODE", help="Spoken language, for example ca.")
        parser.add_argument(
            "--publish", action="store_true", help="Publish the page. Without this option it stays a draft."
        )
        parser.add_argument(
            "--sound", action="store_true", help="Accept sound without a picture; a drawing of the sound is shown."
        )
        parser.add_argument("--wait", action="store_true", help="Wait until the clip is ready, rejected or failed.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object as the last line.")

    def handle(self, **options: Any) -> None:
        report = self.add(options)
        print_report(self.stdout, report, as_json=options["json"])
        if report.exit_status:
            raise SystemExit(report.exit_status)

    def add(self, options: dict[str, Any]) -> ClipReport:
        """Store, wait with ``--wait``, and report the state of the clip, whatever happened."""
        values = (options[name] for name in ("file", "city", "title", "language", "publish", "sound"))
        submission = ClipSubmission(*values)
        try:
            clip = add_clip(submission)
        except RefusedSubmissionError as refusal:
            return problem_report("REJECTED", refusal.code, refusal.message)
        except api.MediaError as problem:
            return _not_stored(problem.code, refused=problem.refused)
        except Exception:
            logger.exception("addclip could not store %s", submission.path)
            return _not_stored("internal", refused=False)
        if options["wait"]:
            if not options["json"]:
                self.stdout.write(f"{clip.public_id} is uploaded. Preparing it now…")
            api.process_now(clip)  # if interrupted, the clip stays and a worker continues
        return clip_report(clip)


def _not_stored(code: str, *, refused: bool) -> ClipReport:
    words = api.upload_error_message(code)
    return problem_report("REJECTED" if refused else "FAILED", str(code), f"{words.message} {words.advice}")
