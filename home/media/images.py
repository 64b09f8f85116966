"""Editors' pictures in the sizes pages use. The originals, which may say where they were taken, have no address."""

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from wagtail.users.models import UserProfile

from home.access.visibility import is_signed_in
from home.media import delivery
from home.models import PictureRendition
from home.refusal import not_found_text

CACHE_PUBLIC = "public, max-age=86400"


def uploaded_image(request: HttpRequest, name: str) -> HttpResponseBase:
    """``/uploads/<name>``: a rendition that a row names; portraits of editors for those who are signed in."""
    if "\0" in name:  # PostgreSQL refuses even to look for it
        return not_found_text(request)
    rendition = PictureRendition.objects.filter(file=name).select_related("image").first()
    if rendition is not None:
        made = rendition.image.created_at
        return delivery.send_file(
            request,
            default_storage,
            name,
            etag=f"{rendition.pk}-{rendition.width}-{name}",
            modified=made,
            cache=CACHE_PUBLIC,
        )
    if is_signed_in(request) and UserProfile.objects.filter(avatar=name).exists():
        now = timezone.now().replace(microsecond=0)
        return delivery.send_file(request, default_storage, name, etag=name, modified=now, cache=delivery.CACHE_NEVER)
    return not_found_text(request)
