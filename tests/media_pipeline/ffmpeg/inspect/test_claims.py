"""What a header says wrongly."""

from dataclasses import replace
from fractions import Fraction

import pytest

from media_pipeline.ffmpeg.inspect.claims import with_wrong_claims
from tests.media_pipeline.ffmpeg.samples import source, video

MEASURED = video(640, 360, duration_s=10.0, fps_avg=Fraction(25))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, ()),
        ({"duration_s": 10.1, "fps_avg": Fraction(25000, 1001)}, ()),
        ({"duration_s": 13.0, "start_s": 3.0}, ()),
        ({"duration_s": 0.0, "fps_avg": Fraction(0)}, ()),
        ({"duration_s": 605.0, "fps_avg": Fraction(1, 4)}, ("duration_s", "fps_avg")),
        ({"duration_s": 13.0, "start_s": 1.0}, ("duration_s",)),
        ({"duration_s": 605.0, "start_s": 3600.0}, ("duration_s",)),
        ({"duration_s": 9.0, "start_s": -1.0}, ("duration_s",)),
        ({"display_width": 480}, ("display_size",)),
        ({"display_height": 368}, ("display_size",)),
    ],
    ids=[
        *("same", "rounded", "counted from zero", "silent", "too long", "neither", "later clock", "earlier clock"),
        *("narrow", "tall"),
    ],
)
def test_the_header_beside_what_was_measured(said, wrong):
    assert with_wrong_claims(source(MEASURED, claimed=replace(MEASURED, **said))).wrong_claims == wrong


def test_a_source_without_claims_makes_no_wrong_ones():
    assert with_wrong_claims(source(claimed=None)).wrong_claims == ()
