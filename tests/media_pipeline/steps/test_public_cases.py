"""Situations that people reported about such software, each with its right result.

The material is beside the project and may be missing. The column `check` of its manifest says what must come out.
"""

import cmath
import csv
import math
import shlex
import subprocess
from operator import itemgetter

import imageio_ffmpeg
import pytest

from media_pipeline import api
from tests.conftest import SHARED
from tests.media_pipeline.ffmpeg.relatives import COLOURS
from tests.sampling import sampled

from ..clips import fresh

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CASES = SHARED / "public_cases"
REST = "situations that people reported"
QUICK = {"open_gop.mp4", "joined.ts", "screen_pauses.mkv", "clean_aperture.mov", "first_size_small.webm",
         "two_programmes.ts", "second_sound_s302m.ts", "still_and_sound.mp4"}  # fmt: skip
# Its stream holds no note of a rotation (no SEI but x264's own): every player shows it as it lies.
NOT_AS_DESCRIBED = {"rotation_in_sei.mp4"}
PRIMARY = {letter: COLOURS[letter] for letter in "rgbymc"}
TONES = (220, 440, 660, 880, 1000)
SIDE = 24
QUIET = 50


def films():
    manifest = CASES / "MANIFEST.tsv"
    text = manifest.read_text("utf-8").splitlines() if manifest.exists() else []
    rows = [row for row in csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE) if row["kind"] != "captions"]
    name = itemgetter("file")
    rows = [row for row in rows if name(row).rpartition("/")[2] not in NOT_AS_DESCRIBED]
    return sampled(rows, lambda row: name(row).rpartition("/")[2] in QUICK, REST, name=name)


def ffmpeg(*arguments):
    return subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *arguments], check=False, capture_output=True, timeout=60
    ).stdout


def picture_at(film, seconds):
    """24 by 24 pixels as (red, green, blue); none behind the film's end."""
    shape = ("-frames:v", "1", "-vf", f"scale={SIDE}:{SIDE}:flags=area", "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
    found = ffmpeg("-i", film, "-ss", f"{seconds:.3f}", *shape)
    return [tuple(found[at : at + 3]) for at in range(0, len(found), 3)]


def colour_at(film, seconds):
    pixels = picture_at(film, seconds)
    if not pixels:
        return "-"
    middle = pixels[SIDE * 14 + 14]
    return min(PRIMARY, key=lambda one: math.dist(PRIMARY[one], middle))


def corner_at(film, seconds):
    pixels = picture_at(film, seconds)
    places = {"tl": (1, 1), "tr": (22, 1), "bl": (1, 22), "br": (22, 22)}
    return max(places, key=lambda corner: sum(pixels[SIDE * places[corner][1] + places[corner][0]]))


def samples(film, start=0.0, seconds=60.0):
    shape = ("-vn", "-ac", "1", "-ar", "8000", "-f", "s16le", "-")
    found = ffmpeg("-ss", f"{start:.3f}", "-t", str(seconds), "-i", film, *shape)
    return [int.from_bytes(found[at : at + 2], "little", signed=True) for at in range(0, len(found) - 1, 2)]


def level(sound):
    return math.sqrt(math.fsum(value * value for value in sound) / len(sound)) if sound else 0.0


def tone(sound):
    def power(frequency):
        turn = -2j * math.pi * frequency / 8000
        return abs(sum(value * cmath.exp(turn * place) for place, value in enumerate(sound[:4000])))

    return max(TONES, key=power) if level(sound) > QUIET else 0


def outcome(check, told, film):
    """What a check's words ask for, as the film has it: equal to the words when all is well."""
    name, _, wanted = check.partition("=")
    top = max(told["renditions"], key=lambda rung: rung["width"] * rung["height"])
    if name == "ready":
        return check
    if name == "duration":
        length, tolerance = map(float, wanted.split("+-"))
        there = abs(told["duration"] - length) <= tolerance and picture_at(film, max(0, length - 0.25 - tolerance))
        return check if there else f"duration={told['duration']}"
    if name == "colours":
        return f"colours={''.join(colour_at(film, place + 0.5) for place in range(len(wanted)))}"
    if name == "corner":
        return f"corner={corner_at(film, 0.5)}"
    if name == "portrait":
        return "portrait" if top["height"] > top["width"] else "landscape"
    if name == "size":
        return f"size={top['width']}x{top['height']}"
    if name == "one_size":
        decoded = ("-v", "verbose", "-i", film, "-map", "0:v", "-f", "null", "-")
        command = [imageio_ffmpeg.get_ffmpeg_exe(), *decoded]
        said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stderr
        return "several" if "Changing video frame properties" in said else "one_size"
    if name == "warning":
        return check if wanted in told["warnings"] else f"warning={told['warnings']}"
    if name == "audio":
        return "audio=none" if level(samples(film)) <= QUIET else "audio"
    if name == "tone":
        return f"tone={tone(samples(film, 1.5, 1))}"
    if name == "tone_at":
        second, _ = wanted.split(":")
        return f"tone_at={second}:{tone(samples(film, float(second), 0.6))}"
    assert name == "silence_until"
    start = float(wanted)
    silent, heard = level(samples(film, 0, start - 0.15)) <= QUIET, level(samples(film, start + 0.15, 1)) > QUIET
    return check if silent and heard else "sound starts elsewhere"


@pytest.mark.parametrize("row", films())
def test_films_come_out_as_the_manifest_says(row, media):
    clip = api.ingest_clip(CASES / row["file"], title="x", spoken_language="de")
    told = api.process_now(clip).as_json()
    assert (told["state"], told["error"]) == ("READY", None)
    package = fresh(clip).package
    film = str(media / "published" / package.prefix / package.download_name)
    checks = shlex.split(row["check"])
    assert [outcome(check, told, film) for check in checks] == checks
