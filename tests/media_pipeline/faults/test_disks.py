"""Disks that are full, read-only, or fail: whatever was promised is still there, and the state says what is wrong."""

import dataclasses
import errno
import io
import os
from pathlib import Path

import pytest

from media_pipeline import api
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run import process
from media_pipeline.files import manifest, packages, storage, swap_names
from media_pipeline.models import Clip
from media_pipeline.worker import run_job

from ..conftest import FILES
from ..doubles import RecordingRunner
from ..moments import armed, before, fails
from .children import all_is_well, fresh, job_of, normal_worker, nothing_is_lost, until, visible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("replayed")]


@pytest.fixture
def store(settings, rooms):
    """Puts one of the storages on another disk."""

    def put(name, folder):
        settings.STORAGES = settings.STORAGES | {name: {"BACKEND": FILES, "OPTIONS": {"location": folder}}}
        settings.MEDIA_PIPELINE |= {"MIN_FREE_BYTES": 0}

    return put


def send(data):
    return api.ingest_clip(io.BytesIO(data), title="A film", spoken_language="en")


def test_an_upload_that_fills_the_disk_is_refused(transactional_db, disk, store):
    store("masters", disk.folder / "masters")
    with pytest.raises(MediaError) as refusal:
        send(os.urandom(6 << 20))
    assert (refusal.value.code, Clip.objects.count(), disk.files()) == (ErrorCode.DISK_FULL, 0, [])
    assert send(b"a smaller one").master.size_bytes == 13


def test_an_upload_to_a_disk_that_is_read_only_is_refused(transactional_db, disk, store):
    store("masters", disk.folder)
    disk.remount("ro")
    with pytest.raises(MediaError) as refusal:
        send(b"some bytes")
    assert (refusal.value.code, Clip.objects.count()) == (ErrorCode.STORAGE_FAILED, 0)
    disk.remount("rw")
    assert send(b"some bytes").master.size_bytes == 10


def test_a_film_arrives_though_the_disk_of_copies_is_full(transactional_db, rooms, disk, store):
    store("masters_replica", disk.folder)
    data = os.urandom(6 << 20)
    clip = send(data)
    assert ((rooms / "masters" / clip.master.file.name).read_bytes() == data, disk.files()) == (True, [])


def test_a_tool_says_that_all_is_well_on_a_full_disk_and_is_not_believed(clip, settings, disk):
    settings.MEDIA_PIPELINE |= {"WORK_DIR": disk.folder / "work", "MIN_FREE_BYTES": 0}
    tool = ("/bin/sh", "-c", "cat /dev/zero > 180-h264.mp4 2> audio.mp4; exit 0")
    encodes = []

    def run(command, **callbacks):
        if RecordingRunner.purpose(command) == "encode":
            encodes.append(command)
            command = dataclasses.replace(command, argv=tool)
        return process.run_process(command, **callbacks)

    until(clip, "encode")
    assert (run_job.run_job(job_of(clip).pk, runner=run), len(encodes)) == ("failed", 1)
    assert (fresh(clip).state, fresh(clip).error_code, fresh(clip).package) == ("FAILED", "disk_full", None)
    assert disk.files() == []
    api.retry_job(clip)
    normal_worker()
    assert fresh(clip).state == "READY"


def test_players_disk_is_full_when_a_package_comes_from_another(clip, rooms, disk, store, notes):
    store("published", disk.folder)
    until(clip, "publish")
    (disk.folder / "filler").write_bytes(b"x" * (storage.free_bytes(disk.folder) - 16384))
    assert run_job.run_job(job_of(clip).pk) == "failed"
    assert (fresh(clip).state, fresh(clip).error_code, fresh(clip).package) == ("FAILED", "disk_full", None)
    assert disk.files() == ["filler"]
    (disk.folder / "filler").unlink()
    api.retry_job(clip)
    normal_worker()
    now = fresh(clip)
    assert (now.state, packages.is_package_complete(now.package)) == ("READY", True)
    assert not [path for path in (disk.folder / clip.public_id).iterdir() if path.name.startswith(".")]


def test_players_disk_is_read_only_for_a_while(clip, rooms, disk, store):
    store("published", disk.folder)
    until(clip, "publish")
    disk.remount("ro")
    assert run_job.run_job(job_of(clip).pk) == "queued"
    assert (job_of(clip).error_code, fresh(clip).package, disk.files()) == ("storage_failed", None, [])
    assert (rooms / "masters" / clip.master.file.name).exists()
    disk.remount("rw")
    normal_worker()
    assert (fresh(clip).state, packages.is_package_complete(fresh(clip).package)) == ("READY", True)


