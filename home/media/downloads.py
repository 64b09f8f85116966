"""Downloads (``?save``): under a readable name, and only where the licence allows them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from home import file_names, links
from home.context.city_map import city_of
from home.i18n.fields import localized_text
from home.i18n.language_switch import requested_language
from home.media.admission import AdmittedClip
from home.models import ClipPage
from home.models.choices import Licence
from home.refusal import refuse_download
from media_pipeline.models import Clip


def download_response(
    request: HttpRequest, admitted: AdmittedClip, ending: str, send: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """What ``send`` answers; with ``?save`` as a download, or 403 where the licence forbids that.

    Those who may preview a clip may download it all the same. Two queries, and none without ``?save``.
    """
    if "save" not in request.GET:
        return send()
    clip, language = admitted.clip, requested_language(request)
    page = ClipPage.objects.filter(clip=clip).for_reading(language or None, "headline").first()
    if page and not admitted.preview and not Licence(page.licence).allows_download:
        return refuse_download(request, links.permanent_url(clip))
    response = send()
    if response.status_code < 400:
        response["Content-Disposition"] = file_names.attachment_header(download_name(clip, page, language, ending))
    return response


def download_name(clip: Clip, page: ClipPage | None, language: str, ending: str) -> str:
    """The name of a file of the clip, with the title of its page in ``language`` ("" for the original)."""
    if page is None:
        return file_names.clip_file_name(clip.title, "", clip.public_id, ending)
    wanted = language or page.original_language
    city = city_of(page)
    place = str(localized_text(city, "headline", wanted)) if city else ""
    return file_names.clip_file_name(str(localized_text(page, "headline", wanted)), place, clip.public_id, ending)
