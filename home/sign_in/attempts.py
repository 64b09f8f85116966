"""Slowing down who guesses passwords: growing pauses per account, per sender and per page; nobody is locked out.

An attempt is counted before its password is looked at, so that many at once gain nothing, and taken back when it
succeeds. The counts are rows and no cache: Django's shared caches cannot count without losing some, and forget when
they are full. Keys are keyed hashes; that of a sender changes daily, so no address is stored and none can be guessed
from yesterday's rows.
"""

import datetime
import ipaddress
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from home.models import PasswordAttempts

FAILURES_KEPT = datetime.timedelta(days=1)  # without another attempt


@dataclass(frozen=True)
class Allowance:
    """So many failures cost nothing; each further one doubles the pause, up to the longest. Seconds."""

    free: int
    first_s: int
    longest_s: int

    def pause(self, failures: int) -> datetime.timedelta:
        """How long the next attempt waits after so many failures."""
        if failures < self.free:
            return datetime.timedelta(0)
        doublings = min(failures - self.free, 20)
        return datetime.timedelta(seconds=min(self.first_s * 2**doublings, self.longest_s))


ACCOUNT_ALLOWANCE = Allowance(free=5, first_s=15, longest_s=15 * 60)
SENDER_ALLOWANCE = Allowance(free=20, first_s=15, longest_s=60 * 60)  # a whole school may share one address
RESET_MAIL_ALLOWANCE = Allowance(free=3, first_s=60, longest_s=60 * 60)
PAGE_ALLOWANCE = Allowance(free=100, first_s=1, longest_s=60)  # everybody's guesses together: classes mistype, too


@dataclass(frozen=True)
class AttemptKey:
    """Under what an attempt is counted: a keyed hash, and what it may cost."""

    key: str
    allowance: Allowance


def account_key(username: str, purpose: str = "sign in") -> AttemptKey:
    """For a name as it was typed, whether there is such an account or not."""
    return AttemptKey(_hash(f"account {purpose}", _same_for_all_spellings(username)), ACCOUNT_ALLOWANCE)


def reset_mail_key(address: str) -> AttemptKey:
    """For asking for a mail to an address, whether it is somebody's or not."""
    return AttemptKey(_hash("reset mail", _same_for_all_spellings(address)), RESET_MAIL_ALLOWANCE)


def page_keys(restriction: object, request: HttpRequest, now: datetime.datetime | None = None) -> list[AttemptKey]:
    """For the password of a page or collection: one for each sender, one for all of them."""
    place = f"{type(restriction).__name__} {getattr(restriction, 'pk', '')}"
    return [AttemptKey(_hash("page", place), PAGE_ALLOWANCE), *sender_keys(request, place, now)]


def sender_keys(request: HttpRequest | None, purpose: str, now: datetime.datetime | None = None) -> list[AttemptKey]:
    """The key of who sent the request, for today (UTC); none where that is unknown."""
    network = sender_network(request) if request else ""
    day = (now or timezone.now()).astimezone(datetime.UTC).date()
    return [AttemptKey(_hash(f"sender {day}", f"{purpose} {network}"), SENDER_ALLOWANCE)] if network else []


def sender_network(request: HttpRequest) -> str:
    """The sender's IPv4 address or IPv6 network of 64 bits; empty when the server does not know it.

    Behind a proxy that is the last entry of X-Forwarded-For, the one that the proxy itself wrote. Without that header
    it is not known, and never the proxy: all visitors would wait for the failures of one.
    """
    text = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        text = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(text[:64])
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None) or address
    return str(ipaddress.ip_network((mapped, 32 if mapped.version == 4 else 64), strict=False))


def begin_attempt(keys: Iterable[AttemptKey], now: datetime.datetime | None = None) -> int:
    """Count an attempt under all keys and return 0; or count nothing and return the seconds that it has to wait."""
    now = now or timezone.now()
    found = []
    with transaction.atomic():
        PasswordAttempts.objects.filter(last_at__lt=now - FAILURES_KEPT).delete()
        for key in sorted(keys, key=lambda each: each.key):  # in one order, or two requests wait for each other
            start = {"last_at": now}
            row, _new = PasswordAttempts.objects.select_for_update().get_or_create(key=key.key, defaults=start)
            found.append((row, row.last_at + key.allowance.pause(row.failures) - now))
        wait = max((rest for _row, rest in found), default=datetime.timedelta(0))
        if wait > datetime.timedelta(0):
            return -(-wait // datetime.timedelta(seconds=1))
        for row, _rest in found:
            row.failures, row.last_at = row.failures + 1, now
            row.save()
    return 0


def take_back(keys: Iterable[AttemptKey]) -> None:
    """The attempt succeeded: it is not counted. What failed before it is, or one's own account would pay for others."""
    rows = PasswordAttempts.objects.filter(key__in=[key.key for key in keys], failures__gt=0)
    rows.update(failures=F("failures") - 1)


def forget_failures(key: AttemptKey) -> None:
    """The owner is known again: nothing is counted under this key any more."""
    PasswordAttempts.objects.filter(key=key.key).delete()


def _same_for_all_spellings(name: str) -> str:
    spelling = unicodedata.normalize("NFKC", name[:1000]).casefold().strip()
    return spelling.encode("utf-8", "replace").decode()


def _hash(purpose: str, value: str) -> str:
    return salted_hmac(f"home.sign_in {purpose}", value, algorithm="sha256").hexdigest()
