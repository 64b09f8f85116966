"""The tag that shows what other rooms add to a page: ``{% insertion "clip.head" %}``."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from home.page_slots import shown_at

register = template.Library()


@register.simple_tag(takes_context=True)
def insertion(context: Context, place: str) -> SafeString:
    """Return what was added at ``place``."""
    return shown_at(place, context.flatten())
