"""What a teacher chooses for a clip, and what there is to take along for it: code, links, QR code.

Playing at once is not offered: a film that begins by itself in a class is in the way of whoever teaches, browsers only
let it begin without sound, and the address has ``autoplay=1`` for those who need it all the same.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange import embed_options, links, timecode
from exchange.embed_options import Wish
from home.api import current_language, interface_languages, own_name

FLUID = "fluid"
WIDTHS = {"small": 480, "medium": links.WIDTH, "large": 960}
"""Pixels of a frame by its name in the address."""

NOTES: dict[str, tuple[str, Promise]] = {
    "start_unread": ("start", gettext_lazy("This is not a time such as 1:30. The clip begins at its beginning.")),
    "start_late": ("start", gettext_lazy("The clip is shorter than that. It begins at its beginning.")),
    "end_unread": ("end", gettext_lazy("This is not a time such as 1:30. The clip plays to its end.")),
    "end_early": ("end", gettext_lazy("This lies before the start. The clip plays to its end.")),
    "language_unknown": ("interface", gettext_lazy("The player does not speak that language.")),
    "captions_unknown": ("cc", gettext_lazy("The clip has no captions in that language.")),
}
"""For each note of a wish the field that it is about, and the sentence for somebody who fills in a form."""


@dataclass(frozen=True)
class Choice:
    """One entry of a list; ``lang`` where its label is in another language than the page."""

    value: str
    label: str
    selected: bool
    lang: str = ""


@dataclass(frozen=True)
class Plan:
    """What was chosen, made fit for the clip. ``size`` is ``FLUID`` or a key of ``WIDTHS``; notes stand by field."""

    wish: Wish
    size: str = FLUID
    notes: Mapping[str, str] = field(default_factory=dict)

    def query(self) -> str:
        """The plan as the part of the builder's address behind ``?``, in the language of the page."""
        chosen = {
            "lang": current_language(),
            "start": timecode.clock(self.wish.start_s) if self.wish.start_s else "",
            "end": timecode.clock(self.wish.end_s),
            "cc": self.wish.captions,
            "size": "" if self.size == FLUID else self.size,
        }
        # An empty language of the player is a choice: that of each browser.
        return urlencode({**{k: v for k, v in chosen.items() if v}, "interface": self.wish.language})


@dataclass(frozen=True)
class Form:
    """The fields as they are shown. ``action`` is the builder's address, ``more`` the same with the plan in it."""

    action: str
    more: str
    start: str
    end: str
    interface: tuple[Choice, ...]
    captions: tuple[Choice, ...]
    sizes: tuple[Choice, ...]
    notes: Mapping[str, str]


def read(query: Mapping[str, str], *, duration_s: float | None, captions: Collection[str]) -> Plan:
    """The nearest plan that can be fulfilled for a clip with captions in these languages."""
    asked = {
        "start": _in_digits(query.get("start", "")),
        "end": _in_digits(query.get("end", "")),
        "lang": query.get("interface", current_language()),
        "cc": query.get("cc", ""),
    }
    wish = embed_options.read(asked, duration_s=duration_s, interface=interface_languages(), captions=captions)
    size = query.get("size", "")
    notes = {place: str(text) for place, text in (NOTES[note] for note in wish.notes)}
    return Plan(wish, size if size in WIDTHS else FLUID, notes)


def form(public_id: str, plan: Plan, captions: Iterable[str]) -> Form:
    """The fields for a plan, in the language of the page."""
    action = reverse("clip_use", args=[public_id])
    wish = plan.wish
    return Form(
        action=action,
        more=f"{action}?{plan.query()}",
        start=timecode.clock(wish.start_s),
        end=timecode.clock(wish.end_s),
        interface=_languages(wish.language, _("As each browser asks"), interface_languages()),
        captions=_captions(wish.captions, captions),
        sizes=_sizes(plan.size),
        notes=plan.notes,
    )


def _in_digits(typed: str) -> str:
    """A time with the digits of addresses, whatever keyboard wrote it: ``١:٣٠`` is ``1:30``."""
    return "".join(str(unicodedata.decimal(char, char)) for char in typed.strip()[:30])


def _languages(chosen: str, otherwise: str, codes: Iterable[str]) -> tuple[Choice, ...]:
    named = (Choice(code, own_name(code), code == chosen, code) for code in codes)
    return (Choice("", otherwise, not chosen), *named)


def _captions(chosen: str, codes: Iterable[str]) -> tuple[Choice, ...]:
    as_asked, *tracks = _languages(chosen, _("When the clip speaks another language"), codes)
    return (as_asked, Choice(embed_options.OFF, _("No captions"), chosen == embed_options.OFF), *tracks)


def _sizes(chosen: str) -> tuple[Choice, ...]:
    names = {FLUID: _("Fills the width"), "small": _("Small"), "medium": _("Medium"), "large": _("Large")}
    return tuple(Choice(key, name, key == chosen) for key, name in names.items())
