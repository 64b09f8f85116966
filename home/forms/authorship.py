"""Who wrote what is stored."""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from django.db.models import Model
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page

from home.i18n.formats import format_age

# How far back the author of a change is looked for.
VERSIONS_LOOKED_AT = 20


@dataclass(frozen=True)
class Authorship:
    """``author`` as the admin names people, empty where unknown; ``moment`` None where unknown."""

    author: str
    moment: datetime | None

    @property
    def age(self) -> str:
        return format_age(self.moment)


def last_change(thing: Model, column: str) -> Authorship:
    """Return who last changed ``column`` of ``thing``, a page or a snippet, and when."""
    if isinstance(thing, Page):
        versions = list(thing.revisions.select_related("user").order_by("-created_at", "-pk")[:VERSIONS_LOOKED_AT])
        now = versions[0].content.get(column) if versions else None
        same = [*takewhile(lambda version: version.content.get(column) == now, versions)]
        if same:
            return authorship(same[-1].user, same[-1].created_at)
    entry = log_registry.get_logs_for_instance(thing).select_related("user").first() if thing.pk else None
    return authorship(entry.user, entry.timestamp) if entry else Authorship("", None)


def authorship(user: Any, moment: datetime) -> Authorship:
    return Authorship(get_user_display_name(user) if user else "", moment)
