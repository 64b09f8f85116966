"""Sound with the machine's own ffmpeg: both ears hear it, at one loudness, whatever the channels of the original."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import ffmpeg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from media_pipeline.ffmpeg.encode import loudness
from media_pipeline.ffmpeg.encode.audio_filters import mix_to_stereo
from media_pipeline.ffmpeg.encode.channel_mix import CHANNEL_LAYOUTS
from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.inspect.source import AudioStream
from media_pipeline.ffmpeg.plan.ladder import sound_warnings
from media_pipeline.ffmpeg.plan.recipe import UNTREATED, Mend
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.command import ProcessCommand
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg.sounds import PICTURE, SHORT, SPEECH, Heard, publish_sound
from tests.sampling import sampled

pytestmark = pytest.mark.slow
Maker = Callable[..., Path]
Publish = Callable[..., Heard]

AMBISONIC = ("ambisonic 1", "ambisonic 2", "ambisonic 3", "ambisonic 1+stereo", "ambisonic 2+5.1")
WITH_ALL = sorted({*CHANNEL_LAYOUTS, *AMBISONIC})
CENTRED = [name for name, channels in CHANNEL_LAYOUTS.items() if "FC" in channels]
SAMPLE = {"mono", "5.1(side)", "hexadecagonal", "ambisonic 1+stereo", "binaural"}


def draw(make_video: Maker, name: str, *arguments: str) -> Path:
    """A film of these arguments: `make_video` keeps one of each name."""
    return make_video(f"{hashlib.sha256(repr(arguments).encode()).hexdigest()[:8]}-{name}", *arguments)


@pytest.fixture
def published(tools: Toolchain, make_video: Maker, tmp_path: Path) -> Publish:
    """Return what publishes the sound of a drawn film: its name and ffmpeg's arguments."""

    def make(name: str, *arguments: str, kept: bool = False) -> Heard:
        return publish_sound(tools, draw(make_video, name, *arguments), tmp_path, kept=kept)

    return make


def spoken(channels: str, seconds: float = 12, layout: str = "stereo", rate: int = 48_000) -> tuple[str, ...]:
    """ffmpeg's input of channels that are written as expressions, "|" between them."""
    return ("-f", "lavfi", "-i", f"aevalsrc={channels}:c={layout}:d={seconds}:s={rate}")


def is_right(heard: Heard) -> bool:
    """As loud as all, and nothing above the limit."""
    assert heard.published.integrated is not None
    assert heard.published.peak_db <= -1.0
    return abs(heard.published.integrated + 16) <= 1


@pytest.mark.parametrize("layout", sampled(WITH_ALL, SAMPLE.__contains__, "the other layouts"))
def test_no_layout_is_refused(tools: Toolchain, layout: str) -> None:
    count = len(CHANNEL_LAYOUTS.get(layout, ())) or {"1": 4, "2": 9, "3": 16}[layout[10]] + {"s": 2, "5": 6}.get(
        layout[12:13], 0
    )
    made = f"aevalsrc={'|'.join(['0.1*sin(2000*t)'] * count)}:c={layout}:d=0.3"
    opened = ffmpeg.input(made, f="lavfi")
    mixed = mix_to_stereo(opened["0"], AudioStream(0, "pcm_f64le", count, 44_100, layout=layout), UNTREATED)
    arguments = ffmpeg.compile(mixed.output("pipe:1", f="f32le"), cmd=[str(tools.ffmpeg), "-v", "error"])
    said = process.run_process(ProcessCommand(tuple(arguments)))
    assert len(said.stdout) == 8 * int(0.3 * 44_100)
    assert any(said.stdout)


@pytest.mark.parametrize("layout", sampled(CENTRED, SAMPLE.__contains__, "the other layouts"))
def test_dialogue_in_the_centre_is_heard_on_both_sides(published: Publish, layout: str) -> None:
    names = CHANNEL_LAYOUTS[layout]
    channels = "|".join(f"0.5*{SPEECH}" if name == "FC" else "0.05*sin(600*t)" for name in names)
    heard = published("layout.mov", *PICTURE, *spoken(channels, 6, layout), *SHORT, "-c:a", "pcm_s24le")
    assert heard.source.audio is not None
    assert is_right(heard)
    if heard.source.audio.layout:  # QuickTime has no name for some
        assert heard.balanced


