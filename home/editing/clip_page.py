"""A clip belongs to the city above its page. Called after saving and moving; nothing happens in signals."""

from wagtail.models import Page

from media_pipeline.models import Clip


def assign_clip_to_city(page: Page) -> None:
    """Assign the clip of ``page``, if it has one, to the city above the page."""
    city = page.get_parent()
    if page.clip_id and city is not None:
        Clip.objects.filter(pk=page.clip_id).update(city_ref=city.pk)
