"""Slots in our templates that apps above fill, without this app knowing which one.

Each slot declares the type of its context, which a template hands over: ``{% slot "clip.head" slot_context %}``. An app
registers what it adds at its start (``AppConfig.ready``). Without such an app the slots stay empty.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Context = TypeVar("Context")


@dataclass(frozen=True)
class PageSlot(Generic[Context]):
    """A named place in a template, and what is shown there."""

    name: str
    context_type: type[Context]
    renderers: list[Callable[[Context], SafeString]] = field(default_factory=list)


_slots: dict[str, PageSlot] = {}


def declare_slot(name: str, context_type: type[Context]) -> PageSlot[Context]:
    """Make a slot whose renderers all get a ``context_type``."""
    return _slots.setdefault(name, PageSlot(name, context_type))


def add_to_slot(slot: PageSlot[Context], render: Callable[[Context], SafeString]) -> None:
    """Show ``render(context)`` in a slot, after what is there already."""
    if render not in slot.renderers:
        slot.renderers.append(render)


def render_slot(name: str, context: object) -> SafeString:
    """What the apps above show in a slot. Raises KeyError for an undeclared slot, TypeError for a wrong context."""
    slot = _slots[name]
    if not isinstance(context, slot.context_type):
        raise TypeError(f"the slot {name} takes a {slot.context_type.__name__}")
    return format_html_join("", "{}", ((show(context),) for show in slot.renderers))
