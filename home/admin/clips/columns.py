"""The columns of the clip list. A column is one class that declares everything the list needs for it:

its header and cell, the ``sort_key`` it is ordered by, the filters it offers, and what its rows load from the database.
To add one, write the class and put it into ``LIST_COLUMNS``; only a cell with markup needs a template of its own.
"""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Aggregate, Expression, OuterRef, Prefetch, QuerySet, Subquery, TextField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn

from home.access.clip_policy import cities_of
from home.admin.clips import presenters
from home.context.poster import poster_of
from home.i18n import durations
from home.i18n.fields import language_choices
from home.i18n.languages import native_name
from home.models import CityPage, ClipPage
from media_pipeline.models import Caption, Clip, Job

# Of the job under way, of which a clip has one at most, what its progress is told from.
ACTIVE_JOB = {
    f"job_{name}": Subquery(Job.objects.active().filter(clip=OuterRef("pk")).values(name)[:1])
    for name in presenters.JOB_FIELDS
}
CLIP_PAGES = Prefetch("pages", queryset=ClipPage.objects.for_completeness(), to_attr="clip_pages")


class JoinedText(Aggregate):
    """The values of a group in one text, with spaces between them."""

    output_field = TextField()
    template = "%(function)s(%(expressions)s, ' ')"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)


class ClipColumn(Column):
    """A column of the list with the filters it offers and the related rows, lists and values it reads of each clip."""

    filters: dict[str, django_filters.Filter] = {}
    select_related: tuple[str, ...] = ()
    prefetch_related: tuple[str | Prefetch, ...] = ()
    annotations: dict[str, Expression] = {}


class PosterColumn(ClipColumn):
    """The poster with the length of the clip."""

    cell_template_name = "home/admin/clips/cells/poster.html"
    select_related = ("package", "poster__package")

    def get_value(self, instance):
        return {"url": poster_of(instance).url, "length": durations.format_clock(instance.duration_s)}


class ClipTitleColumn(ClipColumn, TitleColumn):
    """Title, linked to the detail page, with the city below it."""

    cell_template_name = "home/admin/clips/cells/title.html"
    annotations = {"city_name": Subquery(CityPage.objects.filter(collection=OuterRef("collection")).values("title"))}
    filters = {
        "city": django_filters.ModelChoiceFilter(
            label=_("City"),
            queryset=lambda request: cities_of(request.user).order_by("title"),
            method=lambda clips, _name, city: clips.filter(collection=city.collection),
        )
    }


class StatusColumn(ClipColumn):
    """State in words, and progress while the clip is being prepared."""

    cell_template_name = "home/admin/clips/cells/status.html"
    select_related = ("package",)
    prefetch_related = (CLIP_PAGES,)
    annotations = ACTIVE_JOB
    filters = {"state": django_filters.MultipleChoiceFilter("state", label=_("State"), choices=Clip.State)}

    def get_value(self, instance):
        return presenters.clip_status_row(instance)


class LinkedStatusColumn(StatusColumn):
    """The same, where what is wrong leads to the page of the clip, which says what to do about it."""

    def get_cell_context_data(self, instance, parent_context):
        inspect_url = reverse("clips:inspect", args=[instance.pk])
        return {**super().get_cell_context_data(instance, parent_context), "inspect_url": inspect_url}


class LanguagesColumn(ClipColumn):
    """Spoken language, caption languages, and how far the page's text is translated."""

    cell_template_name = "home/admin/clips/cells/languages.html"
    prefetch_related = (CLIP_PAGES,)
    annotations = {
        "caption_languages": Subquery(
            Caption.objects.filter(clip=OuterRef("pk"))
            .order_by()
            .values("clip")
            .annotate(found=JoinedText("language"))
            .values("found")
        )
    }
    filters = {
        "spoken_language": django_filters.MultipleChoiceFilter(
            "spoken_language", label=_("Spoken language"), choices=language_choices
        )
    }

    def get_value(self, instance):
        page = presenters.page_of(instance)
        return {
            "spoken": {"code": instance.spoken_language, "name": native_name(instance.spoken_language)},
            "captions": [
                {"code": code, "name": native_name(code)} for code in sorted((instance.caption_languages or "").split())
            ],
            "translations": [row for row in presenters.translation_rows(page) if row.state != "missing"],
            "page": page,
        }


POSTER = PosterColumn("poster", label=_("Poster"), width="10rem")
# Translators: "State" says whether a clip is ready, published, withdrawn and so on.
STATUS = StatusColumn("state", label=_("State"))
LIST_COLUMNS: tuple[ClipColumn, ...] = (
    POSTER,
    ClipTitleColumn("title", label=_("Title"), sort_key="title", url_name="clips:inspect"),
    LinkedStatusColumn("state", label=_("State"), sort_key="state"),
    LanguagesColumn("languages", label=_("Languages")),
    ClipColumn("created_at", label=pgettext_lazy("date", "Uploaded"), sort_key="created_at"),
)


def with_column_data(clips: QuerySet[Clip], columns: Sequence[ClipColumn] = LIST_COLUMNS) -> QuerySet[Clip]:
    """Load with the clips what ``columns`` show, in a constant number of queries."""
    related = {name for column in columns for name in column.select_related}
    prefetches: dict[Any, None] = dict.fromkeys(p for column in columns for p in column.prefetch_related)
    annotations = {name: value for column in columns for name, value in column.annotations.items()}
    return clips.select_related(*sorted(related)).prefetch_related(*prefetches).annotate(**annotations)