@pytest.mark.parametrize(
    ("name", "channels", "options", "mend", "code"),
    [
        ("left.mp4", f"0.1*{SPEECH}|0", ("-c:a", "aac"), "left", WarningCode.SOUND_ONE_SIDED),
        ("right.mkv", f"0.003*(random(1)-0.5)|0.3*{SPEECH}", ("-c:a", "flac"), "right", WarningCode.SOUND_ONE_SIDED),
        ("lower.mp4", f"0.1*{SPEECH}|0.04*{SPEECH}", ("-c:a", "aac"), "", None),
        (
            "in_turn.mov",
            f"0.2*{SPEECH}*lt(mod(t\\,10)\\,5)|0.2*{SPEECH}*gte(mod(t\\,10)\\,5)",
            ("-c:a", "pcm_s16le"),
            "both",
            WarningCode.SOUND_ONE_SIDED,
        ),
    ],
)
def test_sides(
    published: Publish, name: str, channels: str, options: tuple[str, ...], mend: Mend, code: WarningCode | None
) -> None:
    heard = published(name, *PICTURE, *spoken(channels, 20), *SHORT, *options)
    assert (heard.treatment.mend, next(iter(sound_warnings(heard.treatment)), None)) == (mend, code)
    assert is_right(heard)
    assert heard.balanced or not mend


def test_sound_that_cancels_itself_is_heard_on_a_phone(published: Publish) -> None:
    turned = ("-f", "lavfi", "-i", f"aevalsrc=0.2*{SPEECH}:d=12,pan=stereo|c0=c0|c1=-1*c0")
    heard = published("turned.mp4", *PICTURE, *turned, *SHORT, "-c:a", "aac")
    assert (heard.treatment.mend, [*sound_warnings(heard.treatment)]) == ("invert", [WarningCode.SOUND_OUT_OF_PHASE])
    middle, side = (sum(one[place] for one in heard.windows) for place in (2, 3))
    assert middle > 100 * side
    assert is_right(heard)


def test_kept_sound_is_what_it_was(published: Publish) -> None:
    heard = published("art.mp4", *PICTURE, *spoken("0.05*sin(900*t)|0"), *SHORT, "-c:a", "aac", kept=True)
    left, right = heard.sides
    assert (heard.treatment.gain_db, heard.treatment.mend, heard.source.warnings) == (0.0, "", ())
    assert left == pytest.approx(0.05**2 / 2, rel=0.1)
    assert right < left / 1000


def test_silence_is_named(published: Publish) -> None:
    heard = published("silent.mp4", *PICTURE, *spoken("0|0"), *SHORT, "-c:a", "aac")
    assert [*sound_warnings(heard.treatment)] == [WarningCode.NO_SOUND_HEARD]


@pytest.mark.parametrize("second", ["0", f"0.2*{SPEECH}*gte(mod(t\\,10)\\,5)"])
def test_two_mono_tracks_of_a_camera(published: Publish, second: str) -> None:
    tracks = (
        *spoken(f"0.2*{SPEECH}*lt(mod(t\\,10)\\,5)", 20, "mono"),
        *spoken(second, 20, "mono"),
        *("-map", "0:v", "-map", "1:a", "-map", "2:a"),
    )
    heard = published("camera.mov", *PICTURE, *tracks, *SHORT, "-c:a", "pcm_s16le")
    assert heard.source.audio is not None
    assert heard.source.audio.second == 2
    assert heard.source.dropped == ()
    assert heard.treatment.mend == ("left" if second == "0" else "both")
    assert heard.balanced
    assert is_right(heard)


STEREO_PART = ("stereo", f"0.2*{SPEECH}|0.2*{SPEECH}", 48_000)
OTHER_RATE = ("stereo", f"0.2*{SPEECH}|0.2*{SPEECH}", 44_100)
SURROUND_PART = ("5.1(side)", f"0|0|0.4*{SPEECH}|0|0|0", 48_000)
MONO_PART = ("mono", f"0.2*{SPEECH}", 48_000)


