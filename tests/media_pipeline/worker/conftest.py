"""Sites of their own for real worker processes: a data folder, a clip whose video waits for its encode, commands."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ..clips import wait_until

PROJECT = Path(__file__).resolve().parents[3]
UPLOAD = """
import sys
from datetime import timedelta

import django
from django.utils import timezone

django.setup()
from media_pipeline import api
from media_pipeline.worker.run_job import run_job

for number, path in enumerate(sys.argv[1:]):
    clip = api.ingest_clip(path, title=str(number), spoken_language="en")
    while not number and clip.jobs.get().step != "encode":
        run_job(clip.jobs.get().pk)
    clip.jobs.update(not_before=timezone.now() + timedelta(minutes=10) if number else None)
"""


class Site:
    """A data folder, and the commands that work on it."""

    PATIENCE_S = 120

    def __init__(self, folder, **environment):
        self.folder = folder
        self.processes = []
        keep = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        settings = {"DJANGO_SETTINGS_MODULE": "tests.media_pipeline.alone", "PYTHONUNBUFFERED": "1"}
        self.environment = keep | settings | {"DATA_DIR": str(folder)} | environment

    def start(self, *arguments):
        """Start Python with these arguments."""
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.processes.append(process)
        return process

    def start_encoding(self, *options):
        """Start a worker and wait until ffmpeg has written something of the rungs. The worker's process."""
        worker = self.start("manage.py", "runworker", *options)
        encoded = "work/jobs/*/encode-*/*.mp4"
        self.wait_until(lambda: any(path.stat().st_size for path in self.folder.glob(encoded)))
        return worker

    def rows(self, sql):
        with sqlite3.connect(self.folder / "polyphony.sqlite3", timeout=20) as connection:
            return connection.execute(sql).fetchall()

    def job(self):
        ((step, status, attempts),) = self.rows("SELECT step, status, attempts FROM media_pipeline_job")
        return {"step": step, "status": status, "attempts": attempts}

    def clip(self):
        ((state, code),) = self.rows("SELECT state, error_code FROM media_pipeline_clip")
        return state, code

    def wait_until(self, holds):
        wait_until(holds, self.PATIENCE_S)

    def wait_for_the_end_of_tools(self):
        self.wait_until(lambda: self.media_processes() == [])

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


@pytest.fixture(scope="session")
def prepared(migrated_database, tmp_path_factory):
    """Makes data folders with uploaded videos, each once: the first waits for its encode, others for ten minutes."""
    known = {}

    def prepare(videos, environment):
        key = (videos, *environment.items())
        if key not in known:
            known[key] = tmp_path_factory.mktemp("prepared")
            shutil.copyfile(migrated_database, known[key] / "polyphony.sqlite3")
            process = Site(known[key], **environment).start("-c", UPLOAD, *map(str, videos))
            output, _ = process.communicate()
            assert process.returncode == 0, output
        return known[key]

    return prepare


@pytest.fixture
def new_site(prepared, tmp_path):
    """Makes the test's site, with uploaded videos and further environment. Its processes do not outlive the test."""
    sites = []

    def make(*videos, **environment):
        sites.append(Site(tmp_path / "data", **environment))
        shutil.copytree(prepared(videos, environment), sites[0].folder)
        return sites[0]

    yield make
    for process in sites[0].processes:
        if process.poll() is None:
            process.kill()
        process.communicate()


def tall(make_video, name, seconds):
    return make_video(
        name,
        *("-f", "lavfi", "-i", f"testsrc2=size=1280x720:rate=30:duration={seconds}"),
        *("-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "30", "-pix_fmt", "yuv420p", "-c:a", "aac"),
    )


@pytest.fixture(scope="session")
def long_video(make_video):
    """Twelve seconds of 720p, whose encode is never waited for."""
    return tall(make_video, "long.mp4", 12)


@pytest.fixture(scope="session")
def short_video(make_video):
    """Four seconds of 720p, whose encode still lasts long enough to be disturbed."""
    return tall(make_video, "short.mp4", 4)
