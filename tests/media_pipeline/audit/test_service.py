"""What is damaged or missing is found, named and, on request, repaired; what is intact is left alone."""

import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from media_pipeline import api
from media_pipeline.audit.codes import AUDIT_TEXTS, AuditCode, RepairCode
from media_pipeline.files import manifest, packages, storage
from media_pipeline.models import Clip, Package

from .rotting import ORIGINAL, codes, files_of, publish, rot, run

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_well_is_said(ready):
    status, report = run()
    assert (status, report["ok"], codes(report), report["strays"]) == (0, True, [["master_ok", "files_ok"]], [])
    assert report["clips"][0]["id"] == ready.public_id


def test_the_tipped_bit_is_found_in_the_right_clip(ready, media):
    other = publish(media, title="Another")
    rot(files_of(other, media) / "180.mp4")
    status, report = run()
    assert (status, report["ok"]) == (1, False)
    assert codes(report) == [["master_ok", "files_ok"], ["master_ok", "file_damaged 180.mp4"]]
    assert [clip["ok"] for clip in report["clips"]] == [True, False]


def test_every_harm_to_published_files_is_named(ready, media):
    folder = files_of(ready, media)
    (folder / "download.mp4").unlink()
    (folder / "180.m3u8").write_bytes(b"short")
    (folder / "more.txt").write_bytes(b"x")
    damage = ["file_damaged 180.m3u8", "file_missing download.mp4", "file_unknown more.txt"]
    assert codes(run()[1]) == [["master_ok", *damage]]


def test_a_folder_that_is_gone_is_every_file_missing(ready, media):
    storage.remove_folder(files_of(ready, media))
    damage = [f"file_missing {name}" for name in ("180.m3u8", "180.mp4", "download.mp4")]
    assert codes(run()[1]) == [["master_ok", *damage]]


def test_what_the_disk_cannot_read_is_damaged(ready, media, monkeypatch):
    broken = files_of(ready, media) / "180.mp4"
    read = storage.published().__class__._open

    def fail(self, name, mode="rb"):
        if str(name).endswith("/180.mp4"):
            raise OSError(5, "Input/output error")
        return read(self, name, mode)

    monkeypatch.setattr(storage.published().__class__, "_open", fail)
    assert broken.exists()
    assert codes(run()[1]) == [["master_ok", "file_damaged 180.mp4"]]


def test_a_clip_that_lost_its_package_is_found(ready):
    Clip.objects.update(package=None)
    assert codes(run("--repair")[1]) == [["master_ok", "package_missing", "rebuild_queued"]]


def test_a_clip_that_is_replaced_while_it_is_read_is_read_again(ready, media, monkeypatch):
    rot(files_of(ready, media) / "180.mp4")
    size = storage.published().__class__.size

    def replace_meanwhile(self, name):
        if name.endswith("download.mp4"):
            Package.objects.update(files=manifest.read_manifest(files_of(ready, media)))
            Clip.objects.update(ready_at="2030-01-01T00:00:00Z")
        return size(self, name)

    monkeypatch.setattr(storage.published().__class__, "size", replace_meanwhile)
    assert codes(run()[1]) == [["master_ok", "files_ok"]]


def test_a_clip_without_anything_published_is_no_harm(media, transactional_db):
    api.ingest_clip(io.BytesIO(ORIGINAL), title="A video", spoken_language="en")
    assert (run()[0], codes(run()[1])) == (0, [["master_ok", "nothing_published"]])


def test_damaged_files_elsewhere_are_not_taken_for_whole_ones_by_their_size(ready, remote):
    remote("published")
    package, target = ready.package, storage.published()
    Package.objects.update(files={"a.mp4": [1, "00"], "b.mp4": [1, hashlib.sha256(b"x").hexdigest()]})
    for name in ("a.mp4", "b.mp4"):
        target.save(package.prefix + name, ContentFile(b"x"))
    assert packages.is_package_complete(Package.objects.get())
    assert codes(run("--repair")[1]) == [["master_ok", "file_damaged a.mp4", "rebuild_queued"]]
    assert [target.exists(package.prefix + name) for name in ("a.mp4", "b.mp4")] == [False, True]
    assert not packages.is_package_complete(Package.objects.get())


def test_people_read_sentences(ready, media, capsys):
    rot(files_of(ready, media) / "180.mp4")
    with pytest.raises(SystemExit):
        call_command("auditmedia", "--repair")
    assert capsys.readouterr().out.splitlines() == [
        f"{ready.public_id} master_ok: The original file is intact.",
        f"{ready.public_id} file_damaged: The published file “180.mp4” is damaged.",
        f"{ready.public_id} rebuild_queued: The published files will be rebuilt.",
        "1 clip checked. 1 clip has damaged or missing files.",
    ]


def test_every_code_has_a_sentence():
    assert set(AUDIT_TEXTS) == {*AuditCode, *RepairCode}
    assert all(str(text)[0].isupper() and str(text).endswith(".") for text in AUDIT_TEXTS.values())


@pytest.mark.slow
def test_rotten_renditions_are_rebuilt_and_never_absent(clip, media):
    api.process_now(clip)
    package = Clip.objects.get().package
    folder = media / "published" / package.prefix
    rot(folder / "180-h264.mp4")
    (folder / "audio.mp4").unlink()
    status, report = run("--repair")
    harm = ["file_damaged 180-h264.mp4", "file_missing audio.mp4", "rebuild_queued"]
    assert (status, codes(report)) == (1, [["master_ok", *harm]])
    assert (Clip.objects.get().state, Clip.objects.get().package) == ("READY", package)
    assert api.process_now(clip).state == "READY"
    assert run("--repair")[0] == 0
    assert [path.name for path in folder.parent.iterdir()] == [package.key]
