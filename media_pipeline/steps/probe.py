"""What was uploaded? Five looks, with the limits checked after each.

Writes the facts to the original file's row.
"""

from dataclasses import replace
from pathlib import Path

from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.inspect import audio_only, first_frames, frame_colours, limits, probe, sniff, timeline
from media_pipeline.ffmpeg.inspect.source import Source
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
    step.advance(write)


def _probe_file(step: StepContext, path: Path) -> Source:
    """The facts of one file, sharpened look by look. Raises MediaError with the first limit it breaks."""
    # 1. Its first bytes.
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(sniff.SNIFF_BYTES)
    sniff.refuse_non_video(head, size)
    # 2. Its headers.
    headers = step.run_command(probe.probe_command(step.tools, path))
    found = probe.parse_probe(headers.stdout, headers.stderr_tail, head=head, audio_only_allowed=step.clip.sound_only)
    source = limits.check_limits(replace(found, size_bytes=size))
    # 3. All packets of its main stream.
    alone = audio_only.is_audio_only(source)
    main = source.audio if alone else source.video
    index = str(main.index if main else 0)
    packets = step.run_command(timeline.timeline_command(step.tools, path, index, demuxer=source.container))
    measured = timeline.parse_timeline(packets.stdout)
    if alone and measured.packets:
        source = limits.check_limits(audio_only.with_audio_timeline(source, measured))
    else:
        source = limits.check_limits(timeline.with_timeline(source, measured, packets.stderr_tail))
    step.leased.report_progress(0.5)
    # 4. Its first frames, decoded.
    frames = step.run_command(first_frames.first_frames_command(step.tools, source, path))
    source = first_frames.with_first_frames(source, frames.stdout, frames.stderr_tail)
    # 5. The colours that these name.
    if not alone:
        named = step.run_command(frame_colours.frame_colours_command(step.tools, source, path))
        source = frame_colours.with_frame_colours(source, named.stdout)
    return limits.check_limits(source)
