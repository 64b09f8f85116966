"""Which picture makes the poster."""

import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from media_pipeline.ffmpeg.images.ranking import rank_poster_candidates, score_frame, score_motion

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
    frames = b"".join(image.tobytes() for image in images)
    return [
        candidate.time_s
        for candidate in rank_poster_candidates(
            frames, *SIZE, tuple(map(float, range(len(images)))), duration_s=len(images), count=count
        )
    ]


def test_sharp_and_well_lit_wins() -> None:
    assert times_of(BLACK, BLURRED, SHARP, DIM, GREY, WHITE)[:3] == [2.0, 1.0, 3.0]


def test_blank_pictures() -> None:
    assert [score_frame(image.tobytes(), *SIZE, 0.0).blank for image in (BLACK, WHITE, GREY, SHARP, BLURRED)] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_black_film_still_has_a_poster() -> None:
    assert times_of(BLACK, BLACK) == [0.0, 1.0]


def test_candidates_stand_apart() -> None:
    assert sorted(times_of(*[SHARP] * 30, count=3)) == [0.0, 5.0, 10.0]


def test_pictures_that_are_missing_at_the_end() -> None:
    frames = SHARP.tobytes() + BLURRED.tobytes()[:100]
    assert [candidate.time_s for candidate in rank_poster_candidates(frames, *SIZE, (0.0, 2.0), duration_s=4)] == [0.0]
    assert rank_poster_candidates(b"", *SIZE, (0.0,), duration_s=1) == ()


def moved(image: Image.Image, by: int) -> Image.Image:
    return ImageChops.offset(image, by, 0)


def test_of_two_pictures_alike_the_lively_one_wins() -> None:
    # A card that stands for three moments, then shapes that move; each is as sharp as the other.
    still, lively = SHARP, [moved(SHARP, 20), moved(SHARP, 60), moved(SHARP, 100)]
    assert times_of(still, still, still, *lively)[0] in (4.0, 5.0)


def test_movement_is_the_smaller_difference_of_two() -> None:
    assert [round(value) for value in score_motion([BLACK, BLACK, GREY, WHITE])] == [0, 0, 115, 134]
    assert score_motion([SHARP]) == [0.0]
    assert score_motion([]) == []
