"""The one encode: the original file in, every rung and the sound out, from one decode in one process."""

from dataclasses import dataclass
from pathlib import Path

import ffmpeg

from media_pipeline.ffmpeg.encode.colour_filters import FilterStream
from media_pipeline.ffmpeg.encode.encoder_options import OutputOptions, audio_options, rung_options
from media_pipeline.ffmpeg.encode.graph import audio_rendition_stream, rung_streams, waveform_image
from media_pipeline.ffmpeg.inspect.audio_only import is_audio_only
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.plan.recipe import Recipe
from media_pipeline.ffmpeg.run.command import GIB, MIB, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.input_guards import FFMPEG_OPTIONS, input_options
from media_pipeline.ffmpeg.run.toolchain import Toolchain

OWN_FILE = {"protocol_whitelist": "file", "f": "mov"}
"""Input options for a file that we made: known format, no other file opened."""


@dataclass(frozen=True)
class OutputFile:
    """One file of an ffmpeg command: what goes in, what it is called, and how it is written."""

    streams: tuple[FilterStream, ...]
    name: str
    options: OutputOptions


def encode_command(recipe: Recipe, source: Source, toolchain: Toolchain, path: Path, outdir: Path) -> ProcessCommand:
    """Encode `path` by the recipe into `outdir`, one MP4 per rung and one for the sound, named by the recipe.

    Progress comes on standard output. The exit status means little (hostile_input, 2): verify what was written.
    """
    # Soft edges, and no picture that others do not need: two thirds of the decoder's work, for a version of minutes.
    hurry = {"skip_loop_filter": "all", "skip_frame": "noref"} if recipe.hurried else {}
    opened = ffmpeg.input(
        input_name(0),
        **input_options(source.container),
        threads=str(recipe.decoder_threads),
        fflags="+genpts",  # AVI and raw streams have no presentation times of their own
        **hurry,
    )
    if source.audio is not None and is_audio_only(source):
        picture = waveform_image(opened[str(source.audio.index)], recipe.duration_s)
    else:
        picture = opened[str(recipe.video_stream)]
    filtered = rung_streams(picture, recipe)
    outputs = [
        OutputFile((filtered.get(rung, picture),), rung.file_name, rung_options(rung, recipe)) for rung in recipe.rungs
    ]
    if recipe.audio is not None:
        heard = opened[str(recipe.audio.stream)]
        sound = heard if recipe.audio.copied else audio_rendition_stream(heard, recipe.audio, recipe)
        outputs.append(OutputFile((sound,), recipe.audio.file_name, audio_options(recipe.audio)))
    return ProcessCommand(
        compile_argv(toolchain, outputs),
        inputs=(path,),
        outdir=outdir,
        limits=_limits(recipe, source),
        progress=True,
    )


def compile_argv(toolchain: Toolchain, outputs: list[OutputFile], *, progress: bool = True) -> tuple[str, ...]:
    """argv for a set of outputs, by ffmpeg-python."""
    nodes = [ffmpeg.output(*output.streams, output.name, **output.options) for output in outputs]
    graph = ffmpeg.merge_outputs(*nodes) if len(nodes) > 1 else nodes[0]
    # Damaged sound must not cost the video: what came out is verified.
    head = [str(toolchain.ffmpeg), *FFMPEG_OPTIONS, "-max_error_rate", "1"]
    if progress:
        head += ["-progress", "pipe:1", "-stats_period", "0.5"]  # key=value lines, twice a second
    return tuple(ffmpeg.compile(graph, cmd=head, overwrite_output=True))  # -y: a retry finds its earlier output


def _limits(recipe: Recipe, source: Source) -> ProcessLimits:
    """Generous bounds for honest work, which still stop a decompression bomb that passed `check_limits`.

    Time grows with pixels (a slow machine takes 20 s of processor for a second of 1080p30), files with the cap.
    """
    video = source.video
    pixels = (video.width * video.height if video else 0) + sum(rung.width * rung.height for rung in recipe.rungs)
    rate = float(recipe.fps)
    seconds = 300 + 20 * recipe.duration_s * (pixels / (2 * 1920 * 1080)) * (rate / 30)
    heaviest = max(rung.rate_max for rung in recipe.rungs)
    return ProcessLimits(
        wall_s=seconds,
        cpu_s=int(2 * seconds),
        memory_bytes=4 * GIB,  # address space: x264, SVT-AV1 and a 4K decoder side by side map more than they use
        file_bytes=max(64 * MIB + int(heaviest * recipe.duration_s / 8 * 1.5), source.size_bytes),
        stdout_bytes=64 * MIB,  # progress lines of hours
    )
