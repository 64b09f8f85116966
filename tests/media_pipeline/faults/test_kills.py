"""SIGKILL at every transition of every step, around the rename, and during an upload."""

import io
import os

import pytest

from media_pipeline import api, ffmpeg_tools
from media_pipeline.audit import service
from media_pipeline.files import atomic_write, manifest, packages, replicas, storage, swap_names
from media_pipeline.jobs import lease, queue, submit, workdir
from media_pipeline.lifecycle import cleanup, ingest
from media_pipeline.models import Clip, Job
from media_pipeline.steps import growing

from ..clips import fresh, job_of, until
from ..conftest import FILES
from ..moments import after, before, die
from .children import KILLED, all_is_well, in_child, normal_worker, nothing_is_lost, reaped, run_step, visible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def tool_then_death(command, **callbacks):
    ffmpeg_tools.process_runner()(command, **callbacks)
    die()


# What happens in a step, in order; a step that does not come by ends well.
MOMENTS = {
    "the job was claimed": [after(lease, "claim_job")],
    "a tool has run": [],
    "its folder is on the disk": [after(storage, "sync_tree")],
    "the row is about to be written": [before(lease.LeasedJob, "advance"), before(lease.LeasedJob, "end")],
    "the row is written and not committed": [after(lease.LeasedJob, "advance"), after(lease.LeasedJob, "end")],
    "the row is committed and the queue does not know": [
        before(queue, "enqueue_now"),
        before(workdir, "clean_job_dir"),
    ],
    "the queue knows and nothing is tidied": [before(workdir, "clean_job_dir")],
}
WITHOUT_TOOLS = {"publish"}
WITHOUT_FOLDER = {"probe", "plan"}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_that_is_killed_in_every_step(clip, media, notes, moment):
    runner = tool_then_death if moment == "a tool has run" else None
    committed = moment.startswith(("the row is committed", "the queue knows"))
    walked, survived = [], set()
    while job_of(clip).status != "done":
        walked.append(step := job_of(clip).step)
        ended = in_child(run_step(clip, runner), *MOMENTS[moment])
        nothing_is_lost(media, clip, notes)
        if ended != KILLED:
            assert ended == 0
            survived.add(step)
            continue
        assert (job_of(clip).step == step and job_of(clip).status == "running") == (not committed)
        reaped()
        assert job_of(clip).status == ("done" if committed and step == "publish" else "queued")
        if not committed:
            assert in_child(run_step(clip)) == 0
    spared = {"a tool has run": WITHOUT_TOOLS, "its folder is on the disk": WITHOUT_FOLDER}.get(moment, set())
    assert survived <= spared
    assert walked == ["probe", "plan", "encode", "package", "stills", "publish"]
    normal_worker()
    all_is_well(media, clip)


PREVIEWS = [
    (before(storage, "_take_place"), False, False),
    (after(storage, "_take_place"), True, False),
    (after(packages, "activate_preview"), True, False),
    (before(lease.LeasedJob, "advance"), True, True),
]


def test_a_worker_that_is_killed_while_a_preview_is_made(make_video, media, settings, notes):
    """One that is copied, and moved into place as a whole."""
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"PREVIEW": True, "COPY_WEB_FIT": True, "MAX_ATTEMPTS": 9}
    coded = ("-c:v", "libx264", "-crf", "30", "-pix_fmt", "yuv420p")
    video = make_video("fit_silent.mp4", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=25:duration=2", *coded)
    clip = api.ingest_clip(video, title="A fit video", spoken_language="en")
    until(clip, "preview")
    for change, placed, offered in PREVIEWS:
        assert in_child(run_step(clip), change) == KILLED
        nothing_is_lost(media, clip, notes)
        preview = fresh(clip).preview
        assert (bool(visible(media, clip)), preview is not None) == (placed, offered)
        assert preview is None or packages.is_package_complete(preview)
        reaped()
    normal_worker()
    all_is_well(media, clip)
    assert fresh(clip).preview is None


GROWING = [
    (before(growing.GrowingPreview, "finish"), True),
    (after(packages, "activate_preview"), True),
    (before(lease.LeasedJob, "advance"), False),
]


def test_a_worker_that_is_killed_while_a_preview_grows(clip, media, settings):
    """What it was showing plays on until the next attempt begins, which shows its own."""
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"PREVIEW": True, "MAX_ATTEMPTS": 9}
    until(clip, "preview")
    for change, unfinished in GROWING:
        assert in_child(run_step(clip), change) == KILLED
        preview = fresh(clip).preview
        assert preview is None or preview.growing == unfinished or packages.is_package_complete(preview)
        assert job_of(clip).status == "running"
        reaped()
    normal_worker()
    all_is_well(media, clip)
    assert fresh(clip).preview is None


