"""Tags in the head of a clip's page: oEmbed discovery, and link cards that play the clip.

``base.html`` has written title, description, picture and address by then; nothing is repeated here.
"""

from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from exchange import links
from exchange.embed_options import EmbedOptions, parse_embed_options
from exchange.oembed import provider
from home.api import (
    ClipSlotContext,
    base_url,
    current_language,
    frame_size,
    interface_languages,
    is_for_everybody,
    localized_text,
    poster_of,
)

DISCOVERY_TYPES = {"json": "application/json+oembed", "xml": "text/xml+oembed"}


def oembed_head(context: ClipSlotContext) -> SafeString:
    """Links and tags for a clip's page that anybody may see; nothing for a preview, a draft or a clip in the making."""
    page = context.page
    if context.is_preview or not is_for_everybody(page, context.request):
        return SafeString("")
    clip, request = page.clip, context.request
    base, image = base_url(request), poster_of(clip)
    options = parse_embed_options(request.GET, duration_s=clip.duration_s, interface=interface_languages())
    shown = {
        "title": str(localized_text(page, "headline")),
        "oembed": oembed_links(base, f"{base}{request.path}?{urlencode(options.query())}".removesuffix("?")),
        "video_url": links.embed_url(base, clip.public_id, EmbedOptions(language=current_language())),
        "is_secure": base.startswith("https://"),
        "size": provider.fit_oembed_frame(*frame_size(clip), None, None),
        "seconds": round(clip.duration_s or 0),
        "picture": image if image.url else None,
    }
    return render_to_string("exchange/oembed/clip_head.html", shown)


def oembed_links(base: str, address: str) -> list[tuple[str, str]]:
    """Content type and address of each way to ask about an address of ours; a second in it stays in the answer."""
    endpoint = f"{base}{reverse('oembed')}"
    return [
        (kind, f"{endpoint}?{urlencode({'url': address, 'format': name})}") for name, kind in DISCOVERY_TYPES.items()
    ]
