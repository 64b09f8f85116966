"""The page of a withdrawn clip answers 410."""

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from home.models import ClipPage
from home.page_access import page_access
from home.refusal import Reason, refuse
from media_pipeline.models import Clip


# Previews do not come this way.
@hooks.register("before_serve_page", order=10)
def refuse_withdrawn_clip(page: Page, request: HttpRequest, args: list, kwargs: dict) -> HttpResponse | None:
    """410 for a clip's page while the clip is withdrawn, but not before the page's password is entered."""
    withdrawn = isinstance(page, ClipPage) and page.clip is not None and page.clip.state == Clip.State.WITHDRAWN
    if withdrawn and not page_access(request).is_locked(page.path):
        return refuse(request, Reason.GONE)
    return None
