"""Old addresses keep working in every language.

Wagtail makes redirects for a moved page in the language that is active while it is moved; a page has one address per
interface language, so the same is done for the others.
"""

from django.conf import settings
from django.utils.translation import get_language, override
from wagtail.contrib.redirects.signal_handlers import (
    autocreate_redirects_on_page_move,
    autocreate_redirects_on_slug_change,
)

from home.changes import Change, PageMoved, PageRenamed


def redirect_old_addresses(change: Change) -> None:
    """Subscriber: redirect the addresses that a page and its descendants had, in all other languages."""
    if not isinstance(change, PageMoved | PageRenamed):
        return
    for code, _name in settings.LANGUAGES:
        if code == get_language():
            continue
        with override(code):
            if isinstance(change, PageMoved):
                autocreate_redirects_on_page_move(change.page, change.page.url_path, change.url_path_before)
            else:
                autocreate_redirects_on_slug_change(change.before, change.page)
