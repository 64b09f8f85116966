"""``manage.py retryjobs``: begin again what failed through no fault of the videos."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from media_pipeline.each import do_each
from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.jobs import submit
from media_pipeline.models import Clip


class Command(BaseCommand):
    help = (
        "Retry failed clips: all of them, those with one error code, or the ones you name. Withdrawn clips are skipped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", metavar="ID", help="Public IDs of clips, in any state but withdrawn.")
        parser.add_argument(
            "--code", choices=[code.value for code in ErrorCode], help="Only clips with this error code."
        )

    def handle(self, *, ids: list[str], code: str | None, **options: Any) -> None:
        if ids:
            clips = Clip.objects.filter(public_id__in=ids)
            if unknown := sorted(set(ids) - {clip.public_id for clip in clips}):
                raise CommandError(f"No clip has the ID {', '.join(unknown)}.")
        elif code:
            clips = Clip.objects.filter(error_code=code)
        else:  # those that failed by our fault; a clip that was cancelled or refused stays as people left it
            clips = Clip.objects.filter(state=Clip.State.FAILED).exclude(error_code=ErrorCode.CANCELLED)
        withdrawn = list(clips.filter(state=Clip.State.WITHDRAWN))
        for clip in withdrawn:
            self.stdout.write(f"{clip.public_id} is withdrawn, not queued")
        queued = do_each(clips.exclude(state=Clip.State.WITHDRAWN), self._retry, lambda clip: clip.public_id)
        self.stdout.write(f"Clips in the queue: {len(queued)}.")

    def _retry(self, clip: Clip) -> None:
        submit.retry_job(clip)
        self.stdout.write(f"{clip.public_id} queued")
