"""Masters and their copies: each is found when it is damaged, and comes back from the other."""

import io
import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from media_pipeline import api
from media_pipeline.audit import service
from media_pipeline.files import replicas, storage
from media_pipeline.models import Clip, Job

from ..moments import armed, before, fails
from .rotting import ORIGINAL, codes, files_of, master_of, publish, rot, run

pytestmark = pytest.mark.django_db(transaction=True)
harms = pytest.mark.parametrize(("harm", "state"), [(rot, "damaged"), (Path.unlink, "missing")])


def test_a_copy_is_looked_at_where_copies_are_kept(ready_twice):
    assert codes(run()[1]) == [["master_ok", "copy_ok", "files_ok"]]


@harms
def test_an_original_without_a_copy_is_named_and_left(ready, media, harm, state):
    harm(master_of(ready, media / "masters"))
    rot(files_of(ready, media) / "180.mp4")
    status, report = run("--repair")
    codes_found = [f"master_{state}", "file_damaged 180.mp4", "cannot_restore", "cannot_rebuild"]
    assert (status, codes(report)) == (1, [codes_found])
    assert Job.objects.filter(status="queued").count() == 0


@harms
def test_an_original_comes_back_from_its_copy(ready_twice, media, harm, state):
    master = master_of(ready_twice, media / "masters")
    harm(master)
    assert run()[0] == 1
    status, report = run("--repair")
    assert (status, codes(report)) == (1, [[f"master_{state}", "copy_ok", "files_ok", "master_restored"]])
    assert (master.read_bytes(), oct(master.stat().st_mode & 0o777)) == (ORIGINAL, "0o600")
    assert run("--repair")[0] == 0


@harms
def test_a_copy_comes_back_from_its_original(ready_twice, second, harm, state):
    copy = master_of(ready_twice, second)
    harm(copy)
    assert run()[0] == 1
    status, report = run("--repair")
    assert codes(report) == [["master_ok", f"copy_{state}", "files_ok", "copy_written"]]
    assert status == (1 if harm is rot else 0)
    assert copy.read_bytes() == ORIGINAL
    assert list((second / "incoming").iterdir()) == []


def test_two_damaged_copies_are_never_passed_on(ready_twice, media, second):
    master, copy = master_of(ready_twice, media / "masters"), master_of(ready_twice, second)
    rot(master)
    copy.write_bytes(copy.read_bytes()[:-1])
    before = master.read_bytes(), copy.read_bytes()
    assert codes(run("--repair")[1]) == [["master_damaged", "copy_damaged", "files_ok", "cannot_restore"]]
    assert (master.read_bytes(), copy.read_bytes()) == before


def test_a_repair_that_fails_says_so_and_goes_on(ready_twice, media):
    other = publish(media, title="Another")
    for clip in (ready_twice, other):
        master_of(clip, media / "masters").unlink()
    with armed(before(replicas, "restore_from_replica", fails(OSError(28, "No space left on device")))):
        report = run("--repair")[1]
    assert [clip[-1] for clip in codes(report)] == ["repair_failed", "master_restored"]


def test_a_withdrawn_clip_gets_its_original_back_and_no_work(ready_twice, media):
    api.withdraw_clip(ready_twice)
    master_of(ready_twice, media / "masters").unlink()
    rot(files_of(ready_twice, media) / "180.mp4")
    expected = ["master_missing", "copy_ok", "file_damaged 180.mp4", "master_restored", "not_rebuilt"]
    assert codes(run("--repair")[1]) == [expected]
    assert Job.objects.filter(status="queued").count() == 0


def test_a_clip_that_cannot_be_checked_does_not_stop_the_others(ready, media):
    publish(media, title="Another")
    with armed(before(service, "_of_package", fails(ValueError("a storage said something else")))):
        status, report = run("--repair")
    assert (status, codes(report)) == (1, [["audit_failed"], ["master_ok", "files_ok"]])


def test_a_job_that_missed_its_original_begins_again(ready_twice, media):
    Clip.objects.update(package=None, state="FAILED", error_code="master_missing")
    master_of(ready_twice, media / "masters").unlink()
    assert codes(run("--repair")[1]) == [["master_missing", "copy_ok", "nothing_published", "master_restored"]]
    assert (Job.objects.filter(status="queued").count(), Clip.objects.get().state) == (1, "RECEIVED")


def test_an_upload_succeeds_though_its_copy_fails(media, second, caplog):
    second.write_text("no folder")
    clip = api.ingest_clip(io.BytesIO(ORIGINAL), title="A video", spoken_language="en")
    assert master_of(clip, media / "masters").read_bytes() == ORIGINAL
    assert "has no copy yet" in caplog.text
    assert Job.objects.get().status == "queued"
    second.unlink()
    status, report = run("--repair")
    assert (status, codes(report)) == (0, [["master_ok", "copy_missing", "nothing_published", "copy_written"]])
    assert master_of(clip, second).read_bytes() == ORIGINAL


def test_a_copy_goes_with_its_clip(ready_twice, second):
    copy = master_of(ready_twice, second)
    assert (copy.read_bytes(), oct(copy.stat().st_mode & 0o777)) == (ORIGINAL, "0o600")
    api.delete_clip(ready_twice)
    assert [path for path in second.rglob("*") if path.is_file()] == []


def test_originals_that_no_clip_names_are_named_after_a_day_and_never_removed(ready_twice, media, second):
    for root, age in ((media / "masters", 90000), (second, 90000), (second, 10)):
        stray = root / "ab" / f"ab{age}"
        stray.parent.mkdir(exist_ok=True)
        stray.write_bytes(b"x")
        os.utime(stray, (time.time() - age, time.time() - age))
    status, report = run("--repair")
    assert status == 0
    strays = [(stray["code"], stray["file"]) for stray in report["strays"]]
    assert strays == [("stray_master", "ab/ab90000"), ("stray_copy", "ab/ab90000")]
    assert (media / "masters" / "ab" / "ab90000").exists()


def test_an_original_elsewhere_comes_back_from_its_copy_and_the_other_way_round(transactional_db, second, remote):
    remote("masters")
    clip = api.ingest_clip(io.BytesIO(ORIGINAL), title="A video", spoken_language="en")
    name, masters = clip.master.file.name, storage.masters()
    assert codes(run()[1]) == [["master_ok", "copy_ok", "nothing_published"]]
    masters.delete(name)
    masters.save(name, ContentFile(ORIGINAL[:-1] + b"?"))
    assert codes(run("--repair")[1]) == [["master_damaged", "copy_ok", "nothing_published", "master_restored"]]
    masters.delete(name)
    assert codes(run("--repair")[1]) == [["master_missing", "copy_ok", "nothing_published", "master_restored"]]
    rot(second / name)
    assert codes(run("--repair")[1]) == [["master_ok", "copy_damaged", "nothing_published", "copy_written"]]
    assert codes(run()[1]) == [["master_ok", "copy_ok", "nothing_published"]]
