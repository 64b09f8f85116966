"""What was taken from the public, written down outside the database, so that no restored backup brings it back.

A line of JSON for each withdrawal and its end, and for each deleted clip, appended and synced before the transaction
commits: when, what, the clip's public id, no names and no reasons. It is the last that the transaction does. Where
that fails all the same, the ledger holds a withdrawal that the database does not; that is made good like any other. The
end of a withdrawal is written down after the commit: a line too few hides a clip, a line too many would show it.

What cannot be written waits beside the work, and goes where it belongs as soon as that can be written.
"""

import fcntl
import json
import logging
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from media_pipeline.changes import ClipChangeKind, notify_change
from media_pipeline.conf import conf
from media_pipeline.each import do_each
from media_pipeline.models import Clip, Withdrawal

logger = logging.getLogger(__name__)
WAITING_FILE = "ledger-waiting.jsonl"  # in the work folder
MOVING_FILE = "ledger-moving.jsonl"


class LedgerEvent(StrEnum):
    """What a line tells."""

    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    DELETED = "deleted"


@dataclass(frozen=True)
class LedgerEntry:
    """One line. ``at`` is a time in ISO 8601, ``uid`` that of the withdrawal, empty for a deleted clip."""

    at: str
    event: str
    clip: str
    uid: str = ""
    by_archive: bool = True


def note_withdrawal(withdrawal: Withdrawal) -> None:
    """Write down that the clip is withdrawn. A disk that fails does not keep the clip public: it is logged."""
    _append_or_log(_entry_of(withdrawal))


def note_restoration(withdrawal: Withdrawal) -> None:
    """Write down that a withdrawal has ended."""
    uid, clip = str(withdrawal.uid), withdrawal.clip.public_id
    _append_or_log(LedgerEntry(timezone.now().isoformat(), LedgerEvent.RESTORED, clip, uid, withdrawal.by_archive))


def note_deletion(public_id: str) -> None:
    """Write down that the clip was deleted."""
    _append_or_log(LedgerEntry(timezone.now().isoformat(), LedgerEvent.DELETED, public_id))


def reconcile_ledger() -> None:
    """Withdraw what the ledger says and the database does not know, and write down what the ledger lacks.

    Run at the start of a worker, every hour, and after a backup was restored. A clip that was deleted and is back is
    withdrawn by the archive. Nothing is restored by the ledger. Raises OSError where it cannot be read or written, and
    an ExceptionGroup where some clips could not be withdrawn, after the others.
    """
    file = conf().ledger_file
    if file is None:
        return
    _open_ledger(file).close()  # what cannot be written is to be known before it is needed
    _move_waiting(file)
    entries = read_ledger(file)
    known = {str(uid) for uid in Withdrawal.objects.values_list("uid", flat=True)}
    missing = [entry for entry in entries_in_force(entries) if entry.uid not in known]
    do_each(missing, _withdraw_again, lambda entry: f"clip {entry.clip}")
    withdrawn = {entry.uid for entry in entries if entry.event == LedgerEvent.WITHDRAWN}
    for withdrawal in Withdrawal.objects.open().select_related("clip"):
        if str(withdrawal.uid) not in withdrawn:
            append_to_ledger(file, _entry_of(withdrawal))


def entries_in_force(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    """Return the withdrawals that did not end, and the deletions of clips that nobody restored after they were back."""
    in_force: dict[str, LedgerEntry] = {}
    for entry in entries:
        if entry.event == LedgerEvent.RESTORED:
            in_force.pop(entry.uid, None)
            in_force.pop(entry.clip, None)
        else:
            in_force[entry.uid or entry.clip] = entry
    return list(in_force.values())


def append_to_ledger(file: Path, entry: LedgerEntry) -> None:
    """Add one line, safe on the disk when this returns. Raises OSError."""
    with _open_ledger(file) as ledger:
        fcntl.flock(ledger, fcntl.LOCK_EX)
        size = ledger.seek(0, os.SEEK_END)
        if size:
            ledger.seek(size - 1)
        # A line that a dying machine cut off must not spoil this one.
        gap = b"" if not size or ledger.read(1) == b"\n" else b"\n"
        ledger.write(gap + json.dumps(asdict(entry)).encode() + b"\n")
        ledger.flush()
        os.fsync(ledger.fileno())


def _open_ledger(file: Path) -> BinaryIO:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.fdopen(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b")


def read_ledger(file: Path) -> list[LedgerEntry]:
    """Return the entries in their order; empty without a file. Lines that are cut off are passed over and logged."""
    entries = []
    for number, line in enumerate(file.read_bytes().splitlines() if file.exists() else (), start=1):
        try:
            values = json.loads(line)
            entries.append(_checked(LedgerEntry(**{name: values[name] for name in LedgerEntry.__dataclass_fields__})))
        except (ValueError, KeyError, TypeError, AttributeError):
            logger.warning("line %d of the ledger cannot be read", number)
    return entries


def _checked(entry: LedgerEntry) -> LedgerEntry:
    """Return it. Raises ValueError, TypeError or AttributeError for what no line of ours holds: disks do fail."""
    parse_datetime(entry.at)
    LedgerEvent(entry.event)
    if not isinstance(entry.clip, str) or not isinstance(entry.by_archive, bool):
        raise TypeError(entry)
    if entry.uid:
        UUID(entry.uid)
    return entry


def _move_waiting(file: Path) -> None:
    """Append what waited. Interrupted, some lines come twice, which changes nothing."""
    waiting, moving = conf().work_dir / WAITING_FILE, conf().work_dir / MOVING_FILE
    if waiting.exists() and not moving.exists():
        waiting.rename(moving)  # whatever cannot be written from now on begins another
    for entry in read_ledger(moving):
        append_to_ledger(file, entry)
    moving.unlink(missing_ok=True)


def _entry_of(withdrawal: Withdrawal) -> LedgerEntry:
    at, uid = withdrawal.withdrawn_at.isoformat(), str(withdrawal.uid)
    return LedgerEntry(at, LedgerEvent.WITHDRAWN, withdrawal.clip.public_id, uid, withdrawal.by_archive)


def _append_or_log(entry: LedgerEntry) -> None:
    file = conf().ledger_file
    if file is None:
        return
    try:
        append_to_ledger(file, entry)
    except OSError as error:
        logger.error("the ledger could not be written (%s): clip %s was %s", error, entry.clip, entry.event)
        with suppress(OSError):
            append_to_ledger(conf().work_dir / WAITING_FILE, entry)


def _withdraw_again(entry: LedgerEntry) -> None:
    with transaction.atomic():
        clip = Clip.objects.select_for_update().filter(public_id=entry.clip).first()
        if clip is None or (not entry.uid and clip.state == Clip.State.WITHDRAWN):
            return
        facts = {"withdrawn_at": parse_datetime(entry.at) or timezone.now(), "by_archive": entry.by_archive}
        clip.withdrawals.create(**facts, **({"uid": entry.uid} if entry.uid else {}))
        Clip.objects.filter(pk=clip.pk).update(state=Clip.State.WITHDRAWN)
        notify_change(ClipChangeKind.WITHDRAWN, clip)
        logger.warning("clip %s is withdrawn again: the ledger says so, the database did not", entry.clip)
