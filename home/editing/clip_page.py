"""Whose a clip is: the collection of the city above its page. Nothing else writes it."""

from wagtail.models import Collection, Page

from home.models import CityPage, ClipPage
from media_pipeline.models import Clip


def assign_clip_to_city(clip: Clip, city: CityPage | None) -> None:
    """Make ``city`` the owner of ``clip``; None gives it to the archive's own editors."""
    owner = city.collection_id if city is not None else Collection.get_first_root_node().pk
    if clip.collection_id != owner:
        Clip.objects.filter(pk=clip.pk).update(collection=owner)
        clip.collection_id = owner


def assign_clip_of_page(page: ClipPage) -> None:
    """Assign the clip that ``page`` shows, be it published or a draft, to the city above it."""
    city = CityPage.objects.ancestor_of(page).first() if page.clip_id else None
    if city is not None:
        assign_clip_to_city(page.clip, city)


def assign_clips_below(page: Page) -> None:
    """Assign the clips of all pages of the moved or published subtree ``page`` to the cities above them."""
    for clip_page in ClipPage.objects.descendant_of(page, inclusive=True).exclude(clip=None).select_related("clip"):
        assign_clip_of_page(clip_page)
