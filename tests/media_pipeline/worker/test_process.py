"""A real worker process, real signals, a real video: whatever happens to it, the clip gets ready."""

import json
import os
import signal
import sqlite3
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
LONG = pytest.mark.thorough("workers that are stopped, frozen or locked out")


def package_is_whole(site):
    ((key, files),) = site.rows("SELECT key, files FROM media_pipeline_package")
    ((public_id,),) = site.rows("SELECT public_id FROM media_pipeline_clip")
    folder = site.folder / "published" / public_id / key
    return {path.name: path.stat().st_size for path in folder.iterdir()} == {
        name: size for name, (size, _) in json.loads(files).items()
    }


def test_a_killed_worker_costs_nothing_but_time(new_site, short_video):
    site = new_site(short_video)
    first = site.start_encoding()
    first.kill()
    first.wait()
    site.wait_for_the_end_of_tools()
    assert list(site.folder.glob("published/*/*")) == []
    assert site.job()["status"] == "running"
    second = site.start("manage.py", "runworker")
    site.wait_until(lambda: site.clip()[0] == "READY")
    assert (site.job()["status"], site.clip()) == ("done", ("READY", ""))
    assert package_is_whole(site)
    site.wait_until(lambda: not list(site.folder.glob("work/jobs/*")))  # swept right after the row is written
    second.terminate()
    assert second.wait(timeout=site.PATIENCE_S) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=LONG)])
def test_a_stopped_worker_gives_its_job_back(new_site, long_video, number):
    site = new_site(long_video)
    worker = site.start_encoding()
    worker.send_signal(number)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=site.PATIENCE_S) == 0
    assert site.job() == {"step": "encode", "status": "queued", "attempts": 0}
    site.wait_for_the_end_of_tools()
    assert list(site.folder.glob("work/jobs/*/encode-*")) == []


@LONG
def test_one_of_several_workers_may_die(new_site, short_video):
    site = new_site(short_video)
    parent = site.start_encoding("--processes", "2")
    ((worker,),) = site.rows("SELECT worker FROM media_pipeline_job")
    os.kill(int(worker.split()[-2]), signal.SIGKILL)
    site.wait_until(lambda: site.clip()[0] == "READY")
    parent.terminate()
    assert parent.wait(timeout=site.PATIENCE_S) == 0
    assert package_is_whole(site)


def test_workers_go_when_their_parent_is_killed(new_site, long_video):
    site = new_site(long_video)
    parent = site.start_encoding("--processes", "2")
    parent.kill()
    parent.wait()
    site.wait_until(lambda: site.job() == {"step": "encode", "status": "queued", "attempts": 0})
    site.wait_for_the_end_of_tools()


def test_a_cancel_stops_the_encode(new_site, long_video):
    site = new_site(long_video)
    site.start_encoding()
    site.rows("UPDATE media_pipeline_job SET cancel_requested = 1")
    site.wait_until(lambda: site.job()["status"] == "cancelled")
    assert site.clip() == ("FAILED", "cancelled")
    site.wait_for_the_end_of_tools()
    ((master,),) = site.rows("SELECT file FROM media_pipeline_master")
    assert (site.folder / "masters" / master).read_bytes() == Path(long_video).read_bytes()


@LONG
def test_a_frozen_worker_that_comes_back_changes_nothing(new_site, short_video):
    site = new_site(short_video)
    site.environment["LEASE_S"] = "4"
    frozen = site.start_encoding()
    frozen.send_signal(signal.SIGSTOP)
    other = site.start("manage.py", "runworker")
    site.wait_until(lambda: site.clip()[0] == "READY")
    other.terminate()
    assert other.wait(timeout=site.PATIENCE_S) == 0
    everything = "SELECT * FROM media_pipeline_job, media_pipeline_clip"
    before = site.rows(everything)
    frozen.send_signal(signal.SIGCONT)
    assert any("encode lost after" in line for line in frozen.stdout)
    frozen.terminate()
    assert frozen.wait(timeout=site.PATIENCE_S) == 0
    assert site.rows(everything) == before
    assert package_is_whole(site)
    assert list(site.folder.glob("work/jobs/*")) == []


@LONG
def test_a_locked_database_is_waited_for(new_site, short_video):
    site = new_site(short_video)
    site.start_encoding()
    connection = sqlite3.connect(site.folder / "polyphony.sqlite3", timeout=20, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    site.wait_for_the_end_of_tools()  # the encode is over, and nothing can be written
    connection.execute("ROLLBACK")
    connection.close()
    site.wait_until(lambda: site.clip()[0] == "READY")
    assert site.rows("SELECT log_tail FROM media_pipeline_job")[0][0].count("failed") == 0
    assert package_is_whole(site)
