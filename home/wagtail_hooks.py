"""Wagtail's hooks of this app; each area keeps its hooks beside its code."""

# Importing registers them.
from home.access import page_links  # noqa: F401
from home.admin import guard, snippets, wagtail_api  # noqa: F401
from home.admin.clips import hooks  # noqa: F401
from home.editing import page_choosers, page_hooks  # noqa: F401
from home.views import withdrawn_clip  # noqa: F401
