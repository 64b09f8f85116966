"""Whose a clip is: the collection of the city above its page, whenever a page is saved or moved."""

from django.db.models import QuerySet
from wagtail.models import Collection, Page

from home.clip_lookup import clips_named_by
from home.models import CityPage, ClipPage
from media_pipeline.models import Clip


def assign_clips(pages: QuerySet[ClipPage]) -> None:
    """Give each clip that ``pages`` show, or will show, to the city above its page; to the root where there is none."""
    named = clips_named_by(pages)
    if not named:
        return
    above = {path[: -Page.steplen] for _clip, path in named}
    owners = dict(CityPage.objects.filter(path__in=above).values_list("path", "collection"))
    for clip, path in named:
        owner = owners.get(path[: -Page.steplen]) or Collection.get_first_root_node().pk
        Clip.objects.filter(pk=clip).exclude(collection=owner).update(collection=owner)
