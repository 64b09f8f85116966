"""Which unknown addresses are tried again with a language in front.

Django tries every 404, also one that a view gave on purpose: an editor's forbidden clip or a withdrawn video would turn
into a redirect to a page that does not exist. Only an address that no view answered is worth a second try.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language


class AnsweredLocaleMiddleware(LocaleMiddleware):
    """LocaleMiddleware that lets a view's own 404 stand."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return ``response``, or the redirect to the same address in the visitor's language."""
        if response.status_code == 404 and getattr(request, "resolver_match", None) is not None:
            response.headers.setdefault("Content-Language", get_language() or "")
            return response
        return super().process_response(request, response)
