"""From a file to a verified package with the machine's own ffmpeg, on clips that ffmpeg draws."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.hls.multivariant import write_multivariant_playlist
from media_pipeline.ffmpeg.plan.policy import AV1_ON_TOP, H264_ONLY, LadderPolicy
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg.chain import Made, encode, facts, look, packets, publish

pytestmark = pytest.mark.slow
Maker = Callable[..., Path]
Encode = Callable[..., Made]

SMALL = LadderPolicy(h264_sides=(240, 120))
MOTION = ("-f", "lavfi", "-i", "testsrc2=size=426x240:rate=30000/1001:duration=5")
TONE = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100:duration=5")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


VIDEO = ("video.mp4", *MOTION, *TONE, *H264, "-c:a", "aac", "-metadata", "location=+52.5+013.4/")


@pytest.fixture
def encoded(tools: Toolchain, make_video: Maker, tmp_path: Path) -> Encode:
    """Return what encodes a drawn clip into `tmp_path`: its name and ffmpeg's arguments, and the policy."""

    def make(*clip: str, policy: LadderPolicy = SMALL) -> Made:
        return encode(tools, make_video(*clip), tmp_path, policy)

    return make


def picture_size(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def test_a_video_with_sound(tools: Toolchain, encoded: Encode, tmp_path: Path) -> None:
    made = publish(tools, encoded(*VIDEO))
    tracks = [(track.codec, track.width, track.height) for track in made.tracks]
    assert tracks == [("h264", 426, 240), ("h264", 212, 120), ("aac", 0, 0)]
    assert made.source.warnings == (WarningCode.GPS_REMOVED,)
    assert [round(time, 3) for time in made.timelines[made.recipe.smallest].keyframes] == [0.0, 2.002, 4.004]
    text = write_multivariant_playlist(made.tracks)
    assert text.count("#EXT-X-STREAM-INF") == text.count("#EXT-X-I-FRAME-STREAM-INF") == 2
    assert picture_size(tmp_path / "poster-1.ppm") == (426, 240)
    assert picture_size(tmp_path / "storyboard.webp") == (1600, 90)
    assert [path for path in tmp_path.glob("**/*.*") if b"+52.5" in path.read_bytes()] == []


@pytest.mark.parametrize("ten_bit", [False, True])
def test_av1_and_h264_from_one_decode(tools: Toolchain, encoded: Encode, ten_bit: bool) -> None:
    if not tools.supports_av1:
        pytest.skip("no good AV1 encoder")
    made = publish(tools, encoded(*VIDEO, policy=replace(AV1_ON_TOP, av1_ten_bit=ten_bit)))
    assert [track.codecs.partition(".")[0] for track in made.tracks] == ["av01", "avc1", "mp4a"]


def test_encoded_rungs_follow_a_copied_one(tools: Toolchain, encoded: Encode) -> None:
    keyframes = ("-force_key_frames", "0,1.5,2.6,4.4", "-g", "300", "-color_range", "tv")
    clip = ("webfit.mp4", *MOTION, *TONE, *H264, *keyframes, "-b:v", "600k", "-c:a", "aac")
    made = publish(tools, encoded(*clip, policy=replace(SMALL, copy_web_fit=True, copy_rate_share=9)))
    assert [rung.codec for rung in made.recipe.rungs] == ["copy", "h264"]
    assert [round(time, 1) for time in made.recipe.keyframes] == [0.0, 2.6, 4.4]
    assert [round(time, 1) for time in made.timelines[made.recipe.rungs[1]].keyframes] == [0.0, 2.6, 4.4]


def test_no_sound(tools: Toolchain, encoded: Encode) -> None:
    made = publish(tools, encoded("silent.mp4", *MOTION, *H264))
    assert (made.source.warnings, [track.kind for track in made.tracks]) == ((WarningCode.NO_AUDIO,), ["video"] * 2)


def test_sound_that_is_late_and_sound_that_runs_on(tools: Toolchain, encoded: Encode, tmp_path: Path) -> None:
    made = encoded("late.mkv", *MOTION, "-itsoffset", "2", *TONE, *H264, "-c:a", "aac")
    assert made.duration_s == pytest.approx(7.0, abs=0.1)
    assert packets(tools, tmp_path / "audio.mp4").duration_s == pytest.approx(7.0, abs=0.1)


def test_surround_becomes_stereo(encoded: Encode) -> None:
    surround = ("-f", "lavfi", "-i", "sine=duration=5,aformat=channel_layouts=mono,pan=5.1|c0=c0|c1=c0|c2=c0")
    made = encoded("surround.mkv", *MOTION, *surround, *H264, "-c:a", "ac3")
    assert made.recipe.warnings == (WarningCode.AUDIO_DOWNMIXED,)


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
    encoded: Encode, name: str, picture: str, arguments: tuple[str, ...], size: tuple[int, int]
) -> None:
    clip = (name, "-f", "lavfi", "-i", f"testsrc2=size={picture}:rate=25:duration=1", *arguments)
    made = encoded(*clip, policy=LadderPolicy(h264_sides=(240,)))
    assert [(rung.width, rung.height) for rung in made.recipe.rungs] == [size]


