"""Housekeeping removes what nobody needs and nothing else."""

import datetime
import os
import time

import pytest
from django.utils import timezone

from media_pipeline.jobs import lease, workdir
from media_pipeline.lifecycle import cleanup
from media_pipeline.models import Clip, Job, Package
from tests.media_pipeline.moments import armed, before, fails

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def folder(path, age_s=0):
    path.mkdir(parents=True)
    (path / "file").write_text("x")
    then = time.time() - age_s
    os.utime(path, (then, then))
    return path


def package(clip, key, retired_s=None):
    retired = timezone.now() - datetime.timedelta(seconds=retired_s) if retired_s is not None else None
    return Package.objects.create(clip=clip, key=key, duration_s=1, size_bytes=1, retired_at=retired)


@pytest.fixture
def done(clip):
    """A clip without work to do."""
    Job.objects.update(status="done")
    return clip


def test_a_replaced_package_stays_for_its_grace(done, media, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"PACKAGE_GRACE_S": 3600}
    now, new, old = package(done, "now"), package(done, "new", retired_s=3000), package(done, "old", retired_s=4000)
    Clip.objects.update(package=now)
    places = {one.key: folder(media / "published" / one.prefix, 9999) for one in (now, new, old)}
    assert cleanup.remove_retired_packages() == 1
    assert {key: place.exists() for key, place in places.items()} == {"now": True, "new": True, "old": False}
    assert list(Package.objects.order_by("key").values_list("key", flat=True)) == ["new", "now"]


def test_the_package_in_use_is_never_pruned(done, media):
    Clip.objects.update(package=package(done, "now", retired_s=10**6))
    assert (cleanup.remove_retired_packages(), Package.objects.count()) == (0, 1)


def test_a_folder_without_a_row_goes_when_nobody_is_about_to_name_it(done, media):
    named = folder(media / "published" / package(done, "named").prefix, 10**6)
    orphan = folder(media / "published" / done.public_id / "orphan", 10**6)
    fresh = folder(media / "published" / done.public_id / "fresh")
    gone = folder(media / "published" / "nobody" / "key", 10**6)
    cleanup.remove_unreferenced_packages()
    assert [place.exists() for place in (named, orphan, fresh, gone)] == [True, False, True, False]


def test_a_folder_of_a_clip_at_work_stays(clip, media):
    orphan = folder(media / "published" / clip.public_id / "orphan", 10**6)
    cleanup.remove_unreferenced_packages()
    assert orphan.exists()


def test_broken_uploads_go_after_a_day_and_masters_never(done, media):
    incoming = media / "masters" / "incoming"
    old, new, form = incoming / "old.part", incoming / "new.part", media / "work" / "incoming" / "x.upload.mp4"
    form.parent.mkdir(parents=True, exist_ok=True)
    for part, age in ((old, 90000), (new, 10), (form, 90000)):
        part.write_text("x")
        os.utime(part, (time.time() - age, time.time() - age))
    document = folder(media / "work" / "incoming" / "limited-x.part", 90000)
    master = media / "masters" / done.master.file.name
    os.utime(master, (0, 0))
    Clip.objects.all().delete()
    cleanup.clean_up()
    assert [path.exists() for path in (old, new, form, document, master)] == [False, True, False, False, True]


def test_a_package_that_is_shown_again_while_it_is_removed_stays(done, media):
    """The list of old packages is read before each is looked at again."""
    places = {}
    for key in ("one", "two"):
        places[key] = folder(media / "published" / package(done, key, retired_s=10**6).prefix)

    def show_the_rest(_frame):
        Package.objects.update(retired_at=None)

    with armed(before(cleanup.storage, "remove_published", show_the_rest)):
        assert cleanup.remove_retired_packages() == 1
    left = Package.objects.get()
    assert [key for key, place in places.items() if place.exists()] == [left.key]


def test_one_folder_that_cannot_be_cleaned_does_not_stop_the_others(done, media):
    folders = [folder(media / "published" / name / "key", 10**6) for name in ("aaa", "bbb", "ccc")]
    with (
        armed(before(cleanup, "_remove_unreferenced", fails(OSError("a dead disk")))),
        pytest.raises(ExceptionGroup, match="1 of 3 failed"),
    ):
        cleanup.remove_unreferenced_packages()
    assert sum(place.exists() for place in folders) == 1


def test_a_job_keeps_what_its_row_names(clip):
    job = clip.jobs.get()
    leased = lease.claim_job(job.pk)
    Job.objects.update(work={"plan": {"folder": "plan-1"}})
    base = workdir.job_dir(job.pk)
    places = [folder(base / name) for name in ("plan-1", f"probe-{leased.job.lease.hex}", "encode-0", "plan-0")]
    workdir.clean_work_dir()
    assert [place.exists() for place in places] == [True, True, False, False]
    Job.objects.update(status="failed")
    workdir.clean_work_dir()
    assert base.exists() is False


def test_what_a_worker_begins_while_its_job_is_tidied_stays(clip):
    """The row is read after the folder is listed: between the two, a worker may take the job and begin to build."""
    job = clip.jobs.get()
    old, begun = folder(workdir.job_dir(job.pk) / "encode-0"), []

    def begin(_frame):
        begun.append(folder(workdir.step_dir(lease.claim_job(job.pk).job)))

    with armed(before(workdir.storage, "remove_folder", begin)):
        workdir.clean_work_dir()
    assert (old.exists(), [place.exists() for place in begun]) == (False, [True])


def test_a_job_that_begins_again_while_it_is_tidied_keeps_its_new_folder(clip):
    job = clip.jobs.get()
    Job.objects.update(status="failed")
    old, begun = folder(workdir.job_dir(job.pk) / "encode-0"), []

    def begin(_frame):
        Job.objects.update(status="queued")
        begun.append(folder(workdir.step_dir(lease.claim_job(job.pk).job)))

    with armed(before(workdir.storage, "remove_folder", begin)):
        workdir.clean_work_dir()
    assert (old.exists(), [place.exists() for place in begun]) == (False, [True])


def test_folders_of_unknown_jobs_go(db, media):
    places = [folder(media / "work" / "jobs" / name) for name in ("00000000-0000-0000-0000-000000000000", "junk")]
    workdir.clean_work_dir()
    assert [place.exists() for place in places] == [False, False]
