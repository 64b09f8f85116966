"""From a file to a verified package with the machine's own ffmpeg, on clips that ffmpeg draws."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from media_pipeline.ffmpeg.encode import loudness
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.hls.multivariant import write_multivariant_playlist
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, H264_ONLY, LadderPolicy
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg.chain import encode, facts, look, packets, publish

pytestmark = pytest.mark.slow
Draw = Callable[..., Path]

SMALL = LadderPolicy(h264_sides=(240, 120))
MOTION = ("-f", "lavfi", "-i", "testsrc2=size=426x240:rate=30000/1001:duration=5")
TONE = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100:duration=5")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def picture_size(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def test_a_film_with_sound(tools: Toolchain, draw: Draw, tmp_path: Path) -> None:
    clip = draw("film.mp4", *MOTION, *TONE, *H264, "-c:a", "aac", "-metadata", "location=+52.5+013.4/")
    made = publish(tools, encode(tools, clip, tmp_path, SMALL))
    assert [(track.codec, track.width, track.height) for track in made.tracks] == [
        ("h264", 426, 240),
        ("h264", 212, 120),
        ("aac", 0, 0),
    ]
    assert made.source.warnings == (WarningCode.GPS_REMOVED,)
    assert [round(time, 3) for time in made.timelines[made.recipe.smallest].keyframes] == [0.0, 2.002, 4.004]
    text = write_multivariant_playlist(made.tracks)
    assert text.count("#EXT-X-STREAM-INF") == text.count("#EXT-X-I-FRAME-STREAM-INF") == 2
    assert picture_size(tmp_path / "poster-1.ppm") == (426, 240)
    assert picture_size(tmp_path / "storyboard.webp") == (1600, 90)
    assert [path for path in tmp_path.glob("**/*.*") if b"+52.5" in path.read_bytes()] == []


@pytest.mark.parametrize("ten_bit", [False, True])
def test_av1_and_h264_from_one_decode(tools: Toolchain, draw: Draw, tmp_path: Path, ten_bit: bool) -> None:
    if not tools.supports_av1:
        pytest.skip("no good AV1 encoder")
    clip = draw("film.mp4", *MOTION, *TONE, *H264, "-c:a", "aac", "-metadata", "location=+52.5+013.4/")
    made = publish(tools, encode(tools, clip, tmp_path, replace(AV1_ON_TOP, av1_ten_bit=ten_bit)))
    assert [track.codecs.partition(".")[0] for track in made.tracks] == ["av01", "avc1", "mp4a"]


def test_encoded_rungs_follow_a_copied_one(tools: Toolchain, draw: Draw, tmp_path: Path) -> None:
    keyframes = ("-force_key_frames", "0,1.5,2.6,4.4", "-g", "300", "-color_range", "tv")
    clip = draw("webfit.mp4", *MOTION, *TONE, *H264, *keyframes, "-b:v", "600k", "-c:a", "aac")
    policy = replace(SMALL, copy_web_fit=True, copy_rate_share=9)
    made = publish(tools, encode(tools, clip, tmp_path, policy))
    assert [rung.codec for rung in made.recipe.rungs] == ["copy", "h264"]
    assert [round(time, 1) for time in made.recipe.keyframes] == [0.0, 2.6, 4.4]
    assert [round(time, 1) for time in made.timelines[made.recipe.rungs[1]].keyframes] == [0.0, 2.6, 4.4]


def test_no_sound(tools: Toolchain, draw: Draw, tmp_path: Path) -> None:
    clip = draw("silent.mp4", *MOTION, *H264)
    made = publish(tools, encode(tools, clip, tmp_path, SMALL))
    assert (made.source.warnings, [track.kind for track in made.tracks]) == ((WarningCode.NO_AUDIO,), ["video"] * 2)


def test_sound_that_is_late_and_sound_that_runs_on(tools: Toolchain, draw: Draw, tmp_path: Path) -> None:
    clip = draw("late.mkv", *MOTION, "-itsoffset", "2", *TONE, *H264, "-c:a", "aac")
    made = encode(tools, clip, tmp_path, SMALL)
    assert made.duration_s == pytest.approx(7.0, abs=0.1)
    assert packets(tools, tmp_path / "audio.mp4").duration_s == pytest.approx(7.0, abs=0.1)


def test_surround_becomes_stereo(tools: Toolchain, draw: Draw, tmp_path: Path) -> None:
    surround = ("-f", "lavfi", "-i", "sine=duration=5,aformat=channel_layouts=mono,pan=5.1|c0=c0|c1=c0|c2=c0")
    made = encode(tools, draw("surround.mkv", *MOTION, *surround, *H264, "-c:a", "ac3"), tmp_path, SMALL)
    assert made.recipe.warnings == (WarningCode.AUDIO_DOWNMIXED,)


def test_loudness_comes_near_the_target(tools: Toolchain, draw: Draw, tmp_path: Path) -> None:
    quiet = ("-f", "lavfi", "-i", "anoisesrc=color=pink:amplitude=0.2:duration=5:seed=1")
    encode(tools, draw("quiet.mp4", *MOTION, *quiet, *H264, "-c:a", "aac"), tmp_path, SMALL)
    published = tmp_path / "audio.mp4"
    heard = facts(tools, published)
    reading = process.run_process(loudness.loudness_command(tools, heard, published))
    assert loudness.parse_loudness(reading.stdout).integrated == pytest.approx(-16.0, abs=1.5)


@pytest.mark.parametrize(
    ("name", "picture", "arguments", "size"),
    [
        ("odd.mkv", "321x181", ("-c:v", "ffv1"), (320, 180)),
        ("sar.mp4", "180x180", ("-vf", "setsar=16/9", *H264), (320, 180)),
        ("vp9.webm", "160x120", ("-c:v", "libvpx-vp9"), (160, 120)),
        ("vp8.webm", "160x120", ("-c:v", "libvpx"), (160, 120)),
        ("theora.ogv", "160x120", ("-c:v", "libtheora"), (160, 120)),
        ("h263.3gp", "176x144", ("-r", "15", "-c:v", "h263"), (176, 144)),
        ("old.avi", "160x120", ("-c:v", "mpeg4"), (160, 120)),
        ("alpha.mov", "160x120", ("-c:v", "prores_ks", "-pix_fmt", "yuva444p10le"), (160, 120)),
        ("ten.mkv", "160x120", ("-c:v", "ffv1", "-pix_fmt", "yuv422p10le"), (160, 120)),
    ],
)
def test_what_old_and_odd_cameras_write(
    tools: Toolchain,
    draw: Draw,
    tmp_path: Path,
    name: str,
    picture: str,
    arguments: tuple[str, ...],
    size: tuple[int, int],
) -> None:
    clip = draw(name, "-f", "lavfi", "-i", f"testsrc2=size={picture}:rate=25:duration=1", *arguments)
    made = encode(tools, clip, tmp_path, LadderPolicy(h264_sides=(240,)))
    assert [(rung.width, rung.height) for rung in made.recipe.rungs] == [size]


def test_variable_rate_becomes_constant(tools: Toolchain, draw: Draw, tmp_path: Path) -> None:
    picture = "testsrc2=size=160x120:rate=30:duration=4,select='lt(t,2)+not(mod(n,3))'"
    clip = draw("vfr.mp4", "-f", "lavfi", "-i", picture, *H264, "-fps_mode", "vfr")
    made = encode(tools, clip, tmp_path, SMALL)
    written = made.timelines[made.recipe.rungs[0]]
    assert WarningCode.VFR_NORMALISED in made.recipe.warnings
    assert written.largest_gap_s == pytest.approx(1 / float(made.recipe.fps), rel=0.01)
    assert made.duration_s == pytest.approx(4.0, abs=0.2)


def test_interlaced_becomes_progressive(tools: Toolchain, draw: Draw, tmp_path: Path) -> None:
    fields = ("-vf", "interlace", "-flags", "+ildct+ilme", "-c:v", "mpeg2video", "-b:v", "3M")
    clip = draw("fields.mpg", "-f", "lavfi", "-i", "testsrc2=size=352x288:rate=50:duration=2", *fields)
    made = encode(tools, clip, tmp_path, SMALL)
    assert made.recipe.warnings == (WarningCode.NO_AUDIO, WarningCode.DEINTERLACED)


def test_a_rung_that_was_cut_is_found(tools: Toolchain, draw: Draw, tmp_path: Path) -> None:
    clip = draw("silent.mp4", *MOTION, *H264)
    made = encode(tools, clip, tmp_path, H264_ONLY)
    whole = (tmp_path / made.recipe.rungs[0].file_name).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MediaError) as problem:
        facts(tools, cut)
    assert problem.value.code is ErrorCode.VERIFY_FAILED


def test_a_cut_master_is_partial(tools: Toolchain, draw: Draw, tmp_path: Path) -> None:
    clip = draw("front.mp4", *MOTION, *H264, "-movflags", "+faststart")
    whole = clip.read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) // 2])
    assert WarningCode.PARTIAL in look(tools, cut).warnings
    made = encode(tools, cut, tmp_path, SMALL)
    assert 1.0 < made.duration_s < 4.0
