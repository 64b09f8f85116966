"""Packages in the published storage: put there whole, shown by one row, kept while players still use them."""

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from media_pipeline.changes import ClipChangeKind, notify_change
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import manifest, storage
from media_pipeline.models import Clip, Package, Poster


def is_package_complete(package: Package) -> bool:
    """Whether every file of a package is there: byte for byte on a local disk, by size elsewhere."""
    return bool(package.files) and is_published(package.prefix, package.files)


def is_published(prefix: str, files: manifest.Manifest) -> bool:
    """Whether exactly ``files`` are below ``prefix`` (with a closing slash) in the published storage.

    What the disk cannot read any more is not there.
    """
    target = storage.published()
    root = storage.local_root(target)
    if root is not None:
        try:
            return manifest.matches_manifest(root / prefix, files)
        except OSError:
            return False
    return all(target.exists(prefix + name) and target.size(prefix + name) == size for name, (size, _) in files.items())


def move_package(folder: Path, prefix: str, files: manifest.Manifest) -> None:
    """Put a finished folder below ``prefix``: by one rename, or file by file where there are no folders.

    Harmless when it is there already. Raises MediaError(disk_full, storage_failed, verify_failed).
    """
    with storage.disk_errors():
        target = storage.published()
        root = storage.local_root(target)
        if root is not None:
            if storage.device_of(folder) != storage.device_of(root):  # a copy, where a rename would need no space
                storage.require_space(root, manifest.total_bytes(files))
            storage.move_folder(folder, root / prefix.rstrip("/"))
        else:
            for name in files:
                storage.put_file(target, prefix + name, folder / name)
        if not is_published(prefix, files):
            raise MediaError(ErrorCode.VERIFY_FAILED, "the published files are not those that were made")


def remove_package(package: Package) -> None:
    """Remove a package for ever: its row first, so that nobody is sent to files that are gone."""
    prefix = package.prefix
    package.delete()
    storage.remove_published(prefix)


def activate_preview(clip: Clip, package: Package) -> None:
    """Let those who may edit the clip watch ``package`` until a complete one is there, in the caller's transaction."""
    Clip.objects.filter(pk=clip.pk, package=None).update(preview=package)


@transaction.atomic
def activate_package(clip: Clip, package: Package) -> None:
    """Let players get ``package`` from now on. Others are kept for ``package_grace_s``."""
    now = timezone.now()
    before = Clip.objects.select_for_update(of=("self",)).select_related("poster").get(pk=clip.pk)
    Package.objects.filter(clip=clip, retired_at=None).exclude(pk=package.pk).update(retired_at=now)
    Package.objects.filter(pk=package.pk).update(retired_at=None)
    Clip.objects.filter(pk=clip.pk).update(
        package=package, preview=None, poster=poster_for_package(before.poster, package), error_code="", ready_at=now
    )
    heard = package.sound_stream
    if heard is not None and before.audio_track is None:  # what was chosen by the language stays when that is corrected
        Clip.objects.filter(pk=clip.pk).update(audio_track=heard)
    elif heard == before.audio_track and before.chosen_language:
        Clip.objects.filter(pk=clip.pk).update(spoken_language=before.chosen_language, chosen_language="")
    Clip.objects.filter(pk=clip.pk).exclude(state=Clip.State.WITHDRAWN).update(state=Clip.State.READY)
    notify_change(ClipChangeKind.PACKAGE_READY, clip)


def replace_posters(package: Package, candidates: Iterable[Poster]) -> None:
    """Give ``package`` these candidates, the best first, in place of those it has, in the caller's transaction.

    Only their ascending keys keep the order (``Poster.Meta.ordering``). A clip that showed one of the old ones shows
    the new one of the same moment.
    """
    clip = Clip.objects.select_for_update(of=("self",)).select_related("poster").get(pk=package.clip_id)
    shown = clip.poster if clip.poster and clip.poster.package_id == package.pk else None
    was_best = shown == package.posters.first()
    package.posters.all().delete()
    Poster.objects.bulk_create(candidates)
    if shown is not None:
        Clip.objects.filter(pk=clip.pk).update(poster=_successor(shown, was_best, package))


def poster_for_package(shown: Poster | None, package: Package) -> Poster | None:
    """The picture to show with ``package``: the best, or the one nearest to what an editor chose before."""
    if shown is None or shown.package_id == package.pk:
        return shown or package.posters.first()
    return _successor(shown, shown == Poster.objects.filter(package=shown.package_id).first(), package)


def _successor(shown: Poster, was_best: bool, package: Package) -> Poster | None:
    candidates = package.posters.all()
    if was_best:
        return candidates.first()
    return min(candidates, key=lambda poster: abs(poster.at_s - shown.at_s), default=None)
