"""The painter: what it saves must not be seen; and each film's composition."""

import pytest
from PIL import Image

from demo.content.texts import clips
from demo.films import shapes
from demo.films.layouts import LAYOUTS
from demo.films.motion import Pose, Track
from demo.films.render import LANDSCAPE, PORTRAIT, staged
from demo.films.stage import FPS, Stage
from demo.films.voice import speak


def small_stage():
    stage = Stage(120, 80, 2.0, "en", (), (), ground=shapes.PAPER)
    stage.add(shapes.block(60, 40, shapes.SKY), Track(Pose(40, 40)).to(1.0, Pose(80, 40, 20), 0.3))
    stage.add(shapes.block(30, 30, shapes.SUN), Track(Pose(60, 40).hidden()).to(0.4, Pose(60, 50), 0.2))
    stage.add(shapes.disc(12, shapes.CORAL), Track(Pose(20, 20)).to(0.8, Pose(90, 60), 0.6))
    return stage


def painted(stage, time):
    """A frame painted from nothing."""
    canvas = Image.new("RGB", (stage.width, stage.height), stage.ground)
    for sprite in stage.sprites:
        state = sprite.state(time)
        if state is not None:
            sprite.paint(canvas, state)
    return canvas


def test_frames_are_what_painting_everything_would_give():
    stage, plain = small_stage(), small_stage()
    frames = [picture.tobytes() for picture, _ in stage.paint()]
    assert frames == [painted(plain, number / FPS).tobytes() for number in range(stage.frames)]


def test_frames_that_do_not_change_are_marked_so():
    marks = [changed for _, changed in small_stage().paint()]
    assert len(marks) == 2 * FPS
    assert marks[:2] == [True, False]
    assert not any(marks[-10:])


@pytest.mark.parametrize("clip", clips(), ids=lambda clip: clip.key)
def test_type_stays_inside_the_picture_and_above_the_captions(clip):
    speech = speak(clip.spoken_sentences, clip.spoken)
    stage = staged(clip, speech)
    assert (stage.width, stage.height) == (PORTRAIT if clip.portrait else LANDSCAPE)
    for cue in speech.cues:
        shown = list(_type(stage, (cue.start_ms + cue.end_ms) / 2000))
        assert len(shown) == 1
        left, top, right, bottom = shown[0]
        assert (left >= 30, top >= 55, right <= stage.width - 30) == (True, True, True)
        assert bottom <= stage.height * 5 / 6 + 12


def _type(stage, time):
    """Boxes of the sentences that stand at a time."""
    for sprite in stage.spoken:
        state = sprite.state(time)
        if state is not None:
            x, y = state[0] - sprite.picture.width / 2, state[1] - sprite.picture.height / 2
            left, top, right, bottom = sprite.picture.getbbox()
            yield left + x, top + y, right + x, bottom + y


def test_the_demo_mark_stands_on_every_frame_of_every_layout():
    marked = {}
    for clip in clips():
        stage = staged(clip, speak(clip.spoken_sentences, clip.spoken))
        tag = stage.sprites[-1]
        marked[clip.layout] = {tag.state(time)[4] for time in (0, stage.seconds / 2, stage.seconds)}
    assert marked == {key: {1.0} for key in LAYOUTS}
