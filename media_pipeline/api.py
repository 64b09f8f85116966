"""What the room offers to the rooms above. Nothing else of media_pipeline is public, models and messages apart.

Bringing and steering clips
    receive(file, *, title, spoken_language, original_name="", city_ref=None, uploader=None, demo_key="",
            priority=0, sound_only=False) -> Clip
    cancel(clip) -> bool                    stop the running or waiting job within two seconds
    retry(clip) -> Job                      begin again where the last job failed
    take_as_sound(clip) -> None             sound without a picture is meant; then retry
    withdraw(clip), restore(clip)           take out of the public's reach, and back
    delete(clip)                            rows and files for ever, master too
    process_now(clip) -> ClipStatus         do the work in this process, for ``--wait`` and tests

Looking
    status(clip) -> ClipStatus              state, error, rungs, warnings; ``.as_json()``
    progress(clip) -> JobProgress | None    percent, step in words, estimated rest
    problem(code), warning(code) -> Problem the words of an error or a warning code
    not_taken(code) -> Problem              the same for a film that ``receive`` did not take
    most_bytes(uploader) -> int             largest file that could be taken now, 0 for none
    quota_of_user(user) -> Share, quotas_of_cities(city_refs) -> {ref: Share}   bytes used and allowed
    watch(clips) -> None                    somebody looks at their progress: they come a little sooner
    queue_age() -> float                    seconds the longest-waiting due job has waited, 0.0 when none waits
    health() -> Health                      ffmpeg, sandbox tier, storages, free space, queue

Looking after what is kept
    audit(*, repair=False) -> Iterator[ClipAudit]   every master and published file against its hash; mends on wish
    strays() -> Iterator[Found]                     masters and copies that no clip names

Captions
    add_caption(clip, language, kind, data, filename="") -> Caption     VTT or SRT bytes
    vtt_text(caption) -> str, srt_text(caption) -> str
    spoken_lines(caption) -> ((start_ms, end_ms, words), ...)           without tags, for transcripts and search

What players read (texts composed from rows; addresses are relative to ``/media/<public_id>/``)
    playlist_text(clip, package=None) -> str    multivariant playlist, of the package or of what plays now
    subtitle_playlist_text(caption, package=None) -> str    media playlist of one caption track
    storyboard_text(package) -> str             WebVTT of the storyboard
"""

from media_pipeline.audit.codes import ClipAudit, Found
from media_pipeline.audit.service import audit, strays
from media_pipeline.captions.tracks import add_caption, spoken_lines, srt_text, vtt_text
from media_pipeline.files.quotas import Share, most_bytes
from media_pipeline.files.quotas import of_cities as quotas_of_cities
from media_pipeline.files.quotas import of_user as quota_of_user
from media_pipeline.health import Health, health
from media_pipeline.jobs.scheduling import watch
from media_pipeline.jobs.submit import cancel, queue_age, retry
from media_pipeline.lifecycle.clip_actions import choose_poster, delete, restore, take_as_sound, withdraw
from media_pipeline.lifecycle.ingest import receive
from media_pipeline.playlists import playlist_text, storyboard_text, subtitle_playlist_text
from media_pipeline.status import (
    ClipStatus,
    JobProgress,
    Problem,
    RungFacts,
    not_taken,
    problem,
    progress,
    status,
    warning,
)
from media_pipeline.worker.tasks import process_now

__all__ = [
    "ClipAudit",
    "ClipStatus",
    "Found",
    "Health",
    "JobProgress",
    "Problem",
    "RungFacts",
    "Share",
    "add_caption",
    "audit",
    "cancel",
    "choose_poster",
    "delete",
    "health",
    "most_bytes",
    "not_taken",
    "playlist_text",
    "problem",
    "process_now",
    "progress",
    "queue_age",
    "quota_of_user",
    "quotas_of_cities",
    "receive",
    "restore",
    "retry",
    "spoken_lines",
    "srt_text",
    "status",
    "storyboard_text",
    "strays",
    "subtitle_playlist_text",
    "take_as_sound",
    "vtt_text",
    "warning",
    "watch",
    "withdraw",
]
