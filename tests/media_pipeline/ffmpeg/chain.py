"""The pure functions driven from a file to a verified package with the real tools, as the steps do it."""

from dataclasses import dataclass, replace
from pathlib import Path

from media_pipeline.ffmpeg.encode import argv, download, loudness, packager
from media_pipeline.ffmpeg.encode.loudness import Loudness
from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.hls.multivariant import MediaTrack
from media_pipeline.ffmpeg.images import ranking, stills, storyboard
from media_pipeline.ffmpeg.inspect import probe, sniff, timeline
from media_pipeline.ffmpeg.inspect.original import inspect_original
from media_pipeline.ffmpeg.inspect.source import AudioStream, Source
from media_pipeline.ffmpeg.inspect.timeline import Timeline
from media_pipeline.ffmpeg.plan import ladder
from media_pipeline.ffmpeg.plan.policy import LadderPolicy
from media_pipeline.ffmpeg.plan.recipe import UNTREATED, AudioPlan, Recipe, Rung, SoundTreatment
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from media_pipeline.ffmpeg.verify import package as verify_package
from media_pipeline.ffmpeg.verify import streams


def head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(sniff.SNIFF_BYTES)


def look(tools: Toolchain, path: Path, language: str = "de") -> Source:
    """All inspections of an original file, with the limits checked after each."""
    return inspect_original(path, tools, process.run_process, language=language)


def facts(tools: Toolchain, path: Path) -> Source:
    said = process.run_process(probe.probe_command(tools, path))
    return streams.stream_facts(said.stdout, said.stderr_tail)


def packets(tools: Toolchain, path: Path, stream: str = "0") -> Timeline:
    return timeline.parse_timeline(process.run_process(timeline.timeline_command(tools, path, stream)).stdout)


@dataclass(frozen=True)
class Made:
    """What came out of one original file."""

    source: Source
    recipe: Recipe
    folder: Path
    timelines: dict[Rung, Timeline]
    duration_s: float
    warnings: tuple[WarningCode, ...]
    tracks: tuple[MediaTrack, ...] = ()


def treat(
    tools: Toolchain, source: Source, audio: AudioStream | None, path: Path, *, kept: bool = False
) -> SoundTreatment:
    """What the plan decides about a sound, by measurement."""
    if audio is None:
        return UNTREATED

    def measure(treatment: SoundTreatment, *, limited: bool = False) -> Loudness:
        command = loudness.loudness_command(tools, source, audio, path, treatment, limited=limited)
        return loudness.parse_loudness(process.run_process(command).stdout)

    return loudness.decide_treatment(measure, kept=kept)


def settle(tools: Toolchain, source: Source, recipe: Recipe, audio: AudioPlan, path: Path, folder: Path) -> None:
    """Measure an encoded sound, and encode it once more where it is not right."""
    better = loudness.correct_treatment(audio.treatment, measure_published(tools, audio, folder, recipe.duration_s))
    if better is not None:
        again = replace(audio, treatment=better)
        process.run_process(argv.sound_command(recipe, again, source, tools, path, folder))


def measure_published(tools: Toolchain, audio: AudioPlan, folder: Path, duration_s: float) -> Loudness:
    """The loudness of a sound that was encoded into `folder`, with true peaks."""
    said = process.run_process(loudness.published_loudness_command(tools, audio, folder, duration_s))
    return loudness.parse_loudness(said.stdout)


def encode(tools: Toolchain, path: Path, folder: Path, policy: LadderPolicy) -> Made:
    """From an original file to verified rungs."""
    source = look(tools, path)
    sound, described = (treat(tools, source, audio, path) for audio in (source.audio, source.described))
    recipe = ladder.plan_recipe(source, policy, tools, sound=sound, described=described)
    ended = process.run_process(argv.encode_command(recipe, source, tools, path, folder))
    for audio in recipe.sounds:
        settle(tools, source, recipe, audio, path, folder)
    timelines = {rung: packets(tools, folder / rung.file_name) for rung in recipe.rungs}
    for rung, packed in timelines.items():
        streams.verify_rung(rung, recipe, facts(tools, folder / rung.file_name), packed)
    for audio in recipe.sounds:
        made = folder / audio.file_name
        streams.verify_audio(audio, facts(tools, made), packets(tools, made), recipe.duration_s)
    duration, warnings = streams.verify_lengths(recipe, timelines, ended.stderr_tail)
    streams.verify_aligned(recipe, timelines)
    return Made(source, recipe, folder, timelines, duration, warnings)


def publish(tools: Toolchain, made: Made) -> Made:
    """From rungs to a package, pictures and the download, all verified."""
    recipe, folder, small = made.recipe, made.folder, made.recipe.smallest
    process.run_process(packager.package_command(recipe, tools, folder))
    package = folder / packager.PACKAGE_FOLDER
    texts = {path.name: path.read_text(encoding="utf-8") for path in package.glob("*.m3u8")}
    sizes = {path.name: path.stat().st_size for path in package.glob("*.mp4")}
    verify_package.verify_package(recipe, texts, sizes, made.duration_s)
    keyframes = made.timelines[small].keyframes
    board = storyboard.plan_storyboard(keyframes, made.duration_s, small.width, small.height, fps=small.fps)
    survey = process.run_process(stills.storyboard_command(tools, board, folder / small.file_name, folder))
    width, height = stills.ranking_size(board)
    assert len(survey.stdout) == len(board.times) * width * height
    best = ranking.rank_poster_candidates(
        survey.stdout, width, height, board.times, duration_s=made.duration_s, count=4
    )
    times = [candidate.time_s for candidate in best]
    process.run_process(stills.poster_command(tools, times, folder / recipe.largest.file_name, folder))
    process.run_process(download.download_command(recipe, tools, folder))
    path = folder / download.DOWNLOAD_NAME
    picture = packets(tools, path, "v:0")
    streams.verify_download(recipe, facts(tools, path), picture, head_of(path), made.duration_s)
    return replace(made, tracks=packager.media_tracks(recipe, texts, sizes))
