"""``/oembed``: an address of ours goes in, a frame to paste comes out, for every site that speaks oEmbed 1.0."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from exchange import links
from exchange.embed_options import Wish
from exchange.embed_options import read as read_wish
from exchange.oembed import provider
from exchange.oembed.clip_url import Pasted, UnreadableError, hosts_of, read
from exchange.oembed.lookup import Answer, asked
from exchange.public_clip import Found
from home.api import (
    PosterUse,
    base_url,
    city_of,
    current_language,
    frame_size,
    interface_languages,
    localized,
    poster_of,
)
from media_pipeline.models import Clip

WRITERS = {"json": provider.as_json, "xml": provider.as_xml}

# Short and the same for everybody: machines read the status, and nobody learns what is behind it.
BODIES = {
    400: "Say which address: ?url=\n",
    401: "Not public.\n",
    404: "Not found.\n",
    501: "Only json and xml.\n",
}


def for_machines(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let scripts of any page read the answer, and take questions only."""

    only_safe = require_safe(view)

    @csrf_exempt  # so that a POST learns that it is one too many, and not that it lacks a token
    @wraps(view)
    def wrapped(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = only_safe(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return wrapped


@for_machines
def answer(request: HttpRequest, ending: str = "") -> HttpResponse:
    """oEmbed 1.0: 200, 400 without an address, 401 not public, 404 nothing to show, 501 another format. Four queries.

    An address that names a language is answered in it; another one in what the asking machine prefers.
    """
    kind = ending or request.GET.get("format") or "json"
    if kind not in WRITERS:
        return no(501)
    base = base_url(request)
    try:
        hosts = hosts_of(base, settings.BASE_URL)
        pasted = read(request.GET.get("url", ""), hosts=hosts, languages=interface_languages())
    except UnreadableError:
        return no(400)
    result = asked(pasted) if pasted else Answer.NOTHING
    if pasted is None or isinstance(result, Answer):
        return no(401 if result is Answer.NOT_PUBLIC else 404)
    wish = wish_of(pasted, result.clip)
    with override(wish.language or current_language()):
        response = HttpResponse(WRITERS[kind](video(request, result, wish)), content_type=provider.TYPES[kind])
        response["Content-Language"] = current_language()
    response["Cache-Control"] = f"public, max-age={provider.LIFETIME_S}"
    return response


def no(status: int) -> HttpResponse:
    """One line that gives nothing away."""
    return HttpResponse(
        BODIES[status], status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )


def wish_of(pasted: Pasted, clip: Clip) -> Wish:
    """How the pasted address wants the clip played; the language of a page's path counts unless ``lang`` says one."""
    wish = read_wish(pasted.query, duration_s=clip.duration_s, interface=interface_languages(), captions=None)
    return replace(wish, language=wish.language or pasted.language)


def video(request: HttpRequest, found: Found, wish: Wish) -> provider.Video:
    """The answer in the active language. One query, for the city."""
    base, clip, city = base_url(request), found.clip, city_of(found.page)
    title = str(localized(found.page, "headline"))
    max_width, max_height = (provider.pixels(request.GET.get(name, "")) for name in ("maxwidth", "maxheight"))
    size = provider.frame(*frame_size(clip), max_width, max_height)
    parts = city.get_url_parts() if city else None
    return provider.Video(
        title=title,
        author_name=str(localized(city, "headline")) if city else "",
        author_url=base + parts[2] if parts and parts[2] else "",
        provider_name=settings.WAGTAIL_SITE_NAME,
        provider_url=f"{base}/",
        html=str(links.iframe(links.embed_url(base, clip.public_id, wish), title, size)),
        size=size,
        thumbnail=thumbnail(base, clip, size),
    )


def thumbnail(base: str, clip: Clip, size: links.Size) -> provider.Thumbnail | None:
    """Today's poster under the address that does not change, as JPEG where it exists."""
    use = PosterUse(("jpg", "webp"), lambda widths: provider.best_width(widths, size), permanent=True)
    image = poster_of(clip, use)
    return provider.Thumbnail(base + image.url, image.width, image.height) if image.url else None
