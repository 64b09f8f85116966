"""Which saved version a background save may continue."""

from typing import Any

from wagtail.models import Page, Revision


def continuable(page: Page, user: Any, key: str) -> Revision | None:
    """Return the version with ``key`` if a save of ``user`` may overwrite it: used nowhere else."""
    version = page.revisions.filter(pk=key[:18], user=user).first() if key[:18].isdecimal() else None
    if version is None or version.approved_go_live_at or version.pk == page.live_revision_id:
        return None
    return None if version.task_states.exists() else version
