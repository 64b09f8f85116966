"""Processes that are really killed, at a named moment: forked, and gone with everything that was in their memory."""

import json
import os
import signal
import traceback
from contextlib import contextmanager
from pathlib import Path

from django.db import connections
from django_tasks_db.models import DBTaskResult

from media_pipeline.files import manifest, packages
from media_pipeline.models import Clip, Job
from media_pipeline.worker import process, reaper, run_job

from .. import moments

KILLED = -signal.SIGKILL
OUTCOMES = ["done", "skipped", "lost", "queued", "failed"]
"""What a child that runs a step may say; its exit status is the place in this list."""

running = set()
"""Children that nobody has waited for."""


def start(work):
    """Fork a child that does ``work`` and ends with the status it returns. The child's number."""
    connections.close_all()  # a connection must not be shared by two processes
    number = os.fork()
    if number == 0:
        status = 1
        try:
            status = work() or 0
        except BaseException:
            traceback.print_exc()
            status = 99
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


def in_child(work):
    """Do ``work`` in a child and wait; its exit status."""
    return end_of(start(work))


def run_step(clip, *changes, runner=None):
    """What a child does: the next step of the clip's job, with ``changes`` armed in its own process."""

    def work():
        for change in changes:
            change()
        return OUTCOMES.index(run_job.run_job(job_of(clip).pk, runner=runner))

    return work


def normal_worker():
    """The worker as ``runworker --batch`` starts it: takes back, does what waits, ends."""
    assert in_child(lambda: process.run_worker(batch=True)) == 0


def die(*_anything, **_named):
    os.kill(os.getpid(), signal.SIGKILL)


def freeze(_frame):
    os.kill(os.getpid(), signal.SIGSTOP)


def before(owner, name, action=die):
    """A change: ``action`` happens when ``owner.name`` is called."""
    return moments.before(owner, name, action)


def after(owner, name, action=die):
    """A change: ``action`` happens when ``owner.name`` returns."""
    return moments.after(owner, name, action)


class Notes:
    """What every process of a test was about to publish, kept where a kill does not reach."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()

    def take(self, prefix, files):
        (self.folder / prefix.strip("/").replace("/", " ")).write_text(json.dumps(files))

    def of(self, clip_id, key):
        return json.loads((self.folder / f"{clip_id} {key}").read_text())


@contextmanager
def keep_notes(folder):
    """Write down what is handed to ``packages.move_package`` before it is done."""
    notes = Notes(folder)
    with moments.armed(
        moments.before(
            packages, "move_package", lambda frame: notes.take(frame.f_locals["prefix"], frame.f_locals["files"])
        )
    ):
        yield notes


def job_of(clip):
    return clip.jobs.order_by("-created_at").first()


def fresh(clip):
    return Clip.objects.select_related("package", "master").get(pk=clip.pk)


def until(clip, step):
    """Do the steps before ``step``, here."""
    while job_of(clip).step != step:
        assert run_job.run_job(job_of(clip).pk) == "done"


def reaped():
    """What the next worker finds: the queue's message gone with the one that took it, the job taken back."""
    DBTaskResult.objects.all().delete()
    reaper.reap_jobs()


def visible(rooms, clip):
    """Names of package folders as players could ask for them."""
    folder = Path(rooms, "published", clip.public_id)
    return sorted(path.name for path in folder.glob("[!.]*"))


def nothing_is_lost(rooms, clip, notes):
    """The master is what was brought, public folders are whole, and the rows say where the job stands."""
    now, job = fresh(clip), job_of(clip)
    assert manifest.file_sha256(Path(rooms, "masters", now.master.file.name)) == now.master.sha256
    for key in visible(rooms, clip):
        assert manifest.matches_manifest(
            Path(rooms, "published", clip.public_id, key), notes.of(clip.public_id, key)
        ), key
    assert now.package is None or packages.is_package_complete(now.package)
    assert job.status in (Job.Status.RUNNING, Job.Status.QUEUED, Job.Status.DONE)
    assert job.step in Job.Step
    assert (now.state == Clip.State.READY) == (now.package is not None)


def all_is_well(rooms, clip):
    """After a normal worker: the clip plays, by one whole package, and nothing is left of what was killed."""
    now = fresh(clip)
    assert (now.state, now.error_code, job_of(clip).status) == ("READY", "", "done")
    assert packages.is_package_complete(now.package)
    assert now.package.key in visible(rooms, clip)
    assert manifest.file_sha256(Path(rooms, "masters", now.master.file.name)) == now.master.sha256
    assert [path for path in Path(rooms, "work").rglob("*") if path.is_file()] == []
