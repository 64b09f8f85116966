"""Deleting a clip permanently, with its original file. Not while a page shows it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.log_actions import log

from home.access.clip_policy import has_page, permitted_actions
from home.clip_permissions import clip_permission_policy
from media_pipeline import api


class DeleteView(generic.DeleteView):
    """Confirms, and says what will be deleted."""

    page_title = gettext_lazy("Delete permanently")
    success_message = gettext_lazy("“%(object)s” and all its files were deleted.")
    confirmation_message = gettext_lazy(
        "This deletes the original file, all published files and the captions. You can’t undo this. "
        "To hide the clip from the public, withdraw it instead."
    )

    def get_object(self, queryset=None):
        return get_object_or_404(
            clip_permission_policy.instances_user_has_permission_for(self.request.user, "delete"), pk=self.kwargs["pk"]
        )

    def dispatch(self, request, *args, **kwargs):
        if "delete" not in permitted_actions(request.user, self.object):
            raise PermissionDenied
        if has_page(self.object):
            messages.error(request, _("A page still shows this clip. Delete that page first, or withdraw the clip."))
            return redirect("clips:inspect", self.object.pk)
        return super().dispatch(request, *args, **kwargs)

    def delete_action(self):
        log(instance=self.object, action="wagtail.delete")
        api.delete_clip(self.object)
