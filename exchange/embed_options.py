"""What an address asks of an embedded clip: any address gives a wish that can be fulfilled, and says what changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange import timecode

OFF = "off"
SHORTEST_S = 0.5  # between start and end: less is a slip of the finger

NOTES: dict[str, Promise] = {
    "start_unread": _("The start in the address is not a time. The clip begins at its beginning."),
    "start_late": _("The start in the address lies behind the end of the clip. The clip begins at its beginning."),
    "end_unread": _("The end in the address is not a time. The clip plays to its end."),
    "end_early": _("The end in the address lies before the start. The clip plays to its end."),
    "language_unknown": _("The language in the address is not one of this site."),
    "captions_unknown": _("There are no captions in the language that the address asks for."),
    "autoplay_unread": _("“autoplay” in the address is neither 0 nor 1. The clip waits for a click."),
}
"""A line for whoever wrote the address, for each thing that could not be had."""


@dataclass(frozen=True)
class Wish:
    """How to play. Seconds; ``end_s`` None means to the end of the film, ``captions`` "" means as the language asks.

    ``notes`` are keys of ``NOTES``. ``language`` "" means whatever the visitor's browser prefers.
    """

    language: str = ""
    captions: str = ""
    start_s: float = 0.0
    end_s: float | None = None
    autoplay: bool = False
    notes: tuple[str, ...] = ()

    def query(self) -> str:
        """The part of an address behind ``?``: only what differs from the rule, in one order; empty for no wish."""
        said = {
            "lang": self.language,
            "cc": self.captions,
            "start": timecode.plain(self.start_s) if self.start_s else "",
            "end": "" if self.end_s is None else timecode.plain(self.end_s),
            "autoplay": "1" if self.autoplay else "",
        }
        return urlencode({name: value for name, value in said.items() if value})


def read(
    query: Mapping[str, str],
    *,
    duration_s: float | None,
    interface: Collection[str],
    captions: Collection[str] | None,
) -> Wish:
    """The nearest wish that can be fulfilled for a film of ``duration_s`` (None: not known yet).

    ``captions`` are the languages of its tracks, None where they are not known here: then any well-formed code stands.
    """
    notes: list[str] = []
    start, end = _span(query.get("start") or query.get("t") or "", query.get("end") or "", duration_s, notes)
    return Wish(
        language=_language(query.get("lang") or "", interface, notes),
        captions=_captions(query.get("cc") or "", captions, notes),
        start_s=start,
        end_s=end,
        autoplay=_autoplay(query.get("autoplay") or "", notes),
        notes=tuple(notes),
    )


def _span(start_text: str, end_text: str, duration_s: float | None, notes: list[str]) -> tuple[float, float | None]:
    start, end = timecode.seconds(start_text), timecode.seconds(end_text)
    if start_text and start is None:
        notes.append("start_unread")
    start = start or 0.0
    if duration_s is not None and start > max(duration_s - SHORTEST_S, 0):
        notes.append("start_late")
        start = 0.0
    if end_text and end is None:
        notes.append("end_unread")
    if end is not None and end < start + SHORTEST_S:
        notes.append("end_early")
        end = None
    if end is not None and duration_s is not None and end >= duration_s:
        end = None
    return start, end


def _language(text: str, interface: Collection[str], notes: list[str]) -> str:
    code = text.strip().lower()
    base = code.partition("-")[0]
    found = next((known for known in (code, base) if known in interface), "")
    if text and not found:
        notes.append("language_unknown")
    return found


def _captions(text: str, offered: Collection[str] | None, notes: list[str]) -> str:
    code = text.strip()
    if not code or code.lower() == OFF:
        return code.lower()
    if offered is None:
        return code if len(code) <= 20 and code.replace("-", "").isalnum() and code.isascii() else ""
    by_name = {known.lower(): known for known in offered}
    found = by_name.get(code.lower()) or by_name.get(code.lower().partition("-")[0], "")
    if not found:
        notes.append("captions_unknown")
    return found


def _autoplay(text: str, notes: list[str]) -> bool:
    if text not in ("", "0", "1"):
        notes.append("autoplay_unread")
    return text == "1"
