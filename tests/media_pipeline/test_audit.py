"""What is damaged or missing is found, named and, on wish, mended; what is well is left alone."""

import io
import json
import os
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from media_pipeline import api, copies, manifest, storage
from media_pipeline.findings import SENTENCES, Finding, Repair
from media_pipeline.models import Clip, Job, Package

from .conftest import FILES

pytestmark = pytest.mark.django_db(transaction=True)
FILM = os.urandom(3 * storage.CHUNK + 5)


@pytest.fixture
def second(rooms, settings):
    """A second storage for copies of masters."""
    folder = rooms / "second"
    settings.STORAGES = settings.STORAGES | {"masters_copy": {"BACKEND": FILES, "OPTIONS": {"location": folder}}}
    return folder


@pytest.fixture
def ready(transactional_db, rooms):
    """A clip with three published files, and no work to do."""
    return publish(rooms)


@pytest.fixture
def ready_twice(second, ready):
    """The same, its master kept twice."""
    return ready


def publish(rooms, title="A film"):
    clip = api.receive(io.BytesIO(FILM), title=title, spoken_language="en")
    Job.objects.update(status="done")
    folder = rooms / "published" / clip.public_id / "key"
    folder.mkdir(parents=True)
    for name in ("180.mp4", "180.m3u8", "download.mp4"):
        (folder / name).write_bytes(os.urandom(2000))
    package = Package.objects.create(
        clip=clip, key="key", duration_s=1, size_bytes=6000, files=manifest.files_of(folder)
    )
    Clip.objects.filter(pk=clip.pk).update(package=package, state="READY")
    return Clip.objects.select_related("package", "master").get(pk=clip.pk)


def master_of(clip, root):
    return root / clip.master.file.name


def files_of(clip, rooms):
    return rooms / "published" / clip.package.prefix


def rot(path):
    """One bit of a file tips over, its size and time stay."""
    then, data = path.stat().st_mtime, bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, (then, then))


def run(*arguments):
    """Exit status and report of the command."""
    out, status = io.StringIO(), 0
    try:
        call_command("auditmedia", "--json", *arguments, stdout=out)
    except SystemExit as ended:
        status = ended.code
    return status, json.loads(out.getvalue())


def codes(report):
    """What was found and done, per clip: codes, with the file where it is one of several."""
    return [
        [
            *(found["code"] + (f" {found['file']}" if "file_" in found["code"] else "") for found in clip["findings"]),
            *(repair["code"] for repair in clip["repairs"]),
        ]
        for clip in report["clips"]
    ]


def test_what_is_well_is_said(ready):
    status, report = run()
    assert (status, report["ok"], codes(report), report["strays"]) == (0, True, [["master_ok", "files_ok"]], [])
    assert report["clips"][0]["id"] == ready.public_id


def test_a_copy_is_looked_at_where_copies_are_kept(ready_twice):
    assert codes(run()[1]) == [["master_ok", "copy_ok", "files_ok"]]


def test_the_tipped_bit_is_found_in_the_right_clip(ready, rooms):
    other = publish(rooms, title="Another")
    rot(files_of(other, rooms) / "180.mp4")
    status, report = run()
    assert (status, report["ok"]) == (1, False)
    assert codes(report) == [["master_ok", "files_ok"], ["master_ok", "file_damaged 180.mp4"]]
    assert [clip["ok"] for clip in report["clips"]] == [True, False]


def test_every_harm_to_published_files_is_named(ready, rooms):
    folder = files_of(ready, rooms)
    (folder / "download.mp4").unlink()
    (folder / "180.m3u8").write_bytes(b"short")
    (folder / "more.txt").write_bytes(b"x")
    assert codes(run()[1]) == [
        ["master_ok", "file_damaged 180.m3u8", "file_missing download.mp4", "file_unknown more.txt"]
    ]


def test_a_folder_that_is_gone_is_every_file_missing(ready, rooms):
    storage.remove(files_of(ready, rooms))
    assert codes(run()[1]) == [
        ["master_ok", "file_missing 180.m3u8", "file_missing 180.mp4", "file_missing download.mp4"]
    ]


