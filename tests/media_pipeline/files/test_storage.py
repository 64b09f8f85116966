"""Work stops before the disk is full: everything that writes asks for space, and for the reserve, beforehand."""

import tempfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, storages

from media_pipeline import api
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import manifest, packages, storage
from media_pipeline.models import Clip, Job
from media_pipeline.worker import run_job

pytestmark = pytest.mark.django_db(transaction=True)
BUILDING = ("preview", "encode", "package", "stills")


@pytest.fixture
def no_room(settings):
    def now():
        settings.MEDIA_PIPELINE |= {"MIN_FREE_BYTES": 1 << 60}

    return now


def full(call, *arguments):
    with pytest.raises(MediaError) as problem:
        call(*arguments)
    return problem.value.code is ErrorCode.DISK_FULL


def made_package(parent):
    """A finished folder below ``parent``, its prefix and its files."""
    folder = parent / "made"
    folder.mkdir(parents=True)
    (folder / "a.mp4").write_bytes(b"x")
    return folder, "clip/key/", manifest.read_manifest(folder)


@pytest.mark.slow
@pytest.mark.parametrize("step", BUILDING)
def test_no_step_begins_to_build_without_room(clip, rooms, no_room, settings, step):
    """The original file stays, the clip says why, nothing is left behind, and what plays goes on playing."""
    settings.MEDIA_PIPELINE |= {"MAX_ATTEMPTS": 1, "PREVIEW": step == "preview"}
    while Job.objects.get().step != step:
        assert run_job.run_job(Job.objects.get().pk) == "done"
    no_room()
    Job.objects.update(not_before=None)
    run_job.run_job(Job.objects.get().pk)
    job, kept = Job.objects.get(), Clip.objects.select_related("master").get()
    assert (job.status, job.step, job.error_code) == ("failed", step, "disk_full")
    assert (kept.state, kept.error_code) == ("FAILED", "disk_full")
    assert Path(rooms / "masters" / kept.master.file.name).stat().st_size == kept.master.size_bytes
    assert [path for path in (rooms / "work").rglob("*") if path.is_file()] == []


def test_a_copy_from_another_storage_asks_first(rooms, no_room):
    elsewhere = InMemoryStorage()
    elsewhere.save("film", ContentFile(b"x" * 100))
    with storage.local_copy(elsewhere, "film", rooms / "work") as path:
        assert path.read_bytes() == b"x" * 100
    no_room()
    assert full(lambda: storage.local_copy(elsewhere, "film", rooms / "work").__enter__()) is True
    assert [path for path in (rooms / "work").iterdir() if path.is_file()] == []


def test_publishing_onto_another_disk_asks_first(settings, rooms, no_room):
    memory = Path("/dev/shm")
    if not memory.is_dir() or storage.device_of(memory) == storage.device_of(rooms):
        pytest.skip("no second disk on this machine")
    no_room()
    with tempfile.TemporaryDirectory(dir=memory) as name:
        assert full(packages.move_package, *made_package(Path(name))) is True
    assert not storages["published"].exists("clip")


def test_publishing_on_one_disk_needs_no_room(rooms, no_room):
    no_room()
    packages.move_package(*made_package(rooms / "work"))
    assert (rooms / "published" / "clip" / "key" / "a.mp4").read_bytes() == b"x"


def test_the_texts_of_an_upload_error_promise_nothing_untrue(no_room, tmp_path):
    no_room()
    (tmp_path / "film.mp4").write_bytes(b"film")
    assert full(lambda: api.ingest_clip(tmp_path / "film.mp4", title="x", spoken_language="de")) is True
    assert "Keep your file" in api.upload_error_message("disk_full").advice
    assert "Your file is safe" in api.error_message("disk_full").advice


@pytest.mark.parametrize("code", list(ErrorCode))
def test_no_upload_error_says_that_the_file_is_kept(code):
    words = api.upload_error_message(code)
    assert [
        phrase for phrase in ("is safe", "is kept", "Try again") if phrase in f"{words.message} {words.advice}"
    ] == (["is kept"] if code in (ErrorCode.DAMAGED_NO_INDEX, ErrorCode.NO_DECODABLE_FRAMES) else [])
