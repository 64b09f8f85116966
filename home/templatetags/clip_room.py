"""What templates of the Clips area say about room."""

from typing import Any

from django import template

from home.admin.clips import quota_display

register = template.Library()


@register.inclusion_tag("home/admin/clips/shares.html", takes_context=True)
def clip_shares(context: template.Context) -> dict[str, Any]:
    """The shares of the person who looks, each with a bar."""
    return {"shares": quota_display.shares(context["request"].user)}


@register.inclusion_tag("home/admin/clips/room.html", takes_context=True)
def clip_room(context: template.Context) -> dict[str, Any]:
    """Whether a film can be taken now, and how large it may be."""
    found = quota_display.room(context["request"].user)
    return {"room": found, "shares": found.shares}
