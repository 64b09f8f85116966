"""Old addresses keep working in every language.

Wagtail makes redirects for a moved page in the language that is active while it is moved; a page has one address per
interface language, so the same is done for the others.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from wagtail.contrib.redirects.signal_handlers import (
    autocreate_redirects_on_page_move,
    autocreate_redirects_on_slug_change,
)
from wagtail.signals import page_slug_changed, post_page_move


def _in_other_languages(create_redirects: Any, **signal: Any) -> None:
    for code, _name in settings.LANGUAGES:
        if code != get_language():
            with override(code):
                create_redirects(**signal)


def redirect_moved(**signal: Any) -> None:
    """Receiver of ``post_page_move``."""
    _in_other_languages(autocreate_redirects_on_page_move, **signal)


def redirect_renamed(**signal: Any) -> None:
    """Receiver of ``page_slug_changed``."""
    _in_other_languages(autocreate_redirects_on_slug_change, **signal)


def connect_redirect_receivers() -> None:
    """Connect both; called once at start."""
    post_page_move.connect(redirect_moved, dispatch_uid="home_redirect_moved")
    page_slug_changed.connect(redirect_renamed, dispatch_uid="home_redirect_renamed")
