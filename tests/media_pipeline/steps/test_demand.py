"""Rungs on demand through the steps: what plays everywhere first, all when somebody has played it."""

import pytest

from media_pipeline import api
from tests.media_pipeline.clips import fresh, run_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("replayed")]

LARGE = (
    *("-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=10:duration=2"),
    *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
)


@pytest.fixture
def large_clip(transactional_db, make_video, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"CODECS": ("av1", "h264"), "RUNGS_ON_DEMAND": True}
    return api.ingest_clip(make_video("large.mp4", *LARGE), title="Large", spoken_language="en")


ALL = ["av1 1080", "av1 240", "av1 480", "h264 240", "h264 480", "h264 720"]


def ladder(clip) -> list[str]:
    return sorted(f"{rung.codec} {rung.height}" for rung in fresh(clip).package.renditions.filter(kind="video"))


def test_all_rungs_come_with_the_first_viewer(large_clip):
    assert run_all(large_clip)[-1] == "done"
    first = fresh(large_clip)
    assert ladder(large_clip) == ["h264 240", "h264 480", "h264 720"]
    api.want_all_rungs(first)
    assert fresh(large_clip).package == first.package
    assert run_all(large_clip)[-1] == "done"
    assert ladder(large_clip) == ALL
    # A change of the sound later keeps them all.
    api.keep_sound(large_clip, True)
    run_all(large_clip)
    assert ladder(large_clip) == ALL


def test_a_video_fit_for_the_web_has_all_at_once(transactional_db, make_video, settings):
    changed = {"CODECS": ("av1", "h264"), "RUNGS_ON_DEMAND": True, "COPY_WEB_FIT": True}
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | changed
    video = make_video("fit.mp4", *LARGE, "-g", "10", "-b:v", "3M", "-maxrate", "3M", "-bufsize", "3M")
    fit = api.ingest_clip(video, title="Fit", spoken_language="en")
    assert run_all(fit)[-1] == "done"
    assert ladder(fit) == ["h264 1080", "h264 240", "h264 480", "h264 720"]
    assert fresh(fit).package.recipe["rungs"][0]["codec"] == "copy"
    api.want_all_rungs(fresh(fit))
    assert not fit.jobs.active().exists()


def test_what_was_made_before_the_setting_stays(large_clip, settings):
    on_demand = settings.MEDIA_PIPELINE
    settings.MEDIA_PIPELINE = on_demand | {"RUNGS_ON_DEMAND": False}
    run_all(large_clip)
    settings.MEDIA_PIPELINE = on_demand
    api.want_all_rungs(fresh(large_clip))
    assert not large_clip.jobs.active().exists()
    api.keep_sound(large_clip, True)
    assert run_all(large_clip)[-1] == "done"
    assert ladder(large_clip) == ALL
