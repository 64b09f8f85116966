"""Faults at the worst moments: nothing is lost, nothing is half-published, and the state says what is going on.

Those that need processes which are killed or frozen, and whole disks, stand in ``faults/``.
"""

import contextlib
import errno
import os
import subprocess

import pytest

from media_pipeline import api
from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.files import packages, storage
from media_pipeline.jobs import lease
from media_pipeline.models import Clip, Job, Package
from media_pipeline.steps import run_current_step
from media_pipeline.worker import run_job

from ..doubles import RecordingRunner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("replayed")]


def fresh(clip):
    return Clip.objects.select_related("package").get(pk=clip.pk)


def carry_on(clip, steps):
    for _ in range(steps):
        run_job.run_job(clip.jobs.get().pk)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of eight megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = (
        os.geteuid() == 0
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True
        ).returncode
        == 0
    )
    if not mounted:
        pytest.skip("only root can mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_fills_up_under_way(clip, settings, small_disk):
    settings.MEDIA_PIPELINE |= {"WORK_DIR": small_disk / "work", "MIN_FREE_BYTES": 0}
    filler = small_disk / "filler"

    class Filling(RecordingRunner):
        def __call__(self, command, **callbacks):
            if self.purpose(command) == "encode":
                free = storage.free_bytes(small_disk)
                with contextlib.suppress(OSError):
                    filler.write_bytes(b"x" * (free - 8192))
            return super().__call__(command, **callbacks)

    carry_on(clip, 2)
    assert run_job.run_job(clip.jobs.get().pk, runner=Filling()) == "failed"
    assert (fresh(clip).state, fresh(clip).error_code, Package.objects.count()) == ("FAILED", "disk_full", 0)
    assert [path.name for path in small_disk.rglob("*") if path.is_file()] == ["filler"]
    filler.unlink()
    api.retry_job(clip)
    assert api.process_now(clip).state == "READY"
    assert packages.is_package_complete(fresh(clip).package)


def test_a_disk_that_cannot_sync_is_tried_again(clip, monkeypatch):
    carry_on(clip, 2)
    sync = os.fsync

    def fail_once(descriptor):
        monkeypatch.setattr(os, "fsync", sync)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail_once)
    assert run_job.run_job(clip.jobs.get().pk) == "queued"
    assert clip.jobs.get().error_code == "storage_failed"
    assert api.process_now(clip).state == "READY"


@pytest.mark.parametrize("step", range(6), ids=["probe", "plan", "encode", "package", "stills", "publish"])
def test_a_worker_that_lost_its_lease_changes_nothing(clip, rooms, step):
    carry_on(clip, step)
    late = lease.claim_job(clip.jobs.get().pk)
    Job.objects.update(status="queued", lease=None)
    now = lease.claim_job(clip.jobs.get().pk)
    before = fresh(clip)
    with pytest.raises((lease.LostLease, MediaError)):
        run_current_step(late, RecordingRunner())
    assert late.reason == late.LOST
    assert (fresh(clip).state, fresh(clip).warnings, fresh(clip).package) == (before.state, before.warnings, None)
    assert (clip.jobs.get().lease, (rooms / "published").exists()) == (now.job.lease, False)


def test_a_master_that_is_gone_is_named(clip, rooms):
    (rooms / "masters" / clip.master.file.name).unlink()
    status = api.process_now(clip)
    assert (status.state, status.error.code) == ("FAILED", "master_missing")