def test_a_worker_that_is_killed_around_the_rename(clip, media, notes):
    until(clip, "publish")
    for change, placed in ((before(storage, "_take_place"), 0), (after(storage, "_take_place"), 1)):
        assert in_child(run_step(clip), change) == KILLED
        nothing_is_lost(media, clip, notes)
        assert (len(visible(media, clip)), fresh(clip).package, job_of(clip).status) == (placed, None, "running")
        cleanup.clean_up()
        reaped()
    (key,) = visible(media, clip)
    normal_worker()
    all_is_well(media, clip)
    assert fresh(clip).package.key == key


def test_a_worker_that_is_killed_while_a_damaged_package_is_replaced(clip, media, notes):
    """Players find all names of one or all of the other, whoever is killed."""
    api.process_now(clip)
    package = fresh(clip).package
    folder = media / "published" / package.prefix
    (folder / "audio.mp4").write_bytes(b"rotten")
    damaged = manifest.read_manifest(folder)
    assert [audited.ok for audited in api.audit_clips(repair=True)] == [False]
    until(clip, "publish")
    assert in_child(run_step(clip), before(swap_names, "exchange_names")) == KILLED
    assert (manifest.read_manifest(folder), fresh(clip).state) == (damaged, "READY")
    reaped()
    assert in_child(run_step(clip), after(swap_names, "exchange_names")) == KILLED
    nothing_is_lost(media, clip, notes)
    assert packages.is_package_complete(package)
    normal_worker()
    all_is_well(media, clip)


@pytest.mark.parametrize(("moment", "left"), [(before, True), (after, False)], ids=["before", "after"])
def test_a_worker_that_is_killed_while_it_deletes_replaced_packages(clip, media, settings, moment, left):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"PACKAGE_GRACE_S": 0}
    old = clip.packages.create(key="old", duration_s=1, size_bytes=1, retired_at="2020-01-01T00:00:00Z")
    folder = media / "published" / old.prefix
    folder.mkdir(parents=True)
    (folder / "file").write_text("x")
    Job.objects.update(status="done")
    assert in_child(cleanup.remove_retired_packages, moment(storage, "remove_published")) == KILLED
    assert (clip.packages.count(), folder.exists()) == (0, left)
    cleanup.clean_up()
    assert not folder.exists()


ARRIVALS = {
    # moment: (what is killed, clips, masters in their place, parts)
    "the file is written": (after(ingest, "_write"), 0, 0, 1),
    "the file is about to be placed": (before(atomic_write, "commit_part"), 0, 0, 1),
    "the file is placed": (after(atomic_write, "commit_part"), 0, 1, 0),
    "the rows are not committed": (after(submit, "submit_job"), 0, 1, 0),
    "the queue does not know": (before(queue, "enqueue_now"), 1, 1, 0),
    "there is no copy": (before(replicas, "try_write_replica"), 1, 1, 0),
}


@pytest.mark.parametrize("moment", ARRIVALS)
def test_a_process_that_is_killed_while_a_file_is_uploaded(transactional_db, media, settings, moment):
    settings.STORAGES = settings.STORAGES | {
        "masters_replica": {"BACKEND": FILES, "OPTIONS": {"location": media / "second"}}
    }
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"INCOMING_GRACE_S": 0}
    data = os.urandom(2 * storage.COPY_CHUNK_BYTES + 3)
    change, clips, masters, parts = ARRIVALS[moment]

    def upload():
        api.ingest_clip(io.BytesIO(data), title="A video", spoken_language="en")

    assert in_child(upload, change) == KILLED
    files = [path for path in (media / "masters").rglob("*") if path.is_file()]
    placed = [path for path in files if path.parent.name != "incoming"]
    assert (Clip.objects.count(), len(placed), len(files) - len(placed)) == (clips, masters, parts)
    assert all(path.read_bytes() == data for path in placed)
    cleanup.clean_up()
    assert [path.exists() for path in files] == [path in placed for path in files]
    strays = [stray.code for stray in service.unreferenced_files()]
    assert strays == (["stray_master"] if masters > clips else [])
    if clips:
        reaped()
        assert Job.objects.get().dispatched_at is not None
        assert [audited.ok for audited in api.audit_clips(repair=True)] == [True]
        assert [path.read_bytes() for path in (media / "second").glob("??/*")] == [data]


def test_a_process_that_is_killed_while_it_deletes_a_clip(clip, media, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"INCOMING_GRACE_S": 0}
    name = clip.master.file.name
    assert in_child(lambda: api.delete_clip(clip), before(storage, "remove_published")) == KILLED
    assert Clip.objects.count() == 0
    assert ([stray.file for stray in service.unreferenced_files()], (media / "masters" / name).exists()) == ([], False)
