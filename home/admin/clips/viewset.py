"""The clips admin as one viewset: its addresses, its menu item, its permissions."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from home.admin.clips.forms import ClipUploadForm
from home.admin.clips.views import actions
from home.admin.clips.views.delete import DeleteView
from home.admin.clips.views.detail import DetailView
from home.admin.clips.views.help import HelpCodeView, HelpView
from home.admin.clips.views.history import ClipHistoryView, ClipUsageView
from home.admin.clips.views.index import ClipIndexView, ProgressView
from home.admin.clips.views.upload import UploadView
from home.clip_permissions import clip_permission_policy
from media_pipeline.models import Clip


class ClipViewSet(ModelViewSet):
    """Clips in Wagtail's admin."""

    model = Clip
    name = "clips"
    icon = "media"
    permission_policy = clip_permission_policy
    menu_label = _("Clips")
    menu_order = 100
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    form_fields = ["title"]
    list_per_page = 30
    index_view_class = ClipIndexView
    add_view_class = UploadView
    inspect_view_class = DetailView
    delete_view_class = DeleteView
    history_view_class = ClipHistoryView
    usage_view_class = ClipUsageView
    index_template_name = ClipIndexView.template_name
    index_results_template_name = ClipIndexView.results_template_name
    create_template_name = UploadView.template_name
    inspect_template_name = DetailView.template_name

    @property
    def url_finder_class(self):
        """Where choosers and reports link to: the detail page, since there is no edit view."""
        return type("ClipURLFinder", (super().url_finder_class,), {"edit_url_name": self.get_url_name("inspect")})

    def get_add_view_kwargs(self, **kwargs):
        return super().get_add_view_kwargs(
            panel=None, form_class=ClipUploadForm, inspect_url_name=self.get_url_name("inspect"), **kwargs
        )

    def get_history_view_kwargs(self, **kwargs):
        return super().get_history_view_kwargs(edit_url_name=self.get_url_name("inspect"), **kwargs)

    def get_usage_view_kwargs(self, **kwargs):
        return super().get_usage_view_kwargs(edit_url_name=self.get_url_name("inspect"), **kwargs)

    def get_permissions_to_register(self):
        # Rights on clips are granted per collection (see ``hooks``); for the whole site they would mean nothing.
        return super().get_permissions_to_register().none()

    def get_urlpatterns(self):
        used = {"index", "index_results", "add", "inspect", "delete", "history", "history_results", "usage"}
        own = [
            path("help/", HelpView.as_view(), name="help"),
            path("help/<slug:code>/", HelpCodeView.as_view(), name="help_code"),
            path("progress/", ProgressView.as_view(), name="progress"),
            *actions.urlpatterns,
        ]
        return own + [pattern for pattern in super().get_urlpatterns() if pattern.name in used]


clips_viewset = ClipViewSet()
