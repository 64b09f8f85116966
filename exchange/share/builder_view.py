"""``/c/<id>/use/``: the embed builder as a page, and as the fragment that its script loads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from exchange.layout import clip_page_context, clip_view
from exchange.public_clip import PublicClip
from exchange.share import builder, snippets
from exchange.share.page_slot import caption_languages
from home.api import base_url, localized_text, not_found_page

BUILDER_CACHE_CONTROL = "private, max-age=60"
FRAGMENT_PARAMETER = "part"  # in the query: respond with the form and snippets only


@clip_view
def builder_page(request: HttpRequest, public_clip: PublicClip) -> HttpResponse:
    """The builder for a clip that anybody can play; another one would not play in other people's pages."""
    if public_clip.is_personal:
        return not_found_page(request)
    clip, is_fragment = public_clip.clip, FRAGMENT_PARAMETER in request.GET
    languages = caption_languages(clip.captions.defer("cues"))
    options = builder.parse_builder_options(request.GET.dict(), duration_s=clip.duration_s, captions=languages)
    context = {
        "form": builder.builder_form(clip.public_id, options, languages),
        "snippets": snippets.embed_snippets(public_clip, options, base_url(request)),
        "public_id": clip.public_id,
        "in_place": is_fragment,
    }
    if not is_fragment:
        title = _("Use in class: %(clip)s") % {"clip": localized_text(public_clip.page, "headline")}
        context |= clip_page_context(request, public_clip, title, crumb=_("Use in class"))
    template = "exchange/share/builder.html" if is_fragment else "exchange/share/builder_page.html"
    response = render(request, template, context)
    response["Cache-Control"] = BUILDER_CACHE_CONTROL
    return response
