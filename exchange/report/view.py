"""``/c/<id>/report/``: whom to contact when a clip hurts somebody, is wrong or should not be shown.

A page and no form: the message goes from the visitor's own mail or phone to the city, and nothing of it is stored here.
"""

from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from exchange.links import short_url
from exchange.public_clip import clip_visibility, get_public_clip
from home.api import (
    CACHE_SHORT,
    Contact,
    Reason,
    base_url,
    city_of,
    contacts_of,
    current_language,
    interface_languages,
    localized_text,
    refuse,
    site_context,
)


@dataclass(frozen=True)
class ContactMethod:
    """A person to contact. ``mail_href`` opens a mail that names the clip; empty without an address."""

    contact: Contact
    mail_href: str


@require_safe
def report_clip(request: HttpRequest, public_id: str) -> HttpResponse:
    """The city's contacts, each with a prepared mail; 404 or 410 for a clip that is not public."""
    public_clip = get_public_clip(public_id)
    language = request.GET.get("lang", "")
    with override(language if language in interface_languages() else current_language()):
        if public_clip is None:
            return refuse(request, Reason.of(clip_visibility(public_id)))
        title = localized_text(public_clip.page, "headline")
        city = city_of(public_clip.page)
        address = short_url(base_url(request), public_id)
        contact_methods = [
            ContactMethod(contact, _mail_href(contact, str(title), address))
            for contact in (contacts_of(city) if city else [])
        ]
        context = {"clip_title": title, "clip_url": address, "contact_methods": contact_methods, "city": city}
        context |= site_context(request, title=_("Report this clip"))
        response = render(request, "exchange/report/report.html", context)
        response["Content-Language"] = current_language()
    response["Cache-Control"], response["X-Robots-Tag"] = CACHE_SHORT, "noindex"
    return response


def _mail_href(contact: Contact, title: str, address: str) -> str:
    if not contact.email:
        return ""
    # Translators: the subject of a message that reports a clip.
    subject = _("About the clip “%(title)s”") % {"title": title}
    return f"mailto:{contact.email}?subject={quote(subject)}&body={quote(address)}%0D%0A%0D%0A"
