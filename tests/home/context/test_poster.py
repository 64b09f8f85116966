"""Which poster, size and format each use shows."""

import pytest

from home.context.poster import NO_POSTER, PosterUse, frame_size, poster_of, poster_sources
from media_pipeline.models import Clip, Package, Poster

BASE = "/media/abcdefghijk/0123456789ab/poster-2"


def clip_with(**facts) -> Clip:
    """A clip whose poster is 1280 x 720 pixels, in no database."""
    given = {"widths": [1280, 320, 640], "formats": ["webp", "jpg"], "width": 1280, "height": 720} | facts
    poster = Poster(prefix="poster-2", package=Package(key="0123456789ab"), **given)
    return Clip(public_id="abcdefghijk", poster=poster, collection_id=1)


def test_pages_get_all_widths_in_webp_and_a_middle_or_the_largest_jpeg():
    image = poster_of(clip_with())
    assert (image.url, image.width, image.height) == (f"{BASE}-1280.jpg", 1280, 720)
    assert image.srcset == f"{BASE}-320.webp 320w, {BASE}-640.webp 640w, {BASE}-1280.webp 1280w"
    small = poster_of(clip_with(widths=[320, 640], width=640, height=1138))
    assert (small.url, small.width, small.height) == (f"{BASE}-640.jpg", 640, 1138)


def test_a_use_names_its_formats_and_width_and_may_want_the_address_that_lasts():
    image = poster_of(clip_with(), PosterUse(("webp",), min, permanent=True))
    assert (image.url, image.width, image.height) == ("/media/abcdefghijk/poster-320.webp", 320, 180)


@pytest.mark.parametrize(
    "clip", [Clip(collection_id=1), clip_with(widths=[]), clip_with(formats=[])], ids=["none", "widths", "formats"]
)
def test_without_a_poster(clip):
    assert (poster_of(clip), poster_sources(clip)) == (NO_POSTER, ())


def test_sources_begin_with_the_most_economical_format():
    sources = poster_sources(clip_with(formats=["jpg", "avif"]))
    assert [(source.type, source.url) for source in sources] == [
        ("image/avif", f"{BASE}-1280.avif"),
        ("image/jpeg", f"{BASE}-1280.jpg"),
    ]


def test_a_frame_has_the_shape_of_the_poster_or_16_to_9():
    assert (frame_size(clip_with(width=640, height=1138)), frame_size(Clip(collection_id=1))) == (
        (640, 1138),
        (1280, 720),
    )
