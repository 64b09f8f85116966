"""``/oembed``: oEmbed 1.0 for the addresses of clips."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from exchange import links
from exchange.embed_options import EmbedOptions, parse_embed_options
from exchange.oembed import provider
from exchange.oembed.clip_url import InvalidUrlError, hosts_of, parse_clip_url
from exchange.oembed.lookup import resolve_url
from exchange.public_clip import PublicClip
from home.api import (
    PosterUse,
    Reason,
    base_url,
    city_of,
    current_language,
    frame_size,
    interface_languages,
    localized_text,
    poster_of,
)

SERIALIZERS = {"json": provider.oembed_json, "xml": provider.oembed_xml}

# Short and always the same: machines read the status, and the body reveals nothing.
ERROR_BODIES = {
    400: "The url parameter is missing or is not a web address.\n",
    404: "Not found.\n",
    410: "No longer shown.\n",
    501: "Only json and xml are supported.\n",
}


def allow_any_origin(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Allow scripts of any site to read the response; allow safe methods only."""

    only_safe = require_safe(view)

    @csrf_exempt  # a POST is answered 405, not with a missing token
    @wraps(view)
    def wrapped(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = only_safe(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return wrapped


@allow_any_origin
def oembed(request: HttpRequest, ending: str = "") -> HttpResponse:
    """oEmbed 1.0: 200, 400 without an address, 404 nothing to show, 410 no longer shown, 501 another format.

    Four queries.

    An address that names a language is answered in it; another one in what the asking machine prefers.
    """
    kind = ending or request.GET.get("format") or "json"
    if kind not in SERIALIZERS:
        return error_response(501)
    base = base_url(request)
    try:
        hosts = hosts_of(base, settings.BASE_URL)
        clip_url = parse_clip_url(request.GET.get("url", ""), hosts=hosts, languages=interface_languages())
    except InvalidUrlError:
        return error_response(400)
    result = resolve_url(clip_url) if clip_url else Reason.NOT_FOUND
    if clip_url is None or isinstance(result, Reason):
        return error_response(result.value)
    # The language of a page's path counts unless "lang" says one.
    options = parse_embed_options(clip_url.query, duration_s=result.clip.duration_s, interface=interface_languages())
    options = replace(options, language=options.language or clip_url.language)
    with override(options.language or current_language()):
        response = HttpResponse(
            SERIALIZERS[kind](oembed_video(request, result, options)), content_type=provider.OEMBED_TYPES[kind]
        )
        response["Content-Language"] = current_language()
    response["Cache-Control"] = f"public, max-age={provider.CACHE_AGE_S}"
    return response


def error_response(status: int) -> HttpResponse:
    """An error as one line of text."""
    return HttpResponse(
        ERROR_BODIES[status],
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def oembed_video(request: HttpRequest, public_clip: PublicClip, options: EmbedOptions) -> provider.OEmbedVideo:
    """The answer in the active language. One query, for the city."""
    base, clip, city = base_url(request), public_clip.clip, city_of(public_clip.page)
    title = str(localized_text(public_clip.page, "headline"))
    max_width, max_height = (provider.parse_pixels(request.GET.get(name, "")) for name in ("maxwidth", "maxheight"))
    size = provider.fit_oembed_frame(*frame_size(clip), max_width, max_height)
    parts = city.get_url_parts() if city else None
    # Today's poster under the address that does not change, as JPEG where it exists.
    use = PosterUse(("jpg", "webp"), lambda widths: provider.best_thumbnail_width(widths, size), permanent=True)
    poster = poster_of(clip, use)
    thumbnail = {
        "thumbnail_url": base + poster.url,
        "thumbnail_width": poster.width,
        "thumbnail_height": poster.height,
    }
    return provider.OEmbedVideo(
        title=title,
        author_name=str(localized_text(city, "headline")) if city else "",
        author_url=base + parts[2] if parts and parts[2] else "",
        provider_name=settings.WAGTAIL_SITE_NAME,
        provider_url=f"{base}/",
        html=str(links.iframe_html(links.embed_url(base, clip.public_id, options), title, size)),
        width=size.width,
        height=size.height,
        **(thumbnail if poster.url else {}),
    )
