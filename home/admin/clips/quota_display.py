"""How much space is left for the next upload, in words: on the disk, in one's own quota, in one's cities' quotas."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from home.access.clip_policy import cities_of
from home.i18n.formats import format_file_size
from media_pipeline import api

MAX_CITIES_SHOWN = 5


@dataclass(frozen=True)
class QuotaUsageRow:
    """One quota: whose it is, how much of it is used, in words and in percent."""

    name: str
    text: str
    percent: int


@dataclass(frozen=True)
class UploadLimit:
    """The largest file that can be uploaded now, in bytes and in words; ``closed`` says why there is none."""

    most_bytes: int
    most_text: str
    closed: api.CodeMessage | None


def quota_usage_rows(user: Any, max_cities: int = MAX_CITIES_SHOWN) -> tuple[QuotaUsageRow, ...]:
    """The person's own quota and those of the fullest of their cities; nothing where there is no limit."""
    own = api.user_quota(user)
    rows = [_row(_("Your uploads"), own)] if own.limit else []
    names = dict(cities_of(user).values_list("collection", "title")) if api.collection_quota_bytes() else {}
    cities = [(names[collection], usage) for collection, usage in api.collection_quotas(list(names)).items()]
    fullest = sorted(cities, key=lambda city: (-city[1].used, city[0]))[:max_cities]
    return tuple(rows + [_row(name, usage) for name, usage in fullest])


def upload_limit(user: Any) -> UploadLimit:
    """What the upload form says before anything is sent."""
    cities = api.collection_quotas(list(cities_of(user).values_list("collection", flat=True)))
    most_in_cities = max((usage.left for usage in cities.values() if usage.left is not None), default=None)
    most = api.upload_limit_bytes(user)
    if most == 0:
        code = api.ErrorCode.QUOTA_USER if api.user_quota(user).left == 0 else api.ErrorCode.DISK_FULL
    else:
        code = api.ErrorCode.QUOTA_CITY
        most = most if most_in_cities is None else min(most, most_in_cities)
    return UploadLimit(most, format_file_size(most), None if most else api.upload_error_message(code))


def _row(name: str, usage: api.QuotaUsage) -> QuotaUsageRow:
    used = {"used": format_file_size(usage.used), "limit": format_file_size(usage.limit)}
    # Translators: both are sizes such as "1.2 GB".
    return QuotaUsageRow(name, _("%(used)s of %(limit)s used") % used, usage.percent)
