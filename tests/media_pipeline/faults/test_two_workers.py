"""Two workers on one job, and one that comes back from a long sleep when another has done its work."""

import os
import signal

import pytest

from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.files import packages, storage
from media_pipeline.jobs import lease, queue
from media_pipeline.models import Clip, Job
from media_pipeline.steps import run_current_step
from media_pipeline.steps.context import StepContext
from media_pipeline.worker import process, reaper

from ..clips import fresh, job_of, until
from ..moments import before, freeze
from .children import OUTCOMES, all_is_well, end_of, in_child, normal_worker, run_step, start, visible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.postgres]


def test_of_two_workers_one_does_each_step(clip, media):
    ends = []
    while job_of(clip).status != "done":
        told, tell = os.pipe()  # both begin when the pipe is closed

        def wait_and_run(told=told, tell=tell):
            os.close(tell)
            os.read(told, 1)
            return run_step(clip)()

        pair = [start(wait_and_run) for _ in range(2)]
        os.close(tell)
        ends.append(sorted(OUTCOMES[end_of(number)] for number in pair))
        os.close(told)
    # Whoever comes after the first has let go may find the next step; it never is the same one.
    assert {tuple(pair) for pair in ends} <= {("done", "skipped"), ("done", "done")}
    assert job_of(clip).log_tail.count(" encode: ") == 1
    all_is_well(media, clip)


def test_an_id_that_comes_three_times_is_worked_on_once(clip, media):
    for _ in range(2):
        queue.enqueue_now(job_of(clip))
    pair = [start(lambda: process.run_worker(batch=True)) for _ in range(2)]
    assert [end_of(number) for number in pair] == [0, 0]
    normal_worker()
    all_is_well(media, clip)
    assert (job_of(clip).log_tail.count(" encode: "), Job.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("owner", "name"), [(storage, "move_folder"), (StepContext, "finish_job")], ids=["the rename", "its row"]
)
def test_a_worker_that_was_frozen_before_takes_nothing_away(clip, media, owner, name):
    until(clip, "publish")
    frozen = start(run_step(clip), before(owner, name, freeze))
    assert os.WIFSTOPPED(os.waitpid(frozen, os.WUNTRACED)[1])
    Job.objects.update(heartbeat_at="2020-01-01T00:00:00Z")
    assert reaper.reap_jobs(lambda _seconds: False) == 1  # without the wait before the second look
    assert in_child(run_step(clip)) == OUTCOMES.index("done")
    rows, placed = (list(Clip.objects.values()), list(Job.objects.values())), visible(media, clip)
    os.kill(frozen, signal.SIGCONT)
    assert OUTCOMES[end_of(frozen)] == "lost"
    assert ((list(Clip.objects.values()), list(Job.objects.values())), visible(media, clip)) == (rows, placed)
    assert packages.is_package_complete(fresh(clip).package)
    all_is_well(media, clip)


@pytest.mark.parametrize("step", ["probe", "plan", "encode", "package", "stills", "publish"])
def test_a_worker_that_lost_its_lease_changes_nothing(clip, media, step):
    was = until(clip, step)
    late = lease.claim_job(job_of(clip).pk)
    Job.objects.update(status="queued", lease=None)
    now = lease.claim_job(job_of(clip).pk)
    with pytest.raises((lease.LostLease, MediaError)):
        run_current_step(late)
    assert late.reason == late.LOST
    assert (fresh(clip).state, fresh(clip).warnings, fresh(clip).package) == (was.state, was.warnings, None)
    assert (job_of(clip).lease, (media / "published").exists()) == (now.job.lease, False)
