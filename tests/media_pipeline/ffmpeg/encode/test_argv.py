"""The commands, argument for argument, as golden files; and what no command may lack."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, cycle, takewhile
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.encode.argv import encode_command, sound_command
from media_pipeline.ffmpeg.encode.download import download_command
from media_pipeline.ffmpeg.encode.loudness import loudness_command, published_loudness_command
from media_pipeline.ffmpeg.encode.packager import package_command
from media_pipeline.ffmpeg.encode.trial import trial_command
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.images.stills import poster_command, storyboard_command
from media_pipeline.ffmpeg.images.storyboard import plan_storyboard
from media_pipeline.ffmpeg.inspect.first_frames import first_frames_command
from media_pipeline.ffmpeg.inspect.pictures import pictures_command
from media_pipeline.ffmpeg.inspect.probe import probe_command
from media_pipeline.ffmpeg.inspect.source import AudioStream, ClockRun, Colour, Source
from media_pipeline.ffmpeg.inspect.timeline import timeline_command
from media_pipeline.ffmpeg.plan.ladder import plan_recipe
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, H264_ONLY, LadderPolicy
from media_pipeline.ffmpeg.plan.quality import tuned_rung
from media_pipeline.ffmpeg.plan.recipe import UNTREATED, SoundTreatment
from media_pipeline.ffmpeg.run.command import ProcessCommand
from tests.media_pipeline.ffmpeg.samples import PLAIN_TOOLS, STEREO, TOOLS, source, video

MASTER, OUT = Path("/masters/master"), Path("/building")
SURROUND = AudioStream(index=2, codec="ac3", channels=6, sample_rate=48_000, duration_s=12.0)
PHONE = video(
    1920,
    1080,
    codec="hevc",
    display_width=1080,
    display_height=1920,
    rotation=90,
    hdr="dv84",
    bit_depth=10,
    is_vfr=True,
    fps_avg=Fraction(51600, 1841),
    colour=Colour("bt2020nc", "bt2020", "arib-std-b67"),
)
CAMCORDER = video(
    1440,
    1080,
    index=1,
    codec="mpeg2video",
    display_width=1920,
    interlaced=True,
    fps_avg=Fraction(25),
    fps_r=Fraction(25),
)
TWICE = (ClockRun(1.48, 4.44, -1.48), ClockRun(1.48, 4.44, 1.52))
JOINED = video(640, 360, flipped=True, rotation=90, display_width=360, display_height=640, resized=True, clock=TWICE)
JOINED_SOUND = replace(STEREO, clock=TWICE, layout="ambisonic 1", channels=4)
SHORT_SCENES = (0.0, 2.002, 4.004, 5.339, 7.341, 8.008)
COARSE_AV1 = replace(AV1_ON_TOP, av1_quality=55, av1_below_quality=44)
FAST = video(fps_avg=Fraction(60), fps_r=Fraction(60), colour=Colour("bt470bg", full_range=True))


def encoded(candidate: Source, policy: LadderPolicy) -> ProcessCommand:
    return encode_command(
        plan_recipe(candidate, policy, TOOLS, sound=SoundTreatment(4.5)), candidate, TOOLS, MASTER, OUT
    )


def text(command: ProcessCommand) -> str:
    """One argument a line; the long list of decoders is guards.py's own matter."""
    arguments = list(command.argv)
    for name in ("-codec_whitelist", "-format_whitelist"):
        if name in arguments:
            arguments[arguments.index(name) + 1] = "..."
    return "\n".join(arguments).replace(";", ";\n") + "\n"


@pytest.mark.parametrize(
    ("name", "candidate", "policy"),
    [
        ("h264", source(), H264_ONLY),
        ("av1", source(), AV1_ON_TOP),
        ("av1_with_cuts", source(keyframes=SHORT_SCENES), COARSE_AV1),
        ("copied", source(), LadderPolicy(copy_web_fit=True)),
        ("phone_hdr_portrait", source(PHONE), H264_ONLY),
        ("camcorder_surround", source(CAMCORDER, SURROUND), H264_ONLY),
        ("full_range_60_silent", source(FAST, None), H264_ONLY),
        ("described", replace(source(), described=replace(STEREO, index=2)), H264_ONLY),
        ("joined_and_resized", source(JOINED, JOINED_SOUND), H264_ONLY),
    ],
)
def test_encode(name: str, candidate: Source, policy: LadderPolicy, golden: Callable[[str, str], None]) -> None:
    golden(f"encode_{name}.txt", text(encoded(candidate, policy)))


def test_encode_of_a_sound_that_changes_its_channels(golden: Callable[[str, str], None]) -> None:
    candidate = replace(source(CAMCORDER, SURROUND), described=replace(STEREO, index=3))
    changing = SoundTreatment(4.5, changes=True)
    recipe = plan_recipe(candidate, H264_ONLY, TOOLS, sound=changing, described=changing)
    golden("encode_broadcast.txt", text(encode_command(recipe, candidate, TOOLS, MASTER, OUT)))


