"""Remembers what the public could see when it goes: pages that are deleted, clips that lose their page.

Whatever deletes a page (a form, a bulk action, its parent's deletion, a command) ends in Django's signals, per page and
before anything is deleted. What the public could not see leaves no trace: a draft's address must not tell of it.
"""

from typing import Any

from django.conf import settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.access.gone import clip_address, page_addresses
from home.changes import Change, PageMoved, PagePublished, PageRenamed
from home.models import ClipPage, GoneAddress
from home.page_access import page_access

MAX_ADDRESS_CHARS = GoneAddress._meta.get_field("path").max_length


def remember_page(instance: Page, **_facts: Any) -> None:
    """Receiver of ``pre_delete`` for Page: keep its address, and those that were redirected to it."""
    if _was_public(instance):
        moved = Redirect.objects.filter(redirect_page=instance.pk).values_list("old_path", flat=True)
        _remember([*page_addresses(instance), *filter(None, map(_behind_language, moved))])


def remember_clip(instance: ClipPage, **_facts: Any) -> None:
    """Receiver of ``pre_delete`` for ClipPage: keep the short link of its clip."""
    if instance.clip_id and _was_public(instance):
        _remember([clip_address(instance.clip.public_id)])


def remember_replaced_clip(instance: ClipPage, **_facts: Any) -> None:
    """Receiver of ``pre_save`` for ClipPage: the same for a clip that makes way for another."""
    before = ClipPage.objects.filter(pk=instance.pk).exclude(clip=None).select_related("clip").first()
    if before is not None and before.clip_id != instance.clip_id:
        remember_clip(before)


def forget_taken_addresses(change: Change) -> None:
    """Subscriber: what a page stands at now, its own page answers for."""
    match change:
        case PagePublished(ClipPage() as page) if page.clip_id:
            _forget([*page_addresses(page), clip_address(page.clip.public_id)])
        case PagePublished(page):
            _forget(page_addresses(page))
        case PageMoved(page) | PageRenamed(page):
            moved = Page.objects.descendant_of(page, inclusive=True).live()
            _forget([address for each in moved.only("url_path") for address in page_addresses(each)])


def _was_public(page: Page) -> bool:
    access = page_access()
    return access.was_published(page.path, page.first_published_at) and not access.is_locked(page.path)


def _behind_language(old_path: str) -> str:
    """The path of a redirect, ``/en/cities/lille``, as addresses are kept; empty for one without a language."""
    language, _slash, rest = old_path.strip("/").partition("/")
    return f"{rest}/" if rest and language in dict(settings.LANGUAGES) else ""


def _remember(addresses: list[str]) -> None:
    rows = [GoneAddress(path=path) for path in addresses if 0 < len(path) <= MAX_ADDRESS_CHARS]
    GoneAddress.objects.bulk_create(rows, ignore_conflicts=True)


def _forget(addresses: list[str]) -> None:
    GoneAddress.objects.filter(path__in=addresses).delete()
