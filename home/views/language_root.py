"""The bare address of the site: it knows nothing but the browser's languages, and remembers nothing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request


def redirect_to_language(request: HttpRequest) -> HttpResponse:
    """Redirect to the start page in the best language the visitor accepts. No cookie is set."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    response["Cache-Control"] = "private, max-age=60"
    patch_vary_headers(response, ["Accept-Language"])
    return response
