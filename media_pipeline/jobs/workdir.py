"""Where steps build: one folder per job, in it one per step and lease, so that two workers never write the same file.

A step's folder counts once the job's row names it (``work[step]["folder"]``); all others are remains to sweep.
"""

import contextlib
import re
from pathlib import Path

from django.conf import settings

from media_pipeline.conf import conf
from media_pipeline.files import storage
from media_pipeline.jobs.lease import Held
from media_pipeline.jobs.state import active_folders

JOBS = "jobs"


def folder_of(job_id: object) -> Path:
    """The folder of one job."""
    return conf().work_dir / JOBS / str(job_id)


def place_of(held: Held) -> Path:
    """Where this attempt may build; perhaps not there yet."""
    return folder_of(held.job.pk) / f"{held.job.step}-{held.lease.hex}"


def enter(held: Held) -> Path:
    """The folder for this attempt at the job's step, empty at first."""
    folder = place_of(held)
    with storage.disk_errors():
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def left_by(held: Held, step: str) -> Path | None:
    """The folder that an earlier step left, None when it is gone or was never made."""
    name = held.job.work.get(step, {}).get("folder", "")
    folder = folder_of(held.job.pk) / name
    return folder if name and folder.is_dir() else None


def leave(held: Held) -> None:
    """After an attempt: remove what no row names, all of it when the job is over."""
    sweep_job(folder_of(held.job.pk))


def sweep_job(folder: Path) -> None:
    """Remove from a job's folder what its row does not name; the whole folder when the job is over or unknown."""
    if not folder.is_dir():
        return
    named = active_folders(folder.name)
    if named is None:
        storage.remove(folder)
        return
    for child in folder.iterdir():
        if child.name not in named:
            storage.remove(child)
    with contextlib.suppress(OSError):
        folder.rmdir()  # nothing was left; when something was, this fails


def sweep() -> None:
    """The same for every folder there is; safe while workers are busy."""
    jobs = conf().work_dir / JOBS
    for folder in jobs.iterdir() if jobs.is_dir() else ():
        sweep_job(folder)


def without_places(text: str) -> str:
    """``text`` without the folders of this machine, fit for a log that the admin shows."""
    places = {conf().work_dir, storage.local_root(storage.masters()), storage.local_root(storage.published())}
    for place in sorted((str(p) for p in places if p is not None), key=len, reverse=True):
        text = text.replace(place, "")
    return re.sub(re.escape(str(settings.BASE_DIR)), "", text)
