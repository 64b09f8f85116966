"""No one fills the disk alone: what one person and one city may upload, and what frees space again."""

import io
import threading

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from media_pipeline import api
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import quotas, storage
from media_pipeline.models import Clip, Master
from tests.media_pipeline.owners import owner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


class Unsized(io.RawIOBase):
    """Bytes that arrive without saying how many they will be."""

    def __init__(self, size):
        self.size_there, self.sent = size, 0

    def read(self, size=-1):
        block = b"x" * min(size, self.size_there - self.sent)
        self.sent += len(block)
        return block


def send(data=b"x" * 10, **given):
    return api.ingest_clip(SimpleUploadedFile("video.mp4", data), title="A video", spoken_language="ca", **given)


def refusal(*args, **given):
    with pytest.raises(MediaError) as found:
        send(*args, **given)
    return found.value


@pytest.fixture
def person(db):
    return User.objects.create_superuser("head", "head@example.org", "x")


@pytest.fixture
def limits(settings):
    def set_to(**given):
        settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {
            f"QUOTA_{name.upper()}_BYTES": value for name, value in given.items()
        }

    return set_to


def test_without_a_limit_nothing_is_counted(person, django_assert_num_queries):
    send(uploader=person, collection=(first := owner(1)))
    with django_assert_num_queries(0):
        assert api.user_quota(person) == quotas.QuotaUsage(0, 0)
        assert api.collection_quotas([first]) == {first: quotas.QuotaUsage(0, 0)}


def test_the_last_byte_fits_and_the_next_does_not_even_for_a_superuser(person, limits):
    limits(user=25)
    send(b"x" * 10, uploader=person)
    send(b"x" * 15, uploader=person, collection=owner(3))
    error = refusal(b"x", uploader=person, collection=owner(4))
    assert (error.code, error.refused, Clip.objects.count()) == (ErrorCode.QUOTA_USER, True, 2)
    assert api.user_quota(person) == quotas.QuotaUsage(25, 25)


def test_people_and_cities_are_counted_apart(person, limits):
    limits(user=100, city=25)
    send(b"x" * 20, uploader=person, collection=owner(1))
    assert refusal(uploader=person, collection=owner(1)).code is ErrorCode.QUOTA_CITY
    send(uploader=person, collection=owner(2))
    assert refusal(collection=owner(1)).code is ErrorCode.QUOTA_CITY
    used = {owner(2): 10, owner(1): 20, owner(7): 0}
    assert api.collection_quotas(list(used)) == {key: quotas.QuotaUsage(size, 25) for key, size in used.items()}
    assert api.user_quota(person) == quotas.QuotaUsage(30, 100)


def test_an_upload_of_no_user_has_no_personal_limit(limits):
    limits(user=1, city=0)
    assert send().uploader is None


def test_a_deleted_clip_gives_its_share_back(person, limits):
    limits(user=10, city=10)
    clip = send(uploader=person, collection=owner(1))
    assert refusal(b"x", uploader=person, collection=owner(1)).code is ErrorCode.QUOTA_USER
    api.delete_clip(clip)
    assert send(uploader=person, collection=owner(1)).master.size_bytes == 10


def test_what_was_made_of_a_video_is_not_counted(person, limits):
    limits(user=20)
    clip = send(uploader=person)
    clip.packages.create(key="k", duration_s=1, size_bytes=10**6)
    assert api.user_quota(person) == quotas.QuotaUsage(10, 20)


def test_a_path_is_refused_before_it_is_read(tmp_path, person, limits, media):
    limits(user=2)
    path = tmp_path / "video.mov"
    path.write_bytes(b"abc")
    with pytest.raises(MediaError) as found:
        api.ingest_clip(path, title="x", spoken_language="de", uploader=person)
    assert (found.value.code, (media / "masters").exists()) == (ErrorCode.QUOTA_USER, False)


def test_a_stream_of_unknown_size_is_stopped_where_the_share_ends(media, limits):
    limits(city=2 * storage.COPY_CHUNK_BYTES)
    stream = Unsized(40 * storage.COPY_CHUNK_BYTES)
    with pytest.raises(MediaError) as found:
        api.ingest_clip(stream, title="x", spoken_language="de", collection=owner(1))
    assert (found.value.code, stream.sent) == (ErrorCode.QUOTA_CITY, 3 * storage.COPY_CHUNK_BYTES)
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_two_uploads_that_end_together_share_what_is_left(person, limits, media):
    """Both began when there was space for one: the second to end is refused, and its bytes are removed."""
    limits(user=10)
    begun, outcomes = threading.Barrier(2, timeout=20), []

    class Slow(io.BytesIO):
        def read(self, size=-1):
            found = super().read(size)
            if not found:
                begun.wait()
            return found

    def upload():
        try:
            outcomes.append(api.ingest_clip(Slow(b"x" * 10), title="x", spoken_language="de", uploader=person).title)
        except MediaError as error:
            outcomes.append(error.code.value)
        finally:
            connection.close()

    people = [threading.Thread(target=upload) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join(30)
    assert sorted(outcomes) == ["quota_user", "x"]
    assert (Master.objects.count(), len([p for p in (media / "masters").rglob("*") if p.is_file()])) == (1, 1)


def test_the_largest_video_that_fits_now(person, limits, media, settings):
    assert api.upload_limit_bytes(person) == settings.MEDIA_PIPELINE["MAX_UPLOAD_BYTES"]
    limits(user=30)
    send(uploader=person)
    assert api.upload_limit_bytes(person) == 20
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"MIN_FREE_BYTES": storage.free_bytes(media) + (1 << 40)}
    assert api.upload_limit_bytes(person) == 0


def test_a_file_is_on_one_disk_twice_while_it_is_stored(media, settings):
    """As it arrived and as the original: whoever sends more than half of what is free would be refused at the end."""
    free = storage.free_bytes(media)
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"MAX_UPLOAD_BYTES": 1 << 60, "MIN_FREE_BYTES": free // 2}
    assert api.upload_limit_bytes() == pytest.approx(free / 4, rel=0.05)


@pytest.mark.parametrize(
    ("used", "limit", "percent"), [(0, 0, 0), (1, 3, 33), (999, 1000, 99), (5, 5, 100), (9, 5, 100)]
)
def test_percent_is_full_only_when_it_is(used, limit, percent):
    assert quotas.QuotaUsage(used, limit).percent == percent