def test_what_the_disk_cannot_read_is_damaged(ready, rooms, monkeypatch):
    broken = files_of(ready, rooms) / "180.mp4"
    read = storage.published().__class__._open

    def fail(self, name, mode="rb"):
        if str(name).endswith("/180.mp4"):
            raise OSError(5, "Input/output error")
        return read(self, name, mode)

    monkeypatch.setattr(storage.published().__class__, "_open", fail)
    assert broken.exists()
    assert codes(run()[1]) == [["master_ok", "file_damaged 180.mp4"]]


@pytest.mark.parametrize("harm", [rot, Path.unlink], ids=["damaged", "missing"])
def test_a_master_without_a_copy_is_named_and_left(ready, rooms, harm):
    harm(master_of(ready, rooms / "masters"))
    rot(files_of(ready, rooms) / "180.mp4")
    status, report = run("--repair")
    name = f"master_{'damaged' if harm is rot else 'missing'}"
    assert (status, codes(report)) == (1, [[name, "file_damaged 180.mp4", "cannot_restore", "cannot_rebuild"]])
    assert Job.objects.filter(status="queued").count() == 0


@pytest.mark.parametrize("harm", [rot, Path.unlink], ids=["damaged", "missing"])
def test_a_master_comes_back_from_its_copy(ready_twice, rooms, harm):
    master = master_of(ready_twice, rooms / "masters")
    harm(master)
    assert run()[0] == 1
    status, report = run("--repair")
    name = f"master_{'damaged' if harm is rot else 'missing'}"
    assert (status, codes(report)) == (1, [[name, "copy_ok", "files_ok", "master_restored"]])
    assert (master.read_bytes(), oct(master.stat().st_mode & 0o777)) == (FILM, "0o600")
    assert run("--repair")[0] == 0


@pytest.mark.parametrize("harm", [rot, Path.unlink], ids=["damaged", "missing"])
def test_a_copy_comes_back_from_its_master(ready_twice, second, harm):
    copy = master_of(ready_twice, second)
    harm(copy)
    assert run()[0] == 1
    status, report = run("--repair")
    name = f"copy_{'damaged' if harm is rot else 'missing'}"
    assert codes(report) == [["master_ok", name, "files_ok", "copy_written"]]
    assert status == (1 if harm is rot else 0)
    assert copy.read_bytes() == FILM
    assert list((second / "incoming").iterdir()) == []


def test_two_damaged_copies_are_never_passed_on(ready_twice, rooms, second):
    master, copy = master_of(ready_twice, rooms / "masters"), master_of(ready_twice, second)
    rot(master)
    copy.write_bytes(copy.read_bytes()[:-1])
    before = master.read_bytes(), copy.read_bytes()
    assert codes(run("--repair")[1]) == [["master_damaged", "copy_damaged", "files_ok", "cannot_restore"]]
    assert (master.read_bytes(), copy.read_bytes()) == before


def test_a_repair_that_fails_says_so_and_goes_on(ready_twice, rooms, monkeypatch):
    other = publish(rooms, title="Another")
    for clip in (ready_twice, other):
        master_of(clip, rooms / "masters").unlink()
    restore = copies.restore

    def fail_once(master):
        monkeypatch.setattr(copies, "restore", restore)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies, "restore", fail_once)
    assert [clip[-1] for clip in codes(run("--repair")[1])] == ["repair_failed", "master_restored"]


def test_a_job_that_missed_its_master_begins_again(ready_twice, rooms):
    Clip.objects.update(package=None, state="FAILED", error_code="master_missing")
    master_of(ready_twice, rooms / "masters").unlink()
    assert codes(run("--repair")[1]) == [["master_missing", "copy_ok", "nothing_published", "master_restored"]]
    assert (Job.objects.filter(status="queued").count(), Clip.objects.get().state) == (1, "RECEIVED")


