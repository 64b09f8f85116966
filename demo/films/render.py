"""One demo clip as a film: spoken, painted frame by frame, and encoded to an MP4 as a phone would bring it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from demo.content.texts import DemoClip, read_texts
from demo.films import shapes, typeface, voice
from demo.films.layouts import LAYOUTS
from demo.films.motion import SpriteTrack, Transform
from demo.films.scene import FILM_FPS, Scene
from demo.films.typeface import TextStyle
from demo.films.voice import SentenceTiming, Speech
from media_pipeline import api

LANDSCAPE, PORTRAIT = (1280, 720), (720, 1280)
WATERMARK = "DEMO"
"""Stands on every frame: nobody shall take an invented voice for a real one."""

_FRAMES, _LIST, _SOUND, _MASTER = "frames", "frames.ffconcat", "voice.wav", "master.mp4"
_CONVERTED = "scale=in_range=pc:in_color_matrix=bt601:out_range=tv:out_color_matrix=bt709"
_LIMITS = api.ProcessLimits(wall_s=180, cpu_s=180)


@dataclass(frozen=True)
class RenderedFilm:
    """A rendered clip: the master file, and when each sentence is spoken."""

    path: Path
    timings: tuple[SentenceTiming, ...]
    seconds: float


class RenderStoppedError(Exception):
    """Whoever asked for the film has to end before it is finished."""


def render_film(
    clip: DemoClip,
    folder: Path,
    run_ffmpeg: api.FfmpegRunner = api.run_ffmpeg,
    should_stop: Callable[[], bool] = lambda: False,
) -> RenderedFilm:
    """Render the clip into `folder`, which is empty, and return the film.

    Raises RenderStoppedError once `should_stop` says so; VoiceError, FontsMissingError; MediaError when ffmpeg fails.
    """
    speech = voice.speak_sentences(clip.spoken_sentences, clip.spoken)
    (folder / _SOUND).write_bytes(speech.wav())
    scene = build_scene(clip, speech)
    write_frames(scene, folder, should_stop)
    try:
        run_ffmpeg(encode_arguments(scene.frames / FILM_FPS), folder, _LIMITS, should_stop=should_stop)
    except api.MediaError as problem:
        raise RenderStoppedError(clip.key) if problem.code == api.ErrorCode.CANCELLED else problem from problem
    shutil.rmtree(folder / _FRAMES)
    for name in (_LIST, _SOUND):
        (folder / name).unlink()
    return RenderedFilm(folder / _MASTER, speech.timings, speech.seconds)


def build_scene(clip: DemoClip, speech: Speech) -> Scene:
    """The clip's scene with its whole cast, ready to be painted."""
    width, height = PORTRAIT if clip.portrait else LANDSCAPE
    scene = Scene(width, height, speech.seconds, clip.spoken, clip.spoken_sentences, speech.timings, clip.stickers)
    LAYOUTS[clip.layout](scene)
    _sign(scene, read_texts(f"cities/{clip.city}")["name"][clip.spoken])
    return scene


def _sign(scene: Scene, city: str) -> None:
    """City and demo mark along the upper edge."""
    ink = shapes.ink_on(scene.ground)
    name = typeface.text_line(city, 30, TextStyle(scene.language, "text", ink))
    dark = shapes.INK if ink == shapes.PAPER else shapes.PAPER
    paper = shapes.PAPER if ink == shapes.PAPER else shapes.INK
    mark = typeface.text_line(WATERMARK, 26, TextStyle("en", "text", dark))
    tag = shapes.block(mark.width + 28, mark.height, paper, 10)
    tag.alpha_composite(mark, (14, 0))
    scene.add(name, SpriteTrack(Transform(scene.mirrored(36 + name.width / 2), 42)))
    scene.add(tag, SpriteTrack(Transform(scene.mirrored(scene.width - 32 - tag.width / 2), 42)))


def write_frames(scene: Scene, folder: Path, should_stop: Callable[[], bool] = lambda: False) -> None:
    """Every picture that differs from the one before, as a JPEG, and a list that says how long each one stands."""
    (folder / _FRAMES).mkdir()
    shown: list[int] = []  # how many frames each picture stands
    for picture, changed in scene.paint():
        if should_stop():
            raise RenderStoppedError
        if changed:
            picture.save(folder / _FRAMES / f"{len(shown):04}.jpg", quality=90)
            shown.append(0)
        shown[-1] += 1
    lines = ["ffconcat version 1.0"]
    for number, count in enumerate(shown):
        lines += [f"file {_FRAMES}/{number:04}.jpg", f"duration {count / FILM_FPS:.2f}"]
    # The last duration counts only when another entry follows.
    lines += [f"file {_FRAMES}/{len(shown) - 1:04}.jpg"]
    (folder / _LIST).write_text("\n".join(lines) + "\n")


def encode_arguments(seconds: float) -> tuple[str, ...]:
    """ffmpeg's arguments: frames and voice, under their relative names, to one MP4 beside them."""
    return (
        "-hide_banner", "-nostdin", "-loglevel", "error", "-y",
        "-f", "concat", "-safe", "1", "-protocol_whitelist", "file", "-i", _LIST,
        "-f", "wav", "-protocol_whitelist", "file", "-i", _SOUND,
        # JPEG has full range and the matrix of old television; phones and players expect limited range and BT.709.
        # Frames are doubled after the conversion: most pictures stand for many.
        "-vf", f"{_CONVERTED},format=yuv420p,fps={FILM_FPS}",
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
        # The ladder encodes again: spend little time here, and many bits instead.
        "-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-g", str(FILM_FPS * 2),
        # eSpeak speaks in one channel at 22 kHz; 48 kHz is what the ladder wants.
        "-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "1",
        "-movflags", "+faststart", "-map_metadata", "-1", "-t", f"{seconds:.2f}",
        _MASTER,
    )  # fmt: skip
