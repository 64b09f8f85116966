"""What the package offers to the packages above. Nothing else of media_pipeline is public, the models apart.

Adding and processing clips
    ingest_clip(file, *, title, spoken_language, original_name="", collection=None, uploader=None, demo_key="",
                priority=0, sound_only=False) -> Clip
    cancel_job(clip) -> bool                stop the running or waiting job within two seconds
    retry_job(clip) -> Job                  begin again where the last job failed
    accept_audio_only(clip)                 sound without a picture is meant; then retry
    withdraw_clip(clip, *, by=None, reason="", by_archive=True)   take out of the public's reach
    restore_clip(clip, *, by=None, by_archive=True) -> bool        and back; False where the archive's word stands
    reconcile_ledger()                      withdraw what was withdrawn before a backup was restored
    choose_sound(clip, track, language="") -> bool   which sound people hear, and what it speaks; prepares again
    correct_language(clip, language)        which language is spoken in what people hear
    keep_sound(clip, kept) -> bool          whether the sound stays as it is; prepares again
    want_all_rungs(clip)                    somebody plays it: make what waits for that, where it does
    choose_poster(clip, poster)             show this picture before the clip plays
    delete_clip(clip)                       rows and files permanently, the original file too
    process_now(clip) -> ClipStatus         do the work in this process, for ``--wait`` and tests
    is_stopping() -> bool                   whether this worker process was told to stop

State
    clip_status(clip) -> ClipStatus         state, error, renditions, warnings; ``.as_json()``
    clip_progress(clip), job_progress(job) -> JobProgress   percent, step in words, estimated rest
    error_message(code), warning_message(code) -> CodeMessage   the text of an error or a warning code
    upload_error_message(code) -> CodeMessage   the same for a file that ``ingest_clip`` refused
    REFUSAL_TEXTS, FAILURE_TEXTS, UPLOAD_ERROR_TEXTS, WARNING_TEXTS   every code with its ErrorText
    upload_limit_bytes(uploader, copies) -> int  largest file that could be uploaded now, 0 for none
    free_upload_bytes(copies) -> int        the same by free space alone
    user_quota(user) -> QuotaUsage, collection_quotas(keys) -> {key: QuotaUsage}   bytes used and allowed
    collection_quota_bytes() -> int         how much each collection may hold, 0 for no limit
    mark_watched(clips)                     someone looks at their progress: they come a little sooner
    queue_age_s() -> float                  seconds the longest-waiting due job has waited, 0.0 when none waits
    health_report() -> HealthReport         ffmpeg, sandbox tier, storages, free space, queue

Changes and periodic tasks, both registered in ``AppConfig.ready``
    on_change(callback)                     told inside the transaction: withdrawn, restored, deleted, captions, ...
    register_periodic_task(run, *, every_s=0.0)   called by the worker at its start and every minute, or less often
    do_each(things, do, name=str)           for many things: one that fails does not stop the rest
    is_outage(error), note_outage(error)    a database that is away or locked: no fault, logged once a minute
    is_conflict(error)                      a transaction that was undone because of another one

Processes with limits
    run_limited(module, data, limits) -> bytes   ``python -m module`` in the sandbox: bytes in, bytes out
    run_ffmpeg(arguments, folder, limits)        ffmpeg in the sandbox, inside one folder

Audit
    audit_clips(*, repair=False) -> Iterator[ClipAudit]   every original and published file against its checksum
    unreferenced_files() -> Iterator[AuditFinding]        originals and replicas that no clip names

Captions
    add_caption(clip, language, kind, data, filename="") -> Caption     from the bytes of an upload
    remove_caption(caption)
    caption_text(caption, extension) -> str     the track as a file of that format
    read_captions(clip, language, data, filename="") -> ParsedCaptions  the same without storing anything
    save_captions(clip, language, kind, found, filename="") -> Caption  what was read, after somebody has looked at it
    captions_beyond(caption, clip) -> (start_ms, ...)   those that nobody sees, since the clip is shorter
    display_name(name) -> str                   a file name as people may see it
    plain_cue_text(text) -> str                 the words of a cue without tags
    UPLOAD_FORMATS, DOWNLOAD_FORMATS: (CaptionFormat, ...)  name, extensions, media type of what is read, written
    caption_format_list(language) -> str        what we recommend, as a phrase: "WebVTT (.vtt) or SubRip (.srt)"
    well_known_formats(language) -> str         those that people know by name
    MAX_CAPTION_BYTES                           the largest caption file
    spoken_lines(caption) -> ((start_ms, end_ms, words), ...)           without tags, for transcripts and search

What players read (texts composed from rows; addresses are relative to ``/media/<public_id>/``)
    playlist_text(clip, package=None) -> str    multivariant playlist, of the package or of what plays now
    subtitle_playlist_text(caption, package=None) -> str    media playlist of one caption track
    storyboard_text(package) -> str             WebVTT of the storyboard
    WAVEFORM_CODEC                              what the facts of an original say of a picture that we draw of its sound

Errors: ``MediaError`` with an ``ErrorCode``; ``REFUSALS`` are the codes that are the file's own fault.
"""

