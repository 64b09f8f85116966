"""The one encode: a master in, every rung and the sound out, from one decode in one process."""

from dataclasses import dataclass
from pathlib import Path

import ffmpeg

from media_pipeline.ffmpeg.encode.encoder_options import Options, audio_options, rung_options
from media_pipeline.ffmpeg.encode.graph import Stream, audio_stream, video_streams
from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.ffmpeg.inspect import sound_only
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.ffmpeg.run.command import GIB, MIB, Command, Limits, input_name
from media_pipeline.ffmpeg.run.input_guards import Guards
from media_pipeline.ffmpeg.run.toolchain import Toolchain

FLAGS_WITHOUT_VALUE = frozenset({"sn", "dn"})


@dataclass(frozen=True)
class Output:
    """One file of an ffmpeg command: what goes in, what it is called, and how it is written."""

    streams: tuple[Stream, ...]
    name: str
    options: Options


def encode_command(recipe: Recipe, source: Source, toolchain: Toolchain, path: Path, outdir: Path) -> Command:
    """Encode `path` by the recipe into `outdir`, one MP4 per rung and one for the sound, named by the recipe.

    Progress comes on standard output. The exit status means little (hostile_input, 2): verify what was written.
    """
    opened = ffmpeg.input(input_name(0), **_input_options(source, recipe))
    picture = _picture(opened, recipe, source)
    filtered = video_streams(picture, recipe)
    outputs = [
        Output((filtered.get(rung, picture),), rung.file_name, rung_options(rung, recipe)) for rung in recipe.rungs
    ]
    if recipe.audio is not None:
        heard = opened[str(recipe.audio.stream)]
        sound = heard if recipe.audio.copied else audio_stream(heard, recipe.audio, recipe)
        outputs.append(Output((sound,), recipe.audio.file_name, audio_options(recipe.audio)))
    return Command(
        compiled(toolchain, outputs),
        inputs=(path,),
        outdir=outdir,
        limits=encode_limits(recipe, source),
        failure=ErrorCode.ENCODE_FAILED,
        progress=True,
    )


def _picture(opened: Stream, recipe: Recipe, source: Source) -> Stream:
    if source.audio is not None and sound_only.is_drawn(source):
        return sound_only.picture(opened[str(source.audio.index)], recipe.duration_s)
    return opened[str(recipe.video_stream)]


def _input_options(source: Source, recipe: Recipe) -> Options:
    # Soft edges, and no picture that others do not need: two thirds of the decoder's work, for a version of minutes.
    hurry = {"skip_loop_filter": "all", "skip_frame": "noref"} if recipe.hurried else {}
    return {
        **Guards(demuxer=source.container).options(),
        "threads": str(recipe.decoder_threads),
        "fflags": "+genpts",  # AVI and raw streams have no presentation times of their own
        **hurry,
    }


def general_options() -> tuple[str, ...]:
    """What every ffmpeg command begins with, after the binary."""
    return (
        "-hide_banner",
        "-nostdin",  # it would read the worker's terminal
        *("-v", "error"),
        "-nostats",  # the status line is for eyes; progress is for us
        *("-max_alloc", "1000000000"),  # one allocation: a frame of 8K at 16 bits is 200 MB
        *("-max_error_rate", "1"),  # damaged sound must not cost the film: what came out is verified
    )


def compiled(toolchain: Toolchain, outputs: list[Output], *, progress: bool = True) -> tuple[str, ...]:
    """argv for a set of outputs, by ffmpeg-python."""
    nodes = [ffmpeg.output(*output.streams, output.name, **_valued(output.options)) for output in outputs]
    graph = ffmpeg.merge_outputs(*nodes) if len(nodes) > 1 else nodes[0]
    head = [str(toolchain.ffmpeg), *general_options()]
    if progress:
        head += ["-progress", "pipe:1", "-stats_period", "0.5"]  # key=value lines, twice a second
    return tuple(ffmpeg.compile(graph, cmd=head, overwrite_output=True))  # -y: a retry finds its own leavings


def _valued(options: Options) -> dict[str, str | None]:
    return {name: None if name in FLAGS_WITHOUT_VALUE else value for name, value in options.items()}


def encode_limits(recipe: Recipe, source: Source) -> Limits:
    """Generous bounds for honest work, which a bomb that slipped through the gate still meets.

    Time grows with pixels (a slow machine takes 20 s of processor for a second of 1080p30), files with the cap.
    """
    video = source.video
    pixels = (video.width * video.height if video else 0) + sum(rung.width * rung.height for rung in recipe.rungs)
    rate = float(recipe.fps)
    seconds = 300 + 20 * recipe.duration_s * (pixels / (2 * 1920 * 1080)) * (rate / 30)
    heaviest = max(rung.rate_max for rung in recipe.rungs)
    return Limits(
        wall_s=seconds,
        cpu_s=int(2 * seconds),
        memory_bytes=4 * GIB,  # address space: x264, SVT-AV1 and a 4K decoder side by side map more than they use
        file_bytes=max(64 * MIB + int(heaviest * recipe.duration_s / 8 * 1.5), source.size_bytes),
        stdout_bytes=64 * MIB,  # progress lines of hours
    )
