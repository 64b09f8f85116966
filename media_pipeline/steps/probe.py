"""What was uploaded? Five looks, with the limits checked after each.

Writes the facts to the original file's row.
"""

from dataclasses import replace
from pathlib import Path

from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.inspect import audio_only, first_frames, limits, pictures, probe, sniff, timeline
from media_pipeline.ffmpeg.inspect.claims import with_wrong_claims
from media_pipeline.ffmpeg.inspect.cut_files import with_cut_end
from media_pipeline.ffmpeg.inspect.film_timeline import with_film_timeline
from media_pipeline.ffmpeg.inspect.frame_colours import with_frame_colours
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.inspect.unread_parts import with_unread_parts
from media_pipeline.ffmpeg.run.command import ProcessResult
from media_pipeline.jobs import scheduling
from media_pipeline.models import Clip, Job, Master
from media_pipeline.steps.context import StepContext


def run(step: StepContext) -> None:
    """Look at the original file; refuse it, or write what it is. Raises MediaError."""
    with step.master_file() as path:
        source = _probe_file(step, path)

    def write() -> None:
        Master.objects.filter(pk=step.master.pk).update(probe=json_values.to_json(source))
        Job.objects.filter(pk=step.job.pk).update(cost_s=scheduling.estimate_cost_s(source))
        Clip.objects.filter(pk=step.clip.pk).update(warnings=[code.value for code in source.warnings])
        Clip.objects.show_state(step.clip, Clip.State.PROBED)

    video, audio = source.video, source.audio
    shown = (
        f"{video.codec} {video.display_width}x{video.display_height} {float(video.fps_avg):.4g}/s" if video else "none"
    )
    sound = f"{audio.codec} {audio.channels}ch" if audio else "silent"
    step.leased.log(f"probe: {source.container} {source.duration_s:.2f} s, {shown}, {sound}")
    step.advance(write, sound_wishes=step.clip.sound_wishes)


def _probe_file(step: StepContext, path: Path) -> Source:
    """The facts of one file, sharpened look by look. Raises MediaError with the first limit it breaks."""
    # 1. Its first bytes.
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(sniff.SNIFF_BYTES)
    sniff.refuse_non_video(head, size)
    # 2. Its headers.
    headers, decoders = _read_headers(step, path)
    found = probe.parse_probe(
        headers.stdout,
        headers.stderr_tail,
        head=head,
        audio_only_allowed=step.clip.sound_only,
        language=step.clip.spoken_language,
        audio_index=step.clip.audio_track,
    )
    source = limits.check_limits(replace(found, size_bytes=size, probe_decoders=decoders))
    # 3. All packets of its streams.
    command = timeline.timeline_command(step.tools, path, demuxer=source.container, decoders=decoders)
    packets = step.run_command(command)
    read = timeline.parse_packets(packets.stdout)
    source = with_film_timeline(source, read, packets.stderr_tail)
    source = with_unread_parts(with_cut_end(source, path, read), path, read)
    source = limits.check_limits(source)
    step.leased.report_progress(0.5)
    # 4. Its keyframes, decoded: what the picture looks like.
    if not audio_only.is_audio_only(source):
        shown = step.run_command(pictures.pictures_command(step.tools, source, path))
        source = with_frame_colours(source, shown.stdout)
        source = limits.check_limits(pictures.with_pictures(source, pictures.parse_pictures(shown.stdout)))
    # 5. Its first frames, decoded as the encode will.
    frames = step.run_command(first_frames.first_frames_command(step.tools, source, path))
    source = limits.check_limits(first_frames.with_first_frames(source, frames.stdout, frames.stderr_tail))
    return with_wrong_claims(source)


def _read_headers(step: StepContext, path: Path) -> tuple[ProcessResult, tuple[str, ...]]:
    """ffprobe's answer, and the decoders it wanted for streams that may not be needed. Raises MediaError."""
    decoders: tuple[str, ...] = ()
    while True:
        headers = step.run_command(probe.probe_command(step.tools, path, decoders))
        missing = probe.missing_decoder(headers.stdout, headers.stderr_tail)
        if not missing or missing in decoders or len(decoders) >= limits.STREAMS_MAX:
            return headers, decoders
        decoders = (*decoders, missing)