from media_pipeline.audit.codes import AuditFinding, ClipAudit
from media_pipeline.audit.service import audit_clips, unreferenced_files
from media_pipeline.captions.cue_text import plain_cue_text
from media_pipeline.captions.cues import MAX_CAPTION_BYTES, Cue, ParsedCaptions
from media_pipeline.captions.formats import (
    DOWNLOAD_FORMATS,
    UPLOAD_FORMATS,
    CaptionFormat,
    caption_format_list,
    well_known_formats,
)
from media_pipeline.captions.tracks import (
    add_caption,
    caption_text,
    captions_beyond,
    read_captions,
    remove_caption,
    save_captions,
    spoken_lines,
)
from media_pipeline.changes import ClipChange, ClipChangeCallback, ClipChangeKind, on_change
from media_pipeline.database_outage import is_conflict, is_outage, note_outage
from media_pipeline.each import do_each
from media_pipeline.error_texts import (
    FAILURE_TEXTS,
    REFUSAL_TEXTS,
    UPLOAD_ERROR_TEXTS,
    WARNING_TEXTS,
    CodeMessage,
    ErrorText,
    error_message,
    upload_error_message,
    warning_message,
)
from media_pipeline.ffmpeg.errors import REFUSALS, ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect.audio_only import WAVEFORM_CODEC
from media_pipeline.ffmpeg.run.command import ProcessLimits
from media_pipeline.ffmpeg_tools import FfmpegRunner, run_ffmpeg
from media_pipeline.files.names import display_name
from media_pipeline.files.quotas import (
    QuotaUsage,
    collection_quota_bytes,
    collection_quotas,
    free_upload_bytes,
    upload_limit_bytes,
    user_quota,
)
from media_pipeline.health import HealthReport, health_report
from media_pipeline.jobs.progress import JobProgress, clip_progress, job_progress
from media_pipeline.jobs.scheduling import mark_watched
from media_pipeline.jobs.shutdown import is_stopping
from media_pipeline.jobs.submit import cancel_job, queue_age_s, retry_job
from media_pipeline.lifecycle.clip_actions import (
    accept_audio_only,
    choose_poster,
    choose_sound,
    correct_language,
    delete_clip,
    keep_sound,
    restore_clip,
    want_all_rungs,
    withdraw_clip,
)
from media_pipeline.lifecycle.ingest import ingest_clip
from media_pipeline.lifecycle.ledger import reconcile_ledger
from media_pipeline.limited_process import run_limited
from media_pipeline.playlists import playlist_text, storyboard_text, subtitle_playlist_text
from media_pipeline.status import (
    ClipStatus,
    RenditionSummary,
    clip_status,
)
from media_pipeline.worker.periodic import register_periodic_task
from media_pipeline.worker.tasks import process_now
