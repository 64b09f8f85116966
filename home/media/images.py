"""Editors' pictures in the sizes pages use. The originals, which may say where they were taken, have no address."""

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from wagtail.users.models import UserProfile

from home.access.uploads import UploadAudience, upload_audience, with_upload_facts
from home.access.visibility import is_signed_in
from home.media import delivery
from home.models import Picture, PictureRendition
from home.refusal import not_found_text

# Browsers keep what never changes under its name; caches in between do not, as with media.
PICTURE_CACHE = {UploadAudience.EVERYBODY: "private, max-age=86400", UploadAudience.FEW: delivery.CACHE_NEVER}


def uploaded_image(request: HttpRequest, name: str) -> HttpResponseBase:
    """``/uploads/<name>``: a rendition of a picture that the visitor may see (two queries); portraits of editors for
    those who are signed in.
    """
    renditions = PictureRendition.objects.filter(file=name).select_related("image")
    rendition = with_upload_facts(renditions, request, "image_id", Picture).first()
    if rendition is not None:
        audience = upload_audience(rendition.image, request, is_used_in_sight=rendition.is_used_in_sight)
        if audience is UploadAudience.NOBODY:
            return not_found_text(request)
        made = rendition.image.created_at
        return delivery.send_file(
            request,
            default_storage,
            name,
            etag=f"{rendition.pk}-{rendition.width}-{name}",
            modified=made,
            cache=PICTURE_CACHE[audience],
        )
    if is_signed_in(request) and UserProfile.objects.filter(avatar=name).exists():
        now = timezone.now().replace(microsecond=0)
        return delivery.send_file(request, default_storage, name, etag=name, modified=now, cache=delivery.CACHE_NEVER)
    return not_found_text(request)
