"""Editors' documents: always downloads, not shown in place, so that nothing in them acts as this site."""

from django.http import HttpRequest, HttpResponseBase
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve

from home.access.uploads import UploadAudience, upload_audience, with_upload_facts
from home.media import delivery
from home.refusal import not_found_page

# For whoever opens the answer in a window all the same: no script, no form, no address of ours.
DOCUMENT_CSP = "default-src 'none'; sandbox"
DOCUMENT_CACHE = {UploadAudience.EVERYBODY: delivery.CACHE_SHORT, UploadAudience.FEW: delivery.CACHE_NEVER}


def serve_document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """``/documents/<id>/<name>``: for visitors who see a page that uses it, and for those who work with it.

    A collection's own restriction is Wagtail's to ask about; what a browser does with the answer, we decide.
    """
    documents = get_document_model().objects.filter(pk=document_id)
    document = with_upload_facts(documents, request).first()
    if document is None:
        return not_found_page(request)
    audience = upload_audience(document, request, is_used_in_sight=document.is_used_in_sight)
    if audience is UploadAudience.NOBODY:
        return not_found_page(request)
    response: HttpResponseBase = serve(request, document_id, document_filename)
    if "Content-Security-Policy" in response:  # Wagtail's own is on files, not on a page that asks for a password
        response["Content-Security-Policy"] = DOCUMENT_CSP
        response["X-Content-Type-Options"] = "nosniff"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Cache-Control"] = DOCUMENT_CACHE[audience]
    return response
