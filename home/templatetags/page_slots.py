"""The tag that shows what other apps add to a page: ``{% slot "clip.head" slot_context %}``."""

from django import template

from home import page_slots

register = template.Library()

register.simple_tag(page_slots.render_slot, name="slot")
