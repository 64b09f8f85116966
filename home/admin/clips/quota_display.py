"""How much room there is for the next film, in words: of the disk, of one's own share, of one's cities'."""

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from home.access.clip_policy import cities_of
from media_pipeline import api
from media_pipeline.ffmpeg.errors import ErrorCode

CITIES_SHOWN = 5


@dataclass(frozen=True)
class ShareLine:
    """One share: whose it is, how much of it is used, in words and in percent."""

    name: str
    words: str
    percent: int


@dataclass(frozen=True)
class Room:
    """``most_bytes`` is the largest film that could be taken now; ``closed`` says why there is none."""

    most_bytes: int
    most_words: str
    closed: api.Problem | None
    shares: tuple[ShareLine, ...]


def shares(user: Any) -> tuple[ShareLine, ...]:
    """The person's own share and those of the fullest of their cities; nothing where there is no limit."""
    own = api.quota_of_user(user)
    lines = [_line(_("Your films"), own)] if own.limit else []
    names = dict(cities_of(user).order_by("title").values_list("pk", "title"))
    cities = [(names[ref], share) for ref, share in api.quotas_of_cities(list(names)).items() if share.limit]
    fullest = sorted(cities, key=lambda city: -city[1].used)[:CITIES_SHOWN]
    return tuple(lines + [_line(name, share) for name, share in fullest])


def room(user: Any) -> Room:
    """What the upload form says before anything is sent."""
    most, in_cities = api.most_bytes(user), _most_in_cities(user)
    if most == 0:
        code = ErrorCode.QUOTA_USER if api.quota_of_user(user).left == 0 else ErrorCode.DISK_FULL
    else:
        code = ErrorCode.QUOTA_CITY
        most = most if in_cities is None else min(most, in_cities)
    return Room(most, filesizeformat(most), None if most else api.not_taken(code), shares(user))


def _most_in_cities(user: Any) -> int | None:
    """What is left in the roomiest of the person's cities; None without cities or without a limit."""
    left = [share.left for share in api.quotas_of_cities(list(cities_of(user).values_list("pk", flat=True))).values()]
    return max((value for value in left if value is not None), default=None)


def _line(name: str, share: api.Share) -> ShareLine:
    used = {"used": filesizeformat(share.used), "limit": filesizeformat(share.limit)}
    return ShareLine(name, _("%(used)s of %(limit)s are used") % used, share.percent)
