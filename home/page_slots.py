"""Places in our templates where a room above may show something, without this room knowing which one.

A room adds a function at its start (``AppConfig.ready``); ``{% insertion "clip.head" %}`` shows what all of them return
for the template's context. Without such a room the places stay empty.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.utils.html import mark_safe
from django.utils.safestring import SafeString

PLACES = frozenset({"clip.head", "clip.actions"})

Render = Callable[[dict[str, Any]], SafeString]

_added: dict[str, list[Render]] = defaultdict(list)


def add(place: str, render: Render) -> None:
    """Show ``render(context)`` at a place of ``PLACES``. Raises ValueError for any other."""
    if place not in PLACES:
        raise ValueError(f"no place is called {place}")
    if render not in _added[place]:
        _added[place].append(render)


def shown_at(place: str, context: dict[str, Any]) -> SafeString:
    """What the rooms above show there; safe, because each of them escapes its own."""
    return mark_safe("".join(render(context) for render in _added[place]))  # noqa: S308 - SafeStrings joined
