"""What this room adds to Wagtail's admin; each area keeps its hooks beside its code."""

# Importing registers them.
from home import page_hooks, snippets  # noqa: F401
from home.clips_admin import hooks as clips_hooks  # noqa: F401
