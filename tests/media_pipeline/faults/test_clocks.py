"""A clock that was two days ahead or behind, and is right again: nobody waits for it, and nothing is thrown away."""

import datetime
import time

import pytest
from django.utils import timezone

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import storage
from media_pipeline.lifecycle import cleanup
from media_pipeline.models import Clip, Job
from media_pipeline.worker import reaper

from ..clips import job_of, until
from ..doubles import RecordingRunner
from ..moments import after
from .children import KILLED, OUTCOMES, all_is_well, in_child, normal_worker, reaped, run_step, visible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
both_ways = pytest.mark.parametrize("days", [2, -2], ids=["ahead", "behind"])


def shift(days):
    """A change: every clock this process reads is wrong."""
    now, seconds = timezone.now, time.time

    def change():
        timezone.now = lambda: now() + datetime.timedelta(days=days)
        time.time = lambda: seconds() + days * 86400

    return change


@both_ways
def test_a_wait_and_a_heartbeat_of_a_wrong_clock(clip, media, days):
    until(clip, "encode")
    broken = RecordingRunner(encode=MediaError(ErrorCode.ENCODE_FAILED))
    assert OUTCOMES[in_child(run_step(clip, broken), shift(days))] == "queued"
    waits_for = job_of(clip).not_before - timezone.now()
    assert round(waits_for.total_seconds() / 86400) == days
    reaped()
    assert in_child(run_step(clip), shift(days), after(storage, "sync_tree")) == KILLED
    assert round((job_of(clip).heartbeat_at - timezone.now()).total_seconds() / 86400) == days
    # Where nobody can know whether the process lives, its heartbeat alone decides.
    Job.objects.update(worker="another machine process 1 1")
    assert reaper.reap_jobs(lambda _seconds: False) == 1  # without the wait before the second look
    normal_worker()
    all_is_well(media, clip)


@both_ways
def test_sweeping_by_a_wrong_clock_takes_no_work_away(clip, media, days):
    until(clip, "publish")
    assert in_child(run_step(clip), after(storage, "move_folder")) == KILLED
    placed = visible(media, clip)
    assert in_child(cleanup.clean_up, shift(days)) == 0
    assert visible(media, clip) == placed
    normal_worker()
    all_is_well(media, clip)


@both_ways
def test_a_failure_for_space_is_forgiven_whenever_it_was(clip, days):
    Job.objects.update(
        status="failed", error_code="disk_full", finished_at=timezone.now() + datetime.timedelta(days=days)
    )
    Clip.objects.update(state="FAILED", error_code="disk_full")
    assert (reaper.reap_jobs(), job_of(clip).status) == (1, "queued")
