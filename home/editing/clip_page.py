"""What connects a clip with its one page and its city. Called by forms and after saving; nothing happens in signals."""

from wagtail.models import Page

from media_pipeline.models import Clip


def claim_clip(page: Page) -> None:
    """Make the city above ``page`` the owner of the page's clip, if it has one."""
    city = page.get_parent()
    if page.clip_id and city is not None:
        Clip.objects.filter(pk=page.clip_id).update(city_ref=city.pk)
