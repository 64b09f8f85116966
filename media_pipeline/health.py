"""What a sysadmin wants to know at a glance, for ``/healthz`` and the system checks."""

from dataclasses import dataclass

from media_pipeline import jobs, storage
from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.models import Job


@dataclass(frozen=True)
class Health:
    """``problems`` lists what is degraded, as short English phrases for a log; empty when all is well.

    ``ffmpeg`` is the version or "" when there is none; ``sandbox`` the active tier; bytes and seconds.
    """

    ffmpeg: str
    sandbox: str
    free_bytes: int
    queued: int
    running: int
    queue_age_s: float
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is degraded."""
        return not self.problems


def tools():
    """The binaries in use. Raises MediaError(no_ffmpeg)."""
    from media_pipeline.ffmpeg import toolchain

    settings = conf()
    return toolchain.find(settings.ffmpeg_bin, settings.ffprobe_bin, settings.packager_bin)


def health() -> Health:
    """Look at tools, sandbox, disks and queue now. Cheap: tools are looked for once per process."""
    problems = []
    version = ""
    try:
        version = tools().version
    except MediaError as problem:
        problems.append(f"ffmpeg: {problem}")
    free = storage.free_bytes(conf().work_dir)
    if free < conf().min_free_bytes:
        problems.append("disk: less than the reserve is free")
    age = jobs.queue_age()
    running = Job.objects.filter(status=Job.Status.RUNNING)
    if age > 10 * conf().reap_s and not running.exists():
        problems.append("worker: jobs wait and none is running")
    return Health(
        ffmpeg=version,
        sandbox=conf().sandbox,
        free_bytes=free,
        queued=Job.objects.filter(status=Job.Status.QUEUED).count(),
        running=running.count(),
        queue_age_s=age,
        problems=tuple(problems),
    )
