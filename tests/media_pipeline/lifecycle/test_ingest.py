"""A file that is uploaded is stored whole or not at all."""

import hashlib
import io
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from media_pipeline import api
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import storage
from media_pipeline.lifecycle import ingest
from media_pipeline.models import Clip, Job, Master
from tests.media_pipeline.clips import files_below
from tests.media_pipeline.owners import owner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def send(data=b"some bytes", **given):
    return api.ingest_clip(io.BytesIO(data), **{"title": "A video", "spoken_language": "ca", **given})


def test_the_master_holds_exactly_what_was_sent(media):
    data = os.urandom(3 * storage.COPY_CHUNK_BYTES + 17)
    clip = send(data, original_name="DSC_0001.MOV", collection=owner(7))
    master = Master.objects.get(clip=clip)
    assert (media / "masters" / master.file.name).read_bytes() == data
    assert (master.size_bytes, master.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (clip.state, clip.spoken_language, clip.collection_id) == ("RECEIVED", "ca", owner(7))


def test_a_master_is_readable_by_its_owner_alone(media):
    clip = send()
    path = media / "masters" / clip.master.file.name
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert oct(path.parent.stat().st_mode & 0o777) == "0o700"


def test_a_job_waits_once_the_clip_exists():
    clip = send(priority=5)
    (job,) = Job.objects.all()
    assert (job.clip, job.status, job.step, job.priority) == (clip, "queued", "probe", 5)
    assert job.dispatched_at is not None


def test_an_uploaded_file_of_django_is_read_too():
    clip = api.ingest_clip(SimpleUploadedFile("Mein Video.mp4", b"abc"), title="x", spoken_language="de")
    assert (clip.master.size_bytes, clip.master.original_name) == (3, "Mein Video.mp4")


def test_a_path_lends_its_name(tmp_path):
    path = tmp_path / "video.mov"
    path.write_bytes(b"abc")
    assert api.ingest_clip(path, title="x", spoken_language="de").master.original_name == "video.mov"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../evil.mp4", "evil.mp4"),
        ("C:\\Videos\\evil.mp4", "evil.mp4"),
        ("a\nb\x00.mp4", "ab.mp4"),
        ("x" * 300, "x" * 255),
        ("..", ".."),
        (" ", ""),
    ],
)
def test_names_are_for_eyes_only(media, given, shown):
    clip = send(original_name=given)
    assert clip.master.original_name == shown
    assert len(clip.master.file.name) == 35


class Breaking(io.BytesIO):
    """A connection that breaks off after a megabyte."""

    def read(self, size=-1):
        if self.tell() >= 1 << 20:
            raise ConnectionResetError(104, "Connection reset by peer")
        return super().read(size)


@pytest.mark.parametrize(
    ("file", "given", "code"),
    [
        (io.BytesIO(b""), {}, ErrorCode.EMPTY_FILE),
        (io.BytesIO(b"x" * 2000), {"MAX_UPLOAD_BYTES": 1999}, ErrorCode.TOO_LARGE),
        (SimpleUploadedFile("video.mp4", b"abc"), {"MAX_UPLOAD_BYTES": 2}, ErrorCode.TOO_LARGE),
        (SimpleUploadedFile("video.mp4", b"abc"), {"MIN_FREE_BYTES": 1 << 60}, ErrorCode.DISK_FULL),
        (Breaking(b"x" * (3 << 20)), {}, ErrorCode.STORAGE_FAILED),
    ],
    ids=["empty", "too large", "known to be too large", "no space left", "the connection breaks off"],
)
def test_a_refused_file_leaves_nothing(media, settings, file, given, code):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | given
    with pytest.raises(MediaError) as refusal:
        api.ingest_clip(file, title="x", spoken_language="de")
    assert (refusal.value.code, Clip.objects.count(), files_below(media)) == (code, 0, [])
    if isinstance(file, SimpleUploadedFile):  # its size is known: not one byte is read
        assert file.tell() == 0


def test_a_row_that_cannot_be_written_takes_the_file_with_it(media):
    with pytest.raises(IntegrityError):
        send(title="x", spoken_language=None)
    assert (Clip.objects.count(), files_below(media)) == (0, [])


def test_storing_tells_what_was_stored(media):
    stored = ingest.store_original(io.BytesIO(b"abc"))
    assert (stored.size, stored.sha256) == (3, hashlib.sha256(b"abc").hexdigest())
    assert files_below(media / "masters") == [stored.name]
