"""Which page shows a clip, and which city owns it."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, Revision

from media_pipeline.models import Clip


def pages_showing(clip: Clip, exclude: Page | None = None) -> list[Page]:
    """Clip pages that show ``clip`` now, in an unpublished draft or in a scheduled version, without ``exclude``."""
    clip_page = clip.pages.model
    pages = clip_page.objects.exclude(pk=exclude.pk) if exclude is not None and exclude.pk else clip_page.objects.all()
    drafts = pages.filter(has_unpublished_changes=True).values("latest_revision")
    revisions = Revision.objects.filter(
        Q(pk__in=drafts) | Q(approved_go_live_at__isnull=False),
        content_type=ContentType.objects.get_for_model(clip_page),
        content__clip=clip.pk,
    )
    page_ids = {int(pk) for pk in revisions.values_list("object_id", flat=True)}
    return list(pages.filter(Q(clip=clip) | Q(pk__in=page_ids)).order_by("pk"))


def conflicting_owner(clip: Clip, city: Page) -> Page | None:
    """The city that owns ``clip`` when it is not ``city``; None for a clip of no city."""
    owner = getattr(clip.collection, "city", None)
    return None if owner is None or owner.pk == city.pk else owner
