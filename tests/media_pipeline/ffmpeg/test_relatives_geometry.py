"""Films that are turned, cropped or change their size, and files with many streams: each as players show it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.encode import argv
from media_pipeline.ffmpeg.plan import ladder
from media_pipeline.ffmpeg.run import process
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg import chain
from tests.media_pipeline.ffmpeg.relatives import HEIGHT, WIDTH, ffmpeg, nearest_colour, write_picture, write_sound
from tests.media_pipeline.ffmpeg.test_relatives_clock import AAC, H264, POLICY, assert_film, film_of
from tests.sampling import sampled

pytestmark = pytest.mark.slow
REST = "relatives of films whose shape people reported"
WITHOUT_B = (*H264, "-bf", "0")  # no container says when the pictures of a bare stream are shown
SIZE, TALL = (WIDTH, HEIGHT), (HEIGHT, WIDTH)
# Where the upper left corner goes, and the size, for each turn against the clock.
TURNS = {0: ("tl", SIZE), 90: ("bl", TALL), 180: ("br", SIZE), 270: ("tr", TALL)}
CROP_BY_8 = bytes.fromhex("54bb810854aa8108ec8100")  # Matroska: PixelCropTop, PixelCropBottom, and Void
UNCROPPED = bytes.fromhex("54b2810455b08455b98101")  # what ffmpeg writes there: DisplayUnit, Colour


@dataclass(frozen=True)
class Shape:
    """A file and what must come of it: the size, the place of its upper left corner, its seconds."""

    name: str
    make: Callable[[Path], Path]
    size: tuple[int, int] = SIZE
    corner: str = "tl"
    letters: str = "rgb"
    tones: str | None = None


def plain(folder: Path, letters: str = "rgb", *options: str, name: str = "plain.mp4") -> Path:
    picture, sound = write_picture(folder / "picture", letters), write_sound(folder / "sound", letters)
    ffmpeg(*picture, *sound, *H264, *AAC, *options, folder / name)
    return folder / name


def turned(matrix: int | None, note: int | None, ending: str) -> Callable[[Path], Path]:
    """A film turned by its container (degrees against the clock), by a note in its stream (likewise), or by both."""

    def make(folder: Path) -> Path:
        film = plain(folder)
        if note is not None:
            noted = ("-bsf:v", f"h264_metadata=display_orientation=insert:rotate={note}")
            ffmpeg("-i", film, "-c", "copy", *noted, folder / "noted.mp4")
            film = folder / "noted.mp4"
        options = ("-display_rotation", str(matrix)) if matrix is not None else ()
        ffmpeg(*options, "-i", film, "-c", "copy", folder / f"turned.{ending}")
        return folder / f"turned.{ending}"

    return make


def cropped(folder: Path) -> Path:
    film = plain(folder, name="plain.mkv")
    found = film.read_bytes()
    assert found.count(UNCROPPED) == 1
    film.write_bytes(found.replace(UNCROPPED, CROP_BY_8))
    return film


def resized(ending: str, *parts: tuple[str, tuple[int, int]]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        stream = b""
        for letters, size in parts:
            ffmpeg(*write_picture(folder / "part", letters, size=size), *WITHOUT_B, "-f", "h264", folder / "part.h264")
            stream += (folder / "part.h264").read_bytes()
        (folder / "all.h264").write_bytes(stream)
        sound = write_sound(folder / "sound", "".join(letters for letters, _ in parts))
        streams = ("-map", "0:v", "-map", "1:a", "-c:v", "copy", *AAC)
        ffmpeg("-r", "25", "-f", "h264", "-i", folder / "all.h264", *sound, *streams, folder / f"all.{ending}")
        return folder / f"all.{ending}"

    return make


def with_tracks(ending: str, *options: str, sounds: str = "rg") -> Callable[[Path], Path]:
    """A film with a track of six tones of one pitch for each letter of `sounds`."""

    def make(folder: Path) -> Path:
        film = plain(folder)
        tracks = [part for letter in sounds for part in write_sound(folder / letter, letter * 3)]
        maps = [part for place in range(len(sounds)) for part in ("-map", f"{place + 1}:a")]
        ffmpeg("-i", film, *tracks, "-map", "0:v", *maps, "-c:v", "copy", *AAC, *options, folder / f"tracks.{ending}")
        return folder / f"tracks.{ending}"

    return make


def titled(title: str) -> Callable[[Path], Path]:
    both = ("-metadata:s:a:0", "language=ger", "-metadata:s:a:1", "language=ger")
    return with_tracks("mkv", *both, "-metadata:s:a:0", f"title={title}")


SMALL, LARGE = (96, 54), (256, 144)
SHAPES = [
    *(
        Shape(f"matrix {turn} {e}", turned(turn, None, e), *reversed(TURNS[turn]))
        for turn in TURNS
        for e in ("mp4", "mkv")
    ),
    *(Shape(f"note {turn}", turned(None, turn, "mp4"), *reversed(TURNS[turn])) for turn in (90, 180, 270)),
    *(
        Shape(f"matrix {turn} against note {note}", turned(turn, note, "mp4"), *reversed(TURNS[turn]))
        for turn, note in ((270, 90), (90, 180), (180, 90))
    ),
    Shape("cropped in Matroska", cropped, (WIDTH, HEIGHT - 16)),
    *(
        Shape(f"small, then large {e}", resized(e, ("r", SMALL), ("gby", LARGE)), LARGE, letters="rgby")
        for e in ("mp4", "mkv", "ts")
    ),
    *(
        Shape(f"upright, then wide {e}", resized(e, ("rgb", TALL), ("y", SIZE)), TALL, letters="rgby")
        for e in ("mp4", "ts")
    ),
    *(
        Shape(
            f"language {tag}",
            with_tracks("mkv", "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", f"language={tag}"),
            tones="ggg",
        )
        for tag in ("ger", "deu", "de", "de-AT")
    ),
    *(
        Shape(f"title {title}", titled(title), tones="ggg")
        for title in ("Audiodeskription", "Regiekommentar", "Tyflokomentarz", "Σχόλια του σκηνοθέτη", "تعليق المخرج")
    ),
]
QUICK = {"matrix 270 against note 90", "cropped in Matroska", "small, then large ts"}


@pytest.mark.parametrize("shape", sampled(SHAPES, lambda one: one.name in QUICK, REST, name=lambda one: one.name))
def test_films_as_players_show_them(tools: Toolchain, tmp_path: Path, shape: Shape) -> None:
    shown = film_of(tools, shape.make(tmp_path), tmp_path / "made")
    rung = shown.rung
    assert ((rung.width, rung.height), shown.seen.corner) == (shape.size, shape.corner)
    if shape.tones is None:
        assert_film(shown, shape.letters)
    else:
        assert "".join(letter for _, letter in shown.seen.tones) == shape.tones


def test_a_size_that_nobody_saw(tools: Toolchain, tmp_path: Path) -> None:
    """Not every picture is looked at beforehand: an unforeseen one fills the frame, and nothing is read beyond it."""
    film = resized("mp4", ("rg", SIZE), ("by", TALL))(tmp_path)
    source = chain.look(tools, film)
    assert source.video is not None
    unseen = replace(source.video, resized=False, width=WIDTH, height=HEIGHT, rotation=180)
    unseen = replace(unseen, display_width=WIDTH, display_height=HEIGHT)
    source = replace(source, video=unseen)
    recipe = ladder.plan_recipe(source, POLICY, tools)
    process.run_process(argv.encode_command(recipe, source, tools, film, tmp_path))
    rung = tmp_path / recipe.rungs[0].file_name
    inside = ("-vf", "trim=start=2.2:end=2.8,crop=iw-90:ih-50:10:10,scale=8:8:flags=area")  # without the white corner
    pixels = ffmpeg("-i", rung, *inside, "-frames:v", 1, "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
    assert {nearest_colour(pixels[at : at + 3]) for at in range(0, len(pixels), 3)} == {"b"}
