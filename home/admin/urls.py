"""Addresses of Wagtail's admin that are answered by views of our own: they stand before Wagtail's."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .pages.edit import MergingEditView, RevertView

urlpatterns = [
    path("pages/<int:page_id>/edit/", MergingEditView.as_view(), name="page_edit"),
    path("pages/<int:page_id>/revisions/<int:revision_id>/revert/", RevertView.as_view(), name="page_revert"),
]
for _around in (require_admin_access, display_custom_404, never_cache):  # as Wagtail does with its own
    urlpatterns = decorate_urlpatterns(urlpatterns, _around)