RECIPE = plan_recipe(source(), H264_ONLY, TOOLS)
assert RECIPE.audio is not None
BOARD = plan_storyboard(tuple(2.002 * count for count in range(150)), 300.3, 426, 240)
OTHERS = {
    "probe": probe_command(TOOLS, MASTER),
    "timeline": timeline_command(TOOLS, MASTER, demuxer="mov", decoders=("gif",)),
    "timeline_of_one_stream": timeline_command(TOOLS, MASTER, "v:0"),
    "pictures": pictures_command(TOOLS, source(), MASTER),
    "peek": first_frames_command(TOOLS, source(video(clock=(ClockRun(5, 15, -5),))), MASTER),
    "loudness": loudness_command(TOOLS, source(), STEREO, MASTER, UNTREATED),
    "loudness_of_a_broadcast": loudness_command(
        TOOLS, source(), SURROUND, MASTER, SoundTreatment(3.0, changes=True), limited=True
    ),
    "loudness_published": published_loudness_command(TOOLS, RECIPE.audio, OUT, 10.0),
    "sound_again": sound_command(
        RECIPE, replace(RECIPE.audio, treatment=SoundTreatment(6.0)), source(), TOOLS, MASTER, OUT
    ),
    "trial": trial_command(RECIPE, tuned_rung(RECIPE.rungs[0], 30), source(), TOOLS, MASTER, OUT, at_s=4.004),
    "package": package_command(RECIPE, TOOLS, OUT),
    "survey": storyboard_command(TOOLS, BOARD, MASTER, OUT),
    "survey_without_webp": storyboard_command(PLAIN_TOOLS, BOARD, MASTER, OUT),
    "posters": poster_command(TOOLS, (0.0, 8.008), MASTER, OUT),
    "download": download_command(RECIPE, TOOLS, OUT),
    "download_silent": download_command(replace(RECIPE, audio=None), TOOLS, OUT),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_commands(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"command_{name}.txt", text(OTHERS[name]))


@pytest.mark.parametrize("command", [encoded(source(), AV1_ON_TOP), *OTHERS.values()])
def test_no_command_names_a_place_of_this_machine(command: ProcessCommand) -> None:
    assert not any("/masters" in argument or "/building" in argument for argument in command.argv)
    assert Path(command.argv[0]).parent == Path("/tools")


@pytest.mark.parametrize("command", [encoded(source(), LadderPolicy(copy_web_fit=True)), OTHERS["download"]])
def test_every_output_leaves_metadata_behind(command: ProcessCommand) -> None:
    files = [argument for argument in command.argv if argument.endswith(".mp4") and argument != "{in0}"]
    written = [name for name in files if command.argv[command.argv.index(name) - 1] != "-i"]
    for name in ("-map_metadata", "-map_metadata:s", "-map_chapters"):
        assert command.argv.count(name) == len(written)


def test_work_bounds_time_and_files() -> None:
    short, long = encoded(source(), H264_ONLY), encoded(source(video(duration_s=3600.0)), H264_ONLY)
    assert (short.failure, short.progress) == (ErrorCode.ENCODE_FAILED, True)
    assert short.limits.wall_s < 2000 < long.limits.wall_s
    assert short.limits.file_bytes < long.limits.file_bytes


@pytest.mark.parametrize(
    ("policy", "gaps", "codec"),
    [(LadderPolicy(copy_web_fit=True), [1.0], "copy"), (COARSE_AV1, [1.7, 0.6, 0.9], "libsvtav1")],
    ids=["copied", "cuts"],
)
def test_long_videos_stay_below_what_an_argument_may_hold(policy: LadderPolicy, gaps: list[float], codec: str) -> None:
    keyframes = accumulate(cycle(gaps), initial=0.0)
    candidate = source(
        video(duration_s=4 * 3600.0), keyframes=tuple(takewhile(lambda time: time < 4 * 3600, keyframes))
    )
    command = encoded(candidate, policy)
    assert codec in command.argv
    assert 40 * 1024 < max(map(len, command.argv)) < 128 * 1024


def test_samples_have_no_cuts() -> None:
    """Theirs is another clock."""
    candidate = source(keyframes=SHORT_SCENES)
    recipe = plan_recipe(candidate, COARSE_AV1, TOOLS)
    top = tuned_rung(recipe.rungs[0], 55)
    assert recipe.cut_keyframes(top)
    command = trial_command(recipe, top, candidate, TOOLS, MASTER, OUT, at_s=4.004)
    assert "-force_key_frames" not in command.argv
    assert "-force_key_frames" in encode_command(recipe, candidate, TOOLS, MASTER, OUT).argv


def test_without_a_packager() -> None:
    with pytest.raises(MediaError) as missing:
        package_command(RECIPE, replace(TOOLS, packager=None), OUT)
    assert (missing.value.code, missing.value.failed) == (ErrorCode.NO_FFMPEG, True)
