"""Inspects what we made, by the same code as what was uploaded."""

from pathlib import Path

from media_pipeline.ffmpeg.inspect import probe
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.inspect.timeline import Timeline, parse_timeline, timeline_command
from media_pipeline.ffmpeg.plan.recipe import Recipe, Rung
from media_pipeline.ffmpeg.verify import copied, streams
from media_pipeline.steps.context import StepContext


def probe_output(step: StepContext, path: Path) -> Source:
    """Headers of a file of ours. Raises MediaError(verify_failed)."""
    finished = step.run_command(probe.probe_command(step.tools, path))
    return streams.stream_facts(finished.stdout, finished.stderr_tail)


def output_timeline(step: StepContext, path: Path, stream: str) -> Timeline:
    """All packets of one stream ("v:0", "a:0") of a file of ours."""
    finished = step.run_command(timeline_command(step.tools, path, stream))
    return parse_timeline(finished.stdout)


def check_streams(step: StepContext, recipe: Recipe, folder: Path) -> dict[Rung, Timeline]:
    """Every rung and sound against the plan; the rungs' packets. Raises MediaError(verify_failed)."""
    timelines: dict[Rung, Timeline] = {}
    for rung in recipe.rungs:
        path = folder / rung.file_name
        timelines[rung] = output_timeline(step, path, "v:0")
        streams.verify_rung(rung, recipe, probe_output(step, path), timelines[rung])
        if rung.codec == "copy":
            copied.verify_copied_frames(rung, recipe, timelines[rung])
    for sound in recipe.sounds:
        path = folder / sound.file_name
        timeline = output_timeline(step, path, "a:0")
        streams.verify_audio(sound, probe_output(step, path), timeline, recipe.duration_s)
    streams.verify_aligned(recipe, timelines)
    return timelines