def test_a_film_arrives_though_its_copy_fails(rooms, second, caplog):
    second.write_text("no folder")
    clip = api.receive(io.BytesIO(FILM), title="A film", spoken_language="en")
    assert master_of(clip, rooms / "masters").read_bytes() == FILM
    assert "has no copy yet" in caplog.text
    assert Job.objects.get().status == "queued"
    second.unlink()
    status, report = run("--repair")
    assert (status, codes(report)) == (0, [["master_ok", "copy_missing", "nothing_published", "copy_written"]])
    assert master_of(clip, second).read_bytes() == FILM


def test_a_copy_goes_with_its_clip(ready_twice, second):
    copy = master_of(ready_twice, second)
    assert (copy.read_bytes(), oct(copy.stat().st_mode & 0o777)) == (FILM, "0o600")
    api.delete(ready_twice)
    assert [path for path in second.rglob("*") if path.is_file()] == []


def test_a_clip_that_lost_its_package_is_found(ready):
    Clip.objects.update(package=None)
    assert codes(run("--repair")[1]) == [["master_ok", "package_missing", "rebuild_queued"]]


def test_a_clip_that_is_replaced_while_it_is_read_is_read_again(ready, rooms, monkeypatch):
    rot(files_of(ready, rooms) / "180.mp4")
    size = storage.published().__class__.size

    def replace_meanwhile(self, name):
        if name.endswith("download.mp4"):
            Package.objects.update(files=manifest.files_of(files_of(ready, rooms)))
            Clip.objects.update(ready_at="2030-01-01T00:00:00Z")
        return size(self, name)

    monkeypatch.setattr(storage.published().__class__, "size", replace_meanwhile)
    assert codes(run()[1]) == [["master_ok", "files_ok"]]


def test_a_clip_without_anything_published_is_no_harm(rooms, transactional_db):
    api.receive(io.BytesIO(FILM), title="A film", spoken_language="en")
    assert (run()[0], codes(run()[1])) == (0, [["master_ok", "nothing_published"]])


def test_masters_that_no_clip_names_are_named_after_a_day_and_never_removed(ready_twice, rooms, second):
    for root, age in ((rooms / "masters", 90000), (second, 90000), (second, 10)):
        stray = root / "ab" / f"ab{age}"
        stray.parent.mkdir(exist_ok=True)
        stray.write_bytes(b"x")
        os.utime(stray, (time.time() - age, time.time() - age))
    status, report = run("--repair")
    assert status == 0
    assert [(stray["code"], stray["file"]) for stray in report["strays"]] == [
        ("stray_master", "ab/ab90000"),
        ("stray_copy", "ab/ab90000"),
    ]
    assert (rooms / "masters" / "ab" / "ab90000").exists()


def test_people_read_sentences(ready, rooms, capsys):
    rot(files_of(ready, rooms) / "180.mp4")
    with pytest.raises(SystemExit):
        call_command("auditmedia", "--repair")
    assert capsys.readouterr().out.splitlines() == [
        f"{ready.public_id} master_ok: The film that was brought is stored unchanged.",
        f"{ready.public_id} file_damaged: The published file “180.mp4” is damaged.",
        f"{ready.public_id} rebuild_queued: A worker makes the published files anew.",
        "1 clip was looked at. Something of 1 clip was damaged or missing.",
    ]


def test_every_code_has_a_sentence():
    assert set(SENTENCES) == {*Finding, *Repair}
    assert all(str(text)[0].isupper() and str(text).endswith(".") for text in SENTENCES.values())


@pytest.mark.slow
def test_rotten_renditions_are_made_anew_and_never_absent(clip, rooms):
    api.process_now(clip)
    package = Clip.objects.get().package
    folder = rooms / "published" / package.prefix
    rot(folder / "180-h264.mp4")
    (folder / "audio.mp4").unlink()
    status, report = run("--repair")
    harm = ["file_damaged 180-h264.mp4", "file_missing audio.mp4", "rebuild_queued"]
    assert (status, codes(report)) == (1, [["master_ok", *harm]])
    assert (Clip.objects.get().state, Clip.objects.get().package) == ("READY", package)
    assert api.process_now(clip).state == "READY"
    assert run("--repair")[0] == 0
    assert [path.name for path in folder.parent.iterdir()] == [package.key]
