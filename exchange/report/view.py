"""``/c/<id>/report/``: whom to tell when a clip hurts somebody, is wrong or should not be shown.

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
from exchange.public_clip import public_clip, standing
from home.api import (
    CACHE_SHORT,
    Contact,
    Reason,
    base_url,
    city_of,
    contacts_of,
    current_language,
    interface_languages,
    localized,
    refuse,
    site_context,
)


@dataclass(frozen=True)
class Way:
    """Somebody to tell. ``mail_href`` opens a letter that says already which clip it is about; empty without."""

    contact: Contact
    mail_href: str


@require_safe
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """The city's people, each with a prepared letter; 404 or 410 for a clip that is not public."""
    found = public_clip(public_id)
    asked = request.GET.get("lang", "")
    with override(asked if asked in interface_languages() else current_language()):
        if found is None:
            return refuse(request, Reason.of(standing(public_id)))
        title = localized(found.page, "headline")
        city = city_of(found.page)
        address = short_url(base_url(request), public_id)
        ways = [Way(contact, _letter(contact, str(title), address)) for contact in (contacts_of(city) if city else [])]
        context = {"clip_title": title, "clip_url": address, "ways": ways, "city": city}
        context |= site_context(request, title=_("Report this clip"))
        response = render(request, "exchange/report.html", context)
        response["Content-Language"] = current_language()
    response["Cache-Control"], response["X-Robots-Tag"] = CACHE_SHORT, "noindex"
    return response


def _letter(contact: Contact, title: str, address: str) -> str:
    if not contact.email:
        return ""
    subject = _("About the clip “%(title)s”") % {"title": title}
    return f"mailto:{contact.email}?subject={quote(subject)}&body={quote(address)}%0D%0A%0D%0A"
