"""Names and addresses of pages of several types, by one query: what menu, footer and breadcrumb show."""

from typing import Any

from django.apps import apps
from django.db.models import BooleanField, Q, QuerySet, Value

from home.i18n.fields import fieldname, reading_languages
from home.models import CityIndexPage, HomePage, NewsIndexPage, ProjectIndexPage, StandardPage
from home.models.base import TranslatedPage
from home.models.querysets import object_of

INDEX_MODELS = (CityIndexPage, ProjectIndexPage, NewsIndexPage)
FACTS = ("id", "page_ptr_id", "path", "depth", "live", "url_path", "show_in_menus", "original_language", "headline")


def read_named_pages(home: HomePage, page: Any = None) -> list[TranslatedPage]:
    """Pages that menu and footer may name, and those between ``home`` and ``page``, in the tree's order. One query.

    They hold a headline for the reader, their address, and whether they are live; nothing else was read.
    """
    steps = range(len(home.path) + home.steplen, len(page.path or "") if page else 0, home.steplen)
    above = Q(path__in=[page.path[:end] for end in steps]) if steps else Q(pk__in=[])
    children = Q(path__startswith=home.path, depth=home.depth + 1)
    wanted = {
        StandardPage: Q(path__startswith=home.path, footer=True) | children & Q(show_in_menus=True) | above,
        **dict.fromkeys(INDEX_MODELS, children | above),
        **dict.fromkeys(_other_parents() if steps else (), above),
    }
    first, *others = [_rows(model, condition) for model, condition in wanted.items()]
    pages = [object_of(apps.get_model(row["type_name"]), row) for row in first.union(*others, all=True)]
    return sorted(pages, key=lambda item: item.path)


def is_in_menu(item: TranslatedPage, home: HomePage) -> bool:
    """Whether the main menu names the page, once the visitor may see it."""
    if isinstance(item, StandardPage):
        return item.show_in_menus and (item.footer or item.depth == home.depth + 1)
    return isinstance(item, INDEX_MODELS) and item.depth == home.depth + 1


def _other_parents() -> list[type[TranslatedPage]]:
    """Types of pages that have pages below them, beside the start page and those that the menu names."""
    types = [model for model in apps.get_models() if issubclass(model, TranslatedPage) and model.clean_subpage_models()]
    return [model for model in types if model not in (HomePage, StandardPage, *INDEX_MODELS)]


def _rows(model: type[TranslatedPage], condition: Q) -> QuerySet[Any]:
    """Rows whose columns are the same for every type, so that they fit into a union."""
    headlines = [fieldname("headline", code) for code in reading_languages()]
    pages = model.objects.filter(condition).order_by()
    footer = {} if model is StandardPage else {"footer": Value(False, output_field=BooleanField())}
    pages = pages.annotate(type_name=Value(model._meta.label), **footer)
    # modeltranslation's values() would read the bare name as the active language; here it is the original.
    return QuerySet.values(pages, *FACTS, *headlines, "type_name", "footer")
