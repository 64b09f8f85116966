"""What this room adds to the archive's own pages."""

from exchange import builder_panel, discovery, lesson_link
from home import insertions


def add_to_clip_pages() -> None:
    """Let clip pages name their oEmbed address and offer to be used elsewhere."""
    insertions.add("clip.head", discovery.head)
    insertions.add("clip.head", builder_panel.head)
    insertions.add("clip.actions", builder_panel.panel)
    insertions.add("clip.actions", lesson_link.link)
