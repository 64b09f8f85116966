"""A real worker process, real signals, a real film: whatever happens to it, the film comes out."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
PATIENCE_S = 120
pytestmark = pytest.mark.slow
LONG = pytest.mark.thorough("workers that are stopped, frozen or locked out")


class Site:
    """A data folder of its own, and the commands that work on it."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = []
        keep = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self.environment = keep | {
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.media_pipeline.alone",
            "PYTHONUNBUFFERED": "1",
        }

    def start(self, *arguments):
        command = [sys.executable, "manage.py", *arguments]
        process = subprocess.Popen(
            command, cwd=PROJECT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.processes.append(process)
        return process

    def run(self, *arguments):
        process = self.start(*arguments)
        output, _ = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0, output
        return output

    def receive(self, film):
        code = (
            "from media_pipeline import api\n"
            f"print('id', api.ingest_clip({str(film)!r}, title='A film', spoken_language='en').public_id)"
        )
        return self.run("shell", "--no-imports", "-c", code).rpartition("id ")[2].strip()

    def rows(self, sql):
        with sqlite3.connect(self.folder / "polyphony.sqlite3", timeout=20) as connection:
            return connection.execute(sql).fetchall()

    def job(self):
        ((step, status, attempts, progress),) = self.rows(
            "SELECT step, status, attempts, progress FROM media_pipeline_job"
        )
        return {"step": step, "status": status, "attempts": attempts, "progress": progress}

    def clip(self):
        ((state, code),) = self.rows("SELECT state, error_code FROM media_pipeline_clip")
        return state, code

    def wait_until(self, holds):
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < deadline, (self.job(), self.clip())
            time.sleep(0.1)

    def wait_for_encoding(self):
        """Until ffmpeg has written something of the rungs."""
        self.wait_until(lambda: self.job()["step"] == "encode" and self.written())

    def written(self):
        return sum(path.stat().st_size for path in self.folder.glob("work/jobs/*/encode-*/*.mp4"))

    def media_processes(self):
        """Command lines of processes that name this folder, workers apart."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            except OSError:
                continue
            if str(self.folder) in line and "manage.py" not in line:
                found.append(line)
        return found

    def no_media_process_is_left(self):
        deadline = time.monotonic() + 10
        while self.media_processes() and time.monotonic() < deadline:
            time.sleep(0.1)
        return self.media_processes() == []


@pytest.fixture
def site(migrated_database, tmp_path):
    """A data folder with an empty archive."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(migrated_database, folder / "polyphony.sqlite3")
    site = Site(folder)
    yield site
    for process in site.processes:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def long_film(films):
    """Twelve seconds of 720p that take a while."""
    return films(
        "long.mp4",
        *("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=30:duration=12"),
        *("-f", "lavfi", "-i", "sine=frequency=440:duration=12"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "30", "-pix_fmt", "yuv420p", "-c:a", "aac"),
    )


def published(site, public_id):
    return sorted(path.name for path in (site.folder / "published" / public_id).iterdir())


def package_is_whole(site):
    ((key, files),) = site.rows("SELECT key, files FROM media_pipeline_package")
    ((public_id,),) = site.rows("SELECT public_id FROM media_pipeline_clip")
    folder = site.folder / "published" / public_id / key
    return {path.name: path.stat().st_size for path in folder.iterdir()} == {
        name: size for name, (size, _) in json.loads(files).items()
    }


def test_a_killed_worker_costs_nothing_but_time(site, long_film):
    public_id = site.receive(long_film)
    first = site.start("runworker")
    site.wait_for_encoding()
    first.kill()
    first.wait()
    assert site.no_media_process_is_left()
    assert (site.folder / "published" / public_id).exists() is False
    assert site.job()["status"] == "running"
    site.start("runworker")
    site.wait_until(lambda: site.clip()[0] == "READY")
    assert (site.job()["status"], site.clip()) == ("done", ("READY", ""))
    assert package_is_whole(site)
    site.wait_until(lambda: not list(site.folder.glob("work/jobs/*")))  # swept right after the row is written


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=LONG)])
def test_a_stopped_worker_gives_its_job_back(site, long_film, number):
    site.receive(long_film)
    worker = site.start("runworker")
    site.wait_for_encoding()
    told = time.monotonic()
    worker.send_signal(number)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=PATIENCE_S) == 0
    assert time.monotonic() - told < 5
    assert (site.job()["step"], site.job()["status"], site.job()["attempts"]) == ("encode", "queued", 0)
    assert site.no_media_process_is_left()
    assert list(site.folder.glob("work/jobs/*/encode-*")) == []


