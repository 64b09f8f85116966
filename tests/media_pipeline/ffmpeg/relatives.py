"""Films of which everything is known, and what is seen and heard of them in what we make.

Each second has a colour of its own and begins with a tone of its own, so that picture, sound and their sync can be read
from any output. A white square is in the upper left corner.
"""

import math
import subprocess
import wave
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import imageio_ffmpeg

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
COLOURS = {
    "r": (255, 0, 0),
    "g": (0, 255, 0),
    "b": (0, 0, 255),
    "y": (255, 255, 0),
    "m": (255, 0, 255),
    "c": (0, 255, 255),
    "k": (0, 0, 0),
}
PITCHES = {"r": 400, "g": 550, "b": 700, "y": 900, "m": 1150, "c": 1450}
TONE_S = 0.6  # of each second
WIDTH, HEIGHT, CORNER = 192, 108, 24
HERTZ = 8000
SMALL = 12  # pixels of the side of what is looked at
WINDOW = 40  # samples: 5 ms


@dataclass(frozen=True)
class Seen:
    """What a viewer gets: (seconds, colour) for every change, (seconds, colour whose tone it is) for every onset, and
    the corner of the white square."""

    colours: tuple[tuple[float, str], ...]
    tones: tuple[tuple[float, str], ...]
    frames: int
    length_s: float
    corner: str = ""

    def letters(self) -> str:
        return "".join(letter for _, letter in self.colours)

    def off_sync_s(self) -> float:
        """The largest distance between a change of colour and the tone that belongs to it."""
        pairs = [
            abs(seen_s - heard_s)
            for seen_s, letter in self.colours
            for heard_s, tone in self.tones
            if tone == letter and abs(seen_s - heard_s) < 0.5
        ]
        return max(pairs, default=0.0)


def ffmpeg(*arguments: object) -> bytes:
    command = [FFMPEG, "-v", "error", "-nostdin", "-y", *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()[-1500:]
    return done.stdout


@cache
def frame(letter: str, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """One picture as red, green and blue."""
    corner = max(2, height * CORNER // HEIGHT)
    plain = bytes(COLOURS[letter]) * width
    marked = b"\xff\xff\xff" * corner + bytes(COLOURS[letter]) * (width - corner)
    return marked * corner + plain * (height - corner)


def write_picture(path: Path, letters: str, rate: int = 25, size: tuple[int, int] = (WIDTH, HEIGHT)) -> tuple[str, ...]:
    """A raw picture of a second for each letter. Returns the arguments that read it."""
    path.write_bytes(b"".join(frame(letter, *size) * rate for letter in letters))
    return ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", str(rate), "-i", str(path))


def write_sound(path: Path, letters: str) -> tuple[str, ...]:
    """A tone for each letter; "." is a silent second. Returns the arguments that read it."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, HERTZ, 0, "NONE", ""))
        file.writeframes(b"".join(map(_second, letters)))
    return ("-i", str(path))


@cache
def _second(letter: str) -> bytes:
    turn = 2 * math.pi * PITCHES.get(letter, 0) / HERTZ
    heard = round(TONE_S * HERTZ) if letter != "." else 0
    return array("h", [round(9000 * math.sin(turn * at)) if at < heard else 0 for at in range(HERTZ)]).tobytes()


def look_at(picture: Path, sound: Path | None, rate: float) -> Seen:
    """What is in two files of ours, both of which start at zero; `rate` is that of the picture."""
    shape = f"scale={SMALL}:{SMALL}:flags=area"
    raw = ffmpeg("-i", picture, "-map", "0:v:0", "-vf", shape, "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
    size = SMALL * SMALL * 3
    frames = [raw[at : at + size] for at in range(0, len(raw), size)]
    letters = [nearest_colour(_pixel(one, SMALL // 2 + 1, SMALL // 2 + 1)) for one in frames]
    heard: tuple[tuple[float, str], ...] = ()
    if sound is not None:
        pcm = ffmpeg("-i", sound, "-map", "0:a:0", "-ac", 1, "-ar", HERTZ, "-f", "s16le", "-")
        heard = tuple(onsets(array("h", pcm)))
    corner = bright_corner(frames[len(frames) // 20]) if frames else ""
    return Seen(tuple(changes(letters, rate)), heard, len(frames), len(frames) / rate, corner)


def _pixel(one: bytes, x: int, y: int) -> tuple[int, ...]:
    at = (y * SMALL + x) * 3
    return tuple(one[at : at + 3])


def nearest_colour(pixel: Sequence[int]) -> str:
    return min(COLOURS, key=lambda letter: math.dist(COLOURS[letter], pixel))


def bright_corner(one: bytes) -> str:
    last = SMALL - 1
    places = {"tl": (0, 0), "tr": (last, 0), "bl": (0, last), "br": (last, last)}
    return max(places, key=lambda corner: min(_pixel(one, *places[corner])))


def changes(letters: Iterable[str], rate: float) -> Iterable[tuple[float, str]]:
    place = 0
    for letter, same in groupby(letters):
        yield round(place / rate, 3), letter
        place += len(list(same))


def onsets(samples: Sequence[int]) -> Iterable[tuple[float, str]]:
    """Where sound begins after at least a tenth of a second of silence, and whose tone it is."""
    levels = [max(map(abs, samples[at : at + WINDOW]), default=0) for at in range(0, len(samples) - WINDOW + 1, WINDOW)]
    loud = max(levels, default=0) / 6
    if loud < 30:
        return
    silent = 100
    for place, level in enumerate(levels):
        if level <= loud:
            silent += 1
            continue
        if silent >= 20:
            start = place * WINDOW
            yield round(start / HERTZ, 3), pitch(samples[start + 200 : start + 2200])
        silent = 0


def pitch(samples: Sequence[int]) -> str:
    """The letter of the strongest of the known tones (Goertzel)."""

    def power(letter: str) -> float:
        turn = 2 * math.cos(2 * math.pi * PITCHES[letter] / HERTZ)
        one = two = 0.0
        for value in samples:
            one, two = value + turn * one - two, one
        return one * one + two * two - turn * one * two

    return max(PITCHES, key=power)
