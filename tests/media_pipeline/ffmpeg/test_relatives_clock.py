"""Films whose clocks jump, start late, pause or hold wrong times, made with real muxers and put through the real chain.

Picture and sound say in every second which one it is, so that nothing of the film can be missing, twice or out of sync.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.inspect.clock import JUMP_S
from media_pipeline.ffmpeg.plan.policy import H264_ONLY
from media_pipeline.ffmpeg.plan.recipe import Rung
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg import chain
from tests.media_pipeline.ffmpeg.relatives import Seen, ffmpeg, look_at, write_picture, write_sound
from tests.sampling import sampled

pytestmark = pytest.mark.slow
POLICY = replace(H264_ONLY, h264_sides=(240,), h264_preset="ultrafast")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-bf", "2")
MPEG2 = ("-c:v", "mpeg2video", "-q:v", "4", "-g", "12", "-bf", "2")
AAC, MP2 = ("-c:a", "aac", "-ar", "48000"), ("-c:a", "mp2", "-ar", "48000")
AT_ONCE = ("-muxdelay", "0", "-muxpreload", "0", "-avoid_negative_ts", "disabled")
REST = "relatives of films whose clocks people reported"
IN_SYNC_S = 0.045  # 40 ms, and what a window of the sound adds
OVERLAP_S = 0.12  # of pictures at 25 a second; more is a jump back


@dataclass(frozen=True)
class Shown:
    """What came of a film."""

    seen: Seen
    rung: Rung
    warnings: frozenset[WarningCode]


def film_of(tools: Toolchain, path: Path, folder: Path) -> Shown:
    folder.mkdir(exist_ok=True)
    made = chain.encode(tools, path, folder, POLICY)
    rung, audio = made.recipe.rungs[0], made.recipe.audio
    seen = look_at(folder / rung.file_name, folder / audio.file_name if audio else None, float(rung.fps))
    return Shown(seen, rung, frozenset((*made.recipe.warnings, *made.warnings)))


def seconds(letters: str) -> list[tuple[object, str]]:
    return [(pytest.approx(place, abs=0.2), letter) for place, letter in enumerate(letters) if letter != "."]


def assert_film(shown: Shown, letters: str, tones: str | None = None) -> None:
    """Every second of picture and sound where it belongs, and the two in sync."""
    assert list(shown.seen.colours) == seconds(letters)
    assert list(shown.seen.tones) == seconds(letters if tones is None else tones)
    assert shown.seen.off_sync_s() <= IN_SYNC_S
    assert shown.seen.length_s == pytest.approx(len(letters), abs=0.3)


def record(path: Path, letters: str, tones: str | None = None, *, start: float = 0, container: str = "mpegts") -> Path:
    """A recording of a second for each letter. Its clock starts at `start`, with the first sound just before that."""
    tones = letters if tones is None else tones
    picture = write_picture(path.with_suffix(".rgb"), letters)
    sound = write_sound(path.with_suffix(".wav"), tones) if tones else ()
    codecs = (*MPEG2, *MP2) if container in ("mpeg", "vob") else (*H264, *AAC)
    shift = ("-output_ts_offset", start, *AT_ONCE)
    ffmpeg(*picture, *sound, *codecs, *shift, "-f", container, path)
    path.with_suffix(".rgb").unlink()
    return path


def join(path: Path, *parts: Path) -> Path:
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


def retimed(path: Path, original: Path, shift: str, container: str) -> Path:
    """A copy whose timestamps are moved by an expression; `T` is the time of a packet in seconds."""
    both = shift.replace("T", "(DTS*TB)")
    times = f"setts=pts=PTS+({both})/TB:dts=DTS+({both})/TB"
    ffmpeg("-copyts", "-i", original, "-c", "copy", "-bsf", times, *AT_ONCE, "-f", container, path)
    return path


FIVE = ("rg", "by", "mc", "rg", "by")
Case = tuple[str, Callable[[Path], Path], str, str | None]


def cases() -> list[Case]:
    def joined(*parts: tuple[str, str | None, float], container: str = "mpegts") -> Callable[[Path], Path]:
        def make(folder: Path) -> Path:
            files = [
                record(folder / f"{place}.part", letters, tones, start=start, container=container)
                for place, (letters, tones, start) in enumerate(parts)
            ]
            return join(folder / "joined", *files)

        return make

    def starting(at: float, container: str) -> Callable[[Path], Path]:
        return lambda folder: record(folder / "late", "rgbymc", start=at, container=container)

    def paused(pause: float, container: str) -> Callable[[Path], Path]:
        def make(folder: Path) -> Path:
            whole = record(folder / "whole.ts", "rgbymc")
            return retimed(folder / "paused", whole, f"gte(T\\,2.95)*{pause}", container)

        return make

    found: list[Case] = [
        ("joined backward", joined(("rgb", None, 10), ("ymc", None, 1)), "rgbymc", None),
        ("joined over the end of the clock", joined(("rgb", None, 10), ("ymc", None, 95_440)), "rgbymc", None),
        ("joined, 25 hours back", joined(("rgb", None, 90_000), ("ymc", None, 5)), "rgbymc", None),
        ("over the end and back", joined(("rg", None, 4172), ("by", None, 1), ("mc", None, 7076)), "rgbymc", None),
        ("joined, 30 hours later", joined(("rgb", None, 1), ("ymc", None, 110_000)), "rgbymc", None),
        ("joined five", joined(*zip(FIVE, [None] * 5, (1, 10, 5000, 1, 10), strict=True)), "".join(FIVE), None),
        ("joined, first silent", joined(("rgb", "", 4), ("ymc", None, 1)), "rgbymc", "...ymc"),
        ("joined, last silent", joined(("rgb", None, 10), ("ymc", "", 1)), "rgbymc", "rgb..."),
        ("joined, first sound shorter", joined(("rgb", "rg", 10), ("ymc", None, 1)), "rgbymc", "rg.ymc"),
        ("joined VOB backward", joined(("rg", None, 500), ("ymc", None, 1), container="vob"), "rgymc", None),
        ("joined VOB to and fro", joined(("bym", None, 97), ("rc", None, 97), ("yg", None, 102), container="vob"),
         "bymrcyg", None),
        *((f"paused {pause} s in {name}", paused(pause, name), "rgbymc", None)
          for pause in (2, 60, 20_000, 108_000) for name in ("mpegts",)),
        *((f"paused {pause} s in Matroska", paused(pause, "matroska"), "rgbymc", None) for pause in (12, 3600)),
        *((f"starts at {at} s in {name}", starting(at, name), "rgbymc", None)
          for at in (5, 95_443.2) for name in ("mpegts", "matroska", "mp4", "vob")),
        *((f"starts at {at} s in mpegts", starting(at, "mpegts"), "rgbymc", None) for at in (-3, -0.5)),
        *((f"starts at {at} s in matroska", starting(at, "matroska"), "rgbymc", None) for at in (-8, -3, -0.5, -0.08)),
        ("places of an AVI", starting(0, "avi"), "rgbymc", None),
        ("six that go on", joined(*(("rg" if place % 2 else "by", None, 1 + 2 * place) for place in range(6))),
         "byrgbyrgbyrg", None),
        ("six that go on in VOB",
         joined(*(("rg" if place % 2 else "by", None, 1 + 2 * place) for place in range(6)), container="vob"),
         "byrgbyrgbyrg", None),
    ]  # fmt: skip
    return found


QUICK = {
    "joined, first silent",
    "joined VOB to and fro",
    "joined over the end of the clock",
    "paused 12 s in Matroska",
    "starts at -3 s in matroska",
    "six that go on",
    "places of an AVI",
}


@pytest.mark.parametrize("case", sampled(cases(), lambda case: case[0] in QUICK, REST, name=lambda case: case[0]))
def test_films_whose_clocks_jump(tools: Toolchain, tmp_path: Path, case: Case) -> None:
    _, make, letters, tones = case
    shown = film_of(tools, make(tmp_path), tmp_path / "made")
    assert_film(shown, letters, tones)
    assert not {WarningCode.PARTIAL, WarningCode.DAMAGED, WarningCode.DURATION_MISMATCH} & shown.warnings


LETTERS = st.sampled_from(["rg", "bym", "c", "gb", "ymcr"])
# A clock of its own, or one that goes on so long after the end of the recording before.
CLOCKS = st.tuples(st.just(False), st.floats(1, 95_000)) | st.tuples(st.just(True), st.floats(-0.5, 1.5))


@pytest.mark.thorough(REST)
@given(st.lists(st.tuples(LETTERS, CLOCKS), min_size=2, max_size=4), st.sampled_from(["mpegts", "vob"]))
@example([("ymcr", (False, 93.0)), ("ymcr", (True, 0.0)), ("rg", (False, 161.0))], "vob")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_recordings_joined(
    tools: Toolchain, tmp_path: Path, parts: list[tuple[str, tuple[bool, float]]], container: str
) -> None:
    files, end_s, shortest_s, longest_s, in_sync_s = [], 1.0, 0.0, 0.0, IN_SYNC_S
    for place, (letters, (goes_on, seconds_)) in enumerate(parts):
        start_s = round(end_s + seconds_ if goes_on else seconds_, 2)
        hole_s = start_s - end_s if place else 0.0
        # A short hole stays a part of the film. Near the limits, sound and the muxer's rounding decide.
        shortest_s += hole_s if 0 < hole_s < JUMP_S - 0.1 else 0.0
        longest_s += hole_s if 0 < hole_s < JUMP_S + 0.1 else 0.0
        if -OVERLAP_S < hole_s < 0:  # no jump: two pictures and so much sound are left out, one by one
            in_sync_s = IN_SYNC_S + 0.03
        files.append(record(tmp_path / f"{place}.part", letters, start=start_s, container=container))
        end_s = start_s + len(letters)
    shown = film_of(tools, join(tmp_path / "joined", *files), tmp_path / "made")
    whole = "".join(letters for letters, _ in parts)
    assert shown.seen.letters() == "".join(a for a, b in zip(whole, " " + whole, strict=False) if a != b)
    assert shown.seen.off_sync_s() <= in_sync_s
    rounding_s = 0.2 * len(parts)
    assert len(whole) + shortest_s - rounding_s <= shown.seen.length_s <= len(whole) + longest_s + rounding_s


WRONG = [
    (name, place, by, container)
    for container in ("mpegts", "matroska", "mp4")
    for name, place in (("first", 0), ("middle", 70), ("last", 149))
    for by in (600, 3, -2, -600)
    # Three seconds of nothing before a last picture may be meant, where clocks do not jump.
    if not (name == "last" and by == 3 and container != "mpegts")
]


@pytest.mark.parametrize(
    "case",
    sampled(
        WRONG,
        lambda case: case == ("middle", 70, 600, "mp4"),
        REST,
        name=lambda case: f"{case[0]} {case[2]} s in {case[3]}",
    ),
)
def test_one_picture_with_a_wrong_time(tools: Toolchain, tmp_path: Path, case: tuple[str, int, int, str]) -> None:
    _, place, by, container = case
    whole = record(tmp_path / "whole", "rgbymc", container=container)
    wrong = f"setts=pts=PTS+eq(N\\,{place})*{by}/TB"
    ffmpeg("-copyts", "-i", whole, "-c", "copy", "-bsf:v", wrong, *AT_ONCE, "-f", container, tmp_path / "wrong")
    assert_film(film_of(tools, tmp_path / "wrong", tmp_path / "made"), "rgbymc")
