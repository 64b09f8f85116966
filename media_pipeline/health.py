"""What an administrator wants to know at a glance, for ``/healthz``."""

import datetime
import os
from dataclasses import dataclass

from django.utils import timezone

from media_pipeline import ffmpeg_tools
from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.ffmpeg.run.sandbox import SandboxTier
from media_pipeline.files import storage
from media_pipeline.jobs import submit
from media_pipeline.models import Job, PeriodicTaskRun
from media_pipeline.worker.periodic import PERIODIC_TASKS

STALLED_AFTER_S = 600.0


@dataclass(frozen=True)
class PeriodicTaskHealth:
    """One periodic task; times in ISO 8601, "" for never. ``last_error`` is kept after the next success."""

    name: str
    last_success_at: str
    last_error_at: str
    last_error: str


@dataclass(frozen=True)
class HealthReport:
    """``problems`` lists what is degraded, as short English phrases for a log; empty when all is well.

    ``ffmpeg`` is the version or "" when there is none; ``sandbox`` the active tier; bytes and seconds.
    """

    ffmpeg: str
    sandbox: str
    free_bytes: int
    queued: int
    running: int
    queue_age_s: float
    periodic_tasks: tuple[PeriodicTaskHealth, ...]
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is degraded."""
        return not self.problems


def health_report() -> HealthReport:
    """Look at tools, sandbox, disks and queue now. Tools and sandbox are tried once per process."""
    problems, version = [], ""
    try:
        found = ffmpeg_tools.binaries()
        version = found.version
        problems += [] if found.packager else ["packager: not found"]
        problems += [] if found.supports_h264 else ["ffmpeg: has no libx264"]
    except MediaError as missing:
        problems.append(f"ffmpeg: {missing.detail}")
    tier, age = ffmpeg_tools.sandbox_tier(), submit.queue_age_s()
    if tier is SandboxTier.RLIMITS:
        problems.append("sandbox: ffmpeg runs with resource limits only")
    stores = {"masters": storage.masters(), "published": storage.published(), "copies": storage.masters_replica()}
    roots = {name: storage.local_root(store) for name, store in stores.items() if store is not None}
    for name, folder in {"work": conf().work_dir, **roots}.items():
        if folder is None:
            continue
        if storage.free_bytes(folder) < conf().min_free_bytes:
            problems.append(f"{name}: less than the reserve is free")
        if not os.access(storage.nearest_existing(folder), os.W_OK | os.X_OK):
            problems.append(f"{name}: cannot be written")
    tasks, troubled = _periodic_tasks()
    problems += troubled
    running = Job.objects.filter(status=Job.Status.RUNNING).count()
    if age > STALLED_AFTER_S and not running:
        problems.append("worker: videos are in the queue, but no worker is running")
    return HealthReport(
        ffmpeg=version,
        sandbox=tier.value,
        free_bytes=storage.free_bytes(conf().work_dir),
        queued=Job.objects.filter(status=Job.Status.QUEUED).count(),
        running=running,
        queue_age_s=age,
        periodic_tasks=tasks,
        problems=tuple(problems),
    )


def _periodic_tasks() -> tuple[tuple[PeriodicTaskHealth, ...], list[str]]:
    """What became of the periodic tasks, in their order, and what is wrong with them.

    A site whose worker never ran has none: that is no fault of a task.
    """
    kept, tasks, problems = PeriodicTaskRun.objects.in_bulk(), [], []
    for task in PERIODIC_TASKS:
        if (run := kept.get(task.name)) is None:
            continue
        tasks.append(PeriodicTaskHealth(run.name, _iso(run.last_success_at), _iso(run.last_error_at), run.last_error))
        patience = datetime.timedelta(seconds=max(STALLED_AFTER_S, 2 * task.every_s))
        if run.is_failing:
            problems.append(f"periodic task {run.name}: {run.last_error}")
        elif run.last_success_at and timezone.now() - run.last_success_at > patience:
            problems.append(f"periodic task {run.name}: has not ended for long; is a worker running?")
    return tuple(tasks), problems


def _iso(moment: datetime.datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
