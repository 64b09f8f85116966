"""Two workers on one job, and one that comes back from a long sleep when another has done its work."""

import os
import signal
import time

import pytest

from media_pipeline.files import packages, storage
from media_pipeline.jobs import queue
from media_pipeline.models import Clip, Job
from media_pipeline.steps.context import StepContext
from media_pipeline.worker import process, reaper

from .children import (
    OUTCOMES,
    all_is_well,
    before,
    end_of,
    freeze,
    fresh,
    in_child,
    job_of,
    normal_worker,
    run_step,
    start,
    until,
    visible,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.usefixtures("replayed"),
]


def at(moment, work):
    """``work`` that begins at a moment, to the millisecond."""

    def wait_and_work():
        time.sleep(max(0.0, moment - time.time()))
        return work()

    return wait_and_work


def test_of_two_workers_one_does_each_step(clip, rooms):
    ends = []
    while job_of(clip).status != "done":
        moment = time.time() + 0.1
        pair = [start(at(moment, run_step(clip))) for _ in range(2)]
        ends.append(sorted(OUTCOMES[end_of(number)] for number in pair))
    # Whoever comes after the first has let go may find the next step; it never is the same one.
    assert {tuple(pair) for pair in ends} <= {("done", "skipped"), ("done", "done")}
    assert job_of(clip).log_tail.count(" encode: ") == 1
    all_is_well(rooms, clip)


def test_an_id_that_comes_three_times_is_worked_on_once(clip, rooms):
    for _ in range(2):
        queue.enqueue_now(job_of(clip))
    pair = [start(lambda: process.run_worker(batch=True)) for _ in range(2)]
    assert [end_of(number) for number in pair] == [0, 0]
    normal_worker()
    all_is_well(rooms, clip)
    assert (job_of(clip).log_tail.count(" encode: "), Job.objects.count()) == (1, 1)


def test_a_worker_that_was_frozen_before_the_rename_takes_nothing_away(clip, rooms, settings):
    settings.MEDIA_PIPELINE |= {"LEASE_S": 0.3}
    until(clip, "publish")
    frozen = start(run_step(clip, before(storage, "move_folder", freeze)))
    assert os.WIFSTOPPED(os.waitpid(frozen, os.WUNTRACED)[1])
    time.sleep(0.4)
    assert reaper.reap_jobs() == 1
    assert in_child(run_step(clip)) == OUTCOMES.index("done")
    rows = list(Clip.objects.values()), list(Job.objects.values())
    os.kill(frozen, signal.SIGCONT)
    assert OUTCOMES[end_of(frozen)] == "lost"
    assert (list(Clip.objects.values()), list(Job.objects.values())) == rows
    assert packages.is_package_complete(fresh(clip).package)
    all_is_well(rooms, clip)


def test_a_worker_that_was_frozen_before_its_row_finds_the_job_done(clip, rooms, settings):
    settings.MEDIA_PIPELINE |= {"LEASE_S": 0.3}
    until(clip, "publish")
    frozen = start(run_step(clip, before(StepContext, "finish_job", freeze)))
    assert os.WIFSTOPPED(os.waitpid(frozen, os.WUNTRACED)[1])
    placed = visible(rooms, clip)
    time.sleep(0.4)
    assert reaper.reap_jobs() == 1
    assert in_child(run_step(clip)) == OUTCOMES.index("done")
    os.kill(frozen, signal.SIGCONT)
    assert OUTCOMES[end_of(frozen)] == "lost"
    assert visible(rooms, clip) == placed
    all_is_well(rooms, clip)
