"""Which pages show a clip, which clips pages name, and which city owns them."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page, Revision

from media_pipeline.models import Clip


def pages_showing(clip: Clip, exclude: Page | None = None) -> list[Page]:
    """Clip pages that show ``clip`` now, in an unpublished draft or in a scheduled version, without ``exclude``."""
    clip_page = clip.pages.model
    pages = clip_page.objects.exclude(pk=exclude.pk) if exclude is not None and exclude.pk else clip_page.objects.all()
    revisions = versions_to_come(pages).filter(content__clip=clip.pk)
    page_ids = {int(pk) for pk in revisions.values_list("object_id", flat=True)}
    return list(pages.filter(Q(clip=clip) | Q(pk__in=page_ids)).order_by("pk"))


def clips_named_by(pages: QuerySet[Page]) -> list[tuple[int, str]]:
    """``(clip, path of the page)`` for each clip that ``pages``, clip pages, show or will show. Two queries."""
    rows = list(pages.values_list("pk", "path", "clip"))
    paths = {str(pk): path for pk, path, _clip in rows}
    named = {(clip, path) for _pk, path, clip in rows if clip is not None}
    for page, content in versions_to_come(pages).values_list("object_id", "content"):
        if page in paths and content.get("clip") is not None:
            named.add((content["clip"], paths[page]))
    return sorted(named)


def versions_to_come(pages: QuerySet[Page]) -> QuerySet[Revision]:
    """Unpublished drafts of ``pages``, clip pages, and scheduled versions of all clip pages."""
    drafts = pages.filter(has_unpublished_changes=True).values("latest_revision")
    return Revision.objects.filter(
        Q(pk__in=drafts) | Q(approved_go_live_at__isnull=False),
        content_type=ContentType.objects.get_for_model(pages.model),
    )


def conflicting_owner(clip: Clip, city: Page) -> Page | None:
    """The city that owns ``clip`` when it is not ``city``; None for a clip of no city."""
    owner = getattr(clip.collection, "city", None)
    return None if owner is None or owner.pk == city.pk else owner
