"""``manage.py retryjobs``: begin again what failed through no fault of the films."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.jobs import submit
from media_pipeline.models import Clip


class Command(BaseCommand):
    help = "Retry failed clips: all of them, those with one error code, or the ones you name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", metavar="ID", help="Public IDs of clips, in any state.")
        parser.add_argument(
            "--code", choices=[code.value for code in ErrorCode], help="Only clips with this error code."
        )

    def handle(self, *, ids: list[str], code: str | None, **options: Any) -> None:
        clips = _named(ids) if ids else list(_failed(code))
        for clip in clips:
            submit.retry_job(clip)
            self.stdout.write(f"{clip.public_id} queued")
        self.stdout.write(f"Clips in the queue: {len(clips)}.")


def _named(ids: list[str]) -> list[Clip]:
    found = {clip.public_id: clip for clip in Clip.objects.filter(public_id__in=ids)}
    if unknown := [name for name in ids if name not in found]:
        raise CommandError(f"No clip has the ID {', '.join(unknown)}.")
    return [found[name] for name in ids]


def _failed(code: str | None):
    """Clips whose newest attempt failed by our fault; a film that was stopped or refused stays as people left it."""
    if code:
        return Clip.objects.filter(error_code=code)
    return Clip.objects.filter(state=Clip.State.FAILED).exclude(error_code=ErrorCode.CANCELLED)
