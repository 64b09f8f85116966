"""Wagtail's admin beside the page editor: clips, snippets, help on error codes."""
