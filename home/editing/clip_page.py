"""Whose a clip is: the collection of the city above its page, whenever that is saved, published or moved."""

from wagtail.models import Page

from home.models import CityPage, ClipPage
from media_pipeline.models import Clip


def assign_clip_to_city(clip: Clip, city: CityPage) -> None:
    """Make ``city`` the owner of ``clip``."""
    if clip.collection_id != city.collection_id:
        Clip.objects.filter(pk=clip.pk).update(collection=city.collection_id)
        clip.collection_id = city.collection_id


def assign_clip_of_page(page: ClipPage) -> None:
    """Assign the clip that ``page`` shows, be it published or a draft, to the city above it."""
    city = CityPage.objects.ancestor_of(page).first() if page.clip_id else None
    if city is not None:
        assign_clip_to_city(page.clip, city)


def assign_clips_below(page: Page) -> None:
    """Assign the clips of all pages of the moved or published subtree ``page`` to the cities above them."""
    for clip_page in ClipPage.objects.descendant_of(page, inclusive=True).exclude(clip=None).select_related("clip"):
        assign_clip_of_page(clip_page)
