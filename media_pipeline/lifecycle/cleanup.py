"""Housekeeping: replaced packages after ``package_grace_s``, remains of broken uploads and of steps that never ended.

Original files are never removed, whatever the database says: it may have been restored from yesterday's backup.
"""

import datetime
import time
from pathlib import Path

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from media_pipeline.conf import conf
from media_pipeline.files import storage
from media_pipeline.files.atomic_write import INCOMING_FOLDER
from media_pipeline.jobs import queue, workdir
from media_pipeline.models import Clip, Job, Package


def clean_up() -> None:
    """Everything below, in the order that never leaves a row without its files."""
    workdir.clean_work_dir()
    remove_retired_packages()
    remove_unreferenced_packages()
    remove_stale_uploads()
    queue.delete_old_results()


def remove_retired_packages() -> int:
    """Remove packages that were replaced long enough ago, row first. Returns how many."""
    since = timezone.now() - datetime.timedelta(seconds=conf().package_grace_s)
    in_use = Clip.objects.filter(Q(package=OuterRef("pk")) | Q(preview=OuterRef("pk")))
    old = list(Package.objects.filter(~Exists(in_use), retired_at__lt=since).select_related("clip"))
    for package in old:
        removed, _ = Package.objects.filter(pk=package.pk, retired_at__lt=since).delete()
        if removed:
            storage.remove_published(package.prefix)
    return len(old)


def remove_unreferenced_packages() -> None:
    """Remove package folders that no row names and no job is about to name: a worker died between move and row."""
    root = storage.local_root(storage.published())
    if root is None or not root.is_dir():
        return
    for clip_folder in filter(Path.is_dir, list(root.iterdir())):
        named = set(Package.objects.filter(clip__public_id=clip_folder.name).values_list("key", flat=True))
        if Job.objects.active().filter(clip__public_id=clip_folder.name).exists():
            continue
        for folder in filter(Path.is_dir, list(clip_folder.iterdir())):
            if folder.name not in named and _older(folder, conf().package_grace_s):
                storage.remove_folder(folder)
        if not named and not any(clip_folder.iterdir()) and _older(clip_folder, conf().package_grace_s):
            storage.remove_folder(clip_folder)


def remove_stale_uploads() -> None:
    """Remove what streams that broke off left, after a day: nobody was told that it had arrived."""
    second = storage.masters_replica()
    copies = storage.local_root(second) if second is not None else None
    for root in {storage.local_root(storage.masters()), copies, conf().work_dir} - {None}:
        incoming = Path(root, INCOMING_FOLDER)
        # Our own end with .part, those of forms (Django's) have .upload before the extension.
        for part in (*incoming.glob("*.part"), *incoming.glob("*.upload*")) if incoming.is_dir() else ():
            if _older(part, conf().incoming_grace_s):
                part.unlink(missing_ok=True)


def _older(path: Path, seconds: float) -> bool:
    return path.exists() and time.time() - path.stat().st_mtime > seconds