def test_the_disk_of_work_stays_read_only(clip, settings, disk):
    settings.MEDIA_PIPELINE |= {"WORK_DIR": disk.folder, "MIN_FREE_BYTES": 0}
    until(clip, "encode")
    disk.remount("ro")
    assert [run_job.run_job(job_of(clip).pk) for _ in range(1)] == ["queued"]
    for _ in range(2):
        Clip.objects.get().jobs.update(not_before=None)
        run_job.run_job(job_of(clip).pk)
    assert (fresh(clip).state, fresh(clip).error_code) == ("FAILED", "storage_failed")
    disk.remount("rw")
    api.retry_job(clip)
    normal_worker()
    assert fresh(clip).state == "READY"


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.EROFS], ids=["EACCES", "EIO", "EROFS"])
def test_the_move_into_place_fails(clip, rooms, notes, number):
    until(clip, "publish")
    already = visible(rooms, clip)
    with armed(before(storage, "_take_place", fails(OSError(number, os.strerror(number))))):
        assert run_job.run_job(job_of(clip).pk) == "queued"
    nothing_is_lost(rooms, clip, notes)
    assert (job_of(clip).error_code, visible(rooms, clip)) == ("storage_failed", already)
    normal_worker()
    all_is_well(rooms, clip)


@pytest.mark.parametrize("which", ["first", "last"])
def test_a_sync_fails_while_a_package_is_published(clip, rooms, monkeypatch, notes, which):
    until(clip, "publish")
    syncs, sync = [], os.fsync

    def count(descriptor):
        syncs.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        # The last one is of the folder above the package, when the package stands there already.
        after_the_move = syncs[-1].endswith(clip.public_id) and set(visible(rooms, clip)) - already
        if (which == "first" and len(syncs) == 1) or (which == "last" and after_the_move):
            raise OSError(errno.EIO, "Input/output error")
        sync(descriptor)

    already = set(visible(rooms, clip))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", count)
        assert run_job.run_job(job_of(clip).pk) == "queued"
    nothing_is_lost(rooms, clip, notes)
    assert (job_of(clip).error_code, fresh(clip).package) == ("storage_failed", None)
    assert bool(set(visible(rooms, clip)) - already) == (which == "last")
    normal_worker()
    all_is_well(rooms, clip)


@pytest.mark.parametrize("which", range(3), ids=["file", "folder above", "folder"])
def test_a_sync_fails_while_a_film_arrives(transactional_db, rooms, monkeypatch, which):
    left, sync = [which], os.fsync

    def fail_then(descriptor):
        left[0] -= 1
        if left[0] == -1:
            raise OSError(errno.EIO, "Input/output error")
        sync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_then)
        with pytest.raises(MediaError) as refusal:
            send(b"some bytes")
    assert (refusal.value.code, Clip.objects.count()) == (ErrorCode.STORAGE_FAILED, 0)
    assert [path for path in rooms.rglob("*") if path.is_file()] == []


def test_a_package_that_cannot_be_read_any_more_is_made_anew(clip, rooms):
    api.process_now(clip)
    api.retry_job(clip)
    until(clip, "plan")
    with armed(before(manifest, "file_sha256", fails(OSError(errno.EIO, "Input/output error")))):
        assert run_job.run_job(job_of(clip).pk) == "done"
    assert job_of(clip).step == "encode"
    normal_worker()
    all_is_well(rooms, clip)


@pytest.mark.parametrize("can", [True, False], ids=["exchange", "no exchange"])
def test_a_folder_that_was_swept_takes_nothing_away(tmp_path, can):
    """What a worker does that was frozen before the rename and finds its work gone."""
    exchange = swap_names.exchange_names if can else lambda one, other: False
    target, source = tmp_path / "published" / "key", tmp_path / "work"
    for folder, text in ((target, "old"), (source, "new")):
        folder.mkdir(parents=True)
        (folder / "file").write_text(text)
    with pytest.raises(FileNotFoundError):
        storage.move_folder(tmp_path / "gone", target, exchange)
    assert (target / "file").read_text() == "old"
    storage.move_folder(source, target, exchange)
    assert ((target / "file").read_text(), [path.name for path in target.parent.iterdir()]) == ("new", ["key"])
