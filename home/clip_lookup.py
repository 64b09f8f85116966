"""Which page shows a clip, and which city owns it."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, Revision

from media_pipeline.models import Clip


def pages_showing(clip: Clip, but: Page | None = None) -> list[Page]:
    """Clip pages that show ``clip`` now, in an unpublished draft or in a scheduled version; ``but`` is left out."""
    model = apps.get_model("home", "ClipPage")
    pages = model.objects.exclude(pk=but.pk) if but is not None and but.pk else model.objects.all()
    drafts = pages.filter(has_unpublished_changes=True).values("latest_revision")
    waiting = Revision.objects.filter(
        Q(pk__in=drafts) | Q(approved_go_live_at__isnull=False),
        content_type=ContentType.objects.get_for_model(model),
        content__clip=clip.pk,
    )
    wanted = {int(pk) for pk in waiting.values_list("object_id", flat=True)}
    return list(pages.filter(Q(clip=clip) | Q(pk__in=wanted)).order_by("pk"))


def conflicting_owner(clip: Clip, city: Page) -> Page | None:
    """The city that owns ``clip`` when it is not ``city``; None for a clip nobody owns."""
    if clip.city_ref is None or clip.city_ref == city.pk:
        return None
    return apps.get_model("home", "CityPage").objects.filter(pk=clip.city_ref).first()
