"""What this room adds to the archive's own pages."""

from exchange.lesson import page_slot as lesson_link
from exchange.oembed import discovery
from exchange.share import page_slot as builder_panel
from home import page_slots


def add_to_clip_pages() -> None:
    """Let clip pages name their oEmbed address and offer to be used elsewhere."""
    page_slots.add("clip.head", discovery.head)
    page_slots.add("clip.head", builder_panel.head)
    page_slots.add("clip.actions", builder_panel.panel)
    page_slots.add("clip.actions", lesson_link.link)
