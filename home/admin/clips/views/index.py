"""The list: every clip the editor may work on, newest first, with its status as it changes."""

import re
from dataclasses import asdict

from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from home.access.clip_policy import clips_of
from home.admin.clips import presenters, quota_display
from home.admin.clips.columns import LIST_COLUMNS, STATUS, with_column_data
from home.clip_permissions import clip_permission_policy
from media_pipeline import api
from media_pipeline.models import Clip

MAX_CLIPS_PER_REQUEST = 100
CLIP_ID = re.compile(r"[0-9]{1,18}")  # what fits into a primary key


class ClipFilter(WagtailFilterSet):
    """The filters that the columns declare."""

    class Meta:
        model = Clip
        fields: list[str] = []

    @classmethod
    def get_filters(cls):
        return {name: item for column in LIST_COLUMNS for name, item in column.filters.items()}


class ClipIndexView(generic.IndexView):
    """Wagtail's own list with our columns; a script updates the status of busy clips."""

    template_name = "home/admin/clips/index.html"
    results_template_name = "home/admin/clips/index_results.html"
    filterset_class = ClipFilter
    search_fields = ["title", "public_id", "master__original_name"]
    is_searchable = True
    default_ordering = "-created_at"
    add_item_label = _("Upload a clip")

    def get_base_queryset(self):
        return with_column_data(clips_of(self.request.user))

    def get_edit_url(self, instance):
        # A row opens the detail page, which holds the form for the details too.
        return self.get_inspect_url(instance)

    def get_list_more_buttons(self, instance):
        return []

    @property
    def columns(self):
        return list(LIST_COLUMNS)

    def quota_usage_rows(self):
        return quota_display.quota_usage_rows(self.request.user)


class ProgressView(PermissionCheckedMixin, View):
    """Status of the clips named in ``?id=1&id=2`` (at most 100) as JSON, for the script that updates pages."""

    permission_policy = clip_permission_policy
    any_permission_required = ["view"]

    def get(self, request):
        ids = [int(value) for value in request.GET.getlist("id")[:MAX_CLIPS_PER_REQUEST] if CLIP_ID.fullmatch(value)]
        clips = with_column_data(clips_of(request.user).filter(pk__in=ids), [STATUS])
        api.mark_watched(clips)
        response = JsonResponse({"clips": {clip.pk: asdict(presenters.clip_status_row(clip)) for clip in clips}})
        response["Cache-Control"] = "no-store"
        return response
