"""How much of the disk one person and one city may fill with what they upload: bytes of original files, and no more.

What was made of an upload is not counted, so that a better ladder takes nothing away from anybody. A deleted clip
gives its share back. Administrators count too: a disk does not ask who filled it.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Sum

from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import storage
from media_pipeline.models import Clip, Master

# Any number will do that nothing else on this database locks.
_LOCK = 0x706F6C79


@dataclass(frozen=True)
class QuotaUsage:
    """What is ``used`` of a ``limit``, both in bytes; a limit of 0 means that there is none."""

    used: int
    limit: int

    @property
    def left(self) -> int | None:
        """Bytes that may still come, None without a limit."""
        return max(0, self.limit - self.used) if self.limit else None

    @property
    def percent(self) -> int:
        """0 to 100, rounded down, so that 100 means full."""
        return min(100, 100 * self.used // self.limit) if self.limit else 0


@dataclass(frozen=True)
class QuotaAllowance:
    """How many bytes one file may have, for its uploader and for its city; None for no limit."""

    of_user: int | None
    of_city: int | None

    def require(self, size: int) -> None:
        """Raise MediaError(quota_user or quota_city) when ``size`` bytes are more than is left."""
        for left, code in ((self.of_user, ErrorCode.QUOTA_USER), (self.of_city, ErrorCode.QUOTA_CITY)):
            if left is not None and size > left:
                raise MediaError(code, f"{size} bytes, {left} left")


UNLIMITED_QUOTA = QuotaAllowance(None, None)


def user_quota(user: Any) -> QuotaUsage:
    """What a person has uploaded. No query without a limit."""
    limit, used = conf().quota_user_bytes, None
    if limit and user is not None:
        used = Master.objects.filter(clip__uploader=user).aggregate(total=Sum("size_bytes"))["total"]
    return QuotaUsage(used or 0, limit)


def collection_quota_bytes() -> int:
    """How much each collection may hold, 0 for no limit."""
    return conf().quota_city_bytes


def collection_quotas(collections: list[int]) -> dict[int, QuotaUsage]:
    """What each of these collections (keys) holds, in their order. One query; none without a limit."""
    limit = conf().quota_city_bytes
    used: dict[int, int] = {}
    if limit:
        rows = Clip.objects.in_collections(collections).order_by().values("collection")
        used = dict(rows.annotate(total=Sum("master__size_bytes")).values_list("collection", "total"))
    return {key: QuotaUsage(used.get(key) or 0, limit) for key in collections}


def quota_allowance(*, collection: int | None, uploader: Any) -> QuotaAllowance:
    """How large the next file may be. An upload of no user, or for no city, has the other limit alone."""
    return QuotaAllowance(
        of_user=user_quota(uploader).left if uploader is not None else None,
        of_city=collection_quotas([collection])[collection].left if collection is not None else None,
    )


def free_upload_bytes(copies: int = 2) -> int:
    """What one upload may still take by free space, if it lies on the disk ``copies`` times at once.

    While it is stored it is there twice: as it arrived in the work folder, and as the original.
    """
    arriving = conf().work_dir
    stored = storage.local_root(storage.masters()) or arriving
    free = min(storage.free_bytes(arriving), storage.free_bytes(stored)) - conf().min_free_bytes
    if storage.device_of(arriving) == storage.device_of(stored):
        free //= copies
    return max(0, free)


def upload_limit_bytes(uploader: Any = None, *, copies: int = 2) -> int:
    """The largest file that could be taken from this person now, by limit, free space and quota; 0 for none at all.

    ``copies`` as for ``free_upload_bytes``.
    """
    left = user_quota(uploader).left if uploader is not None else None
    return min(free_upload_bytes(copies), conf().max_upload_bytes, *([] if left is None else [left]))


def lock_quotas() -> None:
    """Let uploads that end at the same time be counted one after the other; to be called in a transaction.

    On SQLite the transaction itself is alone.
    """
    if connection.vendor == "postgresql" and (conf().quota_user_bytes or conf().quota_city_bytes):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
