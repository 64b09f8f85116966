"""System checks of who owns what; they read the database: ``manage.py check --database default``.

home.E001  a clip is not in the collection of the city above its page
"""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError
from wagtail.models import Page

from home.models import CityPage, ClipPage


@register(Tags.database)
def check_owners(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Each clip with a page belongs to the city of that page."""
    try:
        pages = misplaced_clip_pages() if databases else []
    except DatabaseError:  # "migrate" checks the database before it has its tables
        return []
    hint = "Publish the page again, or move it to its city: both assign the clip."
    return [
        Error(f"Clip {page.clip.public_id} is not in the collection of its page {page.pk}.", hint=hint, id="home.E001")
        for page in pages
    ]


def misplaced_clip_pages() -> list[ClipPage]:
    """Return the pages whose clip is not in the collection of the city above them. Two queries."""
    owners = dict(CityPage.objects.values_list("path", "collection"))
    pages = ClipPage.objects.exclude(clip=None).select_related("clip")
    return [page for page in pages if owners.get(page.path[: -Page.steplen]) != page.clip.collection_id]
