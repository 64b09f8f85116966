"""System checks of who owns what; they read the database: ``manage.py check --database default``.

home.E001  a clip is not in the collection of the city above its page
"""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError
from wagtail.models import Page

from home.clip_lookup import clips_named_by
from home.models import CityPage, ClipPage
from media_pipeline.models import Clip


@register(Tags.database)
def check_owners(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Each clip with a page belongs to the city of that page."""
    try:
        clips = misplaced_clips() if databases else []
    except DatabaseError:  # "migrate" checks the database before it has its tables
        return []
    hint = "Save its page again: that assigns the clip."
    return [
        Error(f"Clip {clip.public_id} is not in the collection of its page.", hint=hint, id="home.E001")
        for clip in clips
    ]


def misplaced_clips() -> list[Clip]:
    """Return the clips that are not in the collection of the city above the page that shows them or will show them."""
    owners = dict(CityPage.objects.values_list("path", "collection"))
    named = dict(clips_named_by(ClipPage.objects.all()))
    clips = Clip.objects.in_bulk(named).values()
    return [clip for clip in clips if owners.get(named[clip.pk][: -Page.steplen]) != clip.collection_id]
