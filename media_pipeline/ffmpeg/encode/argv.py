"""The one encode: the original file in, every rung and the sound out, from one decode in one process."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ffmpeg

from media_pipeline.ffmpeg.encode.audio_filters import audio_rendition_stream
from media_pipeline.ffmpeg.encode.clock_filters import is_shifted
from media_pipeline.ffmpeg.encode.colour_filters import FilterStream
from media_pipeline.ffmpeg.encode.encoder_options import OutputOptions, audio_options, rung_options
from media_pipeline.ffmpeg.encode.graph import rung_streams, waveform_image
from media_pipeline.ffmpeg.encode.growing import growing_options
from media_pipeline.ffmpeg.encode.sound_input import SteadySound, insert_loopbacks, stereo_input
from media_pipeline.ffmpeg.inspect.audio_only import is_audio_only
from media_pipeline.ffmpeg.inspect.clock import JUMPING_FORMATS
from media_pipeline.ffmpeg.inspect.pictures import decode_options
from media_pipeline.ffmpeg.inspect.source import ClockRun, Source
from media_pipeline.ffmpeg.plan.recipe import DESCRIBED_SOUND, AudioPlan, Recipe
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

    A growing one's are fragmented, each with a playlist beside it that grows (growing.py).
    Progress comes on standard output. The exit status means little (hostile_input, 2): verify what was written.
    """
    # Soft edges, and no picture that others do not need: two thirds of the decoder's work, for a version of minutes.
    hurry = {"skip_loop_filter": "all", "skip_frame": "noref"} if recipe.hurried else {}
    if source.video is not None and source.video.untimed:
        hurry.pop("skip_frame", "")  # its pictures are counted
    opened = open_original(recipe, source, **hurry)
    sounds, steady, heard = _sound_outputs(opened, recipe, source)
    picture = opened[str(recipe.video_stream)] if heard is None else waveform_image(heard, recipe.duration_s)
    assert source.video is not None  # noqa: S101 - there is a recipe
    filtered = rung_streams(picture, recipe, source.video)
    outputs = [
        OutputFile(
            (filtered.get(rung, picture),),
            rung.file_name,
            {**rung_options(rung, recipe), **(copy_clock(source.video.clock) if rung.codec == "copy" else {})},
        )
        for rung in recipe.rungs
    ]
    return ProcessCommand(
        compile_argv(
            toolchain,
            _growing([*outputs, *sounds]) if recipe.growing else [*outputs, *sounds],
            original=True,
            often=recipe.growing,
            steady=steady,
        ),
        inputs=(path,),
        outdir=outdir,
        limits=_limits(recipe, source),
        progress=True,
    )


def open_original(recipe: Recipe, source: Source, **more: str) -> FilterStream:
    """The original file as input, with `more` options beside those of every encode of it."""
    return ffmpeg.input(
        input_name(0),
        **input_options(source.container),
        threads=str(recipe.decoder_threads),
        **_missing_times(recipe, source),
        noautorotate=None,  # the graph turns pictures, by all that was found about it
        # One graph, whatever changes on the way: a new one would begin again at the film's start.
        **({"reinit_filter:v": "0"} if source.video is not None and not is_audio_only(source) else {}),
        **decode_options(source) | more,
    )


def _missing_times(recipe: Recipe, source: Source) -> dict[str, str]:
    """How pictures without a presentation time get one: raw streams have none, and copies need them all.

    In streams of recorders some pictures lack it. Made up from the pictures behind, it would be a time of the next
    recording where the clock jumps. In AVI all lack it, and two pictures may get the same. Decoders know better.
    """
    has_copy = any(rung.codec == "copy" for rung in recipe.rungs)
    return {} if source.container in JUMPING_FORMATS | {"avi"} and not has_copy else {"fflags": "+genpts"}


def _growing(outputs: list[OutputFile]) -> list[OutputFile]:
    return [
        OutputFile(output.streams, f"{Path(output.name).stem}.m3u8", {**output.options, **growing_options(output.name)})
        for output in outputs
    ]


def sound_command(
    recipe: Recipe, audio: AudioPlan, source: Source, toolchain: Toolchain, path: Path, outdir: Path
) -> ProcessCommand:
    """Encode one sound of the recipe alone, as `audio` says: again, when it did not come out as it should."""
    opened = ffmpeg.input(input_name(0), vn=None, **input_options(source.container))
    main, described = (None, audio) if audio.name == DESCRIBED_SOUND else (audio, None)
    only = replace(recipe, audio=main, described=described)
    made, steady, _ = _sound_outputs(opened, only, source, alone=True)
    return ProcessCommand(
        compile_argv(toolchain, made, progress=False, original=True, steady=steady),
        inputs=(path,),
        outdir=outdir,
        limits=_limits(recipe, source),
    )


def _sound_outputs(
    opened: FilterStream, recipe: Recipe, source: Source, *, alone: bool = False
) -> tuple[list[OutputFile], tuple[SteadySound, ...], FilterStream | None]:
    """The files of the sounds, what they are mixed from, and the sound that the picture is drawn from, if it is.

    `alone`: there is no picture to be made.
    """
    outputs: list[OutputFile] = []
    steady: tuple[SteadySound, ...] = ()
    drawn = None
    for audio, heard in ((recipe.audio, source.audio), (recipe.described, source.described)):
        if audio is None or heard is None:
            continue
        options = audio_options(audio)
        if audio.copied:
            track = opened[str(audio.stream)]
            outputs.append(OutputFile((track,), audio.file_name, {**options, **copy_clock(heard.clock)}))
            continue
        sound, mixed = stereo_input(opened, heard, audio.treatment, audio.sample_rate, len(steady))
        steady += mixed
        if is_audio_only(source) and drawn is None and not alone:
            forked = sound.filter_multi_output("asplit", 2)
            sound, drawn = forked.stream(0), forked.stream(1)
        outputs.append(OutputFile((audio_rendition_stream(sound, audio, recipe.duration_s),), audio.file_name, options))
    return outputs, steady, drawn


def copy_clock(clock: Sequence[ClockRun]) -> dict[str, str]:
    """Output options for a stream that is copied: on the film's clock. Only for one run."""
    return {"output_ts_offset": f"{clock[0].shift_s:.6f}"} if is_shifted(clock) else {}


def compile_argv(
    toolchain: Toolchain,
    outputs: list[OutputFile],
    *,
    progress: bool = True,
    original: bool = False,
    often: bool = False,
    steady: Sequence[SteadySound] = (),
) -> tuple[str, ...]:
    """argv for a set of outputs, by ffmpeg-python.

    An `original` file keeps its timestamps as they are; `often` is for progress that somebody waits for. `steady` are
    the sounds that are mixed before they are used.
    """
    nodes = [ffmpeg.output(*output.streams, output.name, **output.options) for output in outputs]
    graph = ffmpeg.merge_outputs(*nodes) if len(nodes) > 1 else nodes[0]
    # Damaged sound must not cost the video: what came out is verified.
    head = [str(toolchain.ffmpeg), *FFMPEG_OPTIONS, "-max_error_rate", "1"]
    if original:
        head.append("-copyts")  # filters set the film's clock; ffmpeg's own corrections know one stream at a time
    if progress:
        head += ["-progress", "pipe:1", "-stats_period", "0.1" if often else "0.5"]  # key=value lines
    argv = ffmpeg.compile(graph, cmd=head, overwrite_output=True)  # -y: a retry finds its earlier output
    return tuple(insert_loopbacks(argv, len(head), steady) if steady else argv)


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
