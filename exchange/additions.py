"""What this room adds to the archive's own pages."""


def add_to_clip_pages() -> None:
    """Let clip pages name their oEmbed address and offer to be used elsewhere."""
