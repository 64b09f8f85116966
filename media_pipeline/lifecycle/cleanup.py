"""Housekeeping: replaced packages after ``package_grace_s``, remains of broken uploads and of steps that never ended.

Original files are never removed, whatever the database says: it may have been restored from yesterday's backup.
"""

import datetime
import time
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from media_pipeline.conf import conf
from media_pipeline.each import do_each
from media_pipeline.files import packages, storage
from media_pipeline.files.atomic_write import INCOMING_FOLDER
from media_pipeline.jobs import queue, workdir
from media_pipeline.models import Clip, Job, Package


def remove_retired_packages() -> int:
    """Remove packages that were replaced long enough ago, row first. Returns how many."""
    since = timezone.now() - datetime.timedelta(seconds=conf().package_grace_s)
    in_use = Clip.objects.filter(Q(package=OuterRef("pk")) | Q(preview=OuterRef("pk")))
    old = Package.objects.filter(~Exists(in_use), retired_at__lt=since)

    def remove(package: Package) -> bool:
        with transaction.atomic():
            # A job may have found it intact meanwhile, and shows it again.
            still_old = old.select_for_update(of=("self",)).filter(pk=package.pk).first()
            if still_old is not None:
                still_old.delete()
        if still_old is not None:
            storage.remove_published(package.prefix)
        return still_old is not None

    return sum(do_each(old.select_related("clip"), remove, lambda package: f"package {package.pk}"))


def remove_abandoned_previews() -> None:
    """Remove previews that grew and that nobody goes on writing: their job was cancelled while no worker had it."""
    written = Exists(Job.objects.active().filter(clip=OuterRef("clip")))
    do_each(Package.objects.filter(~written, growing=True).select_related("clip"), packages.remove_package)


def remove_unreferenced_packages() -> None:
    """Remove package folders that no row names and no job is about to name: a worker died between move and row."""
    root = storage.local_root(storage.published())
    if root is not None and root.is_dir():
        do_each(filter(Path.is_dir, list(root.iterdir())), _remove_unreferenced)


def _remove_unreferenced(clip_folder: Path) -> None:
    """The same for the folders of one clip, listed first: what is moved there later may be about to get its row."""
    folders = [folder for folder in clip_folder.iterdir() if folder.is_dir()]
    if Job.objects.active().filter(clip__public_id=clip_folder.name).exists():
        return
    named = set(Package.objects.filter(clip__public_id=clip_folder.name).values_list("key", flat=True))
    for folder in folders:
        if folder.name not in named and _older(folder, conf().package_grace_s):
            storage.remove_folder(folder)
    if not named and not any(clip_folder.iterdir()) and _older(clip_folder, conf().package_grace_s):
        storage.remove_folder(clip_folder)


def remove_stale_uploads() -> None:
    """Remove what streams that broke off left, ``incoming_grace_s`` after their last byte: nobody was told of them."""
    second = storage.masters_replica()
    copies = storage.local_root(second) if second is not None else None
    roots = {storage.local_root(storage.masters()), copies, conf().work_dir} - {None}
    do_each(sorted(Path(root, INCOMING_FOLDER) for root in roots), _remove_stale_parts)


def _remove_stale_parts(incoming: Path) -> None:
    # Our own end with .part, those of forms (Django's) have .upload before the extension.
    for part in (*incoming.glob("*.part"), *incoming.glob("*.upload*")):
        if not _older(part, conf().incoming_grace_s):
            continue
        if part.is_dir():
            storage.remove_folder(part)
        else:
            part.unlink(missing_ok=True)


def _older(path: Path, seconds: float) -> bool:
    try:
        return time.time() - path.lstat().st_mtime > seconds
    except FileNotFoundError:
        return False


# In the order that never leaves a row without its files. Each is a periodic task of its own.
CLEAN_UP_TASKS = (
    workdir.clean_work_dir,
    remove_retired_packages,
    remove_abandoned_previews,
    remove_unreferenced_packages,
    remove_stale_uploads,
    queue.delete_old_results,
)


def clean_up() -> None:
    """Do all of it once. Raises what the first that fails raises."""
    for clean in CLEAN_UP_TASKS:
        clean()
