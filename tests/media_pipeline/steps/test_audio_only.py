"""Sound without a picture: refused as a likely mistake, shown with its shape where it is meant."""

import pytest

from media_pipeline import api
from media_pipeline.models import Clip

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("replayed")]


@pytest.fixture
def recording(make_video):
    """Three seconds of a tone as MP3."""
    return make_video("tone.mp3", "-f", "lavfi", "-i", "sine=frequency=440:duration=3", "-c:a", "libmp3lame")


def test_it_is_refused_and_kept_and_taken_on_demand(recording):
    clip = api.ingest_clip(recording, title="Radio", spoken_language="en")
    refused = api.process_now(clip)
    assert (refused.state, refused.error.code) == ("REJECTED", "no_video_stream")
    api.accept_audio_only(clip)
    api.retry_job(clip)
    status = api.process_now(clip)
    assert (status.state, status.error, status.duration) == ("READY", None, pytest.approx(3, abs=0.15))
    assert [(rung.codec, rung.width, rung.height) for rung in status.renditions] == [
        ("h264", 1280, 720),
        ("h264", 854, 480),
        ("h264", 426, 240),
    ]
    assert Clip.objects.get(pk=clip.pk).posters.exists()


def test_who_means_it_says_so_at_once(recording, settings):
    settings.MEDIA_PIPELINE = {**settings.MEDIA_PIPELINE, "PREVIEW": True}
    clip = api.ingest_clip(recording, title="Radio", spoken_language="en", sound_only=True)
    assert api.process_now(clip).state == "READY"


def test_a_video_with_a_picture_keeps_it(small_video):
    clip = api.ingest_clip(small_video, title="Video", spoken_language="en", sound_only=True)
    assert [(rung.width, rung.height) for rung in api.process_now(clip).renditions] == [(320, 180)]
