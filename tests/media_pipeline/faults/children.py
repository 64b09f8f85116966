"""Processes that are really killed, at a named moment: forked, and gone with everything that was in their memory."""

import os
import signal
import traceback
from pathlib import Path

from django.db import connections
from django_tasks_db.models import DBTaskResult

from media_pipeline.files import manifest, packages
from media_pipeline.models import Clip, Job
from media_pipeline.worker import process, reaper, run_job

from ..clips import fresh, job_of

KILLED = -signal.SIGKILL
OUTCOMES = ["done", "skipped", "lost", "queued", "failed"]
"""What a child that runs a step may say; its exit status is the place in this list."""

running = set()
"""Children that nobody has waited for."""


def start(work, *changes):
    """Fork a child that does ``work``, with moments armed in it alone, and ends with the status that this returns.

    Returns the child's number.
    """
    connections.close_all()  # a connection must not be shared by two processes
    number = os.fork()
    if number == 0:
        status = 99
        try:
            for change in changes:
                change()
            status = work() or 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    running.add(number)
    return number


def end_of(number):
    """Exit status of a child, negative when a signal ended it."""
    running.discard(number)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def end_all():
    """Leave no child behind, frozen ones neither."""
    for number in list(running):
        os.kill(number, signal.SIGKILL)
        end_of(number)


def in_child(work, *changes):
    """Do ``work`` in a child and wait; its exit status."""
    return end_of(start(work, *changes))


def run_step(clip, runner=None):
    """What a child does: the next step of the clip's job."""
    return lambda: OUTCOMES.index(run_job.run_job(job_of(clip).pk, runner=runner))


def normal_worker():
    """The worker as ``runworker --batch`` starts it: takes back, does what waits, ends."""
    assert in_child(lambda: process.run_worker(batch=True)) == 0


def reaped():
    """What the next worker finds: the queue's message gone with the one that took it, the job taken back."""
    DBTaskResult.objects.all().delete()
    reaper.reap_jobs()


def visible(media, clip):
    """Names of package folders as players could ask for them."""
    return sorted(path.name for path in Path(media, "published", clip.public_id).glob("[!.]*"))


def nothing_is_lost(media, clip, notes):
    """The original is what was uploaded, public folders are whole, and the rows say how far the job is."""
    now, job = fresh(clip), job_of(clip)
    assert manifest.file_sha256(Path(media, "masters", now.master.file.name)) == now.master.sha256
    for key in visible(media, clip):
        folder = Path(media, "published", clip.public_id, key)
        assert manifest.matches_manifest(folder, notes.of(clip.public_id, key)), key
    assert now.package is None or packages.is_package_complete(now.package)
    assert job.status in (Job.Status.RUNNING, Job.Status.QUEUED, Job.Status.DONE)
    assert job.step in Job.Step
    assert (now.state == Clip.State.READY) == (now.package is not None)


def all_is_well(media, clip):
    """After a normal worker: the clip plays, by one whole package, and nothing is left of what was killed."""
    now = fresh(clip)
    assert (now.state, now.error_code, job_of(clip).status) == ("READY", "", "done")
    assert packages.is_package_complete(now.package)
    assert now.package.key in visible(media, clip)
    assert manifest.file_sha256(Path(media, "masters", now.master.file.name)) == now.master.sha256
    assert [path for path in Path(media, "work").rglob("*") if path.is_file()] == []
