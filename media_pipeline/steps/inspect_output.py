"""Looking at what we made, with the same eyes as at what people bring."""

from pathlib import Path

from media_pipeline.ffmpeg.inspect import probe, timeline
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.inspect.timeline import Timeline
from media_pipeline.ffmpeg.plan.recipe import Recipe, Rung
from media_pipeline.ffmpeg.verify import streams
from media_pipeline.steps.context import Work


def facts_of(work: Work, path: Path) -> Source:
    """Headers of a file of ours. Raises MediaError(verify_failed)."""
    finished = work.call(probe.probe_command(work.tools, path))
    return streams.stream_facts(finished.stdout, finished.stderr_tail)


def timeline_of(work: Work, path: Path, stream: str) -> Timeline:
    """All packets of one stream ("v:0", "a:0") of a file of ours."""
    finished = work.call(timeline.timeline_command(work.tools, path, stream))
    return timeline.parse_timeline(finished.stdout)


def check_streams(work: Work, recipe: Recipe, folder: Path) -> dict[Rung, Timeline]:
    """Every rung and the sound against the plan; the rungs' packets. Raises MediaError(verify_failed)."""
    timelines: dict[Rung, Timeline] = {}
    for rung in recipe.rungs:
        path = folder / rung.file_name
        timelines[rung] = timeline_of(work, path, "v:0")
        streams.verify_rung(rung, recipe, facts_of(work, path), timelines[rung])
    if recipe.audio is not None:
        path = folder / recipe.audio.file_name
        streams.verify_audio(recipe.audio, facts_of(work, path), timeline_of(work, path, "a:0"))
    streams.verify_aligned(timelines)
    return timelines
