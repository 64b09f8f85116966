"""The painter: what it saves must not be seen; and each video's composition."""

import pytest
from PIL import Image

from demo.content.texts import demo_clips
from demo.films import shapes
from demo.films.layouts import LAYOUTS
from demo.films.motion import SpriteTrack, Transform
from demo.films.render import LANDSCAPE, PORTRAIT, build_scene
from demo.films.scene import FILM_FPS, Scene
from demo.films.voice import speak_sentences


def small_stage():
    scene = Scene(120, 80, 2.0, "en", (), (), ground=shapes.PAPER)
    scene.add(shapes.block(60, 40, shapes.SKY), SpriteTrack(Transform(40, 40)).to(1.0, Transform(80, 40, 20), 0.3))
    scene.add(shapes.block(30, 30, shapes.SUN), SpriteTrack(Transform(60, 40).hidden()).to(0.4, Transform(60, 50), 0.2))
    scene.add(shapes.disc(12, shapes.CORAL), SpriteTrack(Transform(20, 20)).to(0.8, Transform(90, 60), 0.6))
    return scene


def painted(scene, time):
    """A frame painted from nothing."""
    canvas = Image.new("RGB", (scene.width, scene.height), scene.ground)
    for sprite in scene.sprites:
        state = sprite.state(time)
        if state is not None:
            sprite.paint(canvas, state)
    return canvas


def test_frames_are_what_painting_everything_would_give():
    scene, plain = small_stage(), small_stage()
    frames = [picture.tobytes() for picture, _ in scene.paint()]
    assert frames == [painted(plain, number / FILM_FPS).tobytes() for number in range(scene.frames)]


def test_frames_that_do_not_change_are_marked_so():
    marks = [changed for _, changed in small_stage().paint()]
    assert len(marks) == 2 * FILM_FPS
    assert marks[:2] == [True, False]
    assert not any(marks[-10:])


@pytest.mark.parametrize("clip", demo_clips(), ids=lambda clip: clip.key)
def test_type_stays_inside_the_picture_and_above_the_captions(clip):
    speech = speak_sentences(clip.spoken_sentences, clip.spoken)
    scene = build_scene(clip, speech)
    assert (scene.width, scene.height) == (PORTRAIT if clip.portrait else LANDSCAPE)
    for cue in speech.timings:
        shown = list(_type(scene, (cue.start_ms + cue.end_ms) / 2000))
        assert len(shown) == 1
        left, top, right, bottom = shown[0]
        assert (left >= 30, top >= 55, right <= scene.width - 30) == (True, True, True)
        assert bottom <= scene.height * 5 / 6 + 12


def _type(scene, time):
    """Boxes of the sentences shown at a time."""
    for sprite in scene.spoken:
        state = sprite.state(time)
        if state is not None:
            x, y = state[0] - sprite.picture.width / 2, state[1] - sprite.picture.height / 2
            left, top, right, bottom = sprite.picture.getbbox()
            yield left + x, top + y, right + x, bottom + y


def test_the_demo_mark_is_on_every_frame_of_every_layout():
    marked = {}
    for clip in demo_clips():
        scene = build_scene(clip, speak_sentences(clip.spoken_sentences, clip.spoken))
        tag = scene.sprites[-1]
        marked[clip.layout] = {tag.state(time)[4] for time in (0, scene.seconds / 2, scene.seconds)}
    assert marked == {key: {1.0} for key in LAYOUTS}
