"""Registers the clips admin with Wagtail."""

from wagtail import hooks

from home.admin.clips.chooser import clip_chooser_viewset
from home.admin.clips.viewset import clips_viewset


@hooks.register("register_admin_viewset")
def register_clips():
    return [clips_viewset, clip_chooser_viewset]
