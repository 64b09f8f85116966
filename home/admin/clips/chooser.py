"""Choosing a clip for a page: the person's own clips, newest first, with their pictures."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from home.access.clip_policy import clips_of
from home.admin.clips.columns import POSTER, STATUS, with_column_data


class ClipSearchForm(SearchFilterMixin, BaseFilterForm):
    """Search in titles: the site's search index holds pages, not clips."""

    def filter(self, objects):
        query = self.cleaned_data["q"]
        if not query:
            return objects
        self.is_searching, self.search_query = True, query
        return objects.filter(title__icontains=query)


class _ClipResultsMixin:
    """What both views of the chooser share."""

    filter_form_class = ClipSearchForm

    @property
    def columns(self):
        title = TitleColumn(
            "title",
            label=_("Title"),
            accessor="title",
            url_name=self.chosen_url_name,
            link_attrs={"data-chooser-modal-choice": True},
        )
        return [POSTER, title, STATUS]

    def get_object_list(self):
        return with_column_data(clips_of(self.request.user), [POSTER, STATUS]).order_by("-created_at", "-pk")


class ChooseView(_ClipResultsMixin, chooser.ChooseView):
    pass


class ChooseResultsView(_ClipResultsMixin, chooser.ChooseResultsView):
    pass


class ChosenView(chooser.ChosenView):
    """Discloses nothing about clips of others."""

    def get_object(self, pk):
        return clips_of(self.request.user).get(pk=pk)


class ChosenMultipleView(chooser.ChosenMultipleView):
    """The same for several."""

    def get_objects(self, pks):
        return clips_of(self.request.user).filter(pk__in=pks)


class ClipChooserViewSet(ChooserViewSet):
    """Registers the widget for every foreign key to a clip."""

    model = "media_pipeline.Clip"
    icon = "media"
    choose_one_text = _("Choose a clip")
    choose_another_text = _("Choose another clip")
    edit_item_text = _("View this clip")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView


clip_chooser_viewset = ClipChooserViewSet("clip_chooser", url_prefix="clip-chooser")
