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
def no_space(settings):
    def now():
        settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"MIN_FREE_BYTES": 1 << 60}

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
def test_no_step_begins_to_build_without_space(clip, media, no_space, settings, step):
    """The original file stays, the clip says why, nothing is left behind, and what plays goes on playing."""
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"MAX_ATTEMPTS": 1, "PREVIEW": step == "preview"}
    while Job.objects.get().step != step:
        assert run_job.run_job(Job.objects.get().pk) == "done"
    no_space()
    Job.objects.update(not_before=None)
    run_job.run_job(Job.objects.get().pk)
    job, kept = Job.objects.get(), Clip.objects.select_related("master").get()
    assert (job.status, job.step, job.error_code) == ("failed", step, "disk_full")
    assert (kept.state, kept.error_code) == ("FAILED", "disk_full")
    assert Path(media / "masters" / kept.master.file.name).stat().st_size == kept.master.size_bytes
    assert [path for path in (media / "work").rglob("*") if path.is_file()] == []


def test_a_copy_from_another_storage_asks_first(media, no_space):
    elsewhere = InMemoryStorage()
    elsewhere.save("video", ContentFile(b"x" * 100))
    with storage.local_copy(elsewhere, "video", media / "work") as path:
        assert path.read_bytes() == b"x" * 100
    no_space()
    assert full(lambda: storage.local_copy(elsewhere, "video", media / "work").__enter__()) is True
    assert [path for path in (media / "work").iterdir() if path.is_file()] == []


def test_publishing_onto_another_disk_asks_first(settings, media, no_space):
    memory = Path("/dev/shm")
    if not memory.is_dir() or storage.device_of(memory) == storage.device_of(media):
        pytest.skip("no second disk on this machine")
    no_space()
    with tempfile.TemporaryDirectory(dir=memory) as name:
        assert full(packages.move_package, *made_package(Path(name))) is True
    assert not storages["published"].exists("clip")


def test_publishing_on_one_disk_needs_no_space(media, no_space):
    no_space()
    packages.move_package(*made_package(media / "work"))
    assert (media / "published" / "clip" / "key" / "a.mp4").read_bytes() == b"x"


def test_the_texts_of_an_upload_error_promise_nothing_untrue(no_space, tmp_path):
    no_space()
    (tmp_path / "video.mp4").write_bytes(b"video")
    assert full(lambda: api.ingest_clip(tmp_path / "video.mp4", title="x", spoken_language="de")) is True
    assert "Keep your file" in api.upload_error_message("disk_full").advice
    assert "Your file is safe" in api.error_message("disk_full").advice


@pytest.mark.parametrize("code", list(ErrorCode))
def test_no_upload_error_says_that_the_file_is_kept(code):
    words = api.upload_error_message(code)
    assert [
        phrase for phrase in ("is safe", "is kept", "Try again") if phrase in f"{words.message} {words.advice}"
    ] == (["is kept"] if code in (ErrorCode.DAMAGED_NO_INDEX, ErrorCode.NO_DECODABLE_FRAMES) else [])
