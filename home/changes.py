"""What changed on the site, told to everything that has to follow: redirects here, and the packages above ``home``.

Wagtail's signals and ``media_pipeline.api.on_change`` end in ``home.editing.receivers``, which tells the change
here; nothing else listens to them. A subscriber that raises stops what the editor or the pipeline is doing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from wagtail.models import Page

from media_pipeline import api


@dataclass(frozen=True)
class PagePublished:
    """A page was published, for the first time or again."""

    page: Page


@dataclass(frozen=True)
class PageMoved:
    """A page stands below another parent. ``url_path_before`` is its path in the tree before."""

    page: Page
    url_path_before: str


@dataclass(frozen=True)
class PageRenamed:
    """A published page has another slug. ``before`` is the page with its old one."""

    page: Page
    before: Page


Change = PagePublished | PageMoved | PageRenamed | api.ClipChange
ChangeSubscriber = Callable[[Change], None]

_subscribers: list[ChangeSubscriber] = []


def subscribe_to_changes(subscriber: ChangeSubscriber) -> Callable[[], None]:
    """Call ``subscriber`` for every change from now on. Returns a function that ends the subscription."""
    _subscribers.append(subscriber)
    return lambda: _subscribers.remove(subscriber)


def tell_change(change: Change) -> None:
    """Call every subscriber, in the order in which they subscribed."""
    for subscriber in tuple(_subscribers):
        subscriber(change)
