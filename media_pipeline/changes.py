"""What happened to a clip, told to other packages inside the transaction that writes it.

``on_change`` subscribes; the functions that write call ``notify_change``. A callback that raises rolls the change back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from media_pipeline.models import Clip


class ClipChangeKind(StrEnum):
    """What changed."""

    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    DELETED = "deleted"  # told before the rows go, so that callbacks can still follow the clip's relations
    CAPTIONS = "captions"  # a track was added, replaced or removed
    POSTER = "poster"
    PACKAGE_READY = "package_ready"  # players get another package from now on


@dataclass(frozen=True)
class ClipChange:
    """One change of one clip. ``clip`` is the caller's instance: read its row again for values that were written."""

    kind: ClipChangeKind
    clip: Clip


ClipChangeCallback = Callable[[ClipChange], None]

_callbacks: list[ClipChangeCallback] = []


def on_change(callback: ClipChangeCallback) -> Callable[[], None]:
    """Call ``callback`` for every change from now on. Returns a function that ends the subscription."""
    _callbacks.append(callback)
    return lambda: _callbacks.remove(callback)


def notify_change(kind: ClipChangeKind, clip: Clip) -> None:
    """Tell every subscriber. Raises TransactionManagementError outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{kind}: a change is told inside its transaction")
    for callback in tuple(_callbacks):
        callback(ClipChange(kind, clip))
