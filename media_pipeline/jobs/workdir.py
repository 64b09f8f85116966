"""Where steps build: one folder per job, in it one per step and lease, so that two workers never write the same file.

A step's folder counts once the job's row names it (``work[step]["folder"]``); all others are remains to sweep.
"""

import contextlib
from pathlib import Path
from uuid import UUID

from django.conf import settings

from media_pipeline.conf import conf
from media_pipeline.each import do_each
from media_pipeline.files import storage
from media_pipeline.models import Job

JOBS_FOLDER = "jobs"


def job_dir(job_id: object) -> Path:
    """The folder of one job."""
    return conf().work_dir / JOBS_FOLDER / str(job_id)


def step_dir(job: Job) -> Path:
    """Where the attempt that holds the job's lease may build; perhaps not there yet."""
    return job_dir(job.pk) / f"{job.step}-{job.lease.hex}"


def clean_job_dir(folder: Path) -> None:
    """Remove from a job's folder what its row does not name; the whole folder when the job is over or unknown.

    A row names what finished steps left and what the present lease is making. The folder is listed before the row is
    read: what a worker makes after that is not in the list, and what it made before is in the row.
    """
    if not folder.is_dir():
        return
    children = list(folder.iterdir())
    try:
        job = Job.objects.active().filter(pk=UUID(folder.name)).first()
    except ValueError:
        job = None
    work = job.work.values() if job else ()
    named = {left["folder"] for left in work if isinstance(left, dict) and "folder" in left}
    if job and job.lease:
        named.add(step_dir(job).name)
    for child in children:
        if child.name in named:
            continue
        if child.is_dir():
            storage.remove_folder(child)
        else:
            child.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()  # nothing was left; when something was, this fails


def clean_work_dir() -> None:
    """The same for every folder there is; safe while workers are busy."""
    jobs = conf().work_dir / JOBS_FOLDER
    do_each(jobs.iterdir() if jobs.is_dir() else (), clean_job_dir)


def strip_paths(text: str) -> str:
    """``text`` without the folders of this machine, fit for a log that the admin shows."""
    roots = (storage.local_root(storage.masters()), storage.local_root(storage.published()))
    folders = {str(folder) for folder in (conf().work_dir, *roots) if folder is not None}
    for folder in (*sorted(folders, key=len, reverse=True), str(settings.BASE_DIR)):
        text = text.replace(folder, "")
    return text
