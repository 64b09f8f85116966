"""Headers that say what a page may load and do: one strict policy for the public, a looser one for the admin.

django-csp writes the policy of ``settings.CONTENT_SECURITY_POLICY``; here it learns that the Wagtail admin is another
place. Templates take their nonce from ``request.csp_nonce``.
"""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


class ContentPolicyMiddleware(CSPMiddleware):
    """The site's policy, with the admin's changes below the admin's address."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Return the parts of the policy for this answer."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(settings.ADMIN_PREFIX) and parts.replace is None:
            parts.replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: nobody here needs a camera, a place or a payment, and no frame shall ask in our name."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware


def content_length(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the outermost: every answer that is known says its length, so that the connection can go on.

    Django's own is so far inside that redirects to a language or to a slash leave without.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.streaming and not response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware
