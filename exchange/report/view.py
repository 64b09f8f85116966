"""``/c/<id>/report/``: whom to contact when a clip hurts somebody, is wrong or should not be shown.

A page and no form: the message goes from the visitor's own mail or phone to the city, and nothing of it is stored here.
"""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from exchange.layout import clip_view
from exchange.links import short_url
from exchange.public_clip import PublicClip
from home.api import CACHE_SHORT, base_url, city_of, contacts_of, localized_text, site_context


@clip_view
def report_clip(request: HttpRequest, public_clip: PublicClip) -> HttpResponse:
    """The city's contacts, each with a prepared mail."""
    title = localized_text(public_clip.page, "headline")
    city = city_of(public_clip.page)
    address = short_url(base_url(request), public_clip.clip.public_id)
    # Translators: the subject of a message that reports a clip.
    subject = _("About the clip “%(title)s”") % {"title": title}
    context = {
        **site_context(request, title=_("Report this clip")),
        "clip_title": title,
        "clip_url": address,
        "contacts": contacts_of(city) if city else [],
        "mail_query": f"subject={quote(subject)}&body={quote(address)}%0D%0A%0D%0A",
        "city": city,
    }
    response = render(request, "exchange/report/report.html", context)
    response["Cache-Control"] = CACHE_SHORT
    return response
