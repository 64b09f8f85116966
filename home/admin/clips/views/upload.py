"""Uploading a clip with a plain form."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.views import generic
from wagtail.log_actions import log

from home.access.clip_policy import cities_of
from home.admin.clips import presenters, quota_display
from home.admin.clips.forms import ClipUploadForm


class UploadView(generic.CreateView):
    """The form stores the original file; the worker prepares it."""

    form_class = ClipUploadForm
    inspect_url_name = None
    panel = None
    template_name = "home/admin/clips/upload.html"
    page_title = _("Upload a clip")
    page_subtitle = _("Upload a clip")
    submit_button_label = pgettext_lazy("button", "Upload")
    submit_button_active_label = _("Uploading…")
    error_message = _("The upload didn’t work. Please check the marked field; your text is still here.")

    def get_breadcrumbs_items(self):
        index = {"url": reverse(self.index_url_name), "label": _("Clips")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            upload_limit=quota_display.upload_limit(user),
            quota_usage_rows=quota_display.quota_usage_rows(user),
            **kwargs,
        )

    def get_initial(self):
        cities = cities_of(self.request.user)[:2]
        return {"city": cities[0].pk} if len(cities) == 1 else {}

    def save_instance(self):
        clip = self.form.save()
        log(instance=clip, action="wagtail.create", content_changed=True)
        return clip

    def get_success_url(self):
        return reverse(self.inspect_url_name, args=[self.object.pk])

    def get_success_buttons(self):
        return []

    def get_success_message(self, instance):
        if presenters.page_of(instance) is None:
            return _("“%(title)s” is uploaded. We’re preparing it now.") % {"title": instance.title}
        return _("“%(title)s” is uploaded and has a draft page. We’re preparing it now.") % {"title": instance.title}
