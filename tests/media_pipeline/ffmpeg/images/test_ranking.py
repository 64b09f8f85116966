"""Which picture makes the poster."""

import random

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from media_pipeline.ffmpeg.images.ranking import is_all_black, rank_poster_candidates, score_frame, score_motion

SIZE = (160, 90)


def scene() -> Image.Image:
    """Shapes of many greys: something to look at."""
    chance, image = random.Random(7), Image.new("L", SIZE, 110)
    pen = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = chance.randrange(150), chance.randrange(80)
        pen.rectangle((x, y, x + chance.randrange(4, 40), y + chance.randrange(4, 30)), fill=chance.randrange(20, 235))
    return image


SHARP = scene()
BLURRED = SHARP.filter(ImageFilter.GaussianBlur(6))
DIM = SHARP.point(lambda grey: grey // 6)
BLACK, WHITE, GREY = (Image.new("L", SIZE, grey) for grey in (3, 252, 118))


def times_of(*images: Image.Image, count: int = 5) -> list[float]:
    frames, times = b"".join(image.tobytes() for image in images), tuple(map(float, range(len(images))))
    best = rank_poster_candidates(frames, *SIZE, times, duration_s=len(images), count=count)
    return [candidate.time_s for candidate in best]


def test_sharp_and_well_lit_wins() -> None:
    assert times_of(BLACK, BLURRED, SHARP, DIM, GREY, WHITE)[:3] == [2.0, 1.0, 3.0]


def test_blank_pictures() -> None:
    assert all(score_frame(image, 0.0).blank for image in (BLACK, WHITE, GREY))
    assert not any(score_frame(image, 0.0).blank for image in (SHARP, BLURRED))


def test_a_black_video_still_has_a_poster() -> None:
    assert times_of(BLACK, BLACK) == [0.0, 1.0]


def test_candidates_are_apart() -> None:
    assert sorted(times_of(*[SHARP] * 30, count=3)) == [0.0, 5.0, 10.0]


def test_pictures_that_are_missing_at_the_end() -> None:
    frames = SHARP.tobytes() + BLURRED.tobytes()[:100]
    (best,) = rank_poster_candidates(frames, *SIZE, (0.0, 2.0), duration_s=4, count=5)
    assert best.time_s == 0.0
    assert rank_poster_candidates(b"", *SIZE, (0.0,), duration_s=1, count=5) == ()


def test_of_two_pictures_alike_the_lively_one_wins() -> None:
    # A title card three times, then shapes that move; each is as sharp as the other.
    lively = [ImageChops.offset(SHARP, by, 0) for by in (20, 60, 100)]
    assert times_of(SHARP, SHARP, SHARP, *lively)[0] in (4.0, 5.0)


def test_movement_is_the_smaller_difference_of_two() -> None:
    assert [round(value) for value in score_motion([BLACK, BLACK, GREY, WHITE])] == [0, 0, 115, 134]
    assert score_motion([SHARP]) == [0.0]
    assert score_motion([]) == []


@pytest.mark.parametrize(
    ("pictures", "expected"),
    [
        ([0, 0], True),
        ([9, 4], True),
        ([0, 200], False),
        ([], False),
    ],
)
def test_nothing_to_be_seen(pictures: list[int], expected: bool) -> None:
    assert is_all_black(b"".join(bytes([level]) * 64 for level in pictures), 8, 8) is expected


def test_a_lamp_at_night_is_something() -> None:
    assert not is_all_black(bytes(63) + b"\xff", 8, 8)
