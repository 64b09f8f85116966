"""Who may see the pictures and documents of editors: who sees a page that uses them, and who works with them.

Which page uses what, Wagtail's index of references says. It is written whenever a page is saved, and holds the content
that is published (the draft of a page that never was). What no page uses is for editors alone.
"""

from enum import Enum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, IntegerField, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.permissions import permission_policy as picture_policy
from wagtail.models import Page, ReferenceIndex

from home.access.visibility import is_signed_in
from home.models import Picture
from home.page_access import page_access
from media_pipeline.models import Clip


class UploadAudience(Enum):
    """Who the visitor is to a picture or document: anybody, one of a few (no cache may keep it), or nobody."""

    EVERYBODY = "everybody"
    FEW = "few"
    NOBODY = "nobody"


def with_upload_facts(
    uploads: QuerySet[Any], request: HttpRequest, key: str = "pk", model: Any = None
) -> QuerySet[Any]:
    """Add to a query for uploads, or for rows whose field ``key`` points at one of ``model``, whether the visitor sees
    a page that uses it. A clip's page shows nothing while the clip is withdrawn.
    """
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model or uploads.model),
        to_object_id=Cast(OuterRef(OuterRef(key)), CharField()),
    )
    users = Page.objects.filter(pk__in=references.annotate(page=Cast("object_id", IntegerField())).values("page"))
    shown = page_access(request).visible(users).exclude(clippage__clip__state=Clip.State.WITHDRAWN)
    return uploads.annotate(is_used_in_sight=Exists(shown))


def upload_audience(upload: Any, request: HttpRequest, *, is_used_in_sight: bool) -> UploadAudience:
    """Who the visitor is to ``upload``, a picture or document. No query for visitors who are not signed in."""
    if is_used_in_sight:
        # Whoever has met a restriction may see it for that reason alone.
        return UploadAudience.FEW if page_access(request).opened else UploadAudience.EVERYBODY
    policy = picture_policy if isinstance(upload, Picture) else document_policy
    works_with = {"choose", "change", "delete"}
    if is_signed_in(request) and policy.user_has_any_permission_for_instance(request.user, works_with, upload):
        return UploadAudience.FEW
    return UploadAudience.NOBODY
