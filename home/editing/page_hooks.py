"""Wagtail hooks around saving, publishing, moving and copying pages."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from home.i18n.fields import fieldname
from home.models import ClipPage, ProjectPage, TranslatedPage
from home.models.licences import clip_page_warnings, project_page_warnings

LICENCE_WARNINGS = {ClipPage: clip_page_warnings, ProjectPage: project_page_warnings}


@hooks.register("after_publish_page")
def warn_of_licences(request: HttpRequest, page: Page) -> None:
    """Show the warnings as messages: the editor returns to the page list after publishing."""
    page = page.specific
    for sentence in LICENCE_WARNINGS.get(type(page), lambda _page: [])(page):
        messages.warning(request, sentence)


@hooks.register("after_copy_page")
def rename_copied_page(request: HttpRequest, page: Page, new_page: Page) -> None:
    """Use the entered title as the copy's original headline: the title follows the headline, so it would be lost."""
    title = request.POST.get("new_title", "").strip()
    draft = new_page.get_latest_revision_as_object()
    if not title or not isinstance(draft, TranslatedPage) or draft.original_text("headline") == title:
        return
    setattr(draft, fieldname("headline", draft.original_language), title)
    draft.save()
    revision = draft.save_revision(user=request.user, clean=False)
    if new_page.live:
        revision.publish(user=request.user)
