"""What this room adds to Wagtail's admin; each area keeps its hooks beside its code."""

from home.clips_admin import hooks as clips_hooks  # noqa: F401 - importing registers them
