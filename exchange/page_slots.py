"""What this app adds to the archive's own pages."""

from exchange.lesson import page_slot as lesson_link
from exchange.oembed import discovery
from exchange.share import page_slot as builder_panel
from home.context.clip import CLIP_ACTIONS, CLIP_HEAD
from home.page_slots import register


def add_to_clip_pages() -> None:
    """Let clip pages name their oEmbed address and offer to be used elsewhere."""
    register(CLIP_HEAD, discovery.head)
    register(CLIP_HEAD, builder_panel.head)
    register(CLIP_ACTIONS, builder_panel.panel)
    register(CLIP_ACTIONS, lesson_link.link)
