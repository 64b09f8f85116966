"""What this app adds to the archive's own pages."""

from exchange.lesson import page_slot as lesson_link
from exchange.oembed import discovery
from exchange.share import page_slot as builder_panel
from home.api import CLIP_ACTIONS, CLIP_HEAD, add_to_slot


def register_clip_page_slots() -> None:
    """Let clip pages name their oEmbed address and offer to be used elsewhere."""
    add_to_slot(CLIP_HEAD, discovery.oembed_head)
    add_to_slot(CLIP_HEAD, builder_panel.builder_head)
    add_to_slot(CLIP_ACTIONS, builder_panel.builder_panel)
    add_to_slot(CLIP_ACTIONS, lesson_link.lesson_files_link)
