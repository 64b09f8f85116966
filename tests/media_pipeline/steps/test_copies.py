"""A stream of the original file is kept where the copy itself shows that it may be, and encoded elsewhere."""

import pytest

from media_pipeline import api
from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.ffmpeg.plan.recipe import Rung
from media_pipeline.ffmpeg.verify import copied
from tests.media_pipeline.ffmpeg.samples import NTSC

from ..clips import fresh

pytestmark = pytest.mark.slow
PICTURE = ("-f", "lavfi", "-i", "testsrc=size=320x180:rate=25:duration=6")
CODED = ("-c:v", "libx264", "-crf", "30", "-pix_fmt", "yuv420p", "-g", "50")


@pytest.fixture(autouse=True)
def with_copies(settings, media):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"COPY_WEB_FIT": True}


def made_of(make_video, name, *options):
    clip = api.ingest_clip(make_video(name, *PICTURE, *CODED, *options), title="x", spoken_language="en")
    assert api.process_now(clip).state == "READY"
    job = clip.jobs.get()
    rungs = fresh(clip).package.recipe["rungs"]
    return [rung["codec"] for rung in rungs if min(rung["width"], rung["height"]) == 180], job.log_tail


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("preview", [False, True])
def test_groups_that_need_those_before_them(make_video, settings, preview):
    """A picture refreshed bit by bit has keyframes by its flags, and none by its pictures: only the copy shows it."""
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"PREVIEW": preview}
    options = ("-x264-params", "intra-refresh=1:bframes=0:scenecut=0")
    codecs, log = made_of(make_video, "recovery.mp4", *options)
    assert codecs == ["h264"]
    assert "a copied stream cannot be served" in log


@pytest.mark.django_db(transaction=True)
def test_a_sound_stream_is_copied(make_video):
    codecs, log = made_of(make_video, "closed.mp4")
    assert (codecs, "beginning again" in log) == (["copy"], False)


RUNG = Rung("copy", 320, 180, NTSC)


def grey(*levels):
    return b"".join(bytes([level]) * copied.SIDE**2 for level in levels)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (grey(10, 12, 200, 199), ""),
        (grey(10, 90, 200, 200), "first picture"),
        (grey(10, 10, 200, 90), "last picture"),
        (grey(10, 10, 200), "could not be decoded"),
        (b"", "could not be decoded"),
    ],
)
def test_both_ends_are_compared(output, said):
    if not said:
        assert copied.compare_ends(RUNG, output) is None
        return
    with pytest.raises(MediaError, match=said):
        copied.compare_ends(RUNG, output)


def box(kind, content=b""):
    return (len(content) + 8).to_bytes(4) + kind + content


def unit(kind, size=9):
    return size.to_bytes(4) + bytes([kind]) + bytes(size - 1)


@pytest.mark.parametrize(
    ("units", "expected"),
    [([5], True), ([9, 6, 7, 8, 5], True), ([1, 5], False), ([9, 1], False), ([], False), ([7, 8], False)],
)
def test_what_a_segment_begins_with(units, expected):
    samples = b"".join(unit(kind) for kind in units)
    assert copied.begins_with_idr(box(b"styp") + box(b"moof", b"x" * 40) + box(b"mdat", samples)) is expected


@pytest.mark.parametrize("head", [b"", b"\0\0\0\1moof", bytes(64), b"\0\0\0\x08moof"])
def test_what_is_no_segment(head):
    assert copied.begins_with_idr(head) is False
