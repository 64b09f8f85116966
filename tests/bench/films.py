"""Ten films of a minute, by which the quality and the bytes of the best rung are judged: as unlike as real ones.

All are landscape, 30 frames a second, 1920x1080 or 1280x720, in plain colours, as heavy as a phone writes them. A film
repeats a part of some seconds, which is what the peers' encoder is given: at a constant rate factor its bytes a second
do not depend on how often. Half are cut from shared clips (where there are any), half are drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.bench import clips
from tests.bench.clips import BT709, PHONE_RATE, SHARED, SOUND, TONE_MAP, Clip, made
from tests.bench.peers import Argv

FILM_S = 60.0
PART_S = 6.0
FULL, HALF = "1920:1080", "1280:720"
WORDS = ("the", "city", "of", "young", "people", "and", "their", "film", "about", "rights", "at", "school", "today")


@dataclass(frozen=True)
class Film:
    """A minute of film, and the part that it repeats."""

    part: Clip
    whole: Clip

    @property
    def name(self) -> str:
        return self.part.path.stem


def make_films(tools: Toolchain, folder: Path, *, quick: bool) -> list[Film]:
    """All that can be made here; three of them when it has to be quick."""
    parts = [part for make in MAKERS for part in [make(tools, folder)] if part is not None]
    return [Film(part, _whole(tools, folder, part)) for part in (parts[:: len(parts) // 3][:3] if quick else parts)]


def _whole(tools: Toolchain, folder: Path, part: Clip) -> Clip:
    """Pictures are repeated alone: sound that lasts a little longer would leave a gap each time."""
    silent = made(tools, folder, "silent.mp4", part.seconds, "pictures", ("-i", str(part.path), "-c", "copy", "-an"))
    inputs = ("-stream_loop", "-1", "-i", str(silent.path), "-f", "lavfi", "-i", SOUND)
    coded = ("-c:v", "copy", "-c:a", "aac", "-b:a", "96k", "-ac", "2", "-t", f"{FILM_S:g}")
    what = f"{part.path.name} again and again"
    return made(tools, folder, f"{part.path.stem}-film.mp4", FILM_S, what, (*inputs, *coded))


def _shared(name: str, sources: tuple[str, ...], size: str = FULL, first: str = "") -> Callable[..., Clip | None]:
    """Clips one after the other, each from its start for at most a few seconds, cut to the size from the middle."""

    def make(tools: Toolchain, folder: Path) -> Clip | None:
        paths = [SHARED / source for source in sources]
        if not tools.supports_zscale or not all(path.is_file() for path in paths):
            return None
        fitted = f"scale={size}:force_original_aspect_ratio=increase:flags=bicubic,crop={size},setsar=1,fps=30"
        each = f"{first}{fitted},trim=duration={PART_S:g},setpts=PTS-STARTPTS"
        chains = [f"[{place}:v:0]{each}[v{place}]" for place in range(len(paths))]
        joined = "".join(f"[v{place}]" for place in range(len(paths)))
        graph = ";".join([*chains, f"{joined}concat=n={len(paths)}:v=1:a=0,sidedata=mode=delete,format=yuv420p[v]"])
        inputs = [word for path in paths for word in ("-i", str(path))]
        return _part(tools, folder, name, (*inputs, "-f", "lavfi", "-i", SOUND), graph, len(paths))

    return make


def _drawn(name: str, picture: str, inputs: Callable[[Path], Argv] | None = None) -> Callable[..., Clip | None]:
    """A part from lavfi alone, or from a picture that `inputs` draws."""

    def make(tools: Toolchain, folder: Path) -> Clip | None:
        opened = inputs(folder) if inputs else ("-f", "lavfi", "-i", "nullsrc=size=2x2")
        graph = f"{picture},trim=duration={PART_S:g},format=yuv420p[v]"
        return _part(tools, folder, name, (*opened, "-f", "lavfi", "-i", SOUND), graph, 1)

    return make


def _part(tools: Toolchain, folder: Path, name: str, inputs: Argv, graph: str, sound: int) -> Clip:
    chosen = ("-filter_complex", graph, "-map", "[v]", "-map", f"{sound}:a", "-shortest")
    coded = ("-c:v", "libx264", "-preset", "superfast", *PHONE_RATE, *BT709, "-c:a", "aac", "-b:a", "96k", "-ac", "2")
    part = made(tools, folder, f"{name}.mp4", PART_S, name, (*inputs, *chosen, *coded))
    return clips.measured(tools, part)


def _page_of_text(folder: Path) -> Argv:
    page = Image.new("RGB", (1920, 2400), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(36)
    for row in range(44):
        line = " ".join(WORDS[(row * 5 + place * (row + 3)) % len(WORDS)] for place in range(18))
        pen.text((60, 30 + row * 54), line, fill=(20, 20, 40), font=font)
    path = folder / "page.png"
    page.save(path)
    return ("-loop", "1", "-framerate", "30", "-i", str(path))


_PEOPLE = (
    *("hands_blocks.mp4", "people_cups_occlusion.mp4", "people_dog.mp4", "person_juggle_noaudio.mp4"),
    "speech_en_lastman_720p.mp4",
)
_STILL = "mandelbrot=size=3840x2160:rate=1:end_scale=0.3,trim=end_frame=1,loop=-1:size=1,setpts=N/30/TB,fps=30"
_SWAY = "crop=1920:1080:x='960+950*sin(t*2.3)':y='540+530*sin(t*3.1)'"
_LINES = "[0:v]crop=1920:1080:0:'min(ih-oh,floor(t)*160+max(0,t-floor(t)-0.7)*533)'"
_WALK = "crop=1920:1080:x='960+300*sin(t*0.6)':y='540+200*sin(t*0.4)'"

MAKERS: tuple[Callable[[Toolchain, Path], Clip | None], ...] = (
    lambda tools, folder: clips.real(tools, folder, PART_S),
    _drawn("text", _LINES, _page_of_text),
    _shared("people", _PEOPLE, HALF),
    _drawn("motion", f"{_STILL},{_SWAY},noise=alls=3:allf=t"),
    _shared("dog", ("android_vfr_1080p_dog.mp4",)),
    _shared("bright", ("iphone_hlg_dv84_portrait.mp4",), first=TONE_MAP),
    # On plain surfaces noise is all that there is to see: then 17 Mbit/s are too few for the film itself.
    _drawn("grain", f"{_STILL},{_WALK},noise=alls=8:allf=t"),
    _shared("animation", ("bbb_rot90_51audio.mp4",)),
    _shared("lecture", ("screencast_face_720p.mp4",), HALF),
    _drawn("dark", f"{_STILL},{_WALK},eq=brightness=-0.35:contrast=0.4,noise=alls=4:allf=t"),
)
