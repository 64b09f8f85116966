"""Editors' documents: always downloads, not shown in place, so that nothing in them acts as this site."""

from django.http import HttpRequest, HttpResponseBase
from wagtail.documents.views.serve import serve

# For whoever opens the answer in a window all the same: no script, no form, no address of ours.
DOCUMENT_CSP = "default-src 'none'; sandbox"


def serve_document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """``/documents/<id>/<name>``: Wagtail decides who may have it; we decide what a browser does with it."""
    response: HttpResponseBase = serve(request, document_id, document_filename)
    if "Content-Security-Policy" in response:  # Wagtail's own is on files, not on a page that asks for a password
        response["Content-Security-Policy"] = DOCUMENT_CSP
        response["X-Content-Type-Options"] = "nosniff"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