def test_an_idle_worker_stops_at_once(site):
    worker = site.start("runworker")
    assert any("waiting for jobs" in line for line in worker.stdout)
    worker.terminate()
    assert worker.wait(timeout=5) == 0


@LONG
def test_one_of_several_workers_may_die(site, long_film):
    site.receive(long_film)
    parent = site.start("runworker", "--processes", "2")
    site.wait_for_encoding()
    ((worker,),) = site.rows("SELECT worker FROM media_pipeline_job")
    os.kill(int(worker.split()[-2]), signal.SIGKILL)
    site.wait_until(lambda: site.clip()[0] == "READY")
    parent.terminate()
    assert parent.wait(timeout=10) == 0
    assert package_is_whole(site)


def test_workers_go_when_their_parent_is_killed(site, long_film):
    site.receive(long_film)
    parent = site.start("runworker", "--processes", "2")
    site.wait_for_encoding()
    parent.kill()
    parent.wait()
    site.wait_until(lambda: site.job()["status"] == "queued")
    assert site.job()["attempts"] == 0
    assert site.no_media_process_is_left()


def test_a_cancel_stops_the_encode_within_two_seconds(site, long_film):
    site.receive(long_film)
    site.start("runworker")
    site.wait_for_encoding()
    with sqlite3.connect(site.folder / "polyphony.sqlite3", timeout=20) as connection:
        connection.execute("UPDATE media_pipeline_job SET cancel_requested = 1")
    told = time.monotonic()
    site.wait_until(lambda: site.job()["status"] == "cancelled")
    assert time.monotonic() - told < 2
    assert site.clip() == ("FAILED", "cancelled")
    assert site.no_media_process_is_left()
    ((master,),) = site.rows("SELECT file FROM media_pipeline_master")
    assert (site.folder / "masters" / master).read_bytes() == Path(long_film).read_bytes()


@LONG
def test_a_frozen_worker_that_comes_back_changes_nothing(site, long_film):
    site.environment["LEASE_S"] = "4"
    site.receive(long_film)
    frozen = site.start("runworker")
    site.wait_for_encoding()
    frozen.send_signal(signal.SIGSTOP)
    other = site.start("runworker")
    site.wait_until(lambda: site.clip()[0] == "READY")
    before = site.rows("SELECT * FROM media_pipeline_job"), site.rows("SELECT * FROM media_pipeline_clip")
    other.terminate()
    other.wait(timeout=10)
    frozen.send_signal(signal.SIGCONT)
    time.sleep(3)
    frozen.terminate()
    assert frozen.wait(timeout=10) == 0
    assert (site.rows("SELECT * FROM media_pipeline_job"), site.rows("SELECT * FROM media_pipeline_clip")) == before
    assert package_is_whole(site)
    assert list(site.folder.glob("work/jobs/*")) == []


@LONG
def test_a_database_that_is_locked_for_ten_seconds_is_waited_for(site, long_film):
    site.receive(long_film)
    site.start("runworker")
    site.wait_for_encoding()
    connection = sqlite3.connect(site.folder / "polyphony.sqlite3", timeout=20, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    time.sleep(10)
    connection.execute("ROLLBACK")
    connection.close()
    site.wait_until(lambda: site.clip()[0] == "READY")
    assert site.rows("SELECT log_tail FROM media_pipeline_job")[0][0].count("failed") == 0
    assert package_is_whole(site)
