"""Registers the area with Wagtail."""

from wagtail import hooks

from home.clips_admin.chooser import clip_chooser_viewset
from home.clips_admin.viewset import clips_viewset


@hooks.register("register_admin_viewset")
def register_clips():
    return [clips_viewset, clip_chooser_viewset]
