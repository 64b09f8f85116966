"""Times as text, `00:00:01.000`, as WebVTT, SubRip and most other caption formats write them."""

import re

# Tolerant on purpose: hours may be missing or long, "," or "." before the fraction, which may be missing too.
_TIMESTAMP = re.compile(r"(?:([0-9]{1,12}):)?([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,3})[0-9]{0,6})?")


def parse_timestamp(text: str) -> int | None:
    """Milliseconds; None when the text is no time, or its minutes or seconds are 60 or more."""
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups(default="")
    if int(minutes) > 59 or int(seconds) > 59:
        return None
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0") if fraction else 0)


def format_timestamp(milliseconds: int, point: str = ".") -> str:
    """`HH:MM:SS` and milliseconds after `point`, which is "." in WebVTT and "," in SubRip."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}{point}{rest:03}"
