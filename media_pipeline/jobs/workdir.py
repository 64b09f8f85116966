"""Where steps build: one folder per job, in it one per step and lease, so that two workers never write the same file.

A step's folder counts once the job's row names it (``work[step]["folder"]``); all others are remains to sweep.
"""

import contextlib
from pathlib import Path
from uuid import UUID

from django.conf import settings

from media_pipeline.conf import conf
from media_pipeline.files import storage
from media_pipeline.jobs.lease import LeasedJob
from media_pipeline.models import Job

JOBS_FOLDER = "jobs"


def job_dir(job_id: object) -> Path:
    """The folder of one job."""
    return conf().work_dir / JOBS_FOLDER / str(job_id)


def step_dir(leased: LeasedJob) -> Path:
    """Where this attempt may build; perhaps not there yet."""
    return job_dir(leased.job.pk) / f"{leased.job.step}-{leased.lease.hex}"


def make_step_dir(leased: LeasedJob) -> Path:
    """The folder for this attempt at the job's step, empty at first."""
    folder = step_dir(leased)
    with storage.disk_errors():
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def finished_step_dir(leased: LeasedJob, step: str) -> Path | None:
    """The folder that an earlier step left, None when it is gone or was never made."""
    name = leased.job.work.get(step, {}).get("folder", "")
    folder = job_dir(leased.job.pk) / name
    return folder if name and folder.is_dir() else None


def clean_job_dir(folder: Path) -> None:
    """Remove from a job's folder what its row does not name; the whole folder when the job is over or unknown."""
    if not folder.is_dir():
        return
    named = _needed_folders(folder.name)
    if named is None:
        storage.remove_folder(folder)
        return
    for child in folder.iterdir():
        if child.name not in named:
            storage.remove_folder(child)
    with contextlib.suppress(OSError):
        folder.rmdir()  # nothing was left; when something was, this fails


def clean_work_dir() -> None:
    """The same for every folder there is; safe while workers are busy."""
    jobs = conf().work_dir / JOBS_FOLDER
    for folder in jobs.iterdir() if jobs.is_dir() else ():
        clean_job_dir(folder)


def _needed_folders(job_id: str) -> set[str] | None:
    """Names of the folders a job still needs: what finished steps left and what the present lease is making.

    None when the job is over or there is no such job.
    """
    try:
        active = Job.objects.active().filter(pk=UUID(job_id))
    except ValueError:
        return None
    row = active.values_list("work", "step", "lease").first()
    if row is None:
        return None
    work, step, lease = row
    named = {left["folder"] for left in work.values() if isinstance(left, dict) and "folder" in left}
    return named | ({f"{step}-{lease.hex}"} if lease else set())


def strip_paths(text: str) -> str:
    """``text`` without the folders of this machine, fit for a log that the admin shows."""
    roots = (storage.local_root(storage.masters()), storage.local_root(storage.published()))
    folders = {str(folder) for folder in (conf().work_dir, *roots) if folder is not None}
    for folder in (*sorted(folders, key=len, reverse=True), str(settings.BASE_DIR)):
        text = text.replace(folder, "")
    return text
