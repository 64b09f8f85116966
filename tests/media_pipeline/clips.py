"""What tests ask of clips, jobs and folders, and how they carry a job on, step by step."""

import time

from media_pipeline.models import Clip
from media_pipeline.worker import run_job


def fresh(clip):
    """The clip's row as it is now."""
    return Clip.objects.select_related("package", "preview", "poster", "master").get(pk=clip.pk)


def job_of(clip):
    """The clip's newest job as it is now."""
    return clip.jobs.order_by("-created_at").first()


def run_next(clip, runner=None):
    """Run the next step, whether its wait is over or not. How it ended."""
    clip.jobs.update(not_before=None)
    return run_job.run_job(job_of(clip).pk, runner=runner)


def until(clip, step, runner=None):
    """Run the steps before ``step``, or all when the job ends before it. The clip's row afterwards."""
    while job_of(clip).step != step and job_of(clip).status == "queued":
        run_next(clip, runner)
    return fresh(clip)


def run_all(clip, runner=None):
    """Run the clip's job until it is over. How each attempt ended."""
    outcomes = []
    while job_of(clip).status in ("queued", "running") and len(outcomes) < 20:
        outcomes.append(run_next(clip, runner))
    return outcomes


def files_below(folder):
    """Names of all files, relative to ``folder``."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def wait_until(holds, patience_s=60):
    """Wait for what another thread or process does."""
    deadline = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)
