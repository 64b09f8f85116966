"""What ``addclip`` and ``clipstatus`` print about a clip, and the exit status that goes with it."""

import json
from dataclasses import dataclass, field
from typing import Any, TextIO

from django.utils.translation import override

from home import links
from home.models import ClipPage
from media_pipeline import api
from media_pipeline.models import Clip

PUBLISHED = "PUBLISHED"
EXIT_OK, EXIT_FAILED, EXIT_REFUSED = 0, 1, 2
EXIT_STATUS_BY_STATE = {"REJECTED": EXIT_REFUSED, "FAILED": EXIT_FAILED}


@dataclass(frozen=True)
class ClipReport:
    """``state`` is a ``Clip.State`` value or PUBLISHED, ``error`` has ``code`` and ``message``, times are seconds.

    Addresses are absolute, and None where there is nothing behind them yet. ``id`` is None when nothing was stored.
    """

    id: str | None
    state: str
    error: dict[str, str] | None
    url: str | None
    playlist: str | None
    download: str | None
    duration: float | None
    renditions: list[dict[str, Any]]
    warnings: list[str]
    sounds: list[dict[str, Any]] = field(default_factory=list)
    unused: list[dict[str, Any]] = field(default_factory=list)
    quality: dict[str, Any] | None = None

    @property
    def exit_status(self) -> int:
        """0 without an error so far, 2 when the input was refused, 1 on an internal error."""
        return EXIT_STATUS_BY_STATE.get(self.state, EXIT_OK)


def clip_report(clip: Clip) -> ClipReport:
    """The state of the clip status."""
    status = api.clip_status(clip)
    page = ClipPage.objects.filter(clip=clip).first()
    base, url = links.base_url(), None
    if page:
        with override(page.original_language):
            url = page.get_url()
        url = url if url is None or url.startswith("http") else base + url
    values = status.as_json()
    return ClipReport(
        id=values["id"],
        state=PUBLISHED if status.state == Clip.State.READY and page and page.live else status.state,
        error=values["error"],
        url=url,
        playlist=base + links.playlist_url(clip) if status.has_package else None,
        download=base + links.download_url(clip) if status.has_package else None,
        duration=values["duration"],
        renditions=values["renditions"],
        warnings=values["warnings"],
        sounds=values["sounds"],
        unused=values["unused"],
        quality=values["quality"],
    )


def problem_report(state: str, code: str, message: str) -> ClipReport:
    """Nothing was stored, or there is no such clip."""
    return ClipReport(None, state, {"code": code, "message": message}, None, None, None, None, [], [])


def print_report(out: TextIO, report: ClipReport, *, as_json: bool) -> None:
    """One JSON object on one line, or a few lines for people."""
    if as_json:
        out.write(json.dumps(vars(report), ensure_ascii=False))
        return
    out.write(f"{report.id or '-'} {report.state}")
    if report.error:
        out.write(f"{report.error['code']}: {report.error['message']}")
        if report.error["code"] == api.ErrorCode.NO_VIDEO_STREAM:
            out.write("addclip --sound publishes sound alone, with a drawing of it.")
    for rendition in report.renditions:
        out.write(f"  {rendition['codec']} {rendition['width']}x{rendition['height']}, {rendition['bytes']} bytes")
    for code in report.warnings:
        out.write(f"  {code}: {api.warning_message(code).message}")
    if report.url:
        out.write(report.url)
