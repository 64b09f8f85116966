"""The list: every clip the editor may work on, newest first, with what is going on right now."""

import re

import django_filters
from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from home.access.clip_policy import ClipPermissionPolicy, cities_of, clips_of
from home.admin.clips import presenters
from home.admin.clips.columns import COLUMNS, ClipTitleColumn
from home.i18n.fields import language_choices
from media_pipeline import api
from media_pipeline.models import Clip

AT_MOST = 100
NUMBER = re.compile(r"[0-9]{1,18}")  # what fits into a key


class ClipFilter(WagtailFilterSet):
    """Facets of the list."""

    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=Clip.State)
    spoken_language = django_filters.MultipleChoiceFilter(label=_("Spoken language"), choices=language_choices)
    city_ref = django_filters.ModelChoiceFilter(
        label=_("City"), queryset=lambda request: cities_of(request.user).order_by("title"), method="of_city"
    )

    class Meta:
        model = Clip
        fields = ["state", "spoken_language", "city_ref"]

    def of_city(self, clips, name, city):
        return clips.filter(city_ref=city.pk)


class ClipIndexView(generic.IndexView):
    """Wagtail's own list with our columns; a script keeps the states fresh."""

    template_name = "home/admin/clips/index.html"
    results_template_name = "home/admin/clips/index_results.html"
    filterset_class = ClipFilter
    search_fields = ["title", "public_id", "master__original_name"]
    is_searchable = True
    default_ordering = "-created_at"
    add_item_label = _("Add a clip")

    def get_base_queryset(self):
        return presenters.for_list(clips_of(self.request.user))

    def get_edit_url(self, instance):
        # A row opens the detail page, which holds the form for the facts too.
        return self.get_inspect_url(instance)

    def get_list_more_buttons(self, instance):
        return []

    @property
    def columns(self):
        title = ClipTitleColumn("title", label=_("Title"), sort_key="title", get_url=self.get_inspect_url)
        return [COLUMNS["poster"], title, COLUMNS["state"], COLUMNS["languages"], COLUMNS["created_at"]]

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        names = presenters.city_names(list(context["object_list"]))
        for clip in context["object_list"]:
            clip.city_name = names.get(clip.city_ref, "")
        return context


class ProgressView(PermissionCheckedMixin, View):
    """States of the clips named in ``?id=1&id=2`` (at most 100) as JSON, for the script that keeps pages fresh."""

    permission_policy = ClipPermissionPolicy()
    any_permission_required = ["view"]

    def get(self, request):
        wanted = [int(value) for value in request.GET.getlist("id")[:AT_MOST] if NUMBER.fullmatch(value)]
        clips = presenters.for_list(clips_of(request.user).filter(pk__in=wanted))
        api.watch(clips)
        answer = JsonResponse({"clips": {clip.pk: presenters.standing(clip).as_json() for clip in clips}})
        answer["Cache-Control"] = "no-store"
        return answer
