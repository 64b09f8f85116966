"""Our own way, through the project's own worker: videos are received into a throw-away archive and prepared there.

The archive is a real site (SQLite, storages, queue) in a folder of its own. The worker is a process of its own, so
that the kernel counts all it does: probing, measuring, encoding, verifying, packaging, taking stills, publishing.
"""

import dataclasses
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.measure import NOTHING, BenchError, Cost, reap

LOOK_EVERY_S = 0.05
PATIENCE_S = 1800.0


def open_archive(folder: Path) -> None:
    """Set Django up with its data in ``folder``, and its tables there. Once per process, before any other import."""
    os.environ |= {"POLYPHONY_DATA_DIR": str(folder), "POLYPHONY_DATABASE_URL": "", "POLYPHONY_LOG_LEVEL": "ERROR"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "campaign_site.settings.dev"
    import django
    from django.core.management import call_command

    django.setup()
    # The whole history of all apps, which takes half a minute: roles need the root of the pages, which it creates.
    call_command("migrate", verbosity=0)
    from media_pipeline import ffmpeg_tools

    ffmpeg_tools.binaries()
    # Both are looked for once per process: a worker that has just started is not what is measured.
    ffmpeg_tools.sandbox_tier()


@dataclass(frozen=True)
class Made:
    """What became of one video: the cost of its worker, seconds from the sealed upload to the first package that
    plays, and the clip (with the job over)."""

    cost: Cost
    first_playable_s: float
    clip: Any

    @property
    def ladder(self) -> Cost:
        """The cost with the processor time of the encode alone, as the job's log has it: all rungs and the sound.

        That is what the peers' commands make. The whole job also looks into the video, measures its loudness, makes a
        first version, checks what it made, and takes posters and a storyboard.
        """
        said = re.findall(r" encode: [0-9.]+ s, ([0-9.]+) s of processor", self.clip.jobs.first().log_tail)
        return dataclasses.replace(self.cost, cpu_s=float(said[-1]))

    @property
    def search_cpu_s(self) -> float:
        """Seconds of processor that finding the quality took; 0 where nothing was searched."""
        said = re.findall(r"quality searched in ([0-9.]+) s", self.clip.jobs.first().log_tail)
        return float(said[-1]) if said else 0.0

    @property
    def folder(self) -> Path:
        """The folder of the published package."""
        from django.conf import settings

        return Path(settings.STORAGES["published"]["OPTIONS"]["location"]) / self.clip.package.prefix

    @property
    def top(self) -> Path:
        """The best rung's pictures: the most pixels, AV1 before H.264."""
        rungs = self.clip.package.renditions.filter(kind="video")
        best = max(rungs, key=lambda rung: (rung.width * rung.height, rung.codec == "av1"))
        return self.folder / best.media_name

    @property
    def side(self) -> int:
        """Pixels of the best rung's shorter side."""
        return max(min(rung.width, rung.height) for rung in self.clip.package.renditions.filter(kind="video"))

    @property
    def rungs(self) -> list[str]:
        """The ladder in words: "1080 av1"."""
        rungs = self.clip.package.renditions.filter(kind="video")
        return [f"{min(rung.width, rung.height)} {rung.codec}" for rung in rungs]


def prepare_video(path: Path, *, until_playable: bool = False) -> Made:
    """Receive one video while a worker waits, and follow it to the end, or only to its first package."""
    from media_pipeline import api

    with worker_process() as worker:
        time.sleep(0.5)  # it is awake and idle by then
        clip = receive(path)
        began = time.monotonic()
        first = _wait(lambda: is_playable(clip), clip) - began
        if until_playable:
            api.cancel_job(clip)
        over = _wait(lambda: is_over(clip), clip)
        wall = over - began
    clip.refresh_from_db()
    if not until_playable and clip.package_id is None:
        raise BenchError(f"{path.name} was not prepared: {clip.error_code}")
    return Made(Cost(wall, worker.cost.cpu_s, worker.cost.memory_bytes, stored_bytes(clip)), first, clip)


@contextmanager
def pipeline_settings(**changed: Any) -> Iterator[None]:
    """The archive with other settings of the pipeline, workers that are started meanwhile included."""
    from django.conf import settings

    usual = settings.MEDIA_PIPELINE
    settings.MEDIA_PIPELINE = usual | changed
    try:
        yield
    finally:
        settings.MEDIA_PIPELINE = usual


def play_first(clip: Any) -> Made:
    """Play a prepared clip as its first viewer, and follow what that sets in motion to its end."""
    from media_pipeline import api

    with worker_process() as worker:
        time.sleep(0.5)
        began = time.monotonic()
        api.want_all_rungs(clip)
        wall = _wait(lambda: is_over(clip), clip) - began
    clip.refresh_from_db()
    return Made(Cost(wall, worker.cost.cpu_s, worker.cost.memory_bytes, stored_bytes(clip)), 0.0, clip)


def receive(path: Path) -> Any:
    """Ingest a video as an upload does; returns the clip once its master is sealed."""
    from media_pipeline import api

    return api.ingest_clip(path, title=path.stem, spoken_language="en")


def is_playable(clip: Any) -> bool:
    """Whether there is something to play: an early package, or the complete one."""
    clip.refresh_from_db()
    return bool(getattr(clip, "preview_id", None) or clip.package_id)


def is_over(clip: Any) -> bool:
    """Whether nothing of the clip waits or runs."""
    return not clip.jobs.active().exists()


def stored_bytes(clip: Any) -> int:
    """What the published package weighs, pictures and download too."""
    return clip.package.size_bytes if clip.package else 0


def _wait(done: Callable[[], bool], clip: Any) -> float:
    """Look until ``done``; the time it was. Raises BenchError when the job ended without it, or takes too long."""
    limit = time.monotonic() + PATIENCE_S
    while not done():
        if is_over(clip) and not done():
            raise BenchError(f"the job of {clip.title} ended as {clip.jobs.first().status} ({clip.error_code})")
        if time.monotonic() > limit:
            raise BenchError(f"{clip.title} takes longer than {PATIENCE_S:.0f} s")
        time.sleep(LOOK_EVERY_S)
    return time.monotonic()


@dataclass
class Worker:
    """A worker's process; ``cost`` is known when it has ended."""

    pid: int
    cost: Cost = NOTHING


@contextmanager
def worker_process(serve: Callable[[], None] | None = None) -> Iterator[Worker]:
    """A worker of the archive, told to stop at the end and waited for. ``serve`` replaces what it does."""
    from media_pipeline.worker import process

    began = time.monotonic()
    started = Worker(forked(serve or process.run_worker))
    try:
        yield started
    finally:
        os.kill(started.pid, signal.SIGTERM)
        started.cost, _ = reap(started.pid, began)


def forked(work: Callable[[], None]) -> int:
    """Do ``work`` in a child of this process; its number."""
    from django.db import connections

    connections.close_all()  # a connection must not be shared by two processes
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)
