"""Columns of the list of clips."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from home.admin.clips import presenters
from home.i18n.languages import own_name


class PosterColumn(Column):
    """The picture, the largest thing of a row."""

    cell_template_name = "home/admin/clips/cells/poster.html"

    def get_value(self, instance):
        return {"url": presenters.thumbnail(instance), "length": presenters.length(instance)}


class ClipTitleColumn(TitleColumn):
    """Title with the city below it."""

    cell_template_name = "home/admin/clips/cells/title.html"


class StateColumn(Column):
    """State in words, progress while there is any."""

    cell_template_name = "home/admin/clips/cells/state.html"

    def get_value(self, instance):
        return presenters.standing(instance)


class LanguagesColumn(Column):
    """Spoken language, caption languages, and how far the page's text is."""

    cell_template_name = "home/admin/clips/cells/languages.html"

    def get_value(self, instance):
        page = presenters.page_of(instance)
        return {
            "spoken": {"code": instance.spoken_language, "name": own_name(instance.spoken_language)},
            "captions": [{"code": c.language, "name": own_name(c.language)} for c in instance.captions.all()],
            "texts": [text for text in presenters.text_states(page) if text.state != "missing"],
            "page": page,
        }


COLUMNS = {
    "poster": PosterColumn("poster", label=_("Picture"), width="10rem"),
    "state": StateColumn("state", label=_("State"), sort_key="state"),
    "languages": LanguagesColumn("languages", label=_("Languages")),
    "created_at": Column("created_at", label=_("Uploaded"), sort_key="created_at"),
}
