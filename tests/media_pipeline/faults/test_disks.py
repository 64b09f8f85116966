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

from ..clips import files_below, fresh, job_of, run_next, until
from ..conftest import FILES
from ..doubles import RecordingRunner
from ..moments import armed, before, fails
from .children import all_is_well, normal_worker, nothing_is_lost, visible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NO_ERROR = ("/bin/sh", "-c", "cat /dev/zero > 180-h264.mp4 2> audio.mp4; exit 0")


@pytest.fixture
def store(settings, media):
    """Puts one of the storages on another disk."""

    def put(name, folder):
        settings.STORAGES = settings.STORAGES | {name: {"BACKEND": FILES, "OPTIONS": {"location": folder}}}
        settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"MIN_FREE_BYTES": 0}

    return put


def send(data):
    return api.ingest_clip(io.BytesIO(data), title="A video", spoken_language="en")


def plays(clip):
    """Whether a worker, now that the disk is well, makes a clip that players get."""
    normal_worker()
    now = fresh(clip)
    return now.state == "READY" and packages.is_package_complete(now.package)


def outcome(clip):
    now = fresh(clip)
    return now.state, now.error_code, now.package


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


def test_an_upload_is_kept_though_the_disk_of_copies_is_full(transactional_db, media, disk, store):
    store("masters_replica", disk.folder)
    data = os.urandom(6 << 20)
    clip = send(data)
    assert ((media / "masters" / clip.master.file.name).read_bytes() == data, disk.files()) == (True, [])


@pytest.mark.parametrize("tool", [None, NO_ERROR], ids=["and the tool says so", "and the tool says that all is well"])
def test_a_disk_fills_up_during_the_encode(clip, settings, disk, tool):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"WORK_DIR": disk.folder / "work", "MIN_FREE_BYTES": 0}
    filler, encodes = disk.folder / "filler", []

    def run(command, **callbacks):
        if RecordingRunner.purpose(command) == "encode":
            encodes.append(command)
            filler.write_bytes(b"x" * (storage.free_bytes(disk.folder) - 8192))
            command = dataclasses.replace(command, argv=tool or command.argv)
        return process.run_process(command, **callbacks)

    until(clip, "encode")
    assert (run_next(clip, run), len(encodes), outcome(clip)) == ("failed", 1, ("FAILED", "disk_full", None))
    assert disk.files() == ["filler"]
    filler.unlink()
    api.retry_job(clip)
    assert plays(clip)


def test_players_disk_is_full_when_a_package_comes_from_another(clip, disk, store):
    store("published", disk.folder)
    until(clip, "publish")
    filler = disk.folder / "filler"
    filler.write_bytes(b"x" * (storage.free_bytes(disk.folder) - 16384))
    assert (run_next(clip), outcome(clip)) == ("failed", ("FAILED", "disk_full", None))
    assert disk.files() == ["filler"]
    filler.unlink()
    api.retry_job(clip)
    assert plays(clip)
    assert [path.name for path in (disk.folder / clip.public_id).iterdir()] == [fresh(clip).package.key]


def test_players_disk_is_read_only_for_a_while(clip, media, disk, store):
    store("published", disk.folder)
    until(clip, "publish")
    disk.remount("ro")
    assert run_next(clip) == "queued"
    assert (job_of(clip).error_code, fresh(clip).package, disk.files()) == ("storage_failed", None, [])
    assert (media / "masters" / clip.master.file.name).exists()
    disk.remount("rw")
    assert plays(clip)


def test_the_disk_of_work_stays_read_only(clip, settings, disk):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"WORK_DIR": disk.folder, "MIN_FREE_BYTES": 0}
    until(clip, "encode")
    disk.remount("ro")
    assert [run_next(clip) for _ in range(3)] == ["queued", "queued", "failed"]
    assert outcome(clip) == ("FAILED", "storage_failed", None)
    disk.remount("rw")
    api.retry_job(clip)
    assert plays(clip)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.EROFS], ids=["EACCES", "EIO", "EROFS"])
def test_the_move_into_place_fails(clip, media, notes, number):
    until(clip, "publish")
    with armed(before(storage, "_take_place", fails(OSError(number, os.strerror(number))))):
        assert run_next(clip) == "queued"
    nothing_is_lost(media, clip, notes)
    assert (job_of(clip).error_code, visible(media, clip)) == ("storage_failed", [])
    normal_worker()
    all_is_well(media, clip)


@pytest.mark.parametrize(("step", "moved"), [("encode", False), ("publish", False), ("publish", True)])
def test_a_sync_fails(clip, media, monkeypatch, notes, step, moved):
    """The first one of a step, or the last: that of the folder above the package, which is in its place already."""
    until(clip, step)
    sync = os.fsync

    def fail_once(descriptor):
        folder = str(Path(f"/proc/self/fd/{descriptor}").readlink())
        if moved and not (folder.endswith(clip.public_id) and visible(media, clip)):
            return sync(descriptor)
        monkeypatch.setattr(os, "fsync", sync)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail_once)
    assert (run_next(clip), os.fsync) == ("queued", sync)
    nothing_is_lost(media, clip, notes)
    assert (job_of(clip).error_code, fresh(clip).package) == ("storage_failed", None)
    assert len(visible(media, clip)) == moved
    normal_worker()
    all_is_well(media, clip)


@pytest.mark.parametrize("which", range(3), ids=["file", "folder above", "folder"])
def test_a_sync_fails_during_an_upload(transactional_db, media, monkeypatch, which):
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
    assert files_below(media) == []


@pytest.mark.parametrize("readable", [True, False], ids=["damaged", "cannot be read"])
def test_a_broken_package_is_rebuilt_in_its_place(clip, media, readable):
    api.process_now(clip)
    package = fresh(clip).package
    if readable:
        file = media / "published" / package.prefix / "180-h264.mp4"
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    unreadable = before(manifest, "file_sha256", fails(OSError(errno.EIO, "Input/output error")))
    api.retry_job(clip)
    until(clip, "plan")
    with armed(*([] if readable else [unreadable])):
        assert (run_next(clip), job_of(clip).step) == ("done", "encode")
    normal_worker()
    all_is_well(media, clip)
    now = fresh(clip)
    assert (now.package, now.package.key, now.poster is None) == (package, package.key, False)


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
