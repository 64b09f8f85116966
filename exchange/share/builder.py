"""Options and form of the embed builder.

Autoplay is not offered: in class it gets in the way, and browsers only allow it without sound. The address takes
``autoplay=1`` for those who need it.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from exchange import embed_options, links, timecode
from exchange.embed_options import EmbedOptions
from home.api import current_language, interface_languages, native_name

FLUID = "fluid"
FRAME_WIDTHS = {"small": 480, "medium": links.DEFAULT_FRAME_WIDTH, "large": 960}
"""Pixels of a frame by its name in the address."""

FIELD_NOTES: dict[str, tuple[str, Promise]] = {
    "start_unread": ("start", gettext_lazy("Enter a time like 1:30. The clip starts at the beginning.")),
    "start_late": ("start", gettext_lazy("The clip is shorter than that, so it starts at the beginning.")),
    "end_unread": ("end", gettext_lazy("Enter a time like 1:30. The clip plays to the end.")),
    "end_early": ("end", gettext_lazy("The end is before the start, so the clip plays to the end.")),
    "language_unknown": ("interface", gettext_lazy("The player isn’t available in that language.")),
    "captions_unknown": ("cc", gettext_lazy("This clip has no captions in that language.")),
}
"""For each note of the embed options, the form field it belongs to and its text."""


@dataclass(frozen=True)
class FieldChoice:
    """One entry of a list; ``lang`` where its label is in another language than the page."""

    value: str
    label: str
    selected: bool
    lang: str = ""


@dataclass(frozen=True)
class BuilderOptions:
    """The chosen options, made to fit the clip. ``size`` is ``FLUID`` or in ``FRAME_WIDTHS``; ``notes`` by field."""

    embed: EmbedOptions
    size: str = FLUID
    notes: Mapping[str, str] = field(default_factory=dict)

    def query(self) -> str:
        """The options as the part of the builder's address behind ``?``, in the language of the page."""
        values = {
            "lang": current_language(),
            "start": timecode.format_timecode_tenths(self.embed.start_s) if self.embed.start_s else "",
            "end": timecode.format_timecode_tenths(self.embed.end_s),
            "cc": self.embed.captions,
            "size": "" if self.size == FLUID else self.size,
        }
        # An empty player language is kept: it means that of each browser.
        return urlencode({**{k: v for k, v in values.items() if v}, "interface": self.embed.language})


def parse_builder_options(
    query: Mapping[str, str], *, duration_s: float | None, captions: Collection[str]
) -> BuilderOptions:
    """The nearest options that fit a clip with captions in these languages."""
    values = {
        **{name: _in_digits(query.get(name, "")) for name in ("start", "end")},
        "lang": query.get("interface", current_language()),
        "cc": query.get("cc", ""),
    }
    embed = embed_options.parse_embed_options(
        values, duration_s=duration_s, interface=interface_languages(), captions=captions
    )
    size = query.get("size", "")
    notes = {place: str(text) for place, text in (FIELD_NOTES[note] for note in embed.notes)}
    return BuilderOptions(embed, size if size in FRAME_WIDTHS else FLUID, notes)


def _in_digits(typed: str) -> str:
    """A time with the digits of addresses, whatever keyboard wrote it: ``١:٣٠`` is ``1:30``."""
    return "".join(str(unicodedata.decimal(char, char)) for char in typed.strip()[:30])


def builder_form(public_id: str, options: BuilderOptions, tracks: Iterable[str]) -> dict[str, Any]:
    """The fields for the options, in the language of the page; ``tracks`` are the languages of the captions.

    ``action`` is the builder's address, ``page_url`` adds the options.
    """
    embed = options.embed
    as_spoken, *captions = _languages(embed.captions, _("If the clip is in another language"), tracks)
    off = FieldChoice(embed_options.CAPTIONS_OFF, _("Off"), embed.captions == embed_options.CAPTIONS_OFF)
    sizes = {
        FLUID: _("Full width"),
        "small": pgettext("size of the player", "Small"),
        "medium": pgettext("size of the player", "Medium"),
        "large": pgettext("size of the player", "Large"),
    }
    return {
        "action": links.clip_path("clip_use", public_id),
        "page_url": f"{links.clip_path('clip_use', public_id)}?{options.query()}",
        "start": timecode.format_timecode_tenths(embed.start_s),
        "end": timecode.format_timecode_tenths(embed.end_s),
        "interface": _languages(embed.language, _("Viewer’s browser language"), interface_languages()),
        "captions": [as_spoken, off, *captions],
        "sizes": [FieldChoice(size, name, size == options.size) for size, name in sizes.items()],
        "notes": options.notes,
    }


def _languages(chosen: str, otherwise: str, codes: Iterable[str]) -> list[FieldChoice]:
    named = [FieldChoice(code, native_name(code), code == chosen, code) for code in codes]
    return [FieldChoice("", otherwise, not chosen), *named]