def test_variable_rate_becomes_constant(encoded: Encode) -> None:
    picture = "testsrc2=size=160x120:rate=30:duration=4,select='lt(t,2)+not(mod(n,3))'"
    made = encoded("vfr.mp4", "-f", "lavfi", "-i", picture, *H264, "-fps_mode", "vfr")
    written = made.timelines[made.recipe.rungs[0]]
    assert WarningCode.VFR_NORMALISED in made.recipe.warnings
    assert written.largest_gap_s == pytest.approx(1 / float(made.recipe.fps), rel=0.01)
    assert made.duration_s == pytest.approx(4.0, abs=0.2)


def test_interlaced_becomes_progressive(encoded: Encode) -> None:
    fields = ("-vf", "interlace", "-flags", "+ildct+ilme", "-c:v", "mpeg2video", "-b:v", "3M")
    made = encoded("fields.mpg", "-f", "lavfi", "-i", "testsrc2=size=352x288:rate=50:duration=2", *fields)
    assert made.recipe.warnings == (WarningCode.NO_AUDIO, WarningCode.DEINTERLACED)


def cut_in_half(path: Path) -> Path:
    cut, whole = path.with_name(f"cut-{path.name}"), path.read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    return cut


def test_a_rung_that_was_cut_is_found(tools: Toolchain, encoded: Encode, tmp_path: Path) -> None:
    made = encoded("silent.mp4", *MOTION, *H264, policy=H264_ONLY)
    with pytest.raises(MediaError) as problem:
        facts(tools, cut_in_half(tmp_path / made.recipe.rungs[0].file_name))
    assert problem.value.code is ErrorCode.VERIFY_FAILED


def test_a_cut_original_is_partial(tools: Toolchain, make_video: Maker, tmp_path: Path) -> None:
    cut = cut_in_half(make_video("front.mp4", *MOTION, *H264, "-movflags", "+faststart"))
    assert WarningCode.PARTIAL in look(tools, cut).warnings
    made = encode(tools, cut, tmp_path, SMALL)
    assert 1.0 < made.duration_s < 4.0


def test_a_last_picture_that_claims_to_stay_for_ever(make_video: Maker, tools: Toolchain, tmp_path: Path) -> None:
    """A writer that counted wrong at the end: the length of the last sample in the file's table is ten minutes."""
    video = make_video("even.mp4", *MOTION, *H264, "-video_track_timescale", "30000")
    table = b"stts" + bytes(4) + (1).to_bytes(4) + (150).to_bytes(4) + (1001).to_bytes(4)
    whole = video.read_bytes()
    assert whole.count(table) == 1
    # The last of 150 becomes an entry of its own; what is longer now pushes the index, which stands behind the media.
    longer = (
        b"stts" + bytes(4) + (2).to_bytes(4) + b"".join(number.to_bytes(4) for number in (149, 1001, 1, 600 * 30_000))
    )
    at = whole.index(table)
    changed = bytearray(whole[: at - 4] + (len(longer) + 4).to_bytes(4) + longer + whole[at + len(table) :])
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl"):
        place = changed.rindex(kind, 0, at)
        size = int.from_bytes(changed[place - 4 : place])
        changed[place - 4 : place] = (size + len(longer) - len(table)).to_bytes(4)
    cut = tmp_path / "for_ever.mp4"
    cut.write_bytes(changed)
    made = encode(tools, cut, tmp_path, SMALL)
    assert made.duration_s == pytest.approx(5.0, abs=0.1)
