"""Points in a video as people type them and addresses carry them. Pure."""

import math
import re

from home.api import format_clock

MAX_TIMECODE_S = 100 * 3600.0

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2}(?:[.,]\d{1,3})?)", re.ASCII)
_UNITS = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6}(?:[.,]\d{1,3})?)s?)?", re.ASCII | re.IGNORECASE)


def parse_timecode(text: str) -> float | None:
    """Parse ``42``, ``42.5``, ``0:42``, ``1:02:03`` or ``1m30s``; None for anything else, negative or endless."""
    text = "".join(text.split())[:30]
    match = _CLOCK.fullmatch(text) or (_UNITS.fullmatch(text) if text else None)
    if match is None or not any(match.groups()):
        return None
    hours, minutes, rest = (float((part or "0").replace(",", ".")) for part in match.groups())
    value = hours * 3600 + minutes * 60 + rest
    return value if math.isfinite(value) and value <= MAX_TIMECODE_S else None


def format_seconds(value: float) -> str:
    """The shortest way to write seconds into an address: ``42``, ``42.5``."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def format_start(start_s: float) -> str:
    """``format_seconds`` of a beginning; empty for that of the clip."""
    return format_seconds(start_s) if start_s else ""


def format_timecode_tenths(value: float | None) -> str:
    """``1:42``, ``1:02:03``, ``0:42.5``: what ``parse_timecode`` reads again; empty for None."""
    if value is None:
        return ""
    whole, part = divmod(round(value * 10), 10)
    return f"{format_clock(whole)}.{part}" if part else format_clock(whole)
