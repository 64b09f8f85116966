"""Files on disk: synced, moved by one rename, never onto a full disk.

Storages come from ``STORAGES["masters"]`` and ``STORAGES["published"]``, and where original files are kept twice from
``STORAGES["masters_replica"]``. On local disks everything is a rename; any other storage gets its files one by one, and
counts as complete when the row that names them is written.
"""

import errno
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import swap_names

DISK_FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT)
COPY_CHUNK_BYTES = 1 << 20
Exchange = Callable[[Path, Path], bool]


def masters() -> Storage:
    """The private storage of original files."""
    return storages["masters"]


def masters_replica() -> Storage | None:
    """The second private storage with a copy of every original file; None when none is kept."""
    return storages["masters_replica"] if "masters_replica" in storages.backends else None


def published() -> Storage:
    """The storage of complete packages."""
    return storages["published"]


def local_root(storage: Storage) -> Path | None:
    """The folder of a storage on a local disk, None for any other kind."""
    return Path(storage.location) if isinstance(storage, FileSystemStorage) else None


def nearest_existing(folder: Path) -> Path:
    """``folder``, or the nearest folder above it that exists."""
    return folder if folder.exists() else nearest_existing(folder.parent)


def free_bytes(folder: Path) -> int:
    """Bytes that may still be written where ``folder`` is or will be."""
    return shutil.disk_usage(nearest_existing(folder)).free


def device_of(folder: Path) -> int:
    """A number that two folders share when they are, or will be, on one disk."""
    return nearest_existing(folder).stat().st_dev


def require_space(folder: Path, needed: int) -> None:
    """Raise MediaError(disk_full) unless ``needed`` bytes fit and the reserve stays free."""
    free, reserve = free_bytes(folder), conf().min_free_bytes
    if free < needed + reserve:
        raise MediaError(ErrorCode.DISK_FULL, f"{free} bytes free, {needed} needed beside a reserve of {reserve}")


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn an OSError of our own file work into disk_full or storage_failed."""
    try:
        yield
    except OSError as problem:
        code = ErrorCode.DISK_FULL if problem.errno in DISK_FULL_ERRNOS else ErrorCode.STORAGE_FAILED
        raise MediaError(code, f"{problem.strerror or problem}") from problem


def sync_file(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


sync_folder = sync_file
"""Wait until the names in a folder are on the disk: the same call, on the folder."""


def sync_tree(folder: Path) -> None:
    """Sync every file and folder below ``folder``, then itself."""
    for root, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync_file(Path(root, name))
        sync_folder(Path(root))


def make_folder(folder: Path) -> None:
    """Create ``folder`` and its parents, and make the new names durable."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def move_folder(source: Path, target: Path, exchange: Exchange = swap_names.exchange_names) -> None:
    """Move a finished folder to ``target`` by one rename, durably. An older folder of that name is replaced.

    Across disks the copy is made beside the target first, so that the name still appears in one step. ``exchange``
    swaps two names at once, or returns False where the system cannot.
    """
    make_folder(target.parent)
    sync_tree(source)
    try:
        _take_place(source, target, exchange)
    except OSError as problem:
        if problem.errno != errno.EXDEV:
            raise
        _copy_into_place(source, target, exchange)
    sync_folder(target.parent)


def _take_place(folder: Path, target: Path, exchange: Exchange) -> None:
    """Rename ``folder`` to ``target``; what was there is removed, once the new one is surely at hand.

    A worker that was frozen may find its folder removed: then what others published meanwhile must stay.
    """
    if not target.exists():
        folder.rename(target)
    elif exchange(folder, target):
        remove_folder(folder)
    else:
        waiting = target.parent / f".incoming-{uuid.uuid4().hex}"
        folder.rename(waiting)
        remove_atomically(target)
        waiting.rename(target)


def _copy_into_place(source: Path, target: Path, exchange: Exchange) -> None:
    nearby = target.parent / f".incoming-{uuid.uuid4().hex}"
    try:
        nearby.mkdir()
        for file in source.iterdir():
            shutil.copyfile(file, nearby / file.name)
        sync_tree(nearby)
        _take_place(nearby, target, exchange)
    except OSError:
        remove_folder(nearby)  # on a full disk above all
        raise
    remove_folder(source)


def replace_text(path: Path, text: str) -> None:
    """Write a small file in one step: readers get the old text or the new one."""
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def link_files(source: Path, target: Path) -> None:
    """Give every file of one folder a second name in another on the same disk: no bytes are copied."""
    with disk_errors():
        for file in source.iterdir():
            if file.is_file():
                (target / file.name).hardlink_to(file)


def remove_atomically(folder: Path) -> None:
    """Take a folder's name away in one step, then remove it: no half of it is ever visible."""
    aside = folder.parent / f".discarded-{uuid.uuid4().hex}"
    folder.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all it holds; one that is gone already is fine.

    Its name goes first, so that no late process moves half a folder away.
    """
    aside = folder.parent / f".discarded-{uuid.uuid4().hex}"
    with suppress(OSError):
        folder.rename(aside)
        folder = aside
    shutil.rmtree(folder, ignore_errors=True)


def put_file(storage: Storage, name: str, path: Path) -> None:
    """Copy one file into a storage that is no local disk; one of the same size there already is kept."""
    if storage.exists(name):
        if storage.size(name) == path.stat().st_size:
            return
        storage.delete(name)
    with path.open("rb") as handle:
        saved = storage.save(name, File(handle))
    if saved != name:
        storage.delete(saved)
        raise MediaError(ErrorCode.STORAGE_FAILED, f"the storage wrote {saved} in place of {name}")


@contextmanager
def local_copy(storage: Storage, name: str, folder: Path) -> Iterator[Path]:
    """A path of the stored file: itself on a local disk, else a copy in ``folder`` that is removed afterwards.

    Raises MediaError: master_missing when it is gone, disk_full when there is no space for the copy.
    """
    if local_root(storage) is not None:
        path = Path(storage.path(name))
        if not path.is_file():
            raise MediaError(ErrorCode.MASTER_MISSING, name)
        yield path
        return
    if not storage.exists(name):
        raise MediaError(ErrorCode.MASTER_MISSING, name)
    require_space(folder, storage.size(name))
    path = folder / f".{uuid.uuid4().hex}"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with disk_errors(), storage.open(name, "rb") as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, COPY_CHUNK_BYTES)
        yield path
    finally:
        path.unlink(missing_ok=True)


def remove_published(prefix: str) -> None:
    """Remove everything below ``prefix`` (with a closing slash) from the published storage."""
    target = published()
    root = local_root(target)
    if root is None:
        _remove_below(target, prefix.rstrip("/"))
    elif (root / prefix).is_dir():
        remove_atomically(root / prefix)


def _remove_below(target: Storage, folder: str) -> None:
    folders, names = target.listdir(folder)
    for name in names:
        target.delete(f"{folder}/{name}")
    for inner in folders:
        _remove_below(target, f"{folder}/{inner}")
