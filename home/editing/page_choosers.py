"""Which pages choosers offer: those whose titles the person may read. Wagtail's offer every page to every editor.

The explorer, the search and the reports of the admin show what a person has rights on; that is Wagtail's own rule.
"""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from home.page_access import nameable_pages


@hooks.register("construct_page_chooser_queryset")
def offer_nameable_pages(pages: Any, request: HttpRequest) -> Any:
    """In lists and in the search of every page chooser, that of links and that of moving pages included."""
    return nameable_pages(pages, request.user, request)
