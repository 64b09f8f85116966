"""Registers clips with Wagtail: the admin's pages, and what collections and groups say about them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.forms.collections import collection_member_permission_formset_factory

from home.admin.clips.chooser import clip_chooser_viewset
from home.admin.clips.viewset import clips_viewset
from home.models import CityPage
from media_pipeline.models import Clip


@hooks.register("register_admin_viewset")
def register_clips():
    return [clips_viewset, clip_chooser_viewset]


@hooks.register("register_group_permission_panel")
def register_clip_permissions_panel():
    """The rights on clips, per collection, in the form of a group."""
    return collection_member_permission_formset_factory(
        Clip,
        [
            ("add_clip", _("Add"), _("Upload clips and work on your own clips")),
            ("change_clip", _("Change"), _("Change any clip")),
            ("caption_clip", _("Captions"), _("Add and remove captions of any clip")),
            ("delete_clip", _("Delete"), _("Delete any clip permanently")),
            ("publish_clip", _("Publish"), _("Publish any clip")),
            ("withdraw_clip", _("Withdraw"), _("Withdraw any clip")),
            ("restore_clip", _("Restore"), _("Restore any withdrawn clip")),
            ("retry_clip", _("Retry"), _("Retry or cancel the preparation of any clip")),
            ("replace_clip", _("Replace"), _("Replace the original file of any clip")),
        ],
        "home/admin/clips/group_permissions.html",
    )


@hooks.register("describe_collection_contents")
def describe_clips_of_collection(collection):
    """A collection that holds clips cannot be deleted."""
    count = collection.clips.count()
    if count:
        text = ngettext("%(number)s clip", "%(number)s clips", count) % {"number": count}
        return {"count": count, "count_text": text, "url": reverse("clips:index")}
    return None


@hooks.register("describe_collection_contents")
def describe_city_of_collection(collection):
    """The collection of a city goes with its page only."""
    city = CityPage.objects.filter(collection=collection).first()
    if city is not None:
        text = ngettext("%(number)s city", "%(number)s cities", 1) % {"number": 1}
        return {"count": 1, "count_text": text, "url": reverse("wagtailadmin_pages:edit", args=[city.pk])}
    return None
