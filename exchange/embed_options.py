"""Playback options in an embed address: any address gives options that fit the clip, with notes on what was changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange import timecode

CAPTIONS_OFF = "off"
MIN_EXCERPT_S = 0.5  # between start and end: less is a typing error

OPTION_NOTES: dict[str, Promise] = {
    "start_unread": _("The start time in the address is not valid. The clip starts at the beginning."),
    "start_late": _("The start time in the address is after the end of the clip. The clip starts at the beginning."),
    "end_unread": _("The end time in the address is not valid. The clip plays to the end."),
    "end_early": _("The end time in the address is before the start time. The clip plays to the end."),
    "language_unknown": _("The language in the address is not one of this site’s languages."),
    "captions_unknown": _("This clip has no captions in the language from the address."),
    "autoplay_unread": _("“autoplay” in the address must be 0 or 1. The clip waits for a click."),
}
"""For each option that could not be applied, a sentence for the author of the address."""


@dataclass(frozen=True)
class EmbedOptions:
    """How to play. Seconds; ``end_s`` None means to the end of the clip, ``captions`` "" means as the language asks.

    ``notes`` are keys of ``OPTION_NOTES``. ``language`` "" means whatever the visitor's browser prefers.
    """

    language: str = ""
    captions: str = ""
    start_s: float = 0.0
    end_s: float | None = None
    autoplay: bool = False
    notes: tuple[str, ...] = ()

    def query(self) -> dict[str, str]:
        """The parameters of an address that stand for it: only what differs from the default, in one order."""
        values = {
            "lang": self.language,
            "cc": self.captions,
            "start": timecode.format_start(self.start_s),
            "end": "" if self.end_s is None else timecode.format_seconds(self.end_s),
            "autoplay": "1" if self.autoplay else "",
        }
        return {name: value for name, value in values.items() if value}


def parse_embed_options(
    query: Mapping[str, str],
    *,
    interface: Collection[str],
    duration_s: float | None = None,
    captions: Collection[str] | None = None,
) -> EmbedOptions:
    """The nearest options that fit a clip of ``duration_s`` (None: not known yet), in ``interface`` languages.

    ``captions`` are the languages of its tracks, None where unknown: then any well-formed code is accepted.
    """
    notes: list[str] = []
    start, end = _parse_span(query.get("start") or query.get("t") or "", query.get("end") or "", duration_s, notes)
    return EmbedOptions(
        language=_parse_language(query.get("lang") or "", interface, notes),
        captions=_parse_captions(query.get("cc") or "", captions, notes),
        start_s=start,
        end_s=end,
        autoplay=_parse_autoplay(query.get("autoplay") or "", notes),
        notes=tuple(notes),
    )


def _parse_span(
    start_text: str, end_text: str, duration_s: float | None, notes: list[str]
) -> tuple[float, float | None]:
    start, end = timecode.parse_timecode(start_text), timecode.parse_timecode(end_text)
    if start_text and start is None:
        notes.append("start_unread")
    start = start or 0.0
    if duration_s is not None and start > max(duration_s - MIN_EXCERPT_S, 0):
        notes.append("start_late")
        start = 0.0
    if end_text and end is None:
        notes.append("end_unread")
    if end is not None and end < start + MIN_EXCERPT_S:
        notes.append("end_early")
        end = None
    if end is not None and duration_s is not None and end >= duration_s:
        end = None
    return start, end


def _parse_language(text: str, interface: Collection[str], notes: list[str]) -> str:
    code = text.strip().lower()
    base = code.partition("-")[0]
    found = next((known for known in (code, base) if known in interface), "")
    if text and not found:
        notes.append("language_unknown")
    return found


def _parse_captions(text: str, offered: Collection[str] | None, notes: list[str]) -> str:
    code = text.strip()
    if not code or code.lower() == CAPTIONS_OFF:
        return code.lower()
    if offered is None:
        return code if len(code) <= 20 and code.replace("-", "").isalnum() and code.isascii() else ""
    by_name = {known.lower(): known for known in offered}
    found = by_name.get(code.lower()) or by_name.get(code.lower().partition("-")[0], "")
    if not found:
        notes.append("captions_unknown")
    return found


def _parse_autoplay(text: str, notes: list[str]) -> bool:
    if text not in ("", "0", "1"):
        notes.append("autoplay_unread")
    return text == "1"
