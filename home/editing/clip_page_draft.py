"""Creating the page of a clip below its city."""

from django.db import transaction

from home.i18n.fields import fieldname
from home.models import CityPage, ClipPage
from home.slugs import available_slug, slug_from_text
from media_pipeline.models import Clip


def create_clip_page(clip: Clip, city: CityPage, *, headline: str, language: str, publish: bool = False) -> ClipPage:
    """Add a page for ``clip`` below ``city``, its original text being ``headline`` in ``language``.

    A draft unless ``publish``: then the page is live at once and says "being prepared" until the pipeline is done.
    """
    with transaction.atomic():
        # Read the city again under a lock: during a long upload others may have added pages below it.
        city = CityPage.objects.select_for_update(of=("self",)).get(pk=city.pk)
        page = ClipPage(
            clip=clip,
            original_language=language,
            live=False,
            title=headline[:255],
            slug=available_slug(slug_from_text(headline, language) or clip.public_id.lower(), city.get_children()),
            **{fieldname("headline", language): headline[:255]},
        )
        city.add_child(instance=page)
        revision = page.save_revision()
        if publish:
            revision.publish()
            page.refresh_from_db()
    return page
