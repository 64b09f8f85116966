"""What did people bring? Three looks, each dearer than the one before, with the gate after each.

The file's first bytes, its headers, all its packets, and its first frames decoded. Writes the facts to the master.
"""

from dataclasses import replace
from pathlib import Path

from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.inspect import audio_only, first_frames, limits, probe, sniff, timeline
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.jobs import scheduling
from media_pipeline.models import Clip, Job, Master
from media_pipeline.steps.context import StepContext


def run(step: StepContext) -> None:
    """Look at the master; refuse it, or write what it is. Raises MediaError."""
    with step.master_file() as path:
        source = probe_file(step, path)

    def write() -> None:
        Master.objects.filter(pk=step.master.pk).update(probe=json_values.to_json(source))
        Job.objects.filter(pk=step.job.pk).update(cost_s=scheduling.estimate_cost_s(source))
        Clip.objects.filter(pk=step.clip.pk).update(warnings=[code.value for code in source.warnings])
        Clip.objects.show_state(step.clip, Clip.State.PROBED)

    step.leased.log(f"probe: {source_summary(source)}")
    step.advance(write)


def probe_file(step: StepContext, path: Path) -> Source:
    """The facts of one file, sharpened look by look. Raises MediaError with the first limit it breaks."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(sniff.SNIFF_BYTES)
    sniff.refuse_non_video(head, size)
    headers = step.run_command(probe.probe_command(step.tools, path))
    alone = step.clip.sound_only
    found = probe.parse_probe(headers.stdout, headers.stderr_tail, head=head, audio_only_allowed=alone)
    source = _counted(step, path, limits.check_limits(replace(found, size_bytes=size)))
    step.leased.report_progress(0.5)
    frames = step.run_command(first_frames.first_frames_command(step.tools, source, path))
    return limits.check_limits(first_frames.with_first_frames(source, frames.stdout, frames.stderr_tail))


def _counted(step: StepContext, path: Path, source: Source) -> Source:
    """With the truth of the main stream's packets."""
    main = source.audio if audio_only.is_audio_only(source) else source.video
    index = str(main.index if main else 0)
    packets = step.run_command(timeline.timeline_command(step.tools, path, index, demuxer=source.container))
    measured = timeline.parse_timeline(packets.stdout)
    if audio_only.is_audio_only(source) and measured.packets:
        return limits.check_limits(audio_only.with_audio_timeline(source, measured))
    return limits.check_limits(timeline.with_timeline(source, measured, packets.stderr_tail))


def source_summary(source: Source) -> str:
    """The facts in one line, for the log."""
    video = source.video
    shown = (
        f"{video.codec} {video.display_width}x{video.display_height} {float(video.fps_avg):.4g}/s" if video else "none"
    )
    sound = f"{source.audio.codec} {source.audio.channels}ch" if source.audio else "silent"
    return f"{source.container} {source.duration_s:.2f} s, {shown}, {sound}"