@pytest.mark.parametrize("continued", [True, False])
@pytest.mark.parametrize(
    "parts",
    [
        (STEREO_PART, SURROUND_PART),
        (SURROUND_PART, STEREO_PART, SURROUND_PART),
        (MONO_PART, SURROUND_PART),
        (OTHER_RATE, STEREO_PART),
    ],
)
def test_channels_that_change_on_the_way(
    tools: Toolchain, make_video: Maker, tmp_path: Path, parts: tuple[tuple[str, str, int], ...], continued: bool
) -> None:
    """Each part is 5 s, the last of them silent, and plays at its time; `continued`: with one clock, else each anew."""
    video = ("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25:duration=5", "-c:v", "mpeg2video")
    film = tmp_path / "broadcast.ts"
    with film.open("wb") as file:
        for place, (layout, channels, rate) in enumerate(parts):
            at = ("-output_ts_offset", str(5 * place if continued else 0))
            part = draw(
                make_video, "part.ts", *video[:4], *spoken(channels, 5, layout, rate), *video[4:], "-c:a", "ac3", *at
            )
            file.write(part.read_bytes())
    heard = publish_sound(tools, film, tmp_path)
    assert heard.treatment.changes
    assert heard.duration_s == pytest.approx(5 * len(parts), abs=0.3)
    assert len(heard.windows) * 0.4 == pytest.approx(heard.duration_s, abs=0.5)
    loud = max(one.left for one in heard.windows)
    pauses = [round(place * 0.4, 1) for place, one in enumerate(heard.windows) if one.left < loud / 1000]
    expected = [5 * part + 4.4 for part in range(len(parts))]
    assert all(any(abs(pause - time) < 0.45 for pause in pauses) for time in expected), pauses
    assert all(any(abs(pause - time - 0.2) < 0.8 for time in expected) for pause in pauses), pauses
    assert heard.balanced
    assert is_right(heard)


films = st.fixed_dictionaries(
    {
        "layout": st.sampled_from(["mono", "stereo", "quad", "5.1", "5.1(side)", "6.1", "7.1", "hexadecagonal"]),
        "level": st.floats(-44, 10),
        "silent": st.sets(st.integers(0, 15), max_size=3),
        "offset": st.sampled_from(["0", "1.5", "-0.7"]),
        "music": st.booleans(),
        "codec": st.sampled_from(["aac", "pcm_s16le", "flac"]),
    }
)


def check_film(tools: Toolchain, make_video: Maker, folder: Path, film: dict) -> None:
    """Publish the sound of a film that is described by values, and hold it against what is promised."""
    names = CHANNEL_LAYOUTS[film["layout"]]
    factor = 10 ** (film["level"] / 20)
    sound = "0.3*sin(1500*t)*(1+sin(3*t))+0.2*sin(5000*t)*lt(mod(t\\,0.5)\\,0.1)" if film["music"] else SPEECH
    silent = {place for place in film["silent"] if place < len(names)}
    if all(name.startswith("LFE") or place in silent for place, name in enumerate(names)):
        silent = set()
    channels = "|".join("0" if place in silent else f"{factor:.5f}*{sound}" for place in range(len(names)))
    codec = "pcm_s16le" if len(names) > 8 else film["codec"]
    sounds = ("-itsoffset", film["offset"], *spoken(channels, 8, film["layout"]))
    path = draw(make_video, "film.mkv", *PICTURE, *sounds, *SHORT, "-c:a", codec)
    heard = publish_sound(tools, path, folder)
    assert heard.published.peak_db <= -1.0
    if heard.treatment.silent:
        assert [*sound_warnings(heard.treatment)] == [WarningCode.NO_SOUND_HEARD]
        return
    # What would take more than the largest gain stays quieter: hiss is not raised to speech.
    missing = loudness.TARGET_LUFS - (heard.published.integrated or 0.0)
    if heard.treatment.gain_db + missing <= loudness.MAX_GAIN_DB:
        assert is_right(heard), (film, heard.treatment, heard.published)


AS_QUIET_AS_MAY_BE = {
    "layout": "5.1",
    "level": -35.0,
    "silent": set(),
    "offset": "0",
    "music": False,
    "codec": "pcm_s16le",
}


@given(film=films)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sound_is_as_loud_as_all(tools: Toolchain, make_video: Maker, tmp_path: Path, film: dict) -> None:
    check_film(tools, make_video, tmp_path, film)


@pytest.mark.thorough("a sample of it runs always")
@given(film=films)
@example(film=AS_QUIET_AS_MAY_BE)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sound_at_all_is_as_loud_as_all(tools: Toolchain, make_video: Maker, tmp_path: Path, film: dict) -> None:
    check_film(tools, make_video, tmp_path, film)
