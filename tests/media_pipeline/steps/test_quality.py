"""The quality number of a long film through the steps: searched, used, written down, and left alone where it fails."""

import pytest

from media_pipeline import api
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.plan import quality, sample_places
from media_pipeline.models import Job
from tests.media_pipeline.clips import fresh, job_of, run_all, until
from tests.media_pipeline.doubles import RecordingRunner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("replayed")]

EASY = (
    *("-f", "lavfi", "-i", "cellauto=size=480x270:rate=25,trim=duration=6"),
    *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-g", "25", "-pix_fmt", "yuv420p"),
)


@pytest.fixture
def long_film(transactional_db, make_video, monkeypatch):
    """A film that counts as long and large: its job waits."""
    monkeypatch.setattr(sample_places, "SEARCH_FROM_S", 5.0)
    monkeypatch.setattr(sample_places, "SEARCH_FROM_SIDE", 240)
    return api.ingest_clip(make_video("easy.mp4", *EASY), title="Easy", spoken_language="en")


def test_the_number_is_searched_used_and_written_down(long_film):
    assert run_all(long_film)[-1] == "done"
    recipe = fresh(long_film).package.recipe
    measured = recipe["measured"]
    assert recipe["rungs"][0]["quality"] == measured["quality"] != 24
    assert quality.TARGET_VMAF - 1 <= measured["vmaf"] <= 100
    assert measured["vmaf_p5"] <= measured["vmaf"]
    assert "quality searched in" in job_of(long_film).log_tail
    assert f"VMAF {measured['vmaf']}" in recipe["reasons"][-1]
    assert api.clip_status(long_film).as_json()["quality"] == measured


def test_another_job_finds_the_same_number(long_film):
    run_all(long_film)
    first = fresh(long_film).package
    api.keep_sound(long_film, True)
    run_all(long_film)
    assert fresh(long_film).package == first


def test_a_sample_that_fails_leaves_the_usual_number(long_film):
    broken = RecordingRunner(trial=MediaError(ErrorCode.ENCODE_FAILED, stderr_tail="no such picture"))
    until(long_film, "encode", broken)
    recipe = job_of(long_film).work["plan"]["recipe"]
    assert (recipe["measured"], recipe["rungs"][0]["quality"]) == (None, 24)
    assert "no such picture" in job_of(long_film).log_tail


def test_a_cancelled_search_ends_the_job(long_film):
    def cancel(_command):
        api.cancel_job(long_film)
        raise MediaError(ErrorCode.CANCELLED)

    until(long_film, "encode", RecordingRunner(trial=cancel))
    assert job_of(long_film).status == Job.Status.CANCELLED


def test_no_scores_without_the_measure(long_film, monkeypatch):
    """An ffmpeg without libvmaf, as distributions have: the usual number, and no complaint."""
    monkeypatch.setattr("media_pipeline.ffmpeg.run.toolchain.Toolchain.supports_libvmaf", False)
    recorder = RecordingRunner()
    until(long_film, "encode", recorder)
    assert "trial" not in map(recorder.purpose, recorder.commands)
    assert job_of(long_film).work["plan"]["recipe"]["measured"] is None


def test_with_rungs_on_demand_it_is_searched_for_the_complete_ladder_alone(long_film, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"RUNGS_ON_DEMAND": True}
    recorder = RecordingRunner()
    until(long_film, "encode", recorder)
    assert "trial" not in recorder.purposes


def test_the_other_encoder_makes_the_film_where_it_needs_fewer_bytes(long_film, settings, monkeypatch):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"CODECS": ("av1", "h264")}
    monkeypatch.setattr(quality, "RIVAL_FROM", 0.0)
    monkeypatch.setattr(quality, "RIVAL_SHARE", 100.0)
    assert run_all(long_film)[-1] == "done"
    recipe = fresh(long_film).package.recipe
    assert {rung["codec"] for rung in recipe["rungs"]} == {"h264"}
    assert recipe["rungs"][0]["preset"] == "medium"
    assert recipe["rungs"][0]["quality"] == recipe["measured"]["quality"]
    assert recipe["measured"]["rate"] > 10_000
