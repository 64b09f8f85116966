"""Files on their way: visitors write nothing, and nobody writes more than fits."""

import os
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from home.upload_handler import LimitedUploadHandler
from media_pipeline.models import Clip

LARGE = 3 * 1024 * 1024  # more than is kept in memory


@pytest.fixture
def incoming(settings, tmp_path) -> Path:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return tmp_path


def video() -> SimpleUploadedFile:
    return SimpleUploadedFile("video.mp4", b"x" * LARGE, "video/mp4")


def test_a_visitors_file_is_never_written(incoming):
    request = RequestFactory().post("/admin/login/", {"file": video(), "next": "/"})
    assert (list(request.FILES), request.POST["next"], list(incoming.iterdir())) == ([], "/", [])


def send(admin_client, archive):
    facts = {"title": "Clip", "spoken_language": "de", "city": archive.city().pk}
    return admin_client.post(reverse("clips:add"), facts | {"file": video()})


def test_a_file_past_the_limit_is_refused_in_words(admin_client, archive, incoming, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"MAX_UPLOAD_BYTES": LARGE - 1}
    found = send(admin_client, archive).context["form"].errors.as_data()["file"]
    assert ([error.code for error in found], Clip.objects.count()) == (["too_large"], 0)
    assert [path for path in incoming.iterdir() if path.is_file()] == []


def test_a_file_that_fits_arrives_whole(admin_client, archive, incoming):
    assert send(admin_client, archive).status_code == 302
    master = Clip.objects.get().master
    with storages["masters"].open(master.file.name) as stored:
        assert (master.size_bytes, stored.read()) == (LARGE, b"x" * LARGE)
    assert [path for path in incoming.iterdir() if path.is_file()] == []


def test_the_space_of_a_body_that_was_read_is_free_before_its_file_is_kept(incoming):
    with TemporaryFile() as spooled:
        spooled.write(b"x" * LARGE)
        request = RequestFactory().post("/admin/clips/new/", **{"wsgi.input": spooled})
        LimitedUploadHandler(request).upload_complete()
        assert os.fstat(spooled.fileno()).st_size == 0
