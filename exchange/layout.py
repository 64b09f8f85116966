"""Pages of this package in the site's layout. Their addresses carry no language: ``?lang=`` does."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from exchange.public_clip import clip_visibility
from home.api import NavLink, Reason, interface_text, language_menu_by_query, refuse, site_context


def layout_context(request: HttpRequest, title: str, *, crumb: str, above: Iterable[NavLink] = ()) -> dict[str, Any]:
    """What ``base.html`` reads, with ``above`` in the way back. Call it in the language of the page."""
    context = site_context(request, title=title)
    context["breadcrumb"] = [*context["breadcrumb"], *above]
    context["headline"] = interface_text(crumb)
    context["languages"] = language_menu_by_query(request)
    return context


def refuse_clip(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page for a clip that the public may not see: 410 when it was taken back, else 404."""
    return refuse(request, Reason.of(clip_visibility(public_id)))
