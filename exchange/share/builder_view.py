"""``/c/<id>/use/``: the builder as a page, and as the part of it that the script brings into the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from exchange.layout import page_context, refusal
from exchange.public_clip import Found, public_clip
from exchange.share import builder, snippets
from exchange.share.page_slot import readable
from home.api import NavLink, asked_language, base_url, current_language, localized

KEPT = "private, max-age=60"
PART = "part"  # in the address: only the fields and what comes of them, without the page around


@require_safe
def use(request: HttpRequest, public_id: str) -> HttpResponse:
    """The builder for a clip that anybody may see; 410 when it was taken back, else 404."""
    with override(asked_language(request) or current_language()):
        found = public_clip(public_id)
        response = refusal(request, public_id) if found is None else _shown(request, found)
        response["Content-Language"] = current_language()
    response["X-Robots-Tag"] = "noindex"
    return response


def _shown(request: HttpRequest, found: Found) -> HttpResponse:
    languages = readable(found.clip.captions.defer("cues"))
    plan = builder.read(request.GET.dict(), duration_s=found.clip.duration_s, captions=languages)
    public_id = found.clip.public_id
    context = {
        "form": builder.form(public_id, plan, languages),
        "pieces": snippets.pieces(found, plan, base_url(request)),
        "public_id": public_id,
    }
    if PART in request.GET:
        response = render(request, "exchange/builder/builder.html", {**context, "in_place": True})
    else:
        response = render(request, "exchange/use_page.html", {**_around(request, found), **context})
    response["Cache-Control"] = KEPT
    return response


def _around(request: HttpRequest, found: Found) -> dict[str, object]:
    headline = localized(found.page, "headline")
    clip_page = NavLink(headline, found.page.get_url(request) or "")
    title = _("Use in class: %(clip)s") % {"clip": headline}
    return {**page_context(request, title, crumb=_("Use in class"), above=[clip_page]), "clip_page": clip_page}
