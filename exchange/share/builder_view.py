"""``/c/<id>/use/``: the embed builder as a page, and as the fragment that its script loads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from exchange.layout import layout_context, refuse_clip
from exchange.public_clip import PublicClip, get_public_clip
from exchange.share import builder, snippets
from exchange.share.page_slot import caption_languages
from home.api import NavLink, base_url, current_language, localized_text, requested_language

BUILDER_CACHE_CONTROL = "private, max-age=60"
FRAGMENT_PARAMETER = "part"  # in the query: respond with the form and snippets only


@require_safe
def builder_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The builder for a clip that anybody may see; 410 when it was taken back, else 404."""
    with override(requested_language(request) or current_language()):
        public_clip = get_public_clip(public_id)
        response = refuse_clip(request, public_id) if public_clip is None else _render(request, public_clip)
        response["Content-Language"] = current_language()
    response["X-Robots-Tag"] = "noindex"
    return response


def _render(request: HttpRequest, public_clip: PublicClip) -> HttpResponse:
    languages = caption_languages(public_clip.clip.captions.defer("cues"))
    options = builder.parse_builder_options(
        request.GET.dict(), duration_s=public_clip.clip.duration_s, captions=languages
    )
    public_id = public_clip.clip.public_id
    context = {
        "form": builder.builder_form(public_id, options, languages),
        "snippets": snippets.embed_snippets(public_clip, options, base_url(request)),
        "public_id": public_id,
    }
    if FRAGMENT_PARAMETER in request.GET:
        response = render(request, "exchange/share/builder.html", {**context, "in_place": True})
    else:
        response = render(
            request, "exchange/share/builder_page.html", {**_page_context(request, public_clip), **context}
        )
    response["Cache-Control"] = BUILDER_CACHE_CONTROL
    return response


def _page_context(request: HttpRequest, public_clip: PublicClip) -> dict[str, object]:
    headline = localized_text(public_clip.page, "headline")
    clip_page = NavLink(headline, public_clip.page.get_url(request) or "")
    title = _("Use in class: %(clip)s") % {"clip": headline}
    return {**layout_context(request, title, crumb=_("Use in class"), above=[clip_page]), "clip_page": clip_page}
