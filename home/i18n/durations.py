"""Lengths of time as people read, hear and machines parse them."""

from babel.units import format_unit

from home.i18n.formats import format_list
from home.i18n.languages import current_locale


def format_clock(seconds: float | None) -> str:
    """``1:42``, ``1:02:03``; empty when the length is not known yet."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def format_timecode(milliseconds: float | None) -> str:
    """A point in a clip: whole seconds that have passed, ``0:41``."""
    return "" if milliseconds is None else format_clock(int(milliseconds // 1000))


def spoken_duration(seconds: float | None) -> str:
    """``1 minute and 42 seconds`` in the active language, for those who listen to the page."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "hour"), (minutes, "minute"), (rest, "second")]
    shown = [(number, unit) for number, unit in parts if number] or parts[-1:]
    return format_list(format_unit(number, f"duration-{unit}", locale=current_locale()) for number, unit in shown)
