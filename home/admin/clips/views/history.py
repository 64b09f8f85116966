"""History and usage of a clip: Wagtail's own views, for people who may work on the clip."""

from wagtail.admin.views import generic

from home.access.clip_policy import clips_of


class _OwnClipsMixin:
    """404 for the clips of others, as everywhere in the clips admin."""

    def get_base_object_queryset(self):
        return clips_of(self.request.user)


class ClipHistoryView(_OwnClipsMixin, generic.HistoryView):
    pass


class ClipUsageView(_OwnClipsMixin, generic.UsageView):
    pass
